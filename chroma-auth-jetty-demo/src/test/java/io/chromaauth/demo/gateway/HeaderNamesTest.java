package io.chromaauth.demo.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderNamesTest {
  // fields, each on a line of its own | what they list that is not hidden anyway
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | ''",
        "keep-alive              | ''",
        "Keep-Alive              | ''",
        "keep-alive;keep-alive   | ''",
        "close                   | close",
        "X_Under                 | x-under",
        "keep-alive, X-Listed    | x-listed",
        "keep-alive;X-Listed     | x-listed",
        "X-Listed;keep-alive     | x-listed",
        "a;b, c                  | a,b,c",
      })
  void connectionListsWhatIsNotPassedOn(String fields, String expected) {
    HttpFields.Mutable headers = HttpFields.build().add("X-Other", "keep-alive");
    words(fields, ";").forEach(value -> headers.add(HttpHeader.CONNECTION, value));
    Set<String> listed = HeaderNames.listedInConnection(headers);
    assertEquals(
        words(expected, ",").sorted().toList(),
        listed.stream().filter(name -> !HeaderNames.HOP_BY_HOP.contains(name)).sorted().toList());
  }

  private static Stream<String> words(String text, String separator) {
    return Stream.of(text.split(separator)).filter(word -> !word.isEmpty());
  }
}
