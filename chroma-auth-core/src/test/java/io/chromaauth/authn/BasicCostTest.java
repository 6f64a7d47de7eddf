package io.chromaauth.authn;

import static io.chromaauth.Samples.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.RequestHeaders;
import io.chromaauth.Samples;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who pays for a bcrypt. Told by the processor time of a thread, which the load of the machine does
 * not change, between costs that differ by a factor of 64 and more.
 */
class BasicCostTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String USERS =
      "cheap:" + Samples.ADMIN_HASH + "\ndear:" + Samples.ADMIN_HASH_10;

  /** What one bcrypt of cost 10 takes; one of cost 4 takes a 64th. */
  private static long one;

  private final BasicAuthenticator basic =
      BasicAuthenticatorTest.over(USERS, Duration.ofDays(1), 100);

  @BeforeAll
  static void measure() {
    var sample = BasicAuthenticatorTest.over(USERS, Duration.ZERO, 0);
    for (int i = 0; i < 5; i++) {
      sample.authenticate(basic("dear", "wrong")); // until it is compiled
    }
    one = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      one = Math.min(one, time(sample, basic("dear", "wrong")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unknown, wrong",
    "unknown, ''",
    "unknown, admin",
    "dear, ''",
    "cheap, ''",
    "dear, wrong",
    "dear, 'admin\0x'"
  })
  void aRefusalCostsABcryptOfTheHighestCost(String user, String password) {
    assertTrue(time(basic, basic(user, password)) > one / 2);
  }

  @ParameterizedTest
  @CsvSource({"unknown", "dear", "cheap"})
  void aPasswordThatIsTooLongCostsOneToo(String user) {
    assertTrue(time(basic, basic(user, "x".repeat(73))) > one / 2);
  }

  @Test
  void whatIsNoCredentialsCostsNothing() {
    assertTrue(time(basic, Samples.header("Authorization", "Basic YWRtaW5hZG1pbg==")) < one / 4);
    assertTrue(time(basic, Samples.bearer("x")) < one / 4);
  }

  @Test
  void aRightPasswordCostsOneBcryptAndThenNone() {
    RequestHeaders right = basic("dear", "admin");
    assertTrue(time(basic, right) > one / 2);
    for (int i = 0; i < 3; i++) {
      assertTrue(time(basic, right) < one / 4);
    }
    assertInstanceOf(AuthnResult.Authenticated.class, basic.authenticate(right));
  }

  @Test
  void aWrongPasswordIsNeverRemembered() {
    RequestHeaders wrong = basic("dear", "wrong");
    for (int i = 0; i < 3; i++) {
      assertTrue(time(basic, wrong) > one / 2);
      assertInstanceOf(AuthnResult.Refused.class, basic.authenticate(wrong));
    }
  }

  @Test
  void whatIsRememberedOfOnePasswordDoesNotHelpAnother() {
    basic.authenticate(basic("dear", "admin"));
    assertTrue(time(basic, basic("dear", "Admin")) > one / 2);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 100", "PT1H, 0"})
  void withoutACacheEachRequestCostsOne(Duration ttl, long size) {
    var uncached = BasicAuthenticatorTest.over(USERS, ttl, size);
    for (int i = 0; i < 3; i++) {
      assertTrue(time(uncached, basic("dear", "admin")) > one / 2);
    }
  }

  /** More than the gate lets in for one user, so that all but one must have waited for that one. */
  @Test
  void equalCredentialsAtTheSameTimeCostOneBcryptTogether() throws Exception {
    var slow =
        BasicAuthenticatorTest.over(
            "admin:" + Samples.ADMIN_HASH_12, Duration.ofDays(1), 100); // four times one
    for (String password : List.of("wrong", "admin")) {
      List<Long> times = atOnce(slow, basic("admin", password), password.equals("admin"), 16);
      assertEquals(1, times.stream().filter(time -> time > one).count(), times::toString);
    }
  }

  private static List<Long> atOnce(
      BasicAuthenticator basic, RequestHeaders headers, boolean right, int threads)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier barrier = new CyclicBarrier(threads);
      Callable<Long> request =
          () -> {
            barrier.await();
            long before = THREADS.getCurrentThreadCpuTime();
            AuthnResult result = basic.authenticate(headers);
            long time = THREADS.getCurrentThreadCpuTime() - before;
            assertEquals(right, result instanceof AuthnResult.Authenticated);
            assertTrue(right || ((AuthnResult.Refused) result).cause() == AuthnResult.Cause.WRONG);
            return time;
          };
      List<Long> times = new ArrayList<>();
      for (Future<Long> future : pool.invokeAll(Collections.nCopies(threads, request))) {
        times.add(future.get());
      }
      return times;
    } finally {
      pool.shutdownNow();
    }
  }

  private static long time(BasicAuthenticator basic, RequestHeaders headers) {
    long before = THREADS.getCurrentThreadCpuTime();
    basic.authenticate(headers);
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
