/** What the filter must do on every servlet container, and what starts one. */
@NullMarked
package io.chromaauth.hosts;

import org.jspecify.annotations.NullMarked;
