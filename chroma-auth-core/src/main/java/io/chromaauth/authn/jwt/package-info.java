/** JWTs: taken apart here, verified by Nimbus JOSE+JWT, with keys of a file or a URL. */
@NullMarked
package io.chromaauth.authn.jwt;

import org.jspecify.annotations.NullMarked;
