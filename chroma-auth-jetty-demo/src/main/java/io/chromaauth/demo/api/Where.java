package io.chromaauth.demo.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

/** Where in a body something was found, for messages. */
final class Where {
  private Where() {}

  static String now(JsonParser parser) {
    return of(parser.currentTokenLocation());
  }

  static String of(@Nullable JsonLocation place) {
    return place == null ? "" : " at line " + place.getLineNr() + " column " + place.getColumnNr();
  }
}
