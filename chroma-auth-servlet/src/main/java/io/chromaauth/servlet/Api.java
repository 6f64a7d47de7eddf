package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The paths that a filter knows.
 *
 * @param routes Chroma's, ours and the host's
 * @param publicPaths those that anyone may ask for
 * @param actions all that a role may name, the host's own among them
 * @param hostLines the host's own
 * @param files the file of these if there is one, with its text's SHA-256
 */
record Api(
    RouteTable routes,
    PublicPaths publicPaths,
    Set<AuthzAction> actions,
    List<HostRoutes.Line> hostLines,
    Map<Path, String> files) {
  Api {
    actions = Set.copyOf(actions);
    hostLines = List.copyOf(hostLines);
    files = Map.copyOf(files);
  }

  /** The actions of the host's own. */
  Set<AuthzAction> hostActions() {
    return HostRoutes.actions(hostLines);
  }

  /** The host's own paths that are for anyone. */
  List<String> hostPublic() {
    return hostLines.stream()
        .filter(
            line -> line.routes().stream().anyMatch(r -> r.access() == Route.Access.HOST_PUBLIC))
        .map(HostRoutes.Line::path)
        .toList();
  }
}
