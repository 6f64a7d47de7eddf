package io.chromaauth.servlet;

import io.chromaauth.AuthEvent;
import io.chromaauth.AuthEventListener;
import io.chromaauth.AuthnResult;
import io.chromaauth.ChromaAuth;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Verdict.Pass;
import io.chromaauth.servlet.Verdict.Refusal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running filter consists of. Thread-safe. */
final class FilterState implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final long REMIND_EVERY = TimeUnit.MINUTES.toNanos(1);
  private static final int LONGEST_LOGGED = 512;

  private final @Nullable Steps steps;
  private final Set<String> credentialHeaders;
  private final ChromaAuth.Summary summary;
  private final String openDoor;
  private final AuditLog audit;
  private final @Nullable AuthEventListener listener;
  private final List<AutoCloseable> closeables;
  private final Handover handover;
  private final TrustedProxies trustedProxies;

  /** Its own: two filters before one application don't take each other's decisions away. */
  private final String decidedAttribute = "io.chromaauth.decided." + UUID.randomUUID();

  private final AtomicLong reminded = new AtomicLong(System.nanoTime() - REMIND_EVERY);

  /**
   * @param steps null if everything is let through
   * @param openDoor what is open that should not be for long, or an empty text
   * @param handover what hands requests on
   * @param trustedProxies whose word on a client's address is taken
   * @param closeables what ends with the filter
   */
  FilterState(
      @Nullable Steps steps,
      Set<String> credentialHeaders,
      ChromaAuth.Summary summary,
      String openDoor,
      AuditLog audit,
      @Nullable AuthEventListener listener,
      Handover handover,
      TrustedProxies trustedProxies,
      List<AutoCloseable> closeables) {
    this.steps = steps;
    this.credentialHeaders = Set.copyOf(credentialHeaders);
    this.summary = summary;
    this.openDoor = openDoor;
    this.audit = audit;
    this.listener = listener;
    this.handover = handover;
    this.trustedProxies = trustedProxies;
    this.closeables = List.copyOf(closeables);
  }

  /** What answers requests, questions about them, and the application's own logins. */
  record Steps(Decider decider, Explaining explaining, Logins logins) {}

  /** Whether everything is let through; reminds the log of it, and of other open doors. */
  boolean isOpen() {
    if (!openDoor.isEmpty()) {
      remind();
    }
    return steps == null;
  }

  /**
   * What decides.
   *
   * @throws IllegalStateException if everything is let through
   */
  Steps steps() {
    if (steps == null) {
      throw new IllegalStateException("everything is open: nothing is decided");
    }
    return steps;
  }

  /** The request's attribute for what this filter has decided. */
  String decidedAttribute() {
    return decidedAttribute;
  }

  Handover handover() {
    return handover;
  }

  TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  Set<String> credentialHeaders() {
    return credentialHeaders;
  }

  ChromaAuth.Summary summary() {
    return summary;
  }

  /** Tells audit and listener how a request ended. */
  void tell(IncomingRequest request, String requestId, Verdict verdict) {
    int status =
        verdict instanceof Refusal refusal
            ? refusal.answer().status()
            : verdict instanceof Pass ? 0 : 200;
    boolean write = audit.wants(status);
    if (!write && listener == null) {
      return;
    }
    AuthEvent event = event(request, requestId, verdict, status);
    if (write) {
      audit.onEvent(event);
    }
    if (listener != null) {
      tell(listener, event);
    }
  }

  /** The same of a login that the application asked for. */
  void tellLogin(IncomingRequest request, String requestId, AuthnResult result) {
    Verdict verdict =
        result instanceof AuthnResult.Authenticated authenticated
            ? Pass.of(authenticated.identity(), null, "the application's login")
            : steps().decider().stranger(result, request);
    tell(request, requestId, verdict);
  }

  /** A listener that fails must not change what becomes of a request. */
  private static void tell(AuthEventListener listener, AuthEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      LOG.error("{} failed on request {}", listener.getClass().getName(), event.requestId(), e);
    }
  }

  @Override
  public void close() {
    for (AutoCloseable closeable : closeables) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed: {}", closeable.getClass().getName(), e.toString());
      }
    }
  }

  private static AuthEvent event(
      IncomingRequest request, String requestId, Verdict verdict, int status) {
    UserIdentity identity = verdict.identity();
    return new AuthEvent(
        requestId,
        cleaned(request.header("X-Request-Id")),
        request.remoteAddress(),
        request.method(),
        String.valueOf(cleaned(request.rawUri())),
        identity == null ? null : identity.userId(),
        identity == null ? null : identity.provider(),
        verdict.action(),
        status,
        String.valueOf(cleaned(verdict.reason())));
  }

  private static @Nullable String cleaned(@Nullable String text) {
    if (text == null) {
      return null;
    }
    StringBuilder clean = new StringBuilder(Math.min(text.length(), LONGEST_LOGGED));
    text.codePoints()
        .limit(LONGEST_LOGGED)
        .forEach(c -> clean.appendCodePoint(isPlain(c) ? c : '?'));
    return clean.toString();
  }

  /** Neither a control nor a line break or a mark that reorders what follows. */
  private static boolean isPlain(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  private void remind() {
    long now = System.nanoTime();
    long last = reminded.get();
    if (now - last >= REMIND_EVERY && reminded.compareAndSet(last, now)) {
      LOG.warn("{}", openDoor);
    }
  }
}
