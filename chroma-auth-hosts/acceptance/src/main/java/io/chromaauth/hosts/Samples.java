package io.chromaauth.hosts;

import io.chromaauth.hosts.WebApp.Form;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.provider.Arguments;

/** The sample application in each form, and rows crossed with the forms. */
final class Samples {
  private static final Map<Form, Setup> SETUPS =
      Arrays.stream(Form.values())
          .collect(
              Collectors.toMap(
                  Function.identity(), form -> Setup.of(WebApp.sample(form, Team.settings()))));

  private Samples() {}

  /** A host with the sample application alone. */
  static Setup in(Form form) {
    return Objects.requireNonNull(SETUPS.get(form));
  }

  /** Each row in each form. */
  static List<Arguments> inEachForm(List<Row> rows) {
    return Arrays.stream(Form.values())
        .flatMap(form -> rows.stream().map(row -> Arguments.of(form, row)))
        .toList();
  }
}
