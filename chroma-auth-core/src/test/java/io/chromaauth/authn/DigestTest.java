package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void aTextsDigestIsItsSha256() {
    assertEquals(Digest.of(HexFormat.of().parseHex(ABC)), Digest.sha256("abc"));
  }

  @ParameterizedTest
  @CsvSource({"0,1,0,0", "0,0,1,0", "0,0,0,1", "1,0,0,0"})
  void everyBitCounts(long a, long b, long c, long d) {
    Digest zero = new Digest(0, 0, 0, 0);
    assertFalse(zero.matches(new Digest(a, b, c, d)));
    assertNotEquals(zero, new Digest(a, b, c, d));
    assertTrue(zero.matches(new Digest(0, 0, 0, 0)));
  }

  @Test
  void aDigestIsTheKeyOfAMap() {
    Map<Digest, String> map = Map.of(Digest.sha256("abc"), "found");
    assertEquals("found", map.get(Digest.sha256("abc")));
    assertFalse(Digest.sha256("abc").equals((Object) "abc"));
  }

  @Test
  void aKeyedDigestHoldsForOneKeyAlone() {
    var one = Digest.keyed();
    assertEquals(one.apply("abc"), one.apply("abc"));
    assertNotEquals(one.apply("abc"), Digest.keyed().apply("abc"));
    assertNotEquals(one.apply("abc"), Digest.sha256("abc"));
  }

  @Test
  void aDigestSaysNothing() {
    assertEquals("Digest[***]", Digest.sha256("abc").toString());
  }

  @Test
  void keyedIsHmacAsJavaHasIt() throws Exception {
    byte[] key = "a key".getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (String text : List.of("", "a", "pässwörd€", "x".repeat(1000))) {
      assertEquals(
          Digest.of(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))),
          Digest.keyed(key).apply(text));
    }
  }
}
