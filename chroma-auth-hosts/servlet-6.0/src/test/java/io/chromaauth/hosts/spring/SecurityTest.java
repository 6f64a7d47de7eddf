package io.chromaauth.hosts.spring;

class SecurityTest extends SecurityRows {}
