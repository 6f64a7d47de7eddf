package io.chromaauth.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingTest {
  private static final String FILE = "logback.configurationFile";

  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @CsvSource({
    "chroma.auth, INFO, INFO  auth",
    "chroma.auth, ERROR, ERROR auth",
    "a.b.Class, WARN, WARN  Class",
    "plain, DEBUG, DEBUG plain",
  })
  void aLineTellsTimeLevelAndTheLoggersLastName(String logger, String level, String expected) {
    String line = line(false, logger, Level.valueOf(level), null);
    String[] parts = line.split(" ", 2);
    assertEquals(
        Instant.ofEpochMilli(1_700_000_000_123L), OffsetDateTime.parse(parts[0]).toInstant());
    assertEquals(expected + " one two" + System.lineSeparator(), parts[1]);
  }

  @Test
  void anExceptionFollowsItsLine() {
    String text = line(false, "x", Level.ERROR, new IllegalStateException("why"));
    assertTrue(text.contains("java.lang.IllegalStateException: why"), text);
    assertTrue(text.contains("at " + LoggingTest.class.getName() + "."), text);
  }

  @Test
  void anAuditEventIsItsMessageAlone() {
    assertEquals("one two" + System.lineSeparator(), line(true, "x", Level.INFO, null));
  }

  @Test
  void itIsSetUpWithoutAFile() {
    assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, new Logging().configure(context));
    assertNotNull(context.getLogger("ROOT").getAppender("console"));
    assertNotNull(context.getLogger("chroma.auth.audit").getAppender("audit"));
    assertFalse(context.getLogger("chroma.auth.audit").isAdditive());
    assertEquals(Level.INFO, context.getLogger("chroma.auth").getEffectiveLevel());
    assertEquals(Level.WARN, context.getLogger("org.eclipse.jetty.io").getEffectiveLevel());
    assertFalse(context.getLogger("org.eclipse.jetty.http.HttpParser").isWarnEnabled());
  }

  @Test
  void anOperatorsFileGoesBefore() {
    System.setProperty(FILE, "mine.xml");
    try {
      assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, new Logging().configure(context));
      assertFalse(context.getLogger("ROOT").iteratorForAppenders().hasNext());
    } finally {
      System.clearProperty(FILE);
    }
  }

  private String line(boolean alone, String logger, Level level, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger(logger), level, "one {}", thrown, new Object[] {"two"});
    event.setTimeStamp(1_700_000_000_123L);
    return new String(new LogLines(alone).encode(event), UTF_8);
  }
}
