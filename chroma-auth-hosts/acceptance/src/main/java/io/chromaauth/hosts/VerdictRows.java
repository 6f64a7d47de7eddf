package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chromaauth.hosts.WebApp.Form;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same verdict in every form of registration. */
public abstract class VerdictRows extends HostRows {
  @ParameterizedTest
  @EnumSource
  void whoIsAllowedReachesTheApplication(Form form) throws IOException {
    Reply reply =
        ask(Setup.of(WebApp.sample(form, Team.settings())), Ask.get(Team.MINE).as("alice"));
    assertEquals(200, reply.status(), reply::toString);
    assertEquals("alice", reply.says("remote-user"));
  }
}
