package io.chromaauth.settings;

import io.chromaauth.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The header in a file, {@code Name: value} in one line. Whoever asks for it looks, once in an
 * interval, whether the file has changed; what is not right then changes nothing. Thread-safe.
 */
final class UpstreamHeaderFile implements Supplier<UpstreamHeader> {
  private static final Logger LOG = LoggerFactory.getLogger("chroma.auth");
  private static final Pattern LINE =
      Pattern.compile("([^:\\s]+):[ \\t]*(\\S(?:[^\\r\\n]*\\S)?)[ \\t]*");

  private final Path file;
  private final Place setting;
  private final long interval;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private String looks;
  private volatile UpstreamHeader now;

  private UpstreamHeaderFile(Path file, Place setting, Duration interval, UpstreamHeader first) {
    this.file = file;
    this.setting = setting;
    this.interval = interval.toNanos();
    this.looks = ""; // the file may have changed since it was read
    this.now = first;
  }

  /**
   * The file's header, or empty after noting what is wrong with it.
   *
   * @param setting which names the file
   * @param interval how often to look; zero never
   */
  static Optional<UpstreamHeaderFile> read(
      String file, Place setting, Duration interval, Faults faults) {
    return parse(TextFile.read(file, setting, faults), file, faults)
        .map(header -> new UpstreamHeaderFile(Path.of(file), setting, interval, header));
  }

  @Override
  public UpstreamHeader get() {
    long last = looked.get();
    long time = System.nanoTime();
    if (interval > 0 && time - last >= interval && looked.compareAndSet(last, time)) {
      look();
    }
    return now;
  }

  private synchronized void look() {
    String found = looks();
    if (found.equals(looks)) {
      return;
    }
    looks = found;
    Faults faults = new Faults();
    Optional<UpstreamHeader> header =
        parse(TextFile.read(file, setting, faults), file.toString(), faults);
    if (header.isPresent() && !header.get().equals(now)) {
      now = header.get();
      LOG.info("the upstream's header reloaded from {}", file);
    }
    try {
      faults.throwIfAny();
    } catch (ConfigException e) {
      e.faults().forEach(fault -> LOG.error("chroma-auth: not reloaded: {}", fault));
    }
  }

  private String looks() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
    } catch (IOException e) {
      return e.getClass().getName();
    }
  }

  private static Optional<UpstreamHeader> parse(Optional<String> text, String file, Faults faults) {
    Optional<UpstreamHeader> header = text.flatMap(UpstreamHeaderFile::parse);
    if (text.isPresent() && header.isEmpty()) {
      faults.add(Place.of(file), "something else", "one line, Name: value", null);
    }
    return header;
  }

  private static Optional<UpstreamHeader> parse(String text) {
    Matcher line = LINE.matcher(text.stripTrailing());
    try {
      return line.matches()
          ? Optional.of(new UpstreamHeader(line.group(1), line.group(2)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
