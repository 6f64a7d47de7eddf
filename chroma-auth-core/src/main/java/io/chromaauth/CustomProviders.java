package io.chromaauth;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds providers of a host's own by the name in a setting: what a {@link
 * AuthenticationProvider.Factory} calls itself, or a Java class.
 */
final class CustomProviders {
  private CustomProviders() {}

  /** Whether a value may be the name of a class, rather than a misspelt word. */
  static boolean isClassName(String value) {
    return value.matches("([A-Za-z_$][A-Za-z0-9_$]*\\.)+[A-Za-z_$][A-Za-z0-9_$]*")
        && !value.startsWith("chromadb.");
  }

  /** The names of the factories that the {@link ServiceLoader} finds. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    try {
      factories().forEach(factory -> names.add(String.valueOf(factory.name())));
    } catch (ServiceConfigurationError e) {
      return names; // told when a provider is asked for
    }
    return names;
  }

  /**
   * The authentication provider of a name, or empty if there is neither such a factory nor such a
   * class.
   *
   * @throws IllegalArgumentException if it can't be made, in words for people
   * @throws ConfigException if the settings are not right for it
   */
  static Optional<AuthenticationProvider> authentication(String name, Settings settings) {
    try {
      for (AuthenticationProvider.Factory factory : factories()) {
        if (name.equals(factory.name())) {
          return Optional.of(made(factory, settings));
        }
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException("a service that can't be loaded: " + e.getMessage(), e);
    }
    return make(name, AuthenticationProvider.class, settings);
  }

  private static AuthenticationProvider made(
      AuthenticationProvider.Factory factory, Settings settings) {
    @Nullable AuthenticationProvider provider;
    try {
      provider = factory.create(settings);
    } catch (ConfigException e) {
      throw e;
    } catch (RuntimeException e) {
      // a message of its own might quote a secret
      throw new IllegalArgumentException("a factory that fails: " + e.getClass().getName(), e);
    }
    if (provider == null) {
      throw new IllegalArgumentException("a factory that makes nothing");
    }
    return provider;
  }

  /** The same for an authorization provider, by its class alone. */
  static Optional<AuthorizationProvider> authorization(String name, Settings settings) {
    return make(name, AuthorizationProvider.class, settings);
  }

  private static ServiceLoader<AuthenticationProvider.Factory> factories() {
    return ServiceLoader.load(AuthenticationProvider.Factory.class, loader());
  }

  private static <T> Optional<T> make(String name, Class<T> type, Settings settings) {
    if (!isClassName(name)) {
      return Optional.empty();
    }
    try {
      Class<?> found = Class.forName(name, true, loader());
      if (!type.isAssignableFrom(found)) {
        throw new IllegalArgumentException("a class that is no " + type.getName());
      }
      return Optional.of(type.cast(instance(found, settings)));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (LinkageError e) {
      throw new IllegalArgumentException("a class that can't be loaded: " + e, e);
    }
  }

  private static Object instance(Class<?> type, Settings settings) {
    try {
      for (Constructor<?> constructor : type.getConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == Settings.class) {
          return constructor.newInstance(settings);
        }
      }
      return type.getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ConfigException config) {
        throw config;
      }
      // a message of its own might quote a secret
      throw new IllegalArgumentException("a class whose constructor fails: " + kind(e), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "a class without a public constructor that takes Settings or nothing", e);
    }
  }

  private static String kind(InvocationTargetException e) {
    return e.getCause() == null ? "unknown" : e.getCause().getClass().getName();
  }

  /** That of the web application, where this library may be shared by several. */
  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? CustomProviders.class.getClassLoader() : context;
  }
}
