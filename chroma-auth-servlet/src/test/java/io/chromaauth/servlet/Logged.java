package io.chromaauth.servlet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a logger is told as long as this is open. */
final class Logged implements AutoCloseable {
  private final String name;
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  private Logged(String name) {
    this.name = name;
    logger = (Logger) LoggerFactory.getLogger(name);
    appender.start();
    logger.addAppender(appender);
  }

  static Logged by(String logger) {
    return new Logged(logger);
  }

  /** The messages, as a log file would hold them. */
  List<String> lines() {
    return events().stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Messages and what was thrown, in one text. */
  String everything() {
    StringBuilder text = new StringBuilder();
    for (ILoggingEvent event : events()) {
      text.append(event.getFormattedMessage()).append('\n');
      for (var thrown = event.getThrowableProxy(); thrown != null; thrown = thrown.getCause()) {
        text.append(thrown.getClassName()).append(": ").append(thrown.getMessage()).append('\n');
      }
    }
    return text.toString();
  }

  /** Its own, without those of loggers below it. */
  private List<ILoggingEvent> events() {
    return List.copyOf(appender.list).stream()
        .filter(event -> event.getLoggerName().equals(name))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
