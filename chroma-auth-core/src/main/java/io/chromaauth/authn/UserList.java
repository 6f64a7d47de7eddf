package io.chromaauth.authn;

import io.chromaauth.AuthenticationProvider;
import io.chromaauth.UserIdentity;
import java.util.List;

/** A provider whose users are all known. */
public interface UserList extends AuthenticationProvider {
  /** Its users, without roles and with their own file's bounds unless completed; immutable. */
  List<UserIdentity> users();

  /**
   * This provider with other identities; they share all else, what it remembers included.
   *
   * @param users in place of {@link #users}, in the same order
   */
  UserList completed(List<UserIdentity> users);

  /** The file and line that bound a user, or an empty text where nothing does. */
  default String boundsPlace(String userId) {
    return "";
  }
}
