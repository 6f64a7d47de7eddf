package io.chromaauth.hosts;

class DispatchTest extends DispatchRows {}
