package io.chromaauth.hosts;

class ShopTest extends ShopRows {}
