package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/jars.md says what the build resolves. */
class JarsPageTest {
  @ParameterizedTest
  @ValueSource(strings = {"chroma-auth-core", "chroma-auth-servlet"})
  void thePageHasTheTreeOfTheBuild(String module) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "jars.md"));
    String tree =
        Files.readString(Path.of("..", module, "target", "dependencies.txt"))
            .replaceAll("(io\\.chromaauth:chroma-auth-\\w+):jar:[^\\n]*", "$1");
    assertTrue(page.contains("```text\n" + tree + "```\n"), tree);
  }
}
