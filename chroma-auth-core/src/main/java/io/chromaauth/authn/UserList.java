package io.chromaauth.authn;

import io.chromaauth.Bounds;
import java.util.Map;

/** A provider whose users are all known, with the bounds that its file gives them. */
public interface UserList {
  /** Every user by id; {@link Bounds#NONE} where the file gives none. Immutable. */
  Map<String, Bounds> users();

  /** The file and line that bound a user, or an empty text where nothing does. */
  default String boundsPlace(String userId) {
    return "";
  }
}
