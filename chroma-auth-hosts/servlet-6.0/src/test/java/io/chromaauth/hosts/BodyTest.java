package io.chromaauth.hosts;

class BodyTest extends BodyRows {}
