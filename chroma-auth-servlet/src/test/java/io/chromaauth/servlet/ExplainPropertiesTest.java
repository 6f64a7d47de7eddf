package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.chromaauth.AuthzAction;
import io.chromaauth.servlet.AnyRequest.Step;
import io.chromaauth.servlet.Reach.Area;
import io.chromaauth.servlet.World.Hole;
import io.chromaauth.servlet.World.Setting;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What the filter says that it would do is what it does. */
class ExplainPropertiesTest {
  private static final String SEED = "20261122";

  @Property(tries = 250, seed = SEED)
  void whatIsExplainedIsWhatIsDone(
      @ForAll("reaches") Reach reach,
      @ForAll("settings") Setting setting,
      @ForAll("requests") List<Step> steps)
      throws IOException, ServletException {
    World world = new World(reach, setting, Hole.NONE);
    for (Step step : steps) {
      assertNull(world.disagreement(step));
    }
  }

  @Provide
  Arbitrary<Reach> reaches() {
    Reach everything = new Reach(Area.EVERYTHING, List.of(Area.EVERYTHING), List.of());
    return Arbitraries.frequencyOf(
        Tuple.of(5, AnyRequest.reaches()), Tuple.of(1, Arbitraries.just(everything)));
  }

  @Provide
  Arbitrary<Setting> settings() {
    List<String> names = new ArrayList<>(List.of("*", "db:*", "collection:*"));
    AuthzAction.known().forEach(action -> names.add(action.wireName()));
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.of(names).list().ofMinSize(1).ofMaxSize(8))
        .as(Setting::new);
  }

  /** Questions about questions are not asked: their body is not looked at. */
  @Provide
  Arbitrary<List<Step>> requests() {
    return AnyRequest.requests("bob")
        .filter(step -> !step.target().startsWith("/auth/"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }
}
