package io.chromaauth.servlet;

import io.chromaauth.servlet.Reach.Area;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Requests over all routes, with names and UUIDs of few, and people bounded by few. */
final class AnyRequest {
  /** How many collections a {@link MemoryChroma} has at the start, and a few more may be made. */
  private static final int IDS = 34;

  private static final List<String> TENANTS = List.of("t1", "t2", "default_tenant", "*", "T1");
  private static final List<String> DATABASES =
      List.of("d1", "d2", "hr", "default_database", "*", "D1");
  private static final List<String> COLLECTIONS =
      List.of("docs-a", "docs-b", "private", "secret-a", "docs-new", "x", "*", "docs-*", "Docs-a");

  private AnyRequest() {}

  /** One request, by somebody. */
  record Step(String user, String method, String target, @Nullable String body) {
    Call call() {
      Call call = Call.of(method, target).as(user);
      return body == null ? call : call.json(body);
    }
  }

  /** A user's requests, and now and then what root does in between. */
  static Arbitrary<List<Step>> sequences(String user) {
    return Arbitraries.frequencyOf(
            Tuple.of(12, requests(user)), Tuple.of(1, renames()), Tuple.of(1, creations()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  /** Any request by a user. */
  static Arbitrary<Step> requests(String user) {
    return Combinators.combine(
            Arbitraries.of(routes()),
            names(TENANTS),
            names(DATABASES),
            names(COLLECTIONS),
            ids(),
            ways(),
            queries(),
            bodies())
        .as(
            (route, tenant, database, collection, id, way, query, body) -> {
              Map<String, String> values =
                  Map.of(
                      Route.TENANT,
                      tenant,
                      Route.DATABASE,
                      database,
                      Route.COLLECTION,
                      collection,
                      Route.ID,
                      id,
                      "{function}",
                      "fn",
                      "{crn}",
                      "crn-" + tenant + ":" + database + ":" + collection);
              String path =
                  route.template().stream()
                      .map(part -> values.getOrDefault(part, part))
                      .collect(Collectors.joining("/", "/", way.end));
              String sent = way.method.isEmpty() ? route.method() : way.method;
              String target = way.asksV2 || path.startsWith("/api/v1") ? path + query : path;
              return new Step(user, sent, target, sent.equals("GET") ? null : body);
            });
  }

  /** All of them, and those through which more can go wrong more often. */
  private static List<Route> routes() {
    List<Route> routes = new ArrayList<>(List.of(ChromaRoutes.CAN_I));
    for (Route route : ChromaRoutes.all()) {
      int times = route.body() != Route.Body.NOTHING ? 6 : route.actions().isEmpty() ? 1 : 2;
      routes.addAll(Collections.nCopies(times, route));
    }
    return routes;
  }

  /**
   * @param method another one than the route's, or an empty text
   * @param end what the path ends in
   * @param asksV2 whether a route that names all in its path has a query, too
   */
  private record Way(String method, String end, boolean asksV2) {}

  private static Arbitrary<Way> ways() {
    return Arbitraries.frequency(
        Tuple.of(60, new Way("", "", false)),
        Tuple.of(10, new Way("", "", true)),
        Tuple.of(2, new Way("HEAD", "", false)),
        Tuple.of(1, new Way("PUT", "", false)),
        Tuple.of(1, new Way("DELETE", "", true)),
        Tuple.of(2, new Way("", "/", false)),
        Tuple.of(1, new Way("", "//", false)),
        Tuple.of(1, new Way("", "/.", false)));
  }

  /** Bounds on the user, on roles, and denials; at least one of them. */
  static Arbitrary<Reach> reaches() {
    Arbitrary<Area> free = Arbitraries.just(Area.EVERYTHING);
    Arbitrary<Area> maybe = Arbitraries.frequencyOf(Tuple.of(1, free), Tuple.of(2, areas()));
    return Combinators.combine(
            maybe,
            maybe.list().ofMinSize(1).ofMaxSize(2),
            areas().filter(area -> !area.isEverything()).list().ofMaxSize(1))
        .as(Reach::new)
        .filter(Reach::isBounded);
  }

  private static Arbitrary<Area> areas() {
    Arbitrary<@Nullable String> tenant =
        Arbitraries.frequency(Tuple.of(6, "t1"), Tuple.of(1, "default_tenant"), Tuple.of(1, "t2"))
            .injectNull(0.3);
    Arbitrary<@Nullable List<String>> databases =
        Arbitraries.frequency(
                Tuple.of(6, List.of("d1")),
                Tuple.of(4, List.of("d1", "d2")),
                Tuple.of(2, List.of("hr", "d1")),
                Tuple.of(2, List.of("default_database")),
                Tuple.of(1, List.<String>of()))
            .injectNull(0.4);
    Arbitrary<@Nullable List<String>> collections =
        Arbitraries.frequency(
                Tuple.of(6, List.of("docs-*")),
                Tuple.of(3, List.of("*-a", "x")),
                Tuple.of(2, List.of("docs-a")),
                Tuple.of(2, List.of("secret-*")),
                Tuple.of(1, List.<String>of()))
            .injectNull(0.4);
    return Combinators.combine(tenant, databases, collections).as(Area::new);
  }

  private static Arbitrary<Step> renames() {
    return Combinators.combine(numbers(), Arbitraries.of(COLLECTIONS))
        .as(
            (number, name) ->
                new Step(
                    "root",
                    "PUT",
                    "/api/v2/tenants/t1/databases/d1/collections/" + MemoryChroma.id(number),
                    "{\"new_name\":\"" + name + "\"}"));
  }

  private static Arbitrary<Step> creations() {
    return Combinators.combine(
            Arbitraries.of("t1", "t2"), Arbitraries.of("d1", "hr"), Arbitraries.of(COLLECTIONS))
        .as(
            (tenant, database, name) ->
                new Step(
                    "root",
                    "POST",
                    "/api/v2/tenants/" + tenant + "/databases/" + database + "/collections",
                    "{\"name\":\"" + name + "\"}"));
  }

  /** Mostly the first ones, as they are. */
  private static Arbitrary<String> names(List<String> some) {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(some.get(0))), Tuple.of(1, Arbitraries.of(some)));
    return Combinators.combine(name, between(0, 100)).as(AnyRequest::spelled);
  }

  private static String spelled(String name, int way) {
    return switch (way) {
      case 1 -> String.format(Locale.ROOT, "%%%02x", (int) name.charAt(0)) + name.substring(1);
      case 2 -> String.format(Locale.ROOT, "%%25%02X", (int) name.charAt(0)) + name.substring(1);
      case 3 -> name.replace("*", "%2A");
      case 4 -> "%2e%2e/" + name;
      case 5 -> name + ";a=b";
      case 6 -> name + "%00";
      case 7 -> "./" + name;
      case 8 -> name + "%20";
      case 9 -> "x%2f" + name;
      case 10 -> name.toUpperCase(Locale.ROOT);
      default -> name;
    };
  }

  private static Arbitrary<Integer> numbers() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, between(0, 2)), Tuple.of(1, between(0, IDS))); // t1/d1, and all
  }

  /** Each as often as any other. */
  private static Arbitrary<Integer> between(int least, int most) {
    return Arbitraries.integers()
        .between(least, most)
        .withDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<String> ids() {
    return Combinators.combine(numbers(), between(0, 100))
        .as(
            (number, way) -> {
              String id = MemoryChroma.id(number).toString();
              return switch (way) {
                case 1 -> id.toUpperCase(Locale.ROOT);
                case 2 -> id.replace("-", "");
                case 3 -> "{" + id + "}";
                case 4 -> "urn:uuid:" + id;
                case 5 -> "%30" + id.substring(1);
                case 6 -> id.replaceFirst("^0+-0+-", "0-0-");
                case 7 -> id + "%20";
                case 8 -> "by-id";
                default -> id;
              };
            });
  }

  private static Arbitrary<String> queries() {
    Arbitrary<String> named =
        Combinators.combine(names(TENANTS), names(DATABASES), between(0, 12))
            .as(
                (tenant, database, way) ->
                    switch (way) {
                      case 1 -> "?tenant=" + tenant;
                      case 2 -> "?database=" + database;
                      case 3 -> "?tenant=t1&database=d1&tenant=t2";
                      case 4 -> "?te%6eant=" + tenant + "&database=" + database;
                      case 5 -> "?tenant=" + tenant + "&database=" + database + "&limit=3&offset=1";
                      case 6 -> "?tenant=&database=";
                      default -> "?tenant=" + tenant + "&database=" + database;
                    });
    return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just("")), Tuple.of(2, named));
  }

  private static Arbitrary<@Nullable String> bodies() {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of(COLLECTIONS)),
            Tuple.of(1, Arbitraries.of(DATABASES)),
            Tuple.of(1, Arbitraries.of(TENANTS)));
    Arbitrary<String> field =
        Combinators.combine(
                Arbitraries.of("name", "new_name", "output_collection", "na\\u006de", "Name"), name)
            .as((key, value) -> "\"" + key + "\":\"" + value + "\"");
    Arbitrary<String> flag =
        Combinators.combine(
                Arbitraries.of("get_or_create", "delete_output"),
                Arbitraries.of("true", "true", "false", "null", "\"true\"", "1"))
            .as((key, value) -> "\"" + key + "\":" + value);
    Arbitrary<String> usual =
        Combinators.combine(name, name, name, flag, flag)
            .as(
                (one, two, three, first, second) ->
                    "{\"name\":\"%s\",\"new_name\":\"%s\",\"output_collection\":\"%s\",%s%s}"
                        .formatted(
                            one,
                            two,
                            three,
                            first,
                            first.substring(0, 5).equals(second.substring(0, 5))
                                ? ""
                                : "," + second));
    Arbitrary<String> odd =
        Arbitraries.oneOf(field, flag)
            .list()
            .ofMaxSize(4)
            .map(fields -> fields.stream().collect(Collectors.joining(",", "{", "}")));
    Arbitrary<String> question =
        Combinators.combine(
                Arbitraries.of("root", "bob", "nobody"),
                Arbitraries.of("/api/v2/tenants/t2", "/api/v2/reset"))
            .as(
                (as, path) ->
                    "{\"as\":\"" + as + "\",\"method\":\"GET\",\"path\":\"" + path + "\"}");
    return Arbitraries.frequencyOf(
            Tuple.of(12, usual),
            Tuple.of(4, odd),
            Tuple.of(1, question),
            Tuple.of(1, Arbitraries.of("", "[]", "\uFEFF{\"name\":\"x\"}", "{\"name\":\"x\"} {}")))
        .injectNull(0.05);
  }
}
