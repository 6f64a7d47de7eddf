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

/** Two applications with filters of different settings in one container share nothing. */
public abstract class ContextRows extends SeveralAppsRows {
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
    assertEquals(200, ask(setup, Ask.get("/one" + TWO).as("one")).status());
    assertEquals(200, ask(setup, Ask.get("/two" + TWO).as("two")).status());
    assertEquals(401, ask(setup, Ask.get("/one" + TWO).as("two")).status());
    assertEquals(401, ask(setup, Ask.get("/two" + TWO).as("one")).status());
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
}
