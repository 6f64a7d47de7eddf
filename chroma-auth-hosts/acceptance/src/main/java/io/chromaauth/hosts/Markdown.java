package io.chromaauth.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of this project's documentation, and the blocks in it. */
public record Markdown(String name, String text) {
  /** A page by its place in the project. */
  public static Markdown page(String name) {
    try {
      return new Markdown(name, Files.readString(project().resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("chroma-auth-hosts"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder;
  }

  /** The first block of a language below a heading. */
  public String block(String heading, String language) {
    Pattern block =
        Pattern.compile(
            "\n#+ "
                + Pattern.quote(heading)
                + "\n(?:(?!\n#)[\\s\\S])*?\n```"
                + language
                + "\n([\\s\\S]*?)```\n");
    return first(block, language + " below '" + heading + "'");
  }

  /** A file that a shell command of the page writes. */
  public String written(String file) {
    return first(
        Pattern.compile("\ncat > " + Pattern.quote(file) + " <<'EOF'\n([\\s\\S]*?)EOF\n"), file);
  }

  private String first(Pattern pattern, String what) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(name + " has no " + what);
    }
    return matcher.group(1);
  }
}
