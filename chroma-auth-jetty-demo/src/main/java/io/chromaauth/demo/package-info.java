/** The chroma-auth program: its commands and what they share. */
@NullMarked
package io.chromaauth.demo;

import org.jspecify.annotations.NullMarked;
