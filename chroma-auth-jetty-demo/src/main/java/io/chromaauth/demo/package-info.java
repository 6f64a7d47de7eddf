/** x. */
@NullMarked
package io.chromaauth.demo;

import org.jspecify.annotations.NullMarked;
