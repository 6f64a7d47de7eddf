package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.authz.Owners;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@link Owners} while a request may be changing a collection's name, so that nobody is
 * judged by a look-up that began before.
 */
final class NameChanges {
  private static final Set<AuthzAction> CHANGING =
      Set.of(
          AuthzAction.UPDATE_COLLECTION,
          AuthzAction.DELETE_COLLECTION,
          AuthzAction.DELETE_DATABASE,
          AuthzAction.RESET);

  private final @Nullable Owners owners;

  NameChanges(@Nullable Owners owners) {
    this.owners = owners;
  }

  /** Passes a request on, for an action or null. */
  void pass(
      @Nullable AuthzAction action,
      ServletRequest request,
      ServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (owners == null || action == null || !CHANGING.contains(action)) {
      chain.doFilter(request, response);
      return;
    }
    Runnable done = owners.changing();
    try {
      chain.doFilter(request, response);
    } finally {
      whenAnswered(request, done);
    }
  }

  private static void whenAnswered(ServletRequest request, Runnable done) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new WhenDone(done));
        return;
      }
    } catch (IllegalStateException e) {
      // it was answered in between
    }
    done.run();
  }

  private record WhenDone(Runnable done) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      done.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      done.run();
    }

    @Override
    public void onError(AsyncEvent event) {
      done.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this); // Servlet 6.0, 2.3.3.3: listeners go at each start
    }
  }
}
