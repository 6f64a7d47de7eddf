package io.chromaauth.servlet;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to read a path and find its route. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteBenchmark {
  @Param({
    "/api/v2/heartbeat",
    "/api/v2/tenants/acme",
    Site.COLLECTION + "/query",
    "/api/v2/tenants/a%20b/databases/d",
    "/nowhere"
  })
  public String path = "";

  private final RouteTable routes = new RouteTable(ChromaRoutes.all());

  @Benchmark
  public Object match() {
    return routes.match("POST", RequestPath.parse(path));
  }
}
