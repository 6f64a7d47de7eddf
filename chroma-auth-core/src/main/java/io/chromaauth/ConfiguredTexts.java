package io.chromaauth;

import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.SettingReader;
import io.chromaauth.settings.TextFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Credentials and rules as the settings give them: a text, or the path of a file. Used once. */
final class ConfiguredTexts {
  /** Settings never change while a program runs. */
  private static final String INLINE = "inline";

  private final Settings settings;
  private final Faults faults;
  private final SettingReader reader;
  private final List<String> details;
  private final ReadFiles files = new ReadFiles();
  private final List<String> fingerprints = new ArrayList<>();

  /**
   * @param details takes a line for each text that is read
   */
  ConfiguredTexts(Settings settings, Faults faults, List<String> details) {
    this.settings = settings;
    this.faults = faults;
    this.reader = new SettingReader(settings, faults);
    this.details = details;
  }

  /** The files that have been named so far, with their texts' SHA-256 if they could be read. */
  Map<Path, String> files() {
    return files.digests();
  }

  /** A digest of all that has been read so far. */
  String fingerprint() {
    return String.join(" ", fingerprints);
  }

  /** The text of one of two settings, empty after noting a fault if it is both or neither. */
  Optional<Text> inlineOrFile(String inline, String file) {
    if (settings.value(inline).isPresent() && settings.value(file).isPresent()) {
      Place other = Place.of(settings, file);
      String given = String.valueOf(Place.of(settings, inline).key());
      reader.fault(inline, "both it and " + other, "one of them", "unset " + given);
      return Optional.empty();
    }
    if (settings.value(inline).isPresent()) {
      details.add("  from " + Place.of(settings, inline));
      return reader
          .secret(inline)
          .map(text -> new Text(text, Place.of(Place.of(settings, inline).toString()), INLINE));
    }
    if (settings.value(file).isEmpty()) {
      reader.fault(file, "neither it nor " + inline, "one of them", "export " + file + "=FILE");
      return Optional.empty();
    }
    return file(file);
  }

  /** The file that a setting names; empty after noting a fault, or if it names none. */
  Optional<Text> file(String setting) {
    return reader.text(setting).flatMap(path -> read(path, Place.of(settings, setting)));
  }

  /** So many files in one setting, with commas between them; empty after noting a fault. */
  List<Text> files(String file, String inline, int count) {
    if (settings.value(inline).isPresent()) {
      String expected = file + " with " + count + " files, one for each provider, in their order";
      reader.fault(inline, "one text for several providers", expected);
      return List.of();
    }
    List<String> paths =
        reader.text(file).map(value -> List.of(value.split(" *, *", -1))).orElse(List.of());
    if (paths.size() != count) {
      String expected = count + " files with commas between them, in the order of the providers";
      reader.fault(file, paths.size() + " files", expected);
      return List.of();
    }
    List<Text> texts = new ArrayList<>();
    paths.forEach(path -> read(path, Place.of(settings, file)).ifPresent(texts::add));
    return texts.size() == count ? texts : List.of();
  }

  private Optional<Text> read(String path, Place setting) {
    details.add("  from " + path + " (" + setting + ")");
    try {
      files.add(Path.of(path));
    } catch (InvalidPathException e) {
      // told by TextFile
    }
    return TextFile.read(path, setting, faults).map(text -> told(text, Place.of(path)));
  }

  private Text told(String text, Place place) {
    Text read = new Text(text, place, DigestUtils.sha256Hex(text));
    fingerprints.add(read.fingerprint());
    files.add(Path.of(place.where()), read.fingerprint());
    return read;
  }

  /**
   * A text that may be secret, and where it comes from.
   *
   * @param fingerprint by which two texts can be told apart
   */
  record Text(String text, Place place, String fingerprint) {
    @Override
    public String toString() {
      return place.toString();
    }
  }
}
