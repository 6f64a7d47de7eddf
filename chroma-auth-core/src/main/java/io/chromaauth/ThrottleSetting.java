package io.chromaauth;

import io.chromaauth.authn.Throttle;
import io.chromaauth.settings.Faults;
import io.chromaauth.settings.Names;
import io.chromaauth.settings.SettingReader;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code CHROMA_AUTH_THROTTLE}: {@code 10/60s}, or {@code off}. */
final class ThrottleSetting {
  private static final String EXPECTED = "failures and a time such as 10/60s, or off";

  private ThrottleSetting() {}

  /** What the setting asks for, by default ten failures a minute. */
  static Throttle read(Settings settings, Faults faults) {
    SettingReader reader = new SettingReader(settings, faults);
    Optional<String> value = reader.text(Names.THROTTLE);
    if (value.isEmpty()) {
      return Throttle.byDefault();
    }
    if (value.get().equalsIgnoreCase("off")) {
      return Throttle.off();
    }
    String[] parts = value.get().split("/", -1);
    Optional<Duration> window =
        parts.length == 2 ? SettingReader.duration(parts[1]) : Optional.empty();
    boolean number = parts[0].matches("[1-9]\\d{0,5}");
    if (!number || window.isEmpty() || window.get().isZero()) {
      reader.fault(Names.THROTTLE, "'" + value.get() + "'", EXPECTED);
      return Throttle.byDefault();
    }
    return new Throttle(Integer.parseInt(parts[0]), window.get());
  }
}
