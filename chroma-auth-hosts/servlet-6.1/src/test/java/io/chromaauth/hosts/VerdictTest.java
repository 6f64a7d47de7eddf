package io.chromaauth.hosts;

class VerdictTest extends VerdictRows {}
