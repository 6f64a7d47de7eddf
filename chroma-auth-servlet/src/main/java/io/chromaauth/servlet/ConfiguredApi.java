package io.chromaauth.servlet;

import io.chromaauth.AuthzAction;
import io.chromaauth.Settings;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.FileWatch;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.Place;
import io.chromaauth.settings.SettingReader;
import io.chromaauth.settings.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The paths that the settings ask for: Chroma's, ours, and those of the host's file, which can be
 * read again.
 *
 * @param settings where the file is named, and which paths are public
 * @param prefix where the Chroma API is mounted
 * @param inCode the host's file if it was given in code, or null
 */
record ConfiguredApi(Settings settings, List<String> prefix, @Nullable Path inCode) {

  ConfiguredApi {
    settings = only(settings, List.of(Names.ROUTES_FILE, Names.IGNORE_PATHS));
  }

  /** What is read again; nothing secret lives on. */
  private static Settings only(Settings all, List<String> names) {
    Settings some = Settings.of("settings", Map.of());
    for (String name : names) {
      String source = all.sourceOf(name);
      Map<String, String> value = all.value(name).map(v -> Map.of(name, v)).orElse(Map.of());
      some = some.orElse(Settings.of(source, value));
    }
    return some;
  }

  /** All paths as they are now, after noting what is wrong with them. */
  Api read(Faults faults) {
    Faults own = new Faults();
    Place setting =
        inCode == null ? Place.of(settings, Names.ROUTES_FILE) : Place.of("routes(...)");
    String file = named(own).orElse("");
    Optional<String> text = file.isEmpty() ? Optional.empty() : TextFile.read(file, setting, own);
    List<HostRoutes.Line> lines =
        text.map(t -> HostRoutes.read(t, Place.of(file), own)).orElse(List.of());
    new Overlaps(prefix, own).check(lines);
    RouteTable routes = routes(own.isEmpty() ? lines : List.of()); // else they may be there twice
    faults.addAll(own);
    PublicPaths publicPaths = PublicPaths.read(prefix, routes, new SettingReader(settings, faults));
    Set<AuthzAction> actions = new LinkedHashSet<>(AuthzAction.known());
    actions.addAll(HostRoutes.actions(lines));
    Map<Path, String> read =
        text.map(t -> Map.of(Path.of(file), FileWatch.digest(t))).orElse(Map.of());
    return new Api(routes, publicPaths, actions, lines, read);
  }

  private Optional<String> named(Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    Optional<String> inSettings = reader.text(Names.ROUTES_FILE);
    if (inCode != null && inSettings.isPresent()) {
      reader.fault(Names.ROUTES_FILE, "it beside routes(...) in code", "one of them");
    }
    return inCode == null ? inSettings : Optional.of(inCode.toString());
  }

  private RouteTable routes(List<HostRoutes.Line> lines) {
    List<Route> all = new ArrayList<>();
    ChromaRoutes.all().forEach(route -> all.add(route.below(prefix)));
    Route canI = ChromaRoutes.CAN_I.below(prefix);
    List<Route> hosts = lines.stream().flatMap(line -> line.routes().stream()).toList();
    if (hosts.stream().noneMatch(route -> route.template().equals(canI.template()))) {
      all.add(canI);
    }
    all.addAll(hosts);
    return new RouteTable(all);
  }
}
