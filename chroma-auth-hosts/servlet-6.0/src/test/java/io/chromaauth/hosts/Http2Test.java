package io.chromaauth.hosts;

class Http2Test extends Http2Rows {}
