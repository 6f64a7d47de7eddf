package io.chromaauth.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.hosts.WebApp.Form;
import io.chromaauth.hosts.app.NaiveFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Threats C1 and C2, byte for byte, on each host in its strictest and its most lenient way to read
 * a URI; and the same against a naive filter, so that it is known to find something.
 */
public abstract class RawPathRows extends SeveralAppsRows {
  private static final List<Probe> CORPUS = Probe.corpus();

  private static Setup guarded(String mode) {
    WebApp sample = WebApp.sample(Form.INSTANCE, Team.settings());
    return Setup.of(sample, sample.at("/ctx")).reading(mode);
  }

  private static Setup naive(String mode) {
    WebApp sample =
        WebApp.sample(Form.INSTANCE, Map.of()).guardedBy().after(Part.of(NaiveFilter.class, "/*"));
    return Setup.of(sample, sample.at("/ctx")).reading(mode);
  }

  @Test
  void nothingGetsThroughWhoeverReadsTheUri() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String mode : host().uriModes()) {
      int port = running(guarded(mode)).port();
      for (Probe probe : CORPUS) {
        check(probe, mode, probe.send(port, ""), probe.stranger(), wrong);
        String mallory = "Authorization: Bearer mallory-token";
        check(probe, mode, probe.send(port, mallory), probe.mallory(), wrong);
      }
    }
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
  }

  private static void check(
      Probe probe, String mode, Reply reply, Set<Integer> right, List<String> wrong) {
    boolean reached = reply.reached();
    if (!right.contains(reply.status()) || (reached && !probe.opens(right))) {
      wrong.add(mode + ", " + probe + ": " + right + " but " + reply);
    }
  }

  @Test
  void theCorpusFindsTheHolesOfANaiveFilter() throws IOException {
    for (String mode : host().uriModes().subList(1, host().uriModes().size())) {
      Set<String> letIn = letInByNaive(mode);
      Set<String> known = host().naiveHoles(mode);
      assertTrue(!known.isEmpty(), () -> mode + " lets in " + letIn);
      assertTrue(letIn.containsAll(known), () -> mode + " lets in only " + letIn);
    }
  }

  private Set<String> letInByNaive(String mode) throws IOException {
    int port = running(naive(mode)).port();
    Set<String> letIn = new TreeSet<>();
    for (Probe probe : CORPUS) {
      Reply reply = probe.send(port, "");
      boolean harm =
          reply.body().startsWith("REACHED reset") || reply.body().contains("REACHED ten");
      if (harm && !probe.opens(probe.stranger())) {
        letIn.add(probe.name());
      }
    }
    return letIn;
  }
}
