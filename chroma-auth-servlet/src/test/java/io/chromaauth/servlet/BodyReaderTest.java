package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
  private static final int LIMIT = 10;

  private final BodyReader reader = new BodyReader(LIMIT);

  @ParameterizedTest
  @CsvSource({"0, true", "0, false", "1, true", "9, false", "10, true", "10, false"})
  void aBodyUpToTheLimitIsReadWhole(int length, boolean lengthSent) throws IOException {
    byte[] body = "x".repeat(length).getBytes(UTF_8);
    Call call = lengthSent ? call(body) : call(body).chunked();
    BodyReader.Read read = assertInstanceOf(BodyReader.Read.class, reader.read(call.incoming()));
    assertArrayEquals(body, read.bytes());
  }

  @ParameterizedTest
  @CsvSource({"11, true", "11, false", "1000, true", "1000, false"})
  void aBodyOverTheLimitIs413(int length, boolean lengthSent) throws IOException {
    Call call = lengthSent ? call(new byte[length]) : call(new byte[length]).chunked();
    assertEquals(413, refusal(call).status());
  }

  @Test
  void aLengthOverTheLimitIsRefusedBeforeTheFirstByteIsRead() throws IOException {
    assertEquals(413, refusal(call(new byte[LIMIT + 1]).broken()).status());
  }

  @ParameterizedTest
  @CsvSource({"14, 200", "31, 408"}) // its end is read by itself
  void aBodyThatTakesMoreThan30SecondsIs408(int seconds, int status) throws IOException {
    AtomicLong now = new AtomicLong();
    long each = TimeUnit.SECONDS.toNanos(seconds);
    BodyReader slow = new BodyReader(LIMIT, () -> now.getAndAdd(each));
    BodyReader.Result result = slow.read(call(new byte[] {'{'}).incoming());
    assertEquals(
        status, result instanceof BodyReader.Unread unread ? unread.answer().status() : 200);
    assertInstanceOf(BodyReader.Read.class, reader.read(call(new byte[1]).incoming()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "br",
        "deflate",
        "zstd",
        "GZIP",
        "x-gzip",
        "identity, gzip",
        "gzip, gzip",
        ""
      })
  void anEncodedBodyIs400WithoutBeingRead(String encoding) throws IOException {
    Call call = call(new byte[1]).broken().header("Content-Encoding", encoding);
    assertEquals(400, refusal(call).status());
  }

  @Test
  void anEncodingInASecondFieldLineCountsToo() throws IOException {
    Call call =
        call(new byte[1]).header("Content-Encoding", "identity").header("Content-Encoding", "gzip");
    assertEquals(400, refusal(call).status());
  }

  @Test
  void identityIsNoEncoding() throws IOException {
    Call call = call(new byte[1]).header("Content-Encoding", "Identity");
    assertInstanceOf(BodyReader.Read.class, reader.read(call.incoming()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "application/json; Charset=Utf-8; x=y",
        "text/plain",
        "application/x-www-form-urlencoded"
      })
  void anyContentTypeInUtf8IsRead(String type) throws IOException {
    Call call = call(new byte[1]).header("Content-Type", type);
    assertInstanceOf(BodyReader.Read.class, reader.read(call.incoming()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-16",
        "application/json; charset=UTF-16LE",
        "application/json; charset=\"utf-16\"",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-7",
        "application/json; CHARSET=latin1",
        "application/json; charset=",
        "application/json; charset='utf-16'"
      })
  void anotherCharsetIs400WithoutBeingRead(String type) throws IOException {
    Call call = call(new byte[1]).broken().header("Content-Type", type);
    assertEquals(400, refusal(call).status());
  }

  @Test
  void aBodyThatBreaksOffIsAnException() {
    assertThrows(IOException.class, () -> reader.read(call(new byte[1]).broken().incoming()));
  }

  private Answer refusal(Call call) throws IOException {
    return assertInstanceOf(BodyReader.Unread.class, reader.read(call.incoming())).answer();
  }

  private static Call call(byte[] body) {
    return Call.post("/").body(body);
  }
}
