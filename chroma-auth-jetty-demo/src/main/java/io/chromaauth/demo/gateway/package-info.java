/** x. */
@NullMarked
package io.chromaauth.demo.gateway;

import org.jspecify.annotations.NullMarked;
