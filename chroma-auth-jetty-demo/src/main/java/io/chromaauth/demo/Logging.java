package io.chromaauth.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets the program's log up: lines on standard error. In code, since Logback takes 0.2 s for the
 * same as XML; a file named by {@code -Dlogback.configurationFile} goes before.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String FILE = "logback.configurationFile";

  /** For Logback, which finds it as a service. */
  public Logging() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console("console", context, new LogLines(false)));
    Logger audit = context.getLogger("chroma.auth.audit");
    audit.setLevel(Level.INFO);
    audit.setAdditive(false);
    audit.addAppender(console("audit", context, new LogLines(true))); // JSON lines as they are
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    // its warnings quote header values as they were sent
    context.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Appender<ILoggingEvent> console(
      String name, LoggerContext context, LogLines lines) {
    lines.setContext(context);
    lines.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setName(name);
    appender.setContext(context);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(lines);
    appender.start();
    return appender;
  }
}
