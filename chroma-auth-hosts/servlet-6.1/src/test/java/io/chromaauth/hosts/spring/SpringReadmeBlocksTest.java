package io.chromaauth.hosts.spring;

class SpringReadmeBlocksTest extends SpringBlocksRows {}
