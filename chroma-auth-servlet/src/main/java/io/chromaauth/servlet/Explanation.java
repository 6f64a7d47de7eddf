package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a request or an action, and why.
 *
 * @param outcome allowed, refused, or not to be said without knowing more
 * @param status the status of the filter's own refusal; 0 where it does not refuse
 * @param action the action decided on, or null where it did not come to that: a path that is none
 *     of the API's, or one that needs no action
 * @param rule the rule that decided, with file, line and key; or what the answer depends on
 */
public record Explanation(Outcome outcome, int status, @Nullable AuthzAction action, String rule) {
  /** How it would end. */
  public enum Outcome {
    /** It would be let through, or answered by the filter itself. */
    ALLOWED,
    /** It would be refused. */
    REFUSED,
    /** The body, or the collection that a UUID stands for, decides. */
    DEPENDS
  }
}
