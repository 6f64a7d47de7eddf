package io.chromaauth;

/** Is told how each request ended. Called on the request's thread: must not block or throw. */
@FunctionalInterface
public interface AuthEventListener {
  /** One request has been decided. */
  void onEvent(AuthEvent event);
}
