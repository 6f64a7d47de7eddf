package io.chromaauth.servlet;

import io.chromaauth.servlet.Verdict.Own;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a request in each of its dispatches: the first is decided, and so is every other
 * but an error page and what goes back to where it was let through.
 */
final class Dispatches {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final String REQUEST_ID = "X-Request-Id";

  private Dispatches() {}

  /** Hands the request on, or answers it. */
  static void filter(
      FilterState running,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Decided before = decidedBefore(running, request);
    if (before == null || !again(before, request, response, chain)) {
      decide(running, before, request, response, chain);
    }
  }

  private static @Nullable Decided decidedBefore(FilterState running, HttpServletRequest request) {
    return request.getAttribute(running.decidedAttribute()) instanceof Decided before
            && before.isOf(request)
        ? before
        : null;
  }

  /** Whether it was an error page's, or sent back to where it was let through, and went on. */
  private static boolean again(
      Decided before, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ERROR && !before.isAtErrorPage()) {
      before.atErrorPage(true);
      try {
        chain.doFilter(DecidedRequest.atErrorPage(request, before), response);
      } finally {
        before.atErrorPage(false);
      }
      return true;
    }
    Pass pass =
        request.getDispatcherType() == DispatcherType.ASYNC ? before.passedAt(request) : null;
    if (pass != null) {
      chain.doFilter(DecidedRequest.of(request, before, pass), response);
    }
    return pass != null;
  }

  private static void decide(
      FilterState running,
      @Nullable Decided before,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    String requestId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    response.setHeader(REQUEST_ID, requestId);
    IncomingRequest incoming = new ReceivedRequest(request, running.trustedProxies());
    Verdict verdict = decide(running, incoming, requestId);
    running.tell(incoming, requestId, verdict);
    if (verdict instanceof Pass pass) {
      Decided decided = before == null ? new Decided(running, requestId, request) : before;
      decided.asks(pass.identity());
      if (!incoming.isIncluded()) { // it is a part of another's answer: nobody sends it back there
        decided.add(request, pass);
        request.setAttribute(running.decidedAttribute(), decided);
      }
      DecidedRequest passing = DecidedRequest.of(request, decided, pass);
      running.handover().pass(pass.change(), passing, response, chain);
    } else if (verdict instanceof Own own) {
      Answers.write(response, own.json());
    } else {
      Answers.refuse(response, ((Refusal) verdict).answer());
    }
  }

  /** Whatever goes wrong while deciding ends in a refusal. */
  private static Verdict decide(FilterState running, IncomingRequest request, String requestId) {
    try {
      return running.steps().decider().decide(request);
    } catch (IOException e) {
      return Refusal.of(Answer.badRequest("the body could not be read"), "body not readable");
    } catch (RuntimeException e) {
      LOG.error("request {} could not be decided", requestId, e);
      return Refusal.of(Answer.FAILED, e.getClass().getName());
    }
  }
}
