package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** May somebody do this? Asked of a filter with {@link ChromaAuthFilter#explain}. Immutable. */
public sealed interface Question {
  /**
   * Of an action.
   *
   * @param action one of Chroma's, or of the host's own
   * @param resource what it would be done on; a level that is null is one that is not named
   */
  record OfAction(AuthzAction action, AuthzResource resource) implements Question {}

  /**
   * Of a request.
   *
   * @param method the method in capitals
   * @param target raw path below the context path, and a query where there is one
   * @param body the body's text, or null to leave it open
   * @param collection the owner of the UUID that the path names, or null to leave it open
   */
  record OfRequest(
      String method, String target, @Nullable String body, @Nullable AuthzResource collection)
      implements Question {}

  /**
   * A question in one line: {@code ACTION [TENANT[/DATABASE[/COLLECTION]]]}, names percent-encoded
   * where they hold a slash or a blank, or {@code METHOD PATH}.
   *
   * @throws IllegalArgumentException if it is neither, in words for whoever wrote it
   */
  static Question parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (words[0].matches("[A-Z]+") && words.length == 2 && words[1].startsWith("/")) {
      return new OfRequest(words[0], words[1], null, null);
    }
    if (words[0].indexOf(':') > 0 && words.length <= 2) {
      AuthzResource resource = words.length == 1 ? AuthzResource.NONE : resource(words[1]);
      return new OfAction(AuthzAction.of(words[0]), resource);
    }
    throw new IllegalArgumentException(
        "'" + line + "' is neither ACTION TENANT/DATABASE/COLLECTION nor METHOD PATH");
  }

  /**
   * A resource as {@code TENANT[/DATABASE[/COLLECTION]]}, names percent-encoded where needed.
   *
   * @throws IllegalArgumentException if it is not that
   */
  static AuthzResource resource(String text) {
    List<@Nullable String> names = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      String name = PercentEncoding.decode(ascii(part));
      if (name == null || name.isEmpty() || names.size() == 3) {
        throw new IllegalArgumentException("'" + text + "' is not TENANT/DATABASE/COLLECTION");
      }
      names.add(name);
    }
    return AuthzResource.of(
        names.get(0),
        names.size() > 1 ? names.get(1) : null,
        names.size() > 2 ? names.get(2) : null);
  }

  /** Only a percent sign, a slash and a blank must come encoded; anything else may. */
  private static String ascii(String part) {
    StringBuilder text = new StringBuilder(part.length());
    part.codePoints()
        .mapToObj(Character::toString)
        .forEach(c -> text.append(c.charAt(0) < 0x7F ? c : PercentEncoding.encode(c)));
    return text.toString();
  }
}
