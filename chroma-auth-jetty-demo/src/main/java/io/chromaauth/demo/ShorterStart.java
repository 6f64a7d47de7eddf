package io.chromaauth.demo;

/** Properties that spare a start what the program has no use for; whoever sets them is obeyed. */
final class ShorterStart {
  private ShorterStart() {}

  /** Before Jetty and anything that formats by locale is loaded. */
  static void prepare() {
    // else Jetty asks the JVM by JMX, whose set-up takes 0.1 s; 64 bytes a line, 4 a reference
    unlessSet("org.eclipse.jetty.util.referencesPerCacheLine", "16");
    // else Jetty, which wants all languages, has the JDK's old second set of them loaded too
    unlessSet("java.locale.providers", "CLDR");
  }

  private static void unlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
