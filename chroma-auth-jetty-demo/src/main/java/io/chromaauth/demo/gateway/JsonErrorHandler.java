package io.chromaauth.demo.gateway;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Jetty's own errors (bad requests, failures in filters) as JSON, without traces or versions. */
final class JsonErrorHandler implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    JsonAnswer.ofStatus(response.getStatus()).write(response, callback);
    return true;
  }
}
