package io.chromaauth.authn;

import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import io.chromaauth.UserIdentity;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * HTTP Basic (RFC 7617) over htpasswd. A right password costs one bcrypt per cache lifetime, an
 * unknown user and an impossible password one of the highest cost in the file, so that time does
 * not tell them apart.
 */
public final class BasicAuthenticator implements UserList {
  /** The provider name of its identities. */
  public static final String PROVIDER = "basic";

  /** bcrypt would ignore what follows (and jBCrypt does). */
  static final int LONGEST_PASSWORD_BYTES = 72;

  private static final String SCHEME = "Basic";
  private static final AuthnResult BUSY =
      new AuthnResult.Refused(AuthnResult.Cause.UNAVAILABLE, "too many passwords to check at once");

  private final Map<String, Account> accounts;

  /** The same by number. */
  private final List<Account> numbered;

  private final BcryptHash dummy;
  private final VerifiedCredentials verified;
  private final BcryptGate gate;
  private final Throttle throttle;
  private final ConcurrentMap<Digest, CompletableFuture<Optional<Boolean>>> inFlight;

  /** By number; empty until they are completed. */
  private final List<UserIdentity> completed;

  /**
   * @param accounts in the order of their numbers
   */
  private BasicAuthenticator(
      Map<String, Account> accounts,
      VerifiedCredentials verified,
      BcryptGate gate,
      Throttle throttle) {
    this.accounts = Map.copyOf(accounts);
    this.numbered = List.copyOf(accounts.values());
    int highest = numbered.stream().mapToInt(a -> a.hash().cost()).max().orElse(10);
    this.dummy = BcryptHash.ofNothing(highest);
    this.verified = verified;
    this.gate = gate;
    this.throttle = throttle;
    this.inFlight = new ConcurrentHashMap<>();
    this.completed = List.of();
  }

  private BasicAuthenticator(BasicAuthenticator same, List<UserIdentity> users) {
    this.accounts = same.accounts;
    this.numbered = same.numbered;
    this.dummy = same.dummy;
    this.verified = same.verified;
    this.gate = same.gate;
    this.throttle = same.throttle;
    this.inFlight = same.inFlight;
    this.completed = List.copyOf(users);
  }

  /**
   * For how long and how many verified passwords are remembered.
   *
   * @param ttl zero turns it off
   * @param size zero turns it off
   */
  public record VerifiedFor(Duration ttl, long size) {}

  /**
   * Over the users of an htpasswd text, after noting what is wrong with it.
   *
   * @param throttle what slows down guesses of a user's password from one source
   */
  public static BasicAuthenticator htpasswd(
      String text, Place source, Faults faults, VerifiedFor remembered, Throttle throttle) {
    return new BasicAuthenticator(
        HtpasswdFile.parse(text, source, faults),
        new VerifiedCredentials(remembered.ttl(), remembered.size()),
        BcryptGate.forThisMachine(),
        throttle);
  }

  @Override
  public AuthnResult authenticate(RequestHeaders headers) {
    List<String> fields = headers.values(AuthorizationHeader.NAME);
    if (fields.size() > 1) {
      return new AuthnResult.Refused(
          AuthnResult.Cause.AMBIGUOUS, "more than one Authorization header");
    }
    if (fields.isEmpty() || !AuthorizationHeader.isOf(SCHEME, fields.get(0))) {
      return AuthnResult.NOT_PRESENTED;
    }
    return AuthorizationHeader.credentials(SCHEME, fields.get(0))
        .map(base64 -> verify(base64, headers))
        .orElseGet(() -> AuthnResult.wrong("Basic without credentials"));
  }

  @Override
  public Set<String> credentialHeaders() {
    return Set.of(AuthorizationHeader.NAME);
  }

  @Override
  public Optional<String> challenge() {
    return Optional.of("Basic realm=\"chroma\", charset=\"UTF-8\"");
  }

  @Override
  public List<UserIdentity> users() {
    if (!completed.isEmpty()) {
      return completed;
    }
    return numbered.stream().map(this::identity).toList();
  }

  @Override
  public BasicAuthenticator completed(List<UserIdentity> users) {
    return new BasicAuthenticator(this, users);
  }

  private UserIdentity identity(Account account) {
    return completed.isEmpty()
        ? UserIdentity.of(account.user(), PROVIDER)
        : completed.get(account.number());
  }

  private AuthnResult verify(String base64, RequestHeaders headers) {
    Digest key = verified.key(base64);
    Account known = verified.find(key);
    return known == null
        ? verifyNew(key, base64, headers.source())
        : new AuthnResult.Authenticated(identity(known));
  }

  private AuthnResult verifyNew(Digest key, String base64, String source) {
    Optional<BasicCredentials> credentials = BasicCredentials.decode(base64);
    if (credentials.isEmpty()) {
      return AuthnResult.wrong("malformed Basic credentials");
    }
    String user = credentials.get().user();
    String guess = Throttle.key(user, source);
    Duration delay = throttle.delay(guess);
    if (!delay.isZero()) {
      return new AuthnResult.Delayed(delay, "too many wrong passwords, user '" + user + "'");
    }
    Optional<Boolean> right = gate.admit(() -> onceAtATime(key, credentials.get(), source));
    if (right.isEmpty()) {
      return BUSY;
    }
    Account account = accounts.get(user);
    if (account == null || !right.get()) {
      throttle.failed(guess);
      return AuthnResult.wrong("wrong user or password, user '" + user + "'");
    }
    throttle.succeeded(guess);
    return new AuthnResult.Authenticated(identity(account));
  }

  /** Whoever brings the same credentials while they are being verified waits for that answer. */
  private Optional<Boolean> onceAtATime(Digest key, BasicCredentials credentials, String source) {
    CompletableFuture<Optional<Boolean>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<Boolean>> running = inFlight.putIfAbsent(key, mine);
    if (running != null) {
      return running.join();
    }
    Optional<Boolean> answer = Optional.empty();
    try {
      answer = remembered(key, credentials.user()); // by whoever was verified since we looked
      if (answer.isEmpty()) {
        answer = gate.inTurn(credentials.user(), source, () -> matches(key, credentials));
      }
      return answer;
    } finally {
      inFlight.remove(key);
      mine.complete(answer);
    }
  }

  private Optional<Boolean> remembered(Digest key, String user) {
    return verified.find(key) == null ? Optional.empty() : Optional.of(accounts.containsKey(user));
  }

  private boolean matches(Digest key, BasicCredentials credentials) {
    Account account = accounts.get(credentials.user());
    if (account == null || !isPossible(credentials.password().reveal())) {
      dummy.spendTheTimeOf(credentials.password());
      return false;
    }
    boolean matches = account.hash().matches(credentials.password());
    if (matches) {
      verified.remember(key, account);
    } else if (account.hash().cost() < dummy.cost()) {
      dummy.spendTheTimeOf(credentials.password()); // as long as for who is not there at all
    }
    return matches;
  }

  private static boolean isPossible(String password) {
    return !password.isEmpty()
        && password.indexOf('\0') < 0
        && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES;
  }
}
