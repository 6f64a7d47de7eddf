package io.chromaauth.hosts;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tests' own class path without what a WAR brings along, as a container that was installed by
 * itself has it.
 */
public final class HidingLoader extends ClassLoader {
  private static final List<String> HIDDEN =
      List.of(
          "io.chromaauth.",
          "org.slf4j.",
          "ch.qos.logback.",
          "com.github.benmanes.",
          "com.fasterxml.",
          "com.nimbusds.",
          "org.yaml.",
          "org.apache.commons.codec.",
          "org.mindrot.");

  public HidingLoader() {
    super(HidingLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (HIDDEN.stream().anyMatch(name::startsWith)) {
      throw new ClassNotFoundException(name);
    }
    return super.loadClass(name, resolve);
  }

  @Override
  public @Nullable URL getResource(String name) {
    return isHidden(name) ? null : super.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getResources(name);
  }

  /** Initialisers are looked for everywhere, and those there are belong to what is hidden. */
  private static boolean isHidden(String resource) {
    if (resource.equals("META-INF/services/jakarta.servlet.ServletContainerInitializer")) {
      return true;
    }
    String name =
        resource.startsWith("META-INF/services/")
            ? resource.substring("META-INF/services/".length())
            : resource.replace('/', '.');
    return HIDDEN.stream().anyMatch(name::startsWith);
  }
}
