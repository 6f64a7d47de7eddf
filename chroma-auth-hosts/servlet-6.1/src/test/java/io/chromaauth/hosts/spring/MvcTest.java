package io.chromaauth.hosts.spring;

class MvcTest extends MvcRows {}
