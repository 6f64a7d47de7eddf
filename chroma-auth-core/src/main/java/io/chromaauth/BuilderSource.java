package io.chromaauth;

import io.chromaauth.ConfiguredProviders.Made;
import io.chromaauth.settings.Faults;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Providers and rules that were given in code; those of files are read anew each time.
 *
 * @param authentication in the order in which they are asked
 * @param authorization null for none
 */
record BuilderSource(
    List<AuthenticationProvider> authentication, @Nullable AuthorizationProvider authorization)
    implements Source {
  BuilderSource {
    authentication = List.copyOf(authentication);
  }

  @Override
  public Assembled assemble(Collection<AuthzAction> hostActions, List<Made> before) {
    Faults faults = new Faults();
    List<String> warnings = new ArrayList<>();
    ReadFiles files = new ReadFiles();
    List<Made> made = new ArrayList<>();
    for (int i = 0; i < authentication.size(); i++) {
      String name = String.valueOf(i);
      made.add(made(name, authentication.get(i), before, files, faults));
    }
    @Nullable AuthorizationProvider rules = authorization;
    String rulesText = "";
    if (authorization instanceof FileRules file) {
      String text = file.text(faults);
      rulesText = DigestUtils.sha256Hex(text);
      files.add(file.file(), rulesText);
      rules = file.parse(text, hostActions, faults, warnings);
    }
    faults.throwIfAny();
    Assembly assembly =
        new Assembly(made.stream().map(Made::provider).toList(), Optional.ofNullable(rules));
    return new Assembled(
        assembly.snapshot(),
        assembly.summary(List.of(), warnings),
        made.stream().map(Made::fingerprint).toList() + rulesText + hostActions,
        files.digests(),
        made);
  }

  /** A provider whose file says the same as before is kept, with all that it remembers. */
  private static Made made(
      String name,
      AuthenticationProvider given,
      List<Made> before,
      ReadFiles files,
      Faults faults) {
    if (!(given instanceof FileProvider file)) {
      return new Made(name, "", given);
    }
    String text = file.text(faults);
    String fingerprint = DigestUtils.sha256Hex(text);
    files.add(file.file(), fingerprint);
    Optional<Made> same =
        before.stream()
            .filter(m -> m.name().equals(name) && m.fingerprint().equals(fingerprint))
            .findFirst();
    return same.orElseGet(() -> new Made(name, fingerprint, file.parse(text, fingerprint, faults)));
  }
}
