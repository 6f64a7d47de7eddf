/**
 * The vocabulary of chroma-auth and its extension points: who asks, what for, on which resource,
 * and how the answer is found. Nothing here knows of servlets or of a server.
 */
@NullMarked
package io.chromaauth;

import org.jspecify.annotations.NullMarked;
