package io.chromaauth.servlet;

import io.chromaauth.Secret;
import io.chromaauth.authn.HtpasswdLine;
import java.util.concurrent.TimeUnit;
import org.mindrot.jbcrypt.BCrypt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One bcrypt of cost 5 by itself, beside {@code BASIC_FIRST_SEEN}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BcryptBenchmark {
  private final String hash =
      "$2a" + HtpasswdLine.of("x", Secret.of("correct horse"), 5).substring(5);

  @Benchmark
  public boolean alone() {
    return BCrypt.checkpw("correct horse", hash);
  }
}
