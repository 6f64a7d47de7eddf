import io.chromaauth.Secret;
import io.chromaauth.client.ClientCredentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * What the Java programs have in common: their environment, their credentials by {@code io.chromaauth.client}, their
 * checks.
 *
 * <p>usage: java PROGRAM flow|refusals
 *
 * <p>environment: CHROMA_URL (http://HOST:PORT), CHROMA_SCHEME (basic, bearer, x-chroma-token), CHROMA_CREDENTIALS (an
 * admin's user:password or token), for refusals also CHROMA_READER_CREDENTIALS and CHROMA_WRONG_CREDENTIALS.
 *
 * <p>Prints a line for each check and a total; exits 0 only if checks ran and all passed.
 */
final class Checks {
  static final URI CHROMA = URI.create(variable("CHROMA_URL"));
  static final String SCHEME = variable("CHROMA_SCHEME");
  static final String ADMIN = variable("CHROMA_CREDENTIALS");
  static final String READER = variable("CHROMA_READER_CREDENTIALS");
  static final String WRONG = variable("CHROMA_WRONG_CREDENTIALS");
  static final String NONE = "";

  private static int passed;
  private static int failed;

  private Checks() {}

  interface Body {
    void run() throws Exception;
  }

  static void run(String[] arguments, Runnable flow, Runnable refusals) {
    Map<String, Runnable> modes = Map.of("flow", flow, "refusals", refusals);
    Runnable mode = arguments.length == 1 ? modes.get(arguments[0]) : null;
    // An absent credential would be sent as none, and the refusal of nobody taken for the refusal of somebody.
    boolean complete = !ADMIN.isEmpty() && (mode == flow || !(READER.isEmpty() || WRONG.isEmpty()));
    if (mode == null || !complete || !List.of("basic", "bearer", "x-chroma-token").contains(SCHEME)) {
      System.err.println("usage: flow|refusals, with all variables set");
      System.exit(1);
    }
    Objects.requireNonNull(mode).run();
    System.out.println(passed + " passed, " + failed + " failed");
    System.exit(passed > 0 && failed == 0 ? 0 : 1); // a library's own threads would keep it running
  }

  /** One check: whatever fails in it is reported, and the next one runs all the same. */
  static void check(String name, Body body) {
    try {
      body.run();
      passed++;
      System.out.println("ok " + name);
    } catch (Exception | AssertionError e) {
      failed++;
      System.out.println("FAIL " + name + ": " + withoutSecrets(e.toString()));
    }
  }

  static void equal(Object actual, Object expected) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected " + expected + ", found " + actual);
    }
  }

  static void unauthorized(Callable<?> call) throws Exception {
    refused("Unauthorized", call);
  }

  static void forbidden(Callable<?> call) throws Exception {
    refused("Forbidden", call);
  }

  /** These libraries put the whole answer into the message of the exception, or of a cause. */
  static void refused(String message, Callable<?> call) throws Exception {
    String answer = "{\"error\":\"AuthError\",\"message\":\"" + message + "\"}";
    try {
      call.call();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (String.valueOf(cause.getMessage()).contains(answer)) {
          return;
        }
      }
      throw e;
    }
    throw new AssertionError("did not fail");
  }

  /** What is sent for these credentials in this run's scheme. */
  static ClientCredentials credentials(String text) {
    if (text.equals(NONE)) {
      return Map::of;
    }
    return switch (SCHEME) {
      case "basic" -> ClientCredentials.basic(user(text), Secret.of(password(text)));
      case "bearer" -> ClientCredentials.bearer(Secret.of(text));
      default -> ClientCredentials.chromaToken(Secret.of(text));
    };
  }

  static String user(String credentials) {
    return credentials.substring(0, credentials.indexOf(':'));
  }

  static String password(String credentials) {
    return credentials.substring(credentials.indexOf(':') + 1);
  }

  /** A text is its own vector: "1 0.5 0". */
  static float[] vector(String text) {
    String[] numbers = text.split(" ");
    float[] vector = new float[numbers.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = Float.parseFloat(numbers[i]);
    }
    return vector;
  }

  private static String withoutSecrets(String text) {
    for (String secret : List.of(ADMIN, READER, WRONG)) {
      for (String form : List.of(secret, password(secret))) {
        text = form.isEmpty() ? text : text.replace(form, "***");
      }
    }
    text = text.replaceAll("\\s+", " ");
    return text.substring(0, Math.min(text.length(), 300));
  }

  private static String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "");
  }
}
