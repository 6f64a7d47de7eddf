/** x. */
@NullMarked
package io.chromaauth;

import org.jspecify.annotations.NullMarked;
