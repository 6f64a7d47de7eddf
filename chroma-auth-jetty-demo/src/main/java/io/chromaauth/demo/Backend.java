package io.chromaauth.demo;

import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.SettingReader;
import io.chromaauth.settings.UpstreamSetting;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What serves the Chroma API behind the filter. */
sealed interface Backend {
  /** The folder's name in Chroma's own settings. */
  String FOLDER = "PERSIST_DIRECTORY";

  /** Where {@code chroma run} keeps its data unless it is told. */
  String DEFAULT_FOLDER = "./chroma";

  /** A Chroma elsewhere. */
  record Upstream(UpstreamSetting setting) implements Backend {
    @Override
    public String toString() {
      return "upstream: " + setting;
    }
  }

  /**
   * The embedded Chroma API.
   *
   * @param folder where its data is
   * @param allowReset whether {@code reset} deletes everything
   * @param place what names the folder
   */
  record Embedded(Path folder, boolean allowReset, Place place) implements Backend {
    @Override
    public String toString() {
      return "embedded Chroma API, data in " + folder + (allowReset ? ", reset allowed" : "");
    }
  }

  /** What the settings ask for, or empty after noting what is wrong. */
  static Optional<Backend> read(Settings settings, Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    boolean allowReset = reader.flag("ALLOW_RESET");
    if (settings.value(Names.UPSTREAM).isPresent()) {
      if (Options.PATH.equals(settings.sourceOf(FOLDER))) {
        faults.add(
            new Place(Options.PATH, 0, null), "a folder beside an upstream", "one of them", null);
      }
      return UpstreamSetting.read(settings, faults).map(Upstream::new);
    }
    try {
      Path folder = Path.of(reader.text(FOLDER).orElse(DEFAULT_FOLDER));
      Place place = Place.of(settings, FOLDER);
      if (place.where().equals(Options.PATH)) {
        place = Place.of(Options.PATH + " " + folder);
      }
      refuseDemo(folder, place, faults);
      return Optional.of(new Embedded(folder, allowReset, place));
    } catch (InvalidPathException e) {
      reader.fault(FOLDER, "what this host does not take as a path", "a folder");
      return Optional.empty();
    }
  }

  /** A second, empty store beside the demo's own is not what anybody wants there. */
  private static void refuseDemo(Path folder, Place place, Faults faults) {
    boolean filled =
        Files.exists(folder.resolve(DemoFolder.TOKENS))
            || Files.exists(folder.resolve(DemoFolder.USERS_FILE));
    Path data = folder.resolve(DemoFolder.DATA);
    if (filled && Files.exists(data.resolve("store.sqlite3"))) {
      faults.add(
          place,
          folder + ", which is a demo's folder, its store is " + data,
          "the folder of a store",
          Options.PATH + " " + data);
    }
  }
}
