package io.chromaauth.hosts;

class InstanceTest extends InstanceRows {}
