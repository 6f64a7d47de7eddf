package io.chromaauth.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.settings.YamlNode.Scalar;
import io.chromaauth.settings.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewEntriesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 8, 9})
  void itHoldsWhatAHashTableWouldInTheOrderOfTheKeys(int count) {
    Map<String, YamlNode> few = new FewEntries();
    Map<String, YamlNode> expected = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      assertNull(few.put("key" + (9 - i), text("value" + i)));
      expected.put("key" + (9 - i), text("value" + i));
    }
    assertEquals(expected, few);
    assertEquals(expected.hashCode(), few.hashCode());
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(few.keySet()));
    assertEquals(List.copyOf(expected.values()), List.copyOf(few.values()));
    List<String> walked = new ArrayList<>();
    few.forEach((key, value) -> walked.add(key));
    assertEquals(List.copyOf(expected.keySet()), walked);
    expected.forEach((key, value) -> assertEquals(value, few.get(key)));
    assertNull(few.get("key0"));
    assertFalse(few.containsKey("key0"));
    assertEquals(count > 0, few.containsKey("key9"));
  }

  @Test
  void aKeyThatIsPutAgainGivesBackWhatItHad() {
    Map<String, YamlNode> few = new FewEntries();
    few.put("a", text("1"));
    few.put("b", text("2"));
    assertEquals(text("1"), few.put("a", text("3")));
    assertEquals(Map.of("a", text("3"), "b", text("2")), few);
    assertTrue(few.containsKey("b"));
  }

  private static YamlNode text(String text) {
    return new Scalar(text, ScalarType.TEXT, 1);
  }
}
