package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.chromaauth.demo.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What concerns the whole server. */
final class SystemRoutes {
  /** What Chroma 1.5.9's server says of itself; clients of both generations are content with it. */
  static final String VERSION = "1.0.0";

  /** Chroma 1.5.9's; told, and like there not enforced. */
  static final int BATCH = 5461;

  private final Store store;
  private final boolean allowReset;
  private final Clock clock;

  SystemRoutes(Store store, boolean allowReset, Clock clock) {
    this.store = store;
    this.allowReset = allowReset;
    this.clock = clock;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String api : List.of("/api/v2", "/api/v1")) {
      routes.add(Route.get(api, this::heartbeat));
      routes.add(Route.get(api + "/heartbeat", this::heartbeat));
      routes.add(Route.get(api + "/version", call -> Answer.ok(json -> json.writeString(VERSION))));
      routes.add(Route.get(api + "/pre-flight-checks", call -> Answer.ok(this::checks)));
      routes.add(Route.post(api + "/reset", this::reset));
    }
    routes.add(Route.get("/api/v2/healthcheck", call -> Answer.ok(this::health)));
    routes.add(Route.get("/api/v2/auth/identity", call -> Answer.ok(this::identity)));
    return routes;
  }

  private Answer heartbeat(Call call) {
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return Answer.ok(
        json -> {
          json.writeStartObject();
          json.writeNumberField("nanosecond heartbeat", nanos);
          json.writeEndObject();
        });
  }

  private Answer reset(Call call) {
    if (!allowReset) {
      throw ApiException.of(Fault.DISABLED, "Reset is disabled by config");
    }
    store.reset();
    return Answer.ok(json -> json.writeBoolean(true));
  }

  private void checks(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("max_batch_size", BATCH);
    json.writeBooleanField("supports_base64_encoding", true);
    json.writeEndObject();
  }

  private void health(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("is_executor_ready", true);
    json.writeBooleanField("is_log_client_ready", true);
    json.writeEndObject();
  }

  /** Nobody: where there is a filter in front, it answers this itself. */
  private void identity(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("user_id", "");
    json.writeStringField("tenant", "default_tenant");
    json.writeArrayFieldStart("databases");
    json.writeString("default_database");
    json.writeEndArray();
    json.writeEndObject();
  }
}
