package io.chromaauth.servlet;

import io.chromaauth.authz.Owners;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Step 8: hands a request on, and tells {@link Owners} while it may be changing a collection's
 * name, so that nobody is judged by a look-up that began before.
 */
final class Handover {
  private final @Nullable Owners owners;

  /**
   * @param owners null where nobody remembers names
   */
  Handover(@Nullable Owners owners) {
    this.owners = owners;
  }

  /** Hands it on. */
  void pass(
      @Nullable NameChange change,
      ServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (owners == null || change == null) {
      chain.doFilter(request, response);
      return;
    }
    Owners.Change begun = change.begin(owners);
    boolean answered = false;
    try {
      chain.doFilter(request, response);
      answered = true;
    } finally {
      if (answered) {
        whenAnswered(request, response, begun);
      } else {
        begun.over(true); // who knows
      }
    }
  }

  private static void whenAnswered(
      ServletRequest request, HttpServletResponse response, Owners.Change begun) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new WhenDone(begun, response));
        return;
      }
    } catch (IllegalStateException e) {
      // it was answered in between
    }
    begun.over(isChange(response));
  }

  /** Whoever was refused or not found has changed nothing. */
  private static boolean isChange(HttpServletResponse response) {
    int status = response.getStatus();
    return status < 400 || status >= 500;
  }

  private record WhenDone(Owners.Change begun, HttpServletResponse response)
      implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      begun.over(isChange(response));
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      begun.over(true);
    }

    @Override
    public void onError(AsyncEvent event) {
      begun.over(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this); // Servlet 6.0, 2.3.3.3: listeners go at each start
    }
  }
}
