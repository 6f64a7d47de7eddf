package io.chromaauth.hosts;

class LifecycleTest extends LifecycleRows {}
