package io.chromaauth.demo;

import io.chromaauth.ConfigException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells why a command could not do its work, a line for each fault and no stack trace. */
final class Failures implements IExecutionExceptionHandler {
  static final int FAILED = 1;
  static final int MISCONFIGURED = 2;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof ConfigException config) {
      config.faults().forEach(fault -> err.println("chroma-auth: " + fault));
      return MISCONFIGURED;
    }
    err.println("chroma-auth: " + reason(e));
    return FAILED;
  }

  private static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return e.getMessage() + ": no such host; fix: give another --host";
      }
      if (cause instanceof BindException) {
        boolean taken = String.valueOf(cause.getMessage()).contains("in use");
        return e.getMessage()
            + (taken
                ? ": the port is taken; fix: stop what listens there, or give another --port"
                : ": no such address on this machine; fix: give another --host");
      }
    }
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }
}
