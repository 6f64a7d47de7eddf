package io.chromaauth.demo.api;

import io.chromaauth.demo.store.Budget;

/** What a request brings, and the memory that its results count for. */
record Supply(CollectedBody body, Budget.Share results) {}
