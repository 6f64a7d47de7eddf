package io.chromaauth.authn.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpServer;
import io.chromaauth.AuthnResult;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What beat other software's JWTs (CVEs by number), made by hand or by jjwt. */
class ForgedTokensTest {
  private static final String SET =
      Issuer.set(
          Issuer.jwk("r1", Issuer.RSA.getPublic()), Issuer.jwk("e256", Issuer.P256.getPublic()));
  private static final JwtAuthenticator JWT = Issuer.over(SET);
  private static final String CLAIMS = Issuer.claims(Map.of());
  private static final String SOME_SIGNATURE = Issuer.rs256().replaceFirst(".*\\.", "");

  @Test
  void aRightTokenIsAccepted() {
    assertAccepted(Issuer.rs256());
    assertAccepted(Issuer.signed(CLAIMS)); // so that what follows is refused for its one fault
  }

  /** CVE-2015-9235, CVE-2021-44878. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "nOnE", "NONE", "", "rs256", "HS256", "RS1", "null"})
  void anotherAlgorithmIsRefused(String algorithm) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"r1\"}";
    assertRefused(Issuer.base64(header) + "." + Issuer.base64(CLAIMS) + ".");
    assertRefused(Issuer.base64(header) + "." + Issuer.base64(CLAIMS));
    assertRefused(Issuer.base64(header) + "." + Issuer.base64(CLAIMS) + "." + SOME_SIGNATURE);
    assertRefused(Issuer.signed(header, CLAIMS));
  }

  /** CVE-2016-10555, CVE-2024-54150: the public key as a secret, in every form that it has. */
  @ParameterizedTest
  @MethodSource
  void thePublicKeyIsNoSecret(String title, byte[] secret) {
    SecretKey key = Keys.hmacShaKeyFor(secret);
    for (var algorithm : new io.jsonwebtoken.security.MacAlgorithm[] {Jwts.SIG.HS256}) {
      assertRefused(Issuer.token().header().keyId("r1").and().signWith(key, algorithm).compact());
      assertRefused(Issuer.token().signWith(key, algorithm).compact());
    }
  }

  static Stream<Arguments> thePublicKeyIsNoSecret() {
    byte[] der = Issuer.RSA.getPublic().getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
    String n = SET.replaceFirst("(?s).*\"n\":\"([^\"]*)\".*", "$1");
    return Stream.of(
        Arguments.of("DER", der),
        Arguments.of("PEM", pem.getBytes(StandardCharsets.UTF_8)),
        Arguments.of("PEM with a line end", (pem + "\n").getBytes(StandardCharsets.UTF_8)),
        Arguments.of("n", Base64.getUrlDecoder().decode(n)),
        Arguments.of("n as text", n.getBytes(StandardCharsets.UTF_8)),
        Arguments.of("JWK Set", SET.getBytes(StandardCharsets.UTF_8)));
  }

  /** CVE-2018-0114: a key, or the address of one, in the header; nothing is fetched. */
  @Test
  void aKeyThatTheTokenBringsAlongIsNotLookedAt() throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> fetched.incrementAndGet());
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
      String own = Issuer.jwk("r1", Issuer.OTHER_RSA.getPublic());
      for (String member :
          new String[] {
            "\"jwk\":" + own,
            "\"jku\":\"" + url + "\"",
            "\"x5u\":\"" + url + "\"",
            "\"x5c\":[\"MIIB\"]",
            "\"jwk\":17",
            "\"jku\":{\"a\":1}"
          }) {
        for (String kid : new String[] {"\"r1\"", "\"other\""}) {
          String header = "{\"alg\":\"RS256\",\"kid\":" + kid + "," + member + "}";
          String signed = Issuer.base64(header) + "." + Issuer.base64(CLAIMS);
          assertRefused(
              signed + "." + Issuer.base64url(Issuer.rs256(signed, Issuer.OTHER_RSA.getPrivate())));
        }
      }
      assertEquals(0, fetched.get());
    } finally {
      server.stop(0);
    }
  }

  /** The same members beside the issuer's own signature change nothing. */
  @Test
  void whatIsNotLookedAtDoesNoHarm() {
    String header =
        "{\"alg\":\"RS256\",\"kid\":\"r1\",\"jku\":\"http://127.0.0.1:1/\",\"x5c\":[1]}";
    assertAccepted(Issuer.signed(header, CLAIMS));
  }

  /** CVE-2026-29000: a JWE, whose inside might be anything. */
  @Test
  void anEncryptedTokenIsRefused() {
    String jwe =
        Issuer.token()
            .encryptWith(Issuer.RSA.getPublic(), Jwts.KEY.RSA_OAEP_256, Jwts.ENC.A256GCM)
            .compact();
    assertEquals(5, jwe.split("\\.", -1).length);
    assertRefused(jwe);
    assertRefused(Issuer.rs256() + ".a.b");
    assertRefused(Issuer.rs256() + ".");
    assertRefused(".." + Issuer.rs256());
  }

  /** CVE-2026-44351, CVE-2026-44699. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"RS256\"}",
        "{\"alg\":\"RS256\",\"kid\":\"\"}",
        "{\"alg\":\"RS256\",\"kid\":\"R1\"}",
        "{\"alg\":\"RS256\",\"kid\":\"r2\"}",
        "{\"alg\":\"RS256\",\"kid\":\"e256\"}",
        "{\"alg\":\"RS256\",\"kid\":null}",
        "{\"alg\":\"RS256\",\"kid\":1}",
        "{\"alg\":\"RS256\",\"kid\":[\"r1\"]}",
        "{\"alg\":\"RS256\",\"kid\":\"../r1\"}"
      })
  void aKeyMustBeNamedAsTheSetNamesIt(String header) {
    assertRefused(Issuer.signed(header, CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  void anEmptySecretIsNone(String algorithm) throws Exception {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"nobody\"}";
    String signed = Issuer.base64(header) + "." + Issuer.base64(CLAIMS);
    Mac mac = Mac.getInstance(algorithm.replace("HS", "HmacSHA"));
    mac.init(new SecretKeySpec(new byte[1], "any")); // as 0 bytes, padded
    byte[] bytes = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
    assertRefused(signed + "." + Issuer.base64url(bytes));
  }

  /** CVE-2022-21449: r and s are zero, in raw and in DER form; and other lengths. */
  @Test
  void aBlankEcdsaSignatureIsRefused() {
    String signed =
        Issuer.base64("{\"alg\":\"ES256\",\"kid\":\"e256\"}") + "." + Issuer.base64(CLAIMS);
    for (byte[] blank :
        new byte[][] {
          new byte[64],
          new byte[1],
          new byte[63],
          new byte[65],
          new byte[128],
          {0x30, 6, 2, 1, 0, 2, 1, 0}
        }) {
      assertRefused(signed + "." + Issuer.base64url(blank));
    }
    byte[] order = Base64.getDecoder().decode("/////wAAAAD//////////7zm+q2nF56E87nKwvxjJVE=");
    byte[] both = new byte[64];
    System.arraycopy(order, 0, both, 0, 32);
    System.arraycopy(order, 0, both, 32, 32);
    assertRefused(signed + "." + Issuer.base64url(both));
  }

  /** RFC 7515, 4.1.11, and what else would change the meaning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"]",
        "\"crit\":[]",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"b64\":false",
        "\"b64\":true",
        "\"cty\":\"JWT\"",
        "\"zip\":\"DEF\"",
        "\"enc\":\"A256GCM\"",
        "\"typ\":\"logout+jwt\"",
        "\"typ\":\"dpop+jwt\"",
        "\"typ\":1",
        "\"alg\":\"RS256\"",
        "\"kid\":\"r1\"",
        "\"x\":1,\"x\":1"
      })
  void aHeaderThatMeansSomethingElseIsRefused(String member) {
    assertRefused(Issuer.signed("{\"alg\":\"RS256\",\"kid\":\"r1\"," + member + "}", CLAIMS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
  void theTypeOfAnAccessTokenIsAccepted(String type) {
    assertAccepted(
        Issuer.signed("{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":\"" + type + "\"}", CLAIMS));
  }

  /** One token has one spelling: else what is revoked or remembered has others. */
  @Test
  void aTokenHasOneSpelling() {
    String token = Issuer.rs256();
    assertRefused(token + "=");
    assertRefused(token + "==");
    assertRefused(token.replaceFirst("\\.", "=."));
    assertRefused(token + "%3D");
    assertRefused(" " + token + "\t");
    assertRefused(token + "A");
    String[] parts = token.split("\\.", -1);
    assertRefused(parts[0] + "." + parts[1] + "." + lastCharacterChanged(parts[2]));
    assertRefused(Issuer.signed(" " + "{\"alg\":\"RS256\",\"kid\":\"r1\"}", CLAIMS + "x"));
    assertRefused(Issuer.signed("[]", CLAIMS));
    assertRefused(Issuer.signed("{}", CLAIMS));
    assertRefused("..");
    assertRefused("a.b.c");
  }

  @Test
  void aHugeTokenIsRefusedUnread() {
    String huge = "\"" + "x".repeat(20_000) + "\"";
    assertRefused(Issuer.signed(Issuer.claims(Map.of("pad", huge))));
    assertRefused(Issuer.signed(Issuer.claims(Map.of("pad", "[".repeat(5000) + "]".repeat(5000)))));
    assertAccepted(Issuer.signed(Issuer.claims(Map.of("pad", "\"" + "x".repeat(8000) + "\""))));
  }

  /** Base64 of 256 bytes ends in a character of which four bits count for nothing. */
  private static String lastCharacterChanged(String signature) {
    char last = signature.charAt(signature.length() - 1);
    return signature.substring(0, signature.length() - 1) + (char) (last + 1);
  }

  private static void assertAccepted(String token) {
    assertInstanceOf(AuthnResult.Authenticated.class, Issuer.ask(JWT, token), token);
  }

  private static void assertRefused(String token) {
    AuthnResult.Refused refused =
        assertInstanceOf(AuthnResult.Refused.class, Issuer.ask(JWT, token), token);
    assertEquals(AuthnResult.Cause.WRONG, refused.cause());
  }
}
