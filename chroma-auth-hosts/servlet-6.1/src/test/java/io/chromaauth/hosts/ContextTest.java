package io.chromaauth.hosts;

class ContextTest extends ContextRows {}
