package io.chromaauth.demo;

import io.chromaauth.ConfigException;
import io.chromaauth.authn.Throttle;
import io.chromaauth.authn.TokenHeader;
import io.chromaauth.authn.TokenUsers;
import io.chromaauth.authz.Rbac;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlNode.Mapping;
import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.Sequence;
import io.chromaauth.settings.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an old file comes to today, in lines for people. Used once. */
final class Migration {
  private static final String RISK = "# RISK: ";

  private final String file;
  private final List<String> lines = new ArrayList<>();

  private Migration(String file) {
    this.file = file;
  }

  /** The lines for a file of any of the old kinds, after noting that it is none of them. */
  static List<String> of(String file, String text, Faults faults) {
    Migration migration = new Migration(file);
    Optional<Mapping> yaml = yaml(text);
    if (yaml.isEmpty()) {
      migration.environment("", DotEnv.parse(text, Place.of(file), faults));
    } else if (yaml.get().entries().containsKey("services")) {
      migration.compose(yaml.get());
    } else if (yaml.get().entries().containsKey("roles_mapping")) {
      migration.rules(text);
    } else if (yaml.get().entries().containsKey("users")) {
      migration.users(text);
    } else {
      String expected = "services, roles_mapping or users at the top, or KEY=VALUE lines";
      faults.add(Place.of(file), "none of the files of an old Chroma", expected, null);
    }
    return migration.lines;
  }

  private static Optional<Mapping> yaml(String text) {
    boolean assignments =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .filter(line -> line.matches("(export\\s+)?[A-Za-z_][A-Za-z0-9_]*\\s*=.*"))
            .isPresent();
    return assignments
        ? Optional.empty()
        : YamlText.parse(text, Place.of("file"), new Faults())
            .filter(Mapping.class::isInstance)
            .map(Mapping.class::cast);
  }

  private void compose(Mapping document) {
    if (!(document.entries().get("services") instanceof Mapping services)) {
      return;
    }
    services
        .entries()
        .forEach(
            (name, service) -> {
              if (service instanceof Mapping mapping) {
                Map<String, String> values = environment(mapping.entries().get("environment"));
                if (values.keySet().stream().anyMatch(MigratedSettings::isOurs)) {
                  environment(", service " + name, values);
                }
              }
            });
  }

  /** {@code environment} as a mapping, or as a list of {@code NAME=value}. */
  private static Map<String, String> environment(@Nullable YamlNode environment) {
    Map<String, String> values = new LinkedHashMap<>();
    if (environment instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach((name, node) -> values.put(name, node instanceof Scalar s ? s.text() : ""));
    } else if (environment instanceof Sequence list) {
      for (YamlNode item : list.items()) {
        String text = item instanceof Scalar scalar ? scalar.text() : "";
        int equals = text.indexOf('=');
        if (equals > 0) {
          values.put(text.substring(0, equals), text.substring(equals + 1));
        }
      }
    }
    return values;
  }

  private void environment(String where, Map<String, String> old) {
    MigratedSettings settings = MigratedSettings.of(old);
    lines.add("# " + file + where);
    settings.values().forEach((name, value) -> lines.add(name + "=" + shown(value)));
    settings.remarks().forEach(remark -> lines.add("# " + remark));
    settings.risks().forEach(risk -> lines.add(RISK + risk));
  }

  /** As a .env file has it. */
  private static String shown(String value) {
    boolean plain = value.matches("[^\\s'\"#\\\\][^\\n'\"\\\\]*") && !value.contains(" #");
    return plain ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void rules(String text) {
    Faults faults = new Faults();
    List<String> warnings = new ArrayList<>();
    Rbac rbac = Rbac.parse(text, Place.of(file), List.of(), faults, warnings);
    warnings.addAll(rbac.warnings());
    lines.add("# " + file + ": CHROMA_SERVER_AUTHZ_CONFIG_FILE, as it is unless told below");
    faults(faults);
    warnings.forEach(warning -> lines.add(RISK + warning));
  }

  private void users(String text) {
    Faults faults = new Faults();
    lines.add("# " + file + ": CHROMA_SERVER_AUTHN_CREDENTIALS_FILE, as it is unless told below");
    TokenUsers.parse(
        text,
        Place.of(file),
        TokenHeader.EITHER,
        Throttle.off(),
        faults,
        note ->
            lines.add(
                RISK
                    + (note == TokenUsers.Note.ROLES
                        ? "roles in this file never counted; CHROMA_SERVER_AUTHZ_CONFIG_FILE"
                            + " gives them"
                        : "tokens in plain text; chroma-auth new-token USER makes hashed ones")));
    lines.add(
        RISK
            + "tenant and databases of a user were never enforced and are now: who worked"
            + " elsewhere is refused there");
    faults(faults);
  }

  private void faults(Faults faults) {
    try {
      faults.throwIfAny();
    } catch (ConfigException e) {
      e.faults().forEach(fault -> lines.add(RISK + fault));
    }
  }
}
