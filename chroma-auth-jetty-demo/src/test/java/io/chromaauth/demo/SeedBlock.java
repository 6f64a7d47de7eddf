package io.chromaauth.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.Secret;
import io.chromaauth.authn.HtpasswdLine;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.YamlNode;
import io.chromaauth.settings.YamlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of the documents that this project comes from, as it stands there: by the number of the
 * document and a name of ours.
 */
record SeedBlock(String name) {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?m)(?:^|\\s)([A-Z][A-Z_]+)=(?:\"([^\"]*)\"|'([^']*)'|([^\\s\\\\]+))");

  String text() {
    try (var in = SeedBlock.class.getResourceAsStream("seeds/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The environment that a server gets by it, with its files looked for in a folder. */
  Map<String, String> environment(Path folder) {
    Map<String, String> values = new LinkedHashMap<>();
    asGiven()
        .forEach(
            (key, value) -> {
              boolean file = key.endsWith("_FILE") && Files.exists(file(folder, value));
              values.put(key, file ? file(folder, value).toString() : value);
            });
    values.remove("CHROMA_USER"); // for htpasswd
    values.remove("CHROMA_PASSWORD");
    return values;
  }

  /** The files that the blocks speak of, in a folder. */
  static void writeFiles(Path folder) throws IOException {
    String admin = HtpasswdLine.of("admin", Secret.of("admin"), 4);
    Files.writeString(folder.resolve("server.htpasswd"), admin + "\n");
    Files.writeString(folder.resolve("auth_config.yaml"), new SeedBlock("002-users.yaml").text());
    Files.writeString(folder.resolve("chroma_auth"), "a-secret-of-32-bytes\n");
  }

  private Map<String, String> asGiven() {
    if (name.endsWith(".env")) {
      return DotEnv.parse(text(), Place.of(name), new Faults());
    }
    return name.endsWith(".yaml") ? composed() : exported();
  }

  private Map<String, String> exported() {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher assignments = ASSIGNMENT.matcher(text());
    while (assignments.find()) {
      @Nullable String value = null;
      for (int group = 2; group <= 4 && value == null; group++) {
        value = assignments.group(group);
      }
      values.put(assignments.group(1), String.valueOf(value));
    }
    return values;
  }

  /** As Docker Compose passes a list: quotes are part of a value. */
  private Map<String, String> composed() {
    Map<String, String> values = new LinkedHashMap<>();
    var document = YamlText.parse(text(), Place.of(name), new Faults());
    var services = (YamlNode.Mapping) in(document.orElseThrow(), "services");
    for (YamlNode service : services.entries().values()) {
      for (YamlNode item : ((YamlNode.Sequence) in(service, "environment")).items()) {
        String[] pair = ((YamlNode.Scalar) item).text().split("=", 2);
        values.put(pair[0], pair[1]);
      }
    }
    assertTrue(values.size() > 1, name);
    return values;
  }

  private static YamlNode in(YamlNode mapping, String key) {
    return Objects.requireNonNull(((YamlNode.Mapping) mapping).entries().get(key), key);
  }

  private static Path file(Path folder, String path) {
    return folder.resolve(String.valueOf(Path.of(path).getFileName()));
  }
}
