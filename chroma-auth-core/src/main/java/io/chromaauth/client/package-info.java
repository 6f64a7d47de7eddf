/**
 * Credentials for clients of a guarded Chroma: headers for any library, and a {@code
 * java.net.http.HttpClient} that sends them to one server only.
 */
@NullMarked
package io.chromaauth.client;

import org.jspecify.annotations.NullMarked;
