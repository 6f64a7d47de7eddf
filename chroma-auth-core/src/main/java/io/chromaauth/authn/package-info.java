/** What stands behind the built-in authentication providers; not for use outside chroma-auth. */
@NullMarked
package io.chromaauth.authn;

import org.jspecify.annotations.NullMarked;
