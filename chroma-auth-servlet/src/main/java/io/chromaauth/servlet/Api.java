package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import java.util.Set;

/**
 * The paths that a filter knows.
 *
 * @param routes Chroma's, ours and the host's
 * @param publicPaths those that anyone may ask for
 * @param actions all that a role may name, the host's own among them
 */
record Api(RouteTable routes, PublicPaths publicPaths, Set<AuthzAction> actions) {
  Api {
    actions = Set.copyOf(actions);
  }
}
