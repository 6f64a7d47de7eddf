package io.chromaauth;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Credentials that the tests share. The hashes were made by Apache's htpasswd and by libxcrypt, so
 * that jBCrypt is not checked against itself.
 */
public final class Samples {
  /** Stands in every token and plain password whose text no message may hold. */
  public static final String SECRET = "s3cret";

  /** What follows {@code $2y$04$} in the hash of {@code admin}: salt and hash. */
  public static final String ADMIN_TAIL = "abcdefghijklmnopqrstuuQe66hACgXZ.ImKMvPGdqru0gQrWJ8Ju";

  public static final String ADMIN_HASH = "$2y$04$" + ADMIN_TAIL;

  /** The same password at a cost that is felt: 64 times as much work. */
  public static final String ADMIN_HASH_10 =
      "$2y$10$abcdefghijklmnopqrstuuQaLxbHNyOkst.5hok/MxsNYsoRyHiAq";

  public static final String ADMIN_HASH_12 =
      "$2y$12$abcdefghijklmnopqrstuu12w/m81itNBaKxNG/AZzaB5lMPiIWPq";

  /** Of {@code p:a:ss}. */
  public static final String BOB_HASH =
      "$2y$04$tf0cgyvVtGaVNTdRslhWYeeBSXmmEZIokzVn.3ZRllQz.zy9H7sFy";

  /** Of {@code pässwörd€}. */
  public static final String JUERGEN_HASH =
      "$2y$04$WgHGWYBuD8.m4Eq75Vyl8.O/s.5IxLMnubVUEO/jMwtt/Wq7LK1cq";

  /** Of an empty password. */
  public static final String EMPTY_HASH =
      "$2y$04$HHO2iH9BIOIM8.7wLsC0h.xXF3n6bHa4iAY8siUO4E1Wh9ERS/9j6";

  /** Of 72 times {@code x}; libxcrypt gives the very same hash for 72 times x and more. */
  public static final String LONG_HASH =
      "$2y$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";

  /** Of 36 times {@code ü}, which is 72 bytes. */
  public static final String UMLAUT_HASH =
      "$2y$04$abcdefghijklmnopqrstuuOpC9dTG2WsKNcYAQYyllT7OMl4pRk1S";

  /** Of {@link #SECRET}. */
  public static final String SHA_256 =
      "1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0";

  /** What must not stand in any message. */
  public static final List<String> SECRETS =
      List.of(SECRET, "Qe66hACgXZ", "QaLxbHNyOk", "12w/m81itN", "BSXmmEZIok", "KvvxGxKAI7");

  private Samples() {}

  /** Fails if the text holds a secret in any case. */
  public static void assertNoSecret(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String secret : SECRETS) {
      assertFalse(lower.contains(secret.toLowerCase(Locale.ROOT)), () -> "a secret in: " + text);
    }
  }

  /** Headers with these values, found by name in any case. */
  public static RequestHeaders headers(Map<String, List<String>> fields) {
    return name ->
        fields.entrySet().stream()
            .filter(field -> field.getKey().equalsIgnoreCase(name))
            .flatMap(field -> field.getValue().stream())
            .toList();
  }

  /** Headers with one field. */
  public static RequestHeaders header(String name, String... values) {
    return headers(Map.of(name, List.of(values)));
  }

  /** Headers without anything. */
  public static RequestHeaders noHeaders() {
    return headers(Map.of());
  }

  /** The credentials of a user and password as Basic sends them. */
  public static RequestHeaders basic(String user, String password) {
    return header("Authorization", "Basic " + base64(user + ":" + password));
  }

  public static RequestHeaders bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  public static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
