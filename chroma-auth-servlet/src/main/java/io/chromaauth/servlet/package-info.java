/** x. */
@NullMarked
package io.chromaauth.servlet;

import org.jspecify.annotations.NullMarked;
