package io.chromaauth.hosts.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers from another thread, or sends the request on from there. */
final class AsyncOrders {
  private AsyncOrders() {}

  static void carryOut(
      String verb, String path, HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(20_000);
    Runnable work =
        switch (verb) {
          case "thread" -> () -> complete(context);
          case "back" -> context::dispatch;
          default -> () -> context.dispatch(path);
        };
    new Thread(work, "sample-application").start();
  }

  private static void complete(AsyncContext context) {
    HttpServletRequest request = (HttpServletRequest) context.getRequest();
    HttpServletResponse response = (HttpServletResponse) context.getResponse();
    try {
      SampleServlet.answer(request, response, "thread=" + Thread.currentThread().getName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      context.complete();
    }
  }
}
