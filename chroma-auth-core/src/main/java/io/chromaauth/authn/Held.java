package io.chromaauth.authn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a token.
 *
 * @param user the user's number among all of the file, from 0
 * @param expires when it ends, or null for never
 * @param line where it stands, from 1
 */
record Held(int user, @Nullable Instant expires, int line) {}
