package io.chromaauth.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Remembered Basic credentials beside guesses of ever new passwords, which bcrypt must check: they
 * share the processors, and nothing else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FloodBenchmark {
  private static final FilterChain APPLICATION = (request, response) -> {};
  private static final int REMEMBERED = 100_000;

  private final String known = Site.rightBasic(0);
  private ChromaAuthFilter filter = new ChromaAuthFilter();

  @Setup
  public void prepare() throws IOException, ServletException {
    filter = new Site(10).basic(REMEMBERED);
    if (status(known) != 200) {
      throw new IllegalStateException("not let in");
    }
  }

  @Benchmark
  @Group("flood")
  @GroupThreads(1)
  public int remembered() throws IOException, ServletException {
    return status(known);
  }

  @Benchmark
  @Group("flood")
  @GroupThreads(8)
  public int guesses() throws IOException, ServletException {
    return status(Site.basic(1, Long.toHexString(ThreadLocalRandom.current().nextLong())));
  }

  private int status(String authorization) throws IOException, ServletException {
    StubResponse response = new StubResponse();
    StubRequest request = new StubRequest("POST", Site.COLLECTION + "/query", authorization);
    filter.doFilter(request, response, APPLICATION);
    return response.getStatus();
  }
}
