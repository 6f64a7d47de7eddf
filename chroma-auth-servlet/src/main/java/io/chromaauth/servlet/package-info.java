/**
 * The servlet filter: finds out who sends a request, what it wants to do and on what, and lets it
 * through or answers it. One class for each step, in the order of {@link
 * io.chromaauth.servlet.Decider}.
 */
@NullMarked
package io.chromaauth.servlet;

import org.jspecify.annotations.NullMarked;
