package io.chromaauth.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * Bytes that are made while they are sent.
 *
 * @param size how many
 */
record Upload(int size) {
  private static final int PIECE = 1 << 16;

  /** Sends them, and gives their digest. */
  String sendTo(Wire wire) throws IOException {
    Random random = new Random(7);
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    for (int sent = 0; sent < size; sent += PIECE) {
      random.nextBytes(piece);
      digest.update(piece);
      wire.send(piece);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The digest of a text's bytes. */
  static String digest(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
