package io.chromaauth.demo.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test class that needs the real clients and servers of {@code .ci/install-clients}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag(ClientTest.TAG)
@EnabledIfSystemProperty(
    named = "clients.run",
    matches = "true",
    disabledReason = "mvn verify -Pclients runs it")
@interface ClientTest {
  String TAG = "clients";
}
