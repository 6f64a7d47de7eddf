package io.chromaauth.hosts;

class ReadmeBlocksTest extends BlocksRows {}
