package io.chromaauth.hosts;

import com.fasterxml.jackson.core.JsonFactory;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chromaauth.ChromaAuth;
import io.chromaauth.hosts.app.SampleServlet;
import io.chromaauth.servlet.ChromaAuthFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.binary.Hex;
import org.mindrot.jbcrypt.BCrypt;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.Yaml;

/** Builds a real WAR: the sample application, our two jars, and what they need at run time. */
final class WarFile {
  /** One class of each jar in {@code WEB-INF/lib}; what is optional (Nimbus) is not among them. */
  private static final List<Class<?>> LIBRARIES =
      List.of(
          ChromaAuthFilter.class,
          ChromaAuth.class,
          Caffeine.class,
          JsonFactory.class,
          Yaml.class,
          Hex.class,
          BCrypt.class,
          LoggerFactory.class);

  private static final String SAMPLE = SampleServlet.class.getPackageName().replace('.', '/');

  private static final Map<Class<?>, byte[]> JARS = new ConcurrentHashMap<>();

  private WarFile() {}

  /** Writes the application to a file. */
  static void write(WebApp app, Path file) throws IOException {
    try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(file))) {
      war.setLevel(Deflater.NO_COMPRESSION);
      entry(war, "WEB-INF/web.xml", WebXml.of(app).getBytes(StandardCharsets.UTF_8));
      tree(war, "WEB-INF/classes/", place(SampleServlet.class), SAMPLE);
      for (Class<?> library : LIBRARIES) {
        String name = "WEB-INF/lib/" + library.getSimpleName() + ".jar";
        entry(war, name, JARS.computeIfAbsent(library, WarFile::jar));
      }
      for (String name : app.files().keySet()) {
        if (name.equals(WebXml.PLACE)) {
          continue;
        }
        String content = Objects.requireNonNull(app.files().get(name));
        entry(war, name, content.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static Path place(Class<?> type) {
    CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In one build with the modules, their classes are still in folders. */
  private static byte[] jar(Class<?> library) {
    Path place = place(library);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      if (Files.isRegularFile(place)) {
        return Files.readAllBytes(place);
      }
      tree(jar, "", place, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A folder of a folder, or of a jar. */
  private static void tree(ZipOutputStream zip, String prefix, Path place, String folder)
      throws IOException {
    if (Files.isRegularFile(place)) {
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        tree(zip, prefix, jar.getPath("/"), folder);
      }
      return;
    }
    try (Stream<Path> files = Files.walk(place.resolve(folder))) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                String name = place.relativize(file).toString().replace('\\', '/');
                try {
                  entry(zip, prefix + name, Files.readAllBytes(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    OutputStream out = zip;
    out.write(bytes);
    zip.closeEntry();
  }
}
