package io.chromaauth.hosts;

import java.util.List;
import java.util.Set;

/** A servlet container that web applications can be put in. */
public interface Host {
  /** What it is called in reports. */
  String name();

  /** The ways in which it may be told to read a URI, the strictest first. */
  List<String> uriModes();

  /** Lines of the corpus by which a naive filter lets strangers in, read in this way. */
  Set<String> naiveHoles(String uriMode);

  /** Whether it can deploy a WAR file. */
  boolean deploysWars();

  /** Whether it takes more than one application. */
  default boolean takesSeveralApps() {
    return true;
  }

  /** Starts it on a free port of the loopback address with these applications. */
  Running start(Setup setup) throws Exception;

  /** A container that runs. */
  interface Running extends AutoCloseable {
    /** Where it listens. */
    int port();

    /** Puts a WAR file in, and gives the application's class loader. */
    default ClassLoader deploy(WebApp app) throws Exception {
      throw new UnsupportedOperationException("no WAR files");
    }

    /** Takes the application at this context path out. */
    default void undeploy(String contextPath) throws Exception {
      throw new UnsupportedOperationException("no WAR files");
    }

    @Override
    void close();
  }
}
