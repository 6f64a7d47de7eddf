package io.chromaauth.authn.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;

/**
 * Verifies with Nimbus JOSE+JWT, and is the only class that needs it. It is given a key's own
 * numbers and a bare header, so that nothing else of a key or token is ever looked at.
 */
final class NimbusKeys {
  /** r and s are zero: right for any key and text in Java 15 to 18 unpatched (CVE-2022-21449). */
  private static final byte[] BLANK = {0x30, 6, 2, 1, 0, 2, 1, 0};

  private static final int FEWEST_BITS = 2048;

  private NimbusKeys() {}

  /**
   * A check with an RSA key.
   *
   * @throws GeneralSecurityException if the members are no key to be trusted
   */
  static SigningKey.Check rsa(Map<String, String> members) throws GeneralSecurityException {
    try {
      RSAPublicKey key = RSAKey.parse(new HashMap<>(members)).toRSAPublicKey();
      if (key.getModulus().bitLength() < FEWEST_BITS) {
        throw new GeneralSecurityException("an RSA key of less than " + FEWEST_BITS + " bits");
      }
      return check(new RSASSAVerifier(key));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new GeneralSecurityException("a malformed RSA key", e);
    }
  }

  /**
   * A check with a key on an elliptic curve.
   *
   * @throws GeneralSecurityException if the members are no key to be trusted
   */
  static SigningKey.Check ec(Map<String, String> members) throws GeneralSecurityException {
    try {
      ECPublicKey key = ECKey.parse(new HashMap<>(members)).toECPublicKey();
      if (acceptsBlank(key)) {
        throw new GeneralSecurityException("a Java that takes a blank ECDSA signature: update it");
      }
      return check(new ECDSAVerifier(key));
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      throw new GeneralSecurityException("a malformed EC key", e);
    }
  }

  /** A check with a secret of at least 32 bytes. */
  static SigningKey.Check secret(String text) {
    try {
      return check(new MACVerifier(text.getBytes(StandardCharsets.UTF_8)));
    } catch (JOSEException e) {
      throw new IllegalArgumentException("a secret of less than 32 bytes", e);
    }
  }

  private static SigningKey.Check check(JWSVerifier verifier) {
    return (algorithm, signed, signature) -> {
      JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
      try {
        return verifier.verify(header, ascii(signed), new Base64URL(signature));
      } catch (JOSEException e) {
        return false;
      }
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean acceptsBlank(PublicKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initVerify(key);
      signature.update(BLANK);
      return signature.verify(BLANK);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
