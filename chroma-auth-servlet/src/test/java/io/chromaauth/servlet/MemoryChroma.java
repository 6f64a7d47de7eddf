package io.chromaauth.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.chromaauth.AuthzResource;
import io.chromaauth.CollectionResolver;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Chroma in memory that trusts whoever asks, as 1.5.9 does where that is dangerous: a UUID opens
 * its collection below any path, and a path is read more kindly than ours. Every answer shows
 * whatever was touched for it.
 */
final class MemoryChroma implements CollectionResolver {
  /** Stands in all that lies outside somebody's bounds, and in no request. */
  static final String CANARY = "C4N4RY";

  private static final JsonFactory JSON = new JsonFactory();

  final Map<String, Tenant> tenants = new TreeMap<>();
  final Map<String, Database> databases = new LinkedHashMap<>();
  final Map<UUID, Collection> collections = new LinkedHashMap<>();

  /** By a collection's UUID and a function's name the output collection that it fills. */
  final Map<String, Collection> functions = new HashMap<>();

  private final Function<AuthzResource, Boolean> inReach;
  private final boolean findsWithoutPath;
  private final StringBuilder shown = new StringBuilder();
  private int made;

  /**
   * @param inReach what needs no canary
   */
  MemoryChroma(Function<AuthzResource, Boolean> inReach, boolean findsWithoutPath) {
    this.inReach = inReach;
    this.findsWithoutPath = findsWithoutPath;
  }

  /** A tenant with its resource name, by which CRNs begin. */
  static final class Tenant {
    String resource;

    Tenant(String resource) {
      this.resource = resource;
    }
  }

  /** A database. */
  record Database(String tenant, String name) {}

  /** A collection and what is in it. */
  static final class Collection {
    final UUID id;
    final String tenant;
    final String database;
    String name;
    int written;

    Collection(UUID id, String tenant, String database, String name) {
      this.id = id;
      this.tenant = tenant;
      this.database = database;
      this.name = name;
    }

    AuthzResource place() {
      return AuthzResource.of(tenant, database, name);
    }

    @Override
    public String toString() {
      return id + "=" + tenant + "/" + database + "/" + name + " " + written;
    }
  }

  /** The UUID of the n-th collection that was ever made. */
  static UUID id(int number) {
    return UUID.fromString(String.format("00000000-0000-4000-8000-abcdef%06x", number));
  }

  void createDatabase(String tenant, String name) {
    tenants.computeIfAbsent(tenant, t -> new Tenant("crn-" + t));
    databases.putIfAbsent(tenant + "/" + name, new Database(tenant, name));
  }

  Collection create(Database in, String name) {
    return create(in.tenant, in.name, name);
  }

  private Collection create(String tenant, String database, String name) {
    Collection created = new Collection(id(made++), tenant, database, name);
    collections.put(created.id, created);
    return created;
  }

  /** Everything outside somebody's bounds, and how it is. */
  List<String> outside() {
    List<String> all = new ArrayList<>();
    // a resource name is everybody's, and so is which tenants there are
    tenants.forEach((name, tenant) -> all.add(name + " " + tenant.resource));
    databases.values().forEach(d -> all.add(outside(AuthzResource.of(d.tenant, d.name, null), "")));
    collections.values().forEach(c -> all.add(outside(c.place(), c.toString())));
    // a function is where its input is
    collections.values().stream()
        .filter(input -> functions.containsKey(input.id + "fn"))
        .forEach(input -> all.add(outside(input.place(), "has a function")));
    all.removeIf(String::isEmpty);
    all.sort(Comparator.naturalOrder());
    return all;
  }

  private String outside(AuthzResource place, String how) {
    return inReach.apply(place) ? "" : place + " " + how;
  }

  @Override
  public Resolution resolve(UUID id, @Nullable String tenant, @Nullable String database) {
    Collection found = collections.get(id);
    return found == null ? new NotFound() : new Found(found.place());
  }

  @Override
  public boolean findsWithoutPath() {
    return findsWithoutPath;
  }

  @Override
  public Listing list(String tenant, @Nullable String database, int limit, int offset) {
    Stream<Element> all =
        database == null
            ? databases(tenant).map(d -> new Element(d.name, json(d)))
            : collections(tenant, database).map(c -> new Element(c.name, json(c)));
    return new Page(all.skip(offset).limit(limit).toList());
  }

  private Stream<Database> databases(String tenant) {
    return databases.values().stream().filter(d -> d.tenant.equals(tenant));
  }

  private Stream<Collection> collections(String tenant, String database) {
    return collections.values().stream()
        .filter(c -> c.tenant.equals(tenant) && c.database.equals(database));
  }

  /** The application: answers one request. */
  void serve(ServletRequest request, ServletResponse response) throws IOException {
    HttpServletRequest http = (HttpServletRequest) request;
    shown.setLength(0);
    List<String> path =
        Stream.of(http.getRequestURI().split("/", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
            .toList();
    Map<String, String> body = body(http.getInputStream().readAllBytes());
    String method = http.getMethod().equals("HEAD") ? "GET" : http.getMethod();
    boolean done =
        path.size() > 1
            && (path.get(1).equals("v2")
                ? v2(method, path.subList(2, path.size()), body)
                : v1(method, path.subList(2, path.size()), query(http.getQueryString()), body));
    HttpServletResponse answer = (HttpServletResponse) response;
    answer.setStatus(done ? 200 : 404);
    answer.getOutputStream().write(shown.toString().getBytes(StandardCharsets.UTF_8));
  }

  private boolean v2(String method, List<String> path, Map<String, String> body) {
    if (path.equals(List.of("reset")) && method.equals("POST")) {
      return reset();
    }
    if (path.size() == 2 && path.get(0).equals("collections")) {
      return byCrn(path.get(1).split(":", -1));
    }
    if (path.isEmpty() || !path.get(0).equals("tenants")) {
      return false;
    }
    if (path.size() == 1) {
      return createTenant(body.get("name"));
    }
    String tenant = path.get(1);
    return switch (path.size()) {
      case 2 -> method.equals("GET") ? show(tenant) : update(tenant, body);
      case 3 -> method.equals("GET") ? listDatabases(tenant) : make(tenant, body.get("name"));
      case 4 -> database(method, tenant, path.get(3));
      default -> inDatabase(method, tenant, path.get(3), path.subList(4, path.size()), body);
    };
  }

  private boolean v1(
      String method, List<String> path, Map<String, String> query, Map<String, String> body) {
    String tenant = query.getOrDefault("tenant", "default_tenant");
    String database = query.getOrDefault("database", "default_database");
    String first = path.isEmpty() ? "" : path.get(0);
    return switch (first) {
      case "reset" -> reset();
      case "tenants" -> path.size() > 1 ? show(path.get(1)) : createTenant(body.get("name"));
      case "databases" ->
          path.size() > 1 ? database(method, tenant, path.get(1)) : make(tenant, body.get("name"));
      case "count_collections" -> listCollections(tenant, database);
      case "collections" -> inDatabase(method, tenant, database, path, body);
      default -> false;
    };
  }

  private boolean inDatabase(
      String method, String tenant, String database, List<String> path, Map<String, String> body) {
    if (path.size() == 1) {
      return method.equals("GET")
          ? listCollections(tenant, database)
          : createCollection(tenant, database, body);
    }
    String name = path.get(1);
    if (path.size() == 3 && name.equals("by-id")) {
      return show(byId(path.get(2)));
    }
    if (path.size() == 2 && !method.equals("PUT")) {
      return named(method, tenant, database, name);
    }
    Collection collection = byId(name);
    if (collection == null) {
      return false;
    }
    show(collection);
    return onCollection(collection, tenant, database, path.subList(2, path.size()), body);
  }

  private boolean onCollection(
      Collection collection,
      String tenant,
      String database,
      List<String> path,
      Map<String, String> body) {
    String verb = path.isEmpty() ? "rename" : path.get(path.size() - 1);
    switch (verb) {
      case "rename" -> {
        collection.name = body.getOrDefault("new_name", collection.name);
        collection.written++;
      }
      case "add", "update", "upsert", "delete" -> collection.written++;
      case "fork" -> {
        String name = body.get("new_name");
        return name != null && show(create(tenant, database, name));
      }
      case "attach" -> {
        String name = body.get("output_collection");
        if (name != null) {
          Collection output =
              named(tenant, database, name).orElseGet(() -> create(tenant, database, name));
          output.written++;
          functions.put(collection.id + "fn", output);
          show(output);
        }
      }
      case "detach" -> {
        Collection output = functions.remove(collection.id + path.get(1));
        if (output != null && "true".equals(body.get("delete_output"))) {
          show(output);
          collections.remove(output.id);
        }
      }
      default -> {
        // a read: get, query, search, count, indexing_status, fork_count, a function
      }
    }
    return show(collection);
  }

  private Optional<Collection> named(String tenant, String database, String name) {
    return collections(tenant, database).filter(c -> c.name.equals(name)).findFirst();
  }

  private boolean named(String method, String tenant, String database, String name) {
    Collection found = named(tenant, database, name).orElse(null);
    if (method.equals("DELETE") && found != null) {
      collections.remove(found.id);
    }
    return show(found);
  }

  private boolean createCollection(String tenant, String database, Map<String, String> body) {
    String name = body.get("name");
    if (name == null || !databases.containsKey(tenant + "/" + database)) {
      return false;
    }
    Collection existing = named(tenant, database, name).orElse(null);
    if (existing != null && !"true".equals(body.get("get_or_create"))) {
      return false;
    }
    return show(existing == null ? create(tenant, database, name) : existing);
  }

  private boolean byCrn(String[] parts) {
    boolean found = false;
    for (Map.Entry<String, Tenant> tenant : tenants.entrySet()) {
      if (parts.length == 3 && parts[0].equals(tenant.getValue().resource)) {
        found |= named("GET", tenant.getKey(), parts[1], parts[2]);
      }
    }
    return found;
  }

  private boolean reset() {
    collections.values().forEach(this::show);
    tenants.clear();
    databases.clear();
    collections.clear();
    functions.clear();
    return true;
  }

  private boolean createTenant(@Nullable String name) {
    return name != null
        && tenants.putIfAbsent(name, new Tenant("crn-" + name)) == null
        && show(name);
  }

  private boolean update(String name, Map<String, String> body) {
    Tenant tenant = tenants.get(name);
    if (tenant != null) {
      tenant.resource = body.getOrDefault("resource_name", "renamed");
    }
    return show(name);
  }

  private boolean show(String tenant) {
    boolean known = tenants.containsKey(tenant);
    if (known) {
      shown.append(mark(AuthzResource.of(tenant, null, null)));
    }
    return known;
  }

  private boolean make(String tenant, @Nullable String name) {
    if (name == null || !tenants.containsKey(tenant)) {
      return false;
    }
    createDatabase(tenant, name);
    return database("GET", tenant, name);
  }

  private boolean database(String method, String tenant, String name) {
    Database found = databases.get(tenant + "/" + name);
    if (found == null) {
      return false;
    }
    shown.append(json(found));
    if (method.equals("DELETE")) {
      List<Collection> in = collections(tenant, name).toList();
      in.forEach(this::show);
      in.forEach(collection -> collections.remove(collection.id));
      databases.remove(tenant + "/" + name);
    }
    return true;
  }

  private boolean listDatabases(String tenant) {
    databases(tenant).forEach(database -> shown.append(json(database)));
    return true;
  }

  private boolean listCollections(String tenant, String database) {
    collections(tenant, database).forEach(this::show);
    return true;
  }

  private @Nullable Collection byId(String text) {
    try {
      return collections.get(UUID.fromString(text.replaceAll("^(urn:uuid:|\\{)|}$", "")));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private boolean show(@Nullable Collection collection) {
    if (collection != null) {
      shown.append(json(collection));
    }
    return collection != null;
  }

  private String json(Collection collection) {
    return "{\"id\":\""
        + collection.id
        + "\",\"name\":"
        + quoted(collection.name)
        + ",\"metadata\":\""
        + mark(collection.place())
        + "\"}";
  }

  private String json(Database database) {
    String mark = mark(AuthzResource.of(database.tenant, database.name, null));
    return "{\"name\":" + quoted(database.name) + ",\"id\":\"" + mark + "\"}";
  }

  private String mark(AuthzResource place) {
    return inReach.apply(place) ? "ok" : CANARY + " " + place;
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** The last of several values counts, unlike with us. */
  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : Objects.requireNonNullElse(raw, "").split("&", -1)) {
      String[] both = URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2);
      if (both.length == 2) {
        values.put(both[0], both[1]);
      }
    }
    return values;
  }

  /** What can be read of a body is; the last of several values counts. */
  private static Map<String, String> body(byte[] bytes) {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = JSON.createParser(bytes)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
          values.put(key, parser.getText());
        }
      }
    } catch (IOException e) {
      // what came before it is taken
    }
    return values;
  }
}
