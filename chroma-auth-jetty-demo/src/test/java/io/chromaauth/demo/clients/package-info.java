/** Tests with the real clients and servers, run by {@code mvn verify -Pclients}. */
@NullMarked
package io.chromaauth.demo.clients;

import org.jspecify.annotations.NullMarked;
