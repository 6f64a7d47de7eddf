package io.chromaauth.demo.store;

import java.io.IOException;

/** The folder can't be opened as a store; the message is one line that says why. */
public final class StoreUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message) {
    super(message);
  }
}
