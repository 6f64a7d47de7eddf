package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.chromaauth.servlet.AnyRequest.Step;
import io.chromaauth.servlet.World.Hole;
import io.chromaauth.servlet.World.Setting;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/**
 * Whatever a bounded identity with every action sends, it gets nothing from outside its bounds and
 * changes nothing there.
 */
class IsolationPropertiesTest {
  private static final String SEED = "20261122";
  private static final List<String> ALL = List.of("*");

  @Property(tries = 500, seed = SEED)
  @StatisticsReport(StatisticsReportMode.OFF)
  void aBoundedIdentityStaysInside(
      @ForAll("reaches") Reach reach,
      @ForAll("settings") Setting setting,
      @ForAll("sequences") List<Step> steps)
      throws IOException, ServletException {
    World world = new World(reach, setting, Hole.NONE);
    assertNull(world.harm(steps));
    Statistics.collect(world.passed() > 0);
    // who reaches nothing at all is well isolated, too
    Statistics.coverage(coverage -> coverage.check(true).percentage(p -> p > 50));
  }

  @Property(tries = 20, seed = SEED)
  @StatisticsReport(StatisticsReportMode.OFF)
  void anIdentityWithoutBoundsWouldBeNoticed(
      @ForAll("reaches") Reach reach,
      @ForAll("settings") Setting setting,
      @ForAll("sequences") List<Step> steps)
      throws IOException, ServletException {
    noticed(new World(reach, setting, Hole.UNBOUNDED).harm(steps) != null, 60);
  }

  @Property(tries = 50, seed = SEED)
  @StatisticsReport(StatisticsReportMode.OFF)
  void aCredulousResolverWouldBeNoticed(
      @ForAll("reaches") Reach reach,
      @ForAll("settings") Setting setting,
      @ForAll("sequences") List<Step> steps)
      throws IOException, ServletException {
    noticed(new World(reach, setting, Hole.CREDULOUS).harm(steps) != null, 10);
  }

  @Property(tries = 50, seed = SEED)
  @StatisticsReport(StatisticsReportMode.OFF)
  void trustInThePathWouldBeNoticed(
      @ForAll("reaches") Reach reach,
      @ForAll("settings") Setting setting,
      @ForAll("sequences") List<Step> steps)
      throws IOException, ServletException {
    noticed(new World(reach, setting, Hole.TRUST_PATH).harm(steps) != null, 5);
  }

  @Provide
  Arbitrary<Reach> reaches() {
    return AnyRequest.reaches();
  }

  @Provide
  Arbitrary<Setting> settings() {
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false))
        .as((overwrites, findsWithoutPath) -> new Setting(overwrites, findsWithoutPath, ALL));
  }

  @Provide
  Arbitrary<List<Step>> sequences() {
    return AnyRequest.sequences("bob");
  }

  /** At least in so many of a hundred sequences of requests. */
  private static void noticed(boolean harmed, int percent) {
    Statistics.collect(harmed);
    Statistics.coverage(coverage -> coverage.check(true).percentage(p -> p >= percent));
  }
}
