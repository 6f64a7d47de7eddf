package io.chromaauth;

/**
 * Whether an identity may do an action on a resource, and by which rule.
 *
 * <p>A rule is a text for people: the place in the configuration that decided, such as {@code
 * authz.yaml:3 roles_mapping.reader}.
 */
public sealed interface Decision {
  /** The rule that decided; names, files and lines only, no secret. */
  String rule();

  /** The action is allowed. */
  record Allowed(String rule) implements Decision {}

  /**
   * The action is refused.
   *
   * @param outOfBounds whether a role would allow the action, only not there: the client is then
   *     told to name another tenant or database
   */
  record Denied(String rule, boolean outOfBounds) implements Decision {}
}
