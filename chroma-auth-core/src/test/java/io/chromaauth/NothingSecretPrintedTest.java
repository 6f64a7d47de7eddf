package io.chromaauth;

import static org.junit.jupiter.api.Named.named;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.chromaauth.settings.Names;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whatever is printed or logged by accident, no credential is in it. */
class NothingSecretPrintedTest {
  private static final Map<String, String> TOKEN =
      Map.of(
          Names.AUTHN_PROVIDER, "token",
          Names.AUTHN_CREDENTIALS, "users:\n- {id: user-of-a-token, tokens: [s3cret-token]}\n");
  private static final Map<String, String> BASIC =
      Map.of(Names.AUTHN_PROVIDER, "basic", Names.AUTHN_CREDENTIALS, "admin:" + Samples.ADMIN_HASH);

  @ParameterizedTest
  @MethodSource("objects")
  void noObjectPrintsACredential(Object object) {
    Samples.assertNoSecret(object.toString());
  }

  static Stream<Named<Object>> objects() {
    return Stream.of(
        named("settings", Settings.of("environment", TOKEN)),
        named("settings of Basic", Settings.of("environment", BASIC)),
        named("secret", Secret.of("s3cret")),
        named("list of secrets", List.of(Secret.of("s3cret"))),
        named("tokens", TokenAuthentication.single(Secret.of("s3cret"))),
        named("summary of tokens", Start.with(TOKEN).summary()),
        named("summary of Basic", Start.with(BASIC).summary()),
        named("identity", login(Start.with(TOKEN), Samples.bearer("s3cret-token"))),
        named("refusal", login(Start.with(TOKEN), Samples.bearer("s3cret"))),
        named("refusal of Basic", login(Start.with(BASIC), Samples.basic("admin", "s3cret"))));
  }

  @Test
  void noCredentialIsLogged() {
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    root.setLevel(Level.TRACE);
    root.addAppender(events);
    events.start();
    try {
      login(Start.with(TOKEN), Samples.bearer("s3cret-token"));
      login(Start.with(BASIC), Samples.basic("admin", "s3cret"));
      login(Start.with(BASIC), Samples.basic("admin", "admin"));
    } finally {
      root.detachAppender(events);
      root.setLevel(before);
    }
    List<String> lines = events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    lines.forEach(Samples::assertNoSecret);
  }

  /** Only hashes of tokens stay in memory: a heap dump must not give them away. */
  @Test
  void tokensAreNotKept() throws ReflectiveOperationException {
    try (var auth = Start.with(TOKEN)) {
      login(auth, Samples.bearer("s3cret-token"));
      Set<Object> seen = reachable(auth);
      seen.stream()
          .filter(String.class::isInstance)
          .forEach(s -> Samples.assertNoSecret((String) s));
    }
  }

  private static AuthnResult login(ChromaAuth auth, RequestHeaders headers) {
    return auth.snapshot().authenticate(headers);
  }

  private static Set<Object> reachable(Object root) throws ReflectiveOperationException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object instanceof Map<?, ?> map) {
        map.forEach((key, value) -> open.addAll(List.of(key, value)));
      } else if (object instanceof Iterable<?> items) {
        items.forEach(open::add);
      } else if (object.getClass().getName().startsWith("io.chromaauth")) {
        addFields(object, open);
      }
    }
    return seen;
  }

  private static void addFields(Object object, Deque<Object> open)
      throws ReflectiveOperationException {
    for (var field : object.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      Object value = field.get(object);
      if (value != null) {
        open.add(value);
      }
    }
  }
}
