package io.chromaauth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The layout of style.md and the public API of design.md, as far as a build can check them. */
@AnalyzeClasses(packages = "io.chromaauth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "io.chromaauth";
  private static final String CLIENT = "io.chromaauth.client";

  /** design.md section 7, with what their signatures need. */
  private static final Set<String> PUBLIC_API =
      Set.of(
          "AuthEvent",
          "AuthEventListener",
          "AuthenticationProvider",
          "AuthnResult",
          "AuthorizationProvider",
          "AuthzAction",
          "AuthzResource",
          "BasicAuthentication",
          "Bounds",
          "ChromaAuth",
          "CollectionResolver",
          "ConfigException",
          "ContainerAuthentication",
          "Decision",
          "JwtAuthentication",
          "RbacAuthorization",
          "RequestHeaders",
          "Secret",
          "Settings",
          "TokenAuthentication",
          "UserIdentity");

  /** What stands in io.chromaauth.client besides. */
  private static final Set<String> CLIENT_API =
      Set.of("AuthenticatedHttpClient", "ClientCredentials", "OAuthCredentials");

  @ArchTest
  static final ArchRule authenticationDoesNotSeeAuthorization =
      noClasses()
          .that()
          .resideInAPackage("io.chromaauth.authn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.chromaauth.authz..");

  @ArchTest
  static final ArchRule authorizationDoesNotSeeAuthentication =
      noClasses()
          .that()
          .resideInAPackage("io.chromaauth.authz..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.chromaauth.authn..");

  @ArchTest
  static final ArchRule settingsSeeNeitherOfThem =
      noClasses()
          .that()
          .resideInAPackage("io.chromaauth.settings..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.chromaauth.authn..", "io.chromaauth.authz..");

  /** A client needs no server: neither who is let in nor what is allowed. */
  @ArchTest
  static final ArchRule clientsSeeNoServer =
      noClasses()
          .that()
          .resideInAPackage("io.chromaauth.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.chromaauth.authn..", "io.chromaauth.authz..");

  @ArchTest
  static final ArchRule nobodySeesClients =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.chromaauth.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.chromaauth.client..");

  /**
   * What others answer is read in one package, with its bounds; a client sends what it is given.
   */
  @ArchTest
  static final ArchRule fewSpeakHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.chromaauth.client..", "io.chromaauth.net..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  /** The base package and the others know each other; among the others there is no cycle. */
  @ArchTest
  static final ArchRule packagesBelowTheBaseHaveNoCycles =
      slices().matching("io.chromaauth.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule oneClassKnowsSnakeYaml = onlyKnows("YamlText", "org.yaml..");

  /** Optional at run time: without jwt among the providers it is never loaded. */
  @ArchTest static final ArchRule oneClassKnowsJackson = onlyKnows("Json", "com.fasterxml..");

  @ArchTest static final ArchRule oneClassKnowsNimbus = onlyKnows("NimbusKeys", "com.nimbusds..");

  @ArchTest static final ArchRule oneClassKnowsBcrypt = onlyKnows("BcryptHash", "org.mindrot..");

  @ArchTest
  static final ArchRule nothingElseIsNeeded =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.chromaauth..",
              "java..",
              "javax.crypto..",
              "javax.net.ssl",
              "org.apache.commons.codec..",
              "org.mindrot.jbcrypt..",
              "org.yaml.snakeyaml..",
              "com.github.benmanes.caffeine..",
              "com.fasterxml.jackson.core..",
              "com.nimbusds.jose..",
              "org.slf4j",
              "org.jspecify.annotations");

  @ArchTest
  static void thePublicApiIsWhatTheDesignLists(JavaClasses classes) {
    assertEquals(new TreeSet<>(PUBLIC_API), topLevelNames(publicTypes(classes, BASE)));
    assertEquals(new TreeSet<>(CLIENT_API), topLevelNames(publicTypes(classes, CLIENT)));
  }

  private static Set<String> topLevelNames(Stream<JavaClass> types) {
    return types
        .filter(JavaClass::isTopLevelClass)
        .map(JavaClass::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whoever compiles against the API must never need a package that is not for use outside. */
  @ArchTest
  static void noPublicSignatureNamesAnInnerType(JavaClasses classes) {
    Set<String> found =
        Stream.of(BASE, CLIENT)
            .flatMap(name -> publicTypes(classes, name))
            .flatMap(ArchitectureTest::signatures)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), found);
  }

  private static Stream<String> signatures(JavaClass type) {
    Predicate<Set<JavaModifier>> visible =
        modifiers ->
            modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    Stream<String> fields =
        type.getFields().stream()
            .filter(field -> visible.test(field.getModifiers()))
            .filter(field -> isInner(field.getRawType()))
            .map(JavaField::getFullName);
    Stream<String> methods =
        type.getCodeUnits().stream()
            .filter(unit -> visible.test(unit.getModifiers()))
            .filter(ArchitectureTest::namesInner)
            .map(JavaCodeUnit::getFullName);
    Stream<String> supertypes =
        Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream())
            .filter(ArchitectureTest::isInner)
            .map(supertype -> type.getName() + " is a " + supertype.getName());
    return Stream.of(fields, methods, supertypes).flatMap(s -> s);
  }

  private static boolean namesInner(JavaCodeUnit unit) {
    return Stream.of(
            unit.getReturnType().getAllInvolvedRawTypes().stream(),
            unit.getParameterTypes().stream().flatMap(t -> t.getAllInvolvedRawTypes().stream()),
            unit.getExceptionTypes().stream())
        .flatMap(types -> types)
        .anyMatch(ArchitectureTest::isInner);
  }

  private static boolean isInner(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    boolean ofClient = name.equals(CLIENT) && isReachable(type.getBaseComponentType());
    return name.startsWith(BASE + ".") && !ofClient;
  }

  private static Stream<JavaClass> publicTypes(JavaClasses classes, String name) {
    return classes.stream()
        .filter(type -> type.getPackageName().equals(name))
        .filter(ArchitectureTest::isReachable);
  }

  /** Public itself and within public types only. */
  private static boolean isReachable(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isReachable).orElse(true);
  }

  private static ArchRule onlyKnows(String name, String library) {
    DescribedPredicate<JavaClass> others =
        DescribedPredicate.describe(
            "are not " + name,
            type -> !type.getName().replaceFirst("\\$.*", "").endsWith("." + name));
    return noClasses().that(others).should().dependOnClassesThat().resideInAPackage(library);
  }
}
