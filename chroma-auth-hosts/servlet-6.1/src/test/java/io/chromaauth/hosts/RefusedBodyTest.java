package io.chromaauth.hosts;

class RefusedBodyTest extends RefusedBodyRows {}
