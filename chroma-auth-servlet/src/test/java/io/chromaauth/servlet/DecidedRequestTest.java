package io.chromaauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Bounds;
import io.chromaauth.ChromaAuth;
import io.chromaauth.UserIdentity;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

class DecidedRequestTest {
  private static final UserIdentity ALICE =
      new UserIdentity("alice", "token", Bounds.NONE, Set.of("writer", "x"), Map.of());
  private static final byte[] BODY = "{\"name\":\"é\"}".getBytes(UTF_8);

  private static final FilterState STATE =
      new FilterState(
          null,
          Set.of(),
          new ChromaAuth.Summary(List.of(), List.of(), List.of(), false),
          "",
          new AuditLog(FilterSettings.Audit.OFF),
          null,
          new Handover(null),
          TrustedProxies.NONE,
          List.of());

  @Test
  void theApplicationSeesWhoAsksAndNotTheContainersIdea() {
    HttpServletRequest request = decided(Call.get("/").request(), ALICE, null);
    assertSame(ALICE, request.getUserPrincipal());
    assertEquals("alice", request.getRemoteUser());
    assertTrue(request.isUserInRole("writer"));
    assertTrue(request.isUserInRole("x"));
    assertFalse(request.isUserInRole("admin"));
    assertFalse(request.isUserInRole("WRITER"));
    assertFalse(request.isUserInRole("*"));
    assertTrue(request.isUserInRole("**"));
    assertEquals(Optional.of(ALICE), RequestIdentity.of(request));
  }

  @ParameterizedTest
  @CsvSource({"basic, BASIC", "token, token", "jwt, jwt", "x.Own, x.Own"})
  void theAuthTypeIsTheProvidersName(String provider, String type) {
    UserIdentity identity = UserIdentity.of("u", provider);
    assertEquals(type, decided(Call.get("/").request(), identity, null).getAuthType());
  }

  @Test
  void onAPublicPathThereIsNobodyNotEvenTheContainersUser() {
    HttpServletRequest request = decided(Call.get("/").request(), null, null);
    assertNull(request.getUserPrincipal());
    assertNull(request.getRemoteUser());
    assertNull(request.getAuthType());
    assertFalse(request.isUserInRole("writer"));
    assertFalse(request.isUserInRole("**"));
    assertEquals(Optional.empty(), RequestIdentity.of(request));
  }

  @Test
  void withoutTheFilterThereIsNoIdentity() {
    assertEquals(Optional.empty(), RequestIdentity.of(Call.get("/").request()));
    assertEquals(Optional.empty(), RequestIdentity.of(Mockito.mock(ServletRequest.class)));
  }

  @Test
  void aBodyThatWasNotReadIsTheContainersOwn() throws IOException {
    HttpServletRequest request = decided(Call.post("/").body(BODY).request(), ALICE, null);
    assertArrayEquals(BODY, request.getInputStream().readAllBytes());
    assertNull(request.getAttribute(RequestIdentity.BODY_ATTRIBUTE));
    HttpServletRequest other = decided(Call.post("/").body(BODY).request(), ALICE, null);
    assertEquals("{\"name\":\"é\"}", other.getReader().readLine());
  }

  @Test
  void aBodyThatWasReadIsReadAgainAsItWas() throws IOException {
    HttpServletRequest request = read(BODY);
    assertArrayEquals(BODY, request.getInputStream().readAllBytes());
    assertSame(BODY, request.getAttribute(RequestIdentity.BODY_ATTRIBUTE));
  }

  @Test
  void theStreamIsOneWhoeverAsksForIt() throws IOException {
    HttpServletRequest request = read(BODY);
    ServletInputStream stream = request.getInputStream();
    assertSame(stream, request.getInputStream());
    assertTrue(stream.isReady());
    assertFalse(stream.isFinished());
    assertEquals(BODY.length, stream.available());
    assertEquals('{', stream.read());
    byte[] two = new byte[2];
    assertEquals(2, stream.read(two, 0, 2));
    assertArrayEquals(new byte[] {'"', 'n'}, two);
    assertEquals(BODY.length - 3, stream.readAllBytes().length);
    assertEquals(-1, stream.read());
    assertEquals(-1, stream.read(two, 0, 2));
    assertTrue(stream.isFinished());
  }

  @Test
  void aReaderReadsUtf8() throws IOException {
    HttpServletRequest request = read(BODY);
    assertSame(request.getReader(), request.getReader());
    assertEquals("{\"name\":\"é\"}", request.getReader().readLine());
    assertNull(request.getReader().readLine());
  }

  @Test
  void aBodyIsReadByStreamOrByReader() throws IOException {
    HttpServletRequest byStream = read(BODY);
    byStream.getInputStream();
    assertThrows(IllegalStateException.class, byStream::getReader);
    HttpServletRequest byReader = read(BODY);
    byReader.getReader();
    assertThrows(IllegalStateException.class, byReader::getInputStream);
  }

  @Test
  void aListenerGetsAllOfItAndThenTheEnd() throws IOException {
    ServletInputStream stream = read(BODY).getInputStream();
    Listener listener = new Listener(stream, null);
    stream.setReadListener(listener);
    assertArrayEquals(BODY, listener.bytes.toByteArray());
    assertEquals(List.of("data", "end"), listener.calls);
  }

  @Test
  void aListenerOfAnEmptyBodyGetsTheEnd() throws IOException {
    ServletInputStream stream = read(new byte[0]).getInputStream();
    Listener listener = new Listener(stream, null);
    stream.setReadListener(listener);
    assertEquals(List.of("end"), listener.calls);
  }

  @Test
  void aListenerThatFailsIsToldSo() throws IOException {
    ServletInputStream stream = read(BODY).getInputStream();
    Listener listener = new Listener(stream, new IOException("full"));
    stream.setReadListener(listener);
    assertEquals(List.of("data", "full"), listener.calls);
  }

  @Test
  void aListenerIsOneAndAsynchronous() throws IOException {
    ServletInputStream stream = read(BODY).getInputStream();
    stream.setReadListener(new Listener(stream, null));
    assertThrows(
        IllegalStateException.class, () -> stream.setReadListener(new Listener(stream, null)));
    ServletInputStream blocking = decided(Call.post("/").request(), ALICE, BODY).getInputStream();
    Listener early = new Listener(blocking, null);
    assertThrows(IllegalStateException.class, () -> blocking.setReadListener(early));
    assertEquals(List.of(), early.calls);
  }

  @Test
  void aBodyThatWasReadIsNoFormWhoseParametersNobodyHasDecidedOn() {
    HttpServletRequest container = Mockito.mock(HttpServletRequest.class);
    Mockito.when(container.getMethod()).thenReturn("POST");
    Mockito.when(container.getContentType()).thenReturn("application/x-www-form-urlencoded");
    Mockito.when(container.getParameterMap()).thenReturn(Map.of());
    byte[] hidden = "{\"name\":\"a&tenant=globex&b\"}".getBytes(UTF_8);
    HttpServletRequest request = decided(container, ALICE, hidden);
    assertNull(request.getParameter("tenant"));
    assertNull(request.getParameterValues("tenant"));
    assertEquals(Map.of(), request.getParameterMap());
    assertFalse(request.getParameterNames().hasMoreElements());
  }

  @Test
  void whatWasReadIsNotInParts() throws IOException, ServletException {
    HttpServletRequest container = Mockito.mock(HttpServletRequest.class);
    HttpServletRequest request = decided(container, ALICE, BODY);
    assertThrows(ServletException.class, request::getParts);
    assertThrows(ServletException.class, () -> request.getPart("a"));
    decided(container, ALICE, null).getParts();
    decided(container, ALICE, null).getPart("a");
    Mockito.verify(container).getParts();
    Mockito.verify(container).getPart("a");
  }

  private static DecidedRequest decided(
      HttpServletRequest request, @Nullable UserIdentity identity, byte @Nullable [] body) {
    Verdict.Pass pass = new Verdict.Pass(identity, null, "a test", body, null, null);
    Decided decided = new Decided(STATE, "id", request);
    decided.asks(identity);
    return DecidedRequest.of(request, decided, pass);
  }

  private static HttpServletRequest read(byte[] body) {
    return decided(Call.post("/").broken().asynchronous().request(), ALICE, body);
  }

  private static final class Listener implements ReadListener {
    private final ServletInputStream stream;
    private final @Nullable IOException failure;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();

    Listener(ServletInputStream stream, @Nullable IOException failure) {
      this.stream = stream;
      this.failure = failure;
    }

    @Override
    public void onDataAvailable() throws IOException {
      calls.add("data");
      if (failure != null) {
        throw failure;
      }
      while (stream.isReady() && !stream.isFinished()) {
        bytes.write(stream.read());
      }
    }

    @Override
    public void onAllDataRead() {
      calls.add("end");
    }

    @Override
    public void onError(Throwable t) {
      calls.add(String.valueOf(t.getMessage()));
    }
  }
}
