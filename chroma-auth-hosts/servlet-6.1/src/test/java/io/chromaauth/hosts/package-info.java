/** The hosts of Servlet 6.1, and the acceptance test on them. */
@NullMarked
package io.chromaauth.hosts;

import org.jspecify.annotations.NullMarked;
