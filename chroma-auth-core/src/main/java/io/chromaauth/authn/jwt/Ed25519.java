package io.chromaauth.authn.jwt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/** Verifies with the Ed25519 of Java itself (RFC 8032, 8037). */
final class Ed25519 {
  private static final String NAME = "Ed25519";
  private static final int BYTES = 32;

  private Ed25519() {}

  /**
   * A check with the key in a JWK's member {@code x}.
   *
   * @throws GeneralSecurityException if it is none
   */
  static SigningKey.Check of(String x) throws GeneralSecurityException {
    PublicKey key = KeyFactory.getInstance(NAME).generatePublic(spec(x));
    return (algorithm, signed, signature) -> {
      try {
        Signature verifier = Signature.getInstance(NAME);
        verifier.initVerify(key);
        verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(bytes(signature));
      } catch (GeneralSecurityException e) {
        return false;
      }
    };
  }

  /** Little-endian y, whose highest bit tells whether x is odd. */
  private static EdECPublicKeySpec spec(String x) throws GeneralSecurityException {
    byte[] bytes = bytes(x);
    if (bytes.length != BYTES) {
      throw new GeneralSecurityException("an Ed25519 key of " + bytes.length + " bytes");
    }
    boolean odd = (bytes[BYTES - 1] & 0x80) != 0;
    byte[] bigEndian = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bigEndian[i] = bytes[BYTES - 1 - i];
    }
    bigEndian[0] &= 0x7F;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return new EdECPublicKeySpec(NamedParameterSpec.ED25519, point);
  }

  private static byte[] bytes(String x) throws GeneralSecurityException {
    try {
      return Base64.getUrlDecoder().decode(x);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("an Ed25519 key that is not base64url", e);
    }
  }
}
