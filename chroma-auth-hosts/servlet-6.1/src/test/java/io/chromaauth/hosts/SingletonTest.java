package io.chromaauth.hosts;

class SingletonTest extends SingletonRows {}
