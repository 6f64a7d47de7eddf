package io.chromaauth.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationHeaderTest {
  @ParameterizedTest
  @CsvSource({
    "Basic YQ==, true",
    "basic YQ==, true",
    "BASIC YQ==, true",
    "'Basic  YQ==', true",
    "'Basic ', true",
    "Basic, true",
    "'Basic\tYQ==', false",
    "'Basic\u00A0YQ==', false",
    "BasicYQ==, false",
    "Basi, false",
    "'', false",
    "' Basic YQ==', false",
    "YQ==, false",
    "Bearer YQ==, false",
    "'Basic,YQ==', false"
  })
  void aSchemeIsAWordInAnyCaseAndASpace(String value, boolean basic) {
    assertEquals(basic, AuthorizationHeader.isOf("Basic", value));
  }

  @ParameterizedTest
  @CsvSource({
    "Basic YQ==, YQ==",
    "'Basic   YQ==', YQ==",
    "'Basic YQ==  ', YQ==",
    "'Basic a b', a b",
    "Basic, ''",
    "'Basic    ', ''",
    "'Basic \t', '\t'"
  })
  void credentialsAreWhatFollowsTheSpaces(String value, String credentials) {
    assertEquals(credentials, AuthorizationHeader.credentials("Basic", value).orElse(""), value);
  }
}
