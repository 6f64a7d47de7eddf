package io.chromaauth.demo.api;

import org.jspecify.annotations.Nullable;

/**
 * The generation of clients that an answer is for. They differ in what they accept: Python clients
 * up to 0.6.3 refuse a collection with any key that they don't know, later ones want those keys.
 */
enum Dialect {
  /** Up to 0.6.3. */
  CHROMA_0,
  /** From 1.0.0. */
  CHROMA_1;

  /** Python clients from 1.0 say who they are; before, this came from their HTTP library. */
  private static final String PYTHON_BEFORE_1 = "python-httpx/";

  /** Python clients of 0.4 came with another one. */
  private static final String PYTHON_0_4 = "python-requests/";

  /** What speaks API v1 is of the first generation, and so is what calls itself so. */
  static Dialect of(boolean apiV1, @Nullable String userAgent) {
    boolean old = apiV1 || (userAgent != null && userAgent.startsWith(PYTHON_BEFORE_1));
    return old ? CHROMA_0 : CHROMA_1;
  }

  /** Whether lists may have no more of a collection than 0.4 told. */
  static boolean isPython04(boolean apiV1, @Nullable String userAgent) {
    return apiV1 && userAgent != null && userAgent.startsWith(PYTHON_0_4);
  }
}
