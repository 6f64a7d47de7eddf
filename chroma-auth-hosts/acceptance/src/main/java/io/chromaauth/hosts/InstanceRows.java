package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two filters with different settings in one application share nothing. */
public abstract class InstanceRows extends HostRows {
  private static final String ONE = "/api/v1/tenants/acme";
  private static final String TWO = "/api/v2/tenants/acme";

  private static Map<String, String> token(String token) {
    return Map.of(
        "CHROMA_SERVER_AUTHN_PROVIDER", "token", "CHROMA_SERVER_AUTHN_CREDENTIALS", token);
  }

  @ParameterizedTest
  @EnumSource
  void twoFiltersOfOneContextHaveTheirOwn(Form form) throws IOException {
    Setup setup = Setup.of(twoFilters(form));
    assertOnlyItsOwn(setup, ONE, TWO);
  }

  @ParameterizedTest
  @EnumSource
  void aDispatchFromOneFiltersPathToTheOthersIsTheOthersToDecide(Form form) throws IOException {
    Setup setup = Setup.of(twoFilters(form));
    for (String way : List.of("forward", "dispatch")) {
      Ask across = Ask.get(ONE).as("one").ordering(way + " " + TWO);
      assertEquals(401, ask(setup, across).status(), way);
      assertEquals(200, ask(setup, Ask.get(ONE).as("one").ordering(way + " " + ONE)).status());
    }
  }

  private static WebApp twoFilters(Form form) {
    return WebApp.sample(form, Map.of())
        .guardedBy(
            new Guard(token("one-token"), List.of("/api/v1/*")),
            new Guard(token("two-token"), List.of("/api/v2/*")));
  }

  private void assertOnlyItsOwn(Setup setup, String one, String two) throws IOException {
    assertEquals(200, ask(setup, Ask.get(one).as("one")).status());
    assertEquals(200, ask(setup, Ask.get(two).as("two")).status());
    assertEquals(401, ask(setup, Ask.get(one).as("two")).status());
    assertEquals(401, ask(setup, Ask.get(two).as("one")).status());
  }
}
