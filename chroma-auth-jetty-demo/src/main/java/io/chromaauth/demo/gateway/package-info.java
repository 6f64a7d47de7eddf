/**
 * The server in front of Chroma: Jetty's set-up, and the proxy that forwards what a filter let
 * through.
 */
@NullMarked
package io.chromaauth.demo.gateway;

import org.jspecify.annotations.NullMarked;
