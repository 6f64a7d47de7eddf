package io.chromaauth.demo.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one proxied request, below the servlet API: Jetty's core request and
 * response, whose reads and writes never block. The one class that ties the proxy to Jetty's
 * servlet implementation.
 */
final class ClientSide {
  private final ServletContextRequest request;
  // the response inside the servlet layer's: headers and bytes must go to the same object
  private final Response response;
  private final AsyncContext async;
  private volatile boolean givenUp;
  private volatile @Nullable Throwable failure;

  private ClientSide(ServletContextRequest request, AsyncContext async) {
    this.request = request;
    this.response = request.getServletContextResponse().getWrapped();
    this.async = async;
  }

  /** Takes a request over from the servlet layer: nothing may be written through that any more. */
  static ClientSide takeOver(HttpServletRequest request) {
    ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
    AsyncContext async = request.startAsync();
    async.setTimeout(0); // the time-outs are the connections' and AnswerTimeouts'
    return new ClientSide(core, async);
  }

  /** Calls back when Jetty gives the request up by itself, because the client has gone. */
  void onFailure(Consumer<Throwable> listener) {
    async.addListener(
        new AsyncListener() {
          @Override
          public void onError(AsyncEvent event) {
            listener.accept(event.getThrowable());
          }

          @Override
          public void onComplete(AsyncEvent event) {}

          @Override
          public void onTimeout(AsyncEvent event) {}

          @Override
          public void onStartAsync(AsyncEvent event) {}
        });
  }

  /** Says that the request has failed elsewhere: later failures here are only its echo. */
  void giveUp() {
    givenUp = true;
  }

  /** Says that the client's connection has failed or its body is wrong. */
  void failed(Throwable cause) {
    if (!givenUp && failure == null) {
      failure = cause;
    }
  }

  /** What went wrong on the client's side first, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** The core request, for its headers and body. */
  Request request() {
    return request;
  }

  /** Whether the client sends a body, of known length or in chunks. */
  boolean sendsBody() {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** The id that a filter has put on the answer, or null. */
  @Nullable String requestId() {
    return response.getHeaders().get(JsonAnswer.REQUEST_ID);
  }

  /** The same, or a new one which the answer then has. */
  String ensureRequestId() {
    return JsonAnswer.requestId(response);
  }

  /** The headers of the answer, to be completed before the first write. */
  HttpFields.Mutable answerHeaders() {
    return response.getHeaders();
  }

  void setStatus(int status) {
    response.setStatus(status);
  }

  void write(ByteBuffer bytes, Callback callback) {
    response.write(false, bytes, callback);
  }

  void writeEnd(Callback callback) {
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  /** Ends the request well. */
  void complete() {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      // Jetty has ended it already, because the client's connection broke
    }
  }

  /** Answers if nothing has been sent, else cuts the connection: both tell the client. */
  void fail(JsonAnswer answer, Throwable cause) {
    if (response.isCommitted()) {
      cut(cause);
      return;
    }
    answer.write(
        response,
        Callback.from(
            Invocable.InvocationType.NON_BLOCKING, this::complete, failure -> cut(failure)));
  }

  /** Cuts the connection, so that a body without its end is not taken for a whole one. */
  void cut(Throwable cause) {
    request.getServletChannel().abort(cause);
    complete();
  }
}
