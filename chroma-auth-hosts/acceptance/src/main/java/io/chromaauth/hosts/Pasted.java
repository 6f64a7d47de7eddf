package io.chromaauth.hosts;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What a reader does with a block: puts it in a file, sets the place of the other files, compiles.
 */
public final class Pasted {
  /** Who the README's session gives this token may do everything. */
  public static final String TOKEN = "admin-token-12345";

  private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

  private final Path folder;

  private Pasted(Path folder) {
    this.folder = folder;
  }

  /** A folder with the files of the README's session, and one for a container's users. */
  public static Pasted files() throws IOException {
    Path folder = Workspace.folder("pasted");
    Markdown readme = Markdown.page("README.md");
    for (String file : List.of("auth_config.yaml", "authz.yaml")) {
      Files.writeString(folder.resolve(file), readme.written(file));
    }
    String users = Markdown.page("docs/webapps.md").block("Who asks", "yaml");
    Files.writeString(folder.resolve("container.yaml"), "roles_mapping: {}\n" + users);
    return new Pasted(folder);
  }

  /** The same text for the files in the folder. */
  public String in(String block) {
    return block.replace("/etc/chroma", folder.toString());
  }

  /** Compiles a class, into {@link #webapp}, and loads it. */
  public Class<?> compile(String block) throws IOException, ClassNotFoundException {
    Matcher name = CLASS.matcher(block);
    if (!name.find()) {
      throw new IllegalStateException("no class in " + block);
    }
    Path source = folder.resolve(name.group(1) + ".java");
    Files.writeString(source, in(block));
    Files.createDirectories(classes());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes().toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjects(source);
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new IllegalStateException(messages.toString());
      }
    }
    URL[] place = {classes().toUri().toURL()};
    return new URLClassLoader(place, Pasted.class.getClassLoader()).loadClass(name.group(1));
  }

  private Path classes() {
    return webapp().resolve("WEB-INF/classes");
  }

  /** A webapp of the compiled classes. */
  public Path webapp() {
    return folder.resolve("webapp");
  }

  /** The pages' files as settings, and a browser's origin that may send more than GET. */
  public Map<String, String> settingsWithOrigin() {
    return Map.of(
        "CHROMA_SERVER_AUTHN_PROVIDER", "token",
        "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE", in("/etc/chroma/auth_config.yaml"),
        "CHROMA_SERVER_AUTHZ_PROVIDER", "simple_rbac",
        "CHROMA_SERVER_AUTHZ_CONFIG_FILE", in("/etc/chroma/authz.yaml"),
        "CHROMA_AUTH_ALLOWED_ORIGINS", "[\"https://app.example\"]");
  }
}
