/** What stands behind {@link io.chromaauth.RbacAuthorization}; not for use outside chroma-auth. */
@NullMarked
package io.chromaauth.authz;

import org.jspecify.annotations.NullMarked;
