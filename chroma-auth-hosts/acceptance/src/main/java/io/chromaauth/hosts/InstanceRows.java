package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two filters with different settings in one container share nothing. */
public abstract class InstanceRows extends HostRows {
  private static final String ONE = "/api/v1/tenants/acme";
  private static final String TWO = "/api/v2/tenants/acme";

  private static Map<String, String> token(String token, String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "CHROMA_SERVER_AUTHN_PROVIDER", "token", "CHROMA_SERVER_AUTHN_CREDENTIALS", token));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @ParameterizedTest
  @EnumSource
  void twoContextsHaveTheirOwn(Form form) throws IOException {
    Setup setup =
        Setup.of(
            WebApp.sample(form, token("one-token")).at("/one"),
            WebApp.sample(form, token("two-token")).at("/two"));
    assertOnlyItsOwn(setup, "/one" + TWO, "/two" + TWO);
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

  @Test
  void guessesAtOneDoNotKeepTheOthersUsersOut() throws IOException {
    Setup setup =
        Setup.of(
            WebApp.sample(Form.INSTANCE, token("one-token", "CHROMA_AUTH_THROTTLE", "3/60s"))
                .at("/one"),
            WebApp.sample(Form.INSTANCE, token("two-token", "CHROMA_AUTH_THROTTLE", "3/60s"))
                .at("/two"));
    List<Integer> guesses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      guesses.add(ask(setup, Ask.get("/one" + TWO).as("guess" + i)).status());
    }
    assertEquals(429, guesses.get(4), guesses::toString);
    assertEquals(401, ask(setup, Ask.get("/two" + TWO).as("guess")).status());
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
