/** Asks other servers over HTTP, and never trusts how they answer. Not for use outside. */
@NullMarked
package io.chromaauth.net;

import org.jspecify.annotations.NullMarked;
