package io.chromaauth.servlet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.chromaauth.authz.Owners;
import java.util.Set;
import java.util.TreeSet;

/** Section 7 of the design and section 2 of the style, as far as a build can check them. */
@AnalyzeClasses(
    packages = "io.chromaauth.servlet",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theModuleUsesCoreServletJacksonStreamingAndSlf4j =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.chromaauth",
              "io.chromaauth.authz",
              "io.chromaauth.settings",
              "io.chromaauth.servlet",
              "jakarta.servlet..",
              "com.fasterxml.jackson.core..",
              "org.slf4j",
              "org.jspecify.annotations",
              "java..",
              "javax.net.ssl");

  @ArchTest
  static final ArchRule ofCoresInnerPackagesOnlyWhatIsMadeForModulesIsUsed =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.chromaauth.authz").and(not(belongToAnyOf(Owners.class))));

  /**
   * The adapter, the filter, what it wraps, hands on and writes; every other class is a step. (Step
   * 8 hands on in Handover.)
   */
  @ArchTest
  static final ArchRule stepsUseNoServletTypeBeyondTheAdapter =
      noClasses()
          .that(
              not(
                  belongToAnyOf(
                          ChromaAuthFilter.class,
                          ReceivedRequest.class,
                          RewrittenRequest.class,
                          Decided.class,
                          Dispatches.class,
                          DecidedRequest.class,
                          Replay.class,
                          ReplayedRequest.class,
                          Answers.class,
                          ServletSettings.class,
                          RequestIdentity.class)
                      .or(nameMatching(".*\\.Handover(\\$.*)?"))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..");

  @ArchTest
  static final ArchRule noStepCallsBackIntoTheFilter =
      noClasses()
          .that(not(belongToAnyOf(ChromaAuthFilter.class)))
          .should()
          .dependOnClassesThat(belongToAnyOf(ChromaAuthFilter.class));

  @ArchTest
  static final ArchRule onlyTheResolverSpeaksHttp =
      noClasses()
          .that(not(belongToAnyOf(UpstreamResolver.class)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule noMethodOfTheServletApiThatGuessesIsCalled =
      noClasses()
          .that(
              not(belongToAnyOf(RewrittenRequest.class, ReplayedRequest.class))) // they only answer
          .should()
          .callMethodWhere(
              target(
                      nameMatching(
                          "getParameter.*|getServletPath|getPathInfo|getPathTranslated"
                              + "|getRequestURL|getRequestDispatcher|getHttpServletMapping"))
                  .and(target(owner(resideInAPackage("jakarta.servlet..")))));

  @ArchTest
  static final ArchRule nothingKeepsJacksonsBuffersWithThreads =
      noClasses()
          .that(not(belongToAnyOf(JsonFactories.class)))
          .should()
          .callConstructor(JsonFactory.class)
          .orShould()
          .callMethod(JsonFactory.class, "builder");

  @ArchTest
  static void onlyTheseTypesArePublic(JavaClasses module) {
    Set<String> names = new TreeSet<>();
    module.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(ArchitectureTest::isReachable)
        .forEach(type -> names.add(type.getName().replace("io.chromaauth.servlet.", "")));
    assertEquals(
        Set.of(
            "ChromaAuthFilter",
            "ChromaAuthFilter$Builder",
            "Explanation",
            "Explanation$Outcome",
            "Question",
            "Question$OfAction",
            "Question$OfRequest",
            "RequestIdentity"),
        names);
  }

  /** A public type within one that is not is not reachable. */
  private static boolean isReachable(JavaClass type) {
    return type.getEnclosingClass()
        .map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC))
        .orElse(true);
  }
}
