package io.chromaauth.hosts;

class RawPathTest extends RawPathRows {}
