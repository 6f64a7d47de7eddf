/** Chroma's HTTP API, versions 1 and 2, over the embedded store. */
@NullMarked
package io.chromaauth.demo.api;

import org.jspecify.annotations.NullMarked;
