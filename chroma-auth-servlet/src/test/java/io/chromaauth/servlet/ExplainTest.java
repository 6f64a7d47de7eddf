package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthnResult;
import io.chromaauth.AuthzAction;
import io.chromaauth.AuthzResource;
import io.chromaauth.UserIdentity;
import io.chromaauth.servlet.Explanation.Outcome;
import io.chromaauth.servlet.Question.OfAction;
import io.chromaauth.servlet.Question.OfRequest;
import io.chromaauth.settings.Names;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link ChromaAuthFilter#explain}: the decision, the rule, and what it still depends on. */
class ExplainTest {
  private static final String BY_BODY = "depends on what the body names; ask with a body";
  private static final String BY_ID =
      "depends on whose collection the UUID is; ask with a collection";
  private static final String V1 = "/api/v1/collections/" + Team.DOCS_A;
  private static final String BY_PATH = Team.V2 + "/" + Team.DOCS_A;

  private final ChromaAuthFilter filter =
      ChromaAuthFilter.builder()
          .settings(Team.settings())
          .resolver(new AskedOwners(false, false))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root | collection:get | ALLOWED | 0 | built-in role admin",
        "root | system:reset | ALLOWED | 0 | built-in role admin",
        "rita | collection:get acme/docs/x | ALLOWED | 0 | built-in role reader",
        "rita | collection:add acme/docs/x | REFUSED | 403 |"
            + " test CHROMA_SERVER_AUTHZ_CONFIG: no role of rita grants collection:add",
        "idle | collection:get | REFUSED | 403 |"
            + " test CHROMA_SERVER_AUTHZ_CONFIG: no role for user idle",
        "alice | collection:get acme/docs/x | ALLOWED | 0 | built-in role admin",
        "alice | collection:get globex/docs/x | REFUSED | 403 |"
            + " test CHROMA_SERVER_AUTHN_CREDENTIALS:3 users[1]: bounds of alice",
        "alice | system:reset | REFUSED | 403 |"
            + " test CHROMA_SERVER_AUTHN_CREDENTIALS:3 users[1]: bounds of alice",
        "alice | collection:get | DEPENDS | 0 |"
            + " depends on which collection; ask with TENANT/DATABASE/COLLECTION",
        "pat | collection:get acme/docs | DEPENDS | 0 |"
            + " depends on which collection; ask with TENANT/DATABASE/COLLECTION",
        "alice | collection:get globex | REFUSED | 403 |"
            + " test CHROMA_SERVER_AUTHN_CREDENTIALS:3 users[1]: bounds of alice",
        // a level that is not named is refused as in a request, but for the listed reads
        "alice | db:create_database | REFUSED | 403 |"
            + " test CHROMA_SERVER_AUTHN_CREDENTIALS:3 users[1]: bounds of alice",
        "pat | db:list_collections acme/docs | ALLOWED | 0 | built-in role admin",
        "carl | db:create_collection acme/docs/x | ALLOWED | 0 |"
            + " test CHROMA_SERVER_AUTHZ_CONFIG:2 roles_mapping.creator",
      })
  void anActionIsDecidedByTheRules(
      String user, String question, Outcome outcome, int status, String rule) {
    AuthzAction action = AuthzAction.of(question.split(" ", -1)[0]);
    assertEquals(
        new Explanation(outcome, status, action, rule),
        filter.explain(user, Question.parse(question)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "idle | GET /api/v2/heartbeat | ALLOWED | 0 | null | public path",
        "idle | HEAD /api/v1/version | ALLOWED | 0 | null | public path",
        "idle | GET /api/v2/auth/identity | ALLOWED | 0 | null | any identity",
        "idle | POST /auth/can-i | ALLOWED | 0 | null | any identity",
        "idle | GET /docs | ALLOWED | 0 | null | any identity",
        "root | GET /nothing | REFUSED | 404 | null | not a route of the Chroma API",
        "root | DELETE /api/v2/reset | REFUSED | 405 | null | not a route of the Chroma API",
        "root | GET /api/v2/../x | REFUSED | 400 | null | ambiguous path",
        "root | GET /api/v2/tenants/a?tenant=b | REFUSED | 400 | tenant:get_tenant | bad names",
        "root | GET /api/v2/tenants/a | ALLOWED | 0 | tenant:get_tenant | built-in role admin",
        "rita | POST /api/v2/reset | REFUSED | 403 | system:reset |"
            + " test CHROMA_SERVER_AUTHZ_CONFIG: no role of rita grants system:reset",
        "alice | GET /api/v2/tenants/globex | REFUSED | 403 | tenant:get_tenant |"
            + " test CHROMA_SERVER_AUTHN_CREDENTIALS:3 users[1]: bounds of alice",
      })
  void aRequestIsDecidedByTheStepsOfTheFilter(
      String user,
      String question,
      Outcome outcome,
      int status,
      @Nullable String action,
      String rule) {
    Explanation explanation = filter.explain(user, Question.parse(question));
    AuthzAction expected = action == null ? null : AuthzAction.of(action);
    assertEquals(new Explanation(outcome, status, expected, rule), explanation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alice | POST /api/v2/tenants/acme/databases",
        "alice | POST /api/v2/tenants/acme/databases/docs/collections",
        "carl | POST /api/v2/tenants/acme/databases/docs/collections",
        "gerd | POST /api/v2/tenants/acme/databases/docs/collections",
        "root | POST /api/v1/collections",
        "root | POST /api/v1/databases",
      })
  void withoutABodyItDependsOnTheBody(String user, String question) {
    Explanation explanation = filter.explain(user, Question.parse(question));
    assertEquals(Outcome.DEPENDS, explanation.outcome(), explanation::toString);
    assertEquals(0, explanation.status());
    assertEquals(BY_BODY, explanation.rule());
  }

  @Test
  void whatNoBodyCanSaveIsRefusedWithoutOne() {
    assertEquals(403, explain("rita", "POST", Team.V2, null, null).status());
    assertEquals(403, explain("idle", "POST", Team.V2, null, null).status());
    String elsewhere = Team.V2.replace("acme", "globex");
    assertEquals(403, explain("alice", "POST", elsewhere, null, null).status());
    assertEquals(403, explain("alice", "POST", "/api/v2/tenants", null, null).status());
  }

  @Test
  void aNewTenantsNameDecidesNothing() {
    Explanation explanation = explain("root", "POST", "/api/v2/tenants", null, null);
    assertEquals(Outcome.ALLOWED, explanation.outcome());
    assertEquals(Outcome.ALLOWED, explain("root", "POST", "/api/v1/tenants", "{}", null).outcome());
  }

  @Test
  void withABodyItIsDecided() {
    String docs = "{\"name\":\"docs-a\"}";
    assertEquals(Outcome.ALLOWED, explain("pat", "POST", Team.V2, docs, null).outcome());
    assertEquals(403, explain("pat", "POST", Team.V2, "{\"name\":\"x\"}", null).status());
    assertEquals(400, explain("pat", "POST", Team.V2, "{", null).status());
    assertEquals(400, explain("pat", "POST", Team.V2, "", null).status());
    String guarded = "{\"name\":\"docs-a\",\"schema\":{\"trust_remote_code\":1}}";
    Explanation refused = explain("pat", "POST", Team.V2, guarded, null);
    assertEquals(422, refused.status());
    assertEquals("trust_remote_code in a configuration", refused.rule());
    assertEquals(AuthzAction.CREATE_COLLECTION, refused.action());
  }

  @Test
  void aBodyOverTheLimitIsToldToo() {
    ChromaAuthFilter small = Team.filter(Names.INSPECT_LIMIT, "10");
    OfRequest question = new OfRequest("POST", Team.V2, "{\"name\":\"long enough\"}", null);
    assertEquals(413, small.explain("root", question).status());
  }

  @Test
  void withoutACollectionItDependsOnWhoseItIs() {
    for (String user : List.of("alice", "dora", "pat", "ulla")) {
      Explanation explanation = explain(user, "PUT", BY_PATH, "{}", null);
      assertEquals(Outcome.DEPENDS, explanation.outcome(), explanation::toString);
      assertEquals(BY_ID, explanation.rule());
      assertEquals(AuthzAction.UPDATE_COLLECTION, explanation.action());
    }
    assertEquals(Outcome.ALLOWED, explain("root", "PUT", BY_PATH, "{}", null).outcome());
    assertEquals(BY_BODY, explain("pat", "PUT", BY_PATH, null, null).rule());
    assertEquals(
        BY_BODY,
        explain("pat", "PUT", BY_PATH, null, AuthzResource.of("acme", "docs", "docs-a")).rule());
  }

  @ParameterizedTest
  @CsvSource({
    "alice, acme/docs/docs-a, 0",
    "alice, acme/other/docs-a, 404",
    "alice, globex/docs/docs-a, 404",
    "pat, acme/docs/docs-b, 0",
    "pat, acme/docs/private, 404",
    "root, globex/docs/x, 0",
    "rita, acme/docs/x, 0",
    "carl, acme/docs/x, 403",
  })
  void withACollectionItIsDecided(String user, String owner, int status) {
    AuthzResource collection = Question.resource(owner);
    Explanation explanation = explain(user, "POST", BY_PATH + "/query", null, collection);
    assertEquals(status, explanation.status(), explanation::toString);
    assertEquals(status == 0 ? Outcome.ALLOWED : Outcome.REFUSED, explanation.outcome());
  }

  @Test
  void whoseRoleDoesNotGrantItIsRefusedWhosesoeverItIs() {
    assertEquals(403, explain("carl", "POST", BY_PATH + "/query", null, null).status());
    assertEquals(404, explain("root", "GET", Team.V2 + "/x/y/z", null, null).status());
    assertEquals(400, explain("root", "GET", Team.V2 + "/x/count", null, null).status());
  }

  @Test
  void whereAVersion1UuidCanNotBeFoundItIsRefused() {
    Explanation explanation = explain("alice", "POST", V1 + "/get", null, null);
    assertEquals(403, explanation.status());
    assertEquals("no resolver for a UUID on this route", explanation.rule());
    assertEquals(
        403,
        explain("alice", "POST", V1 + "/get", null, AuthzResource.of("acme", "d", "c")).status());
    assertEquals(Outcome.ALLOWED, explain("root", "POST", V1 + "/get", null, null).outcome());
  }

  @Test
  void whereAVersion1UuidCanBeFoundItDepends() {
    ChromaAuthFilter finding =
        ChromaAuthFilter.builder()
            .settings(Team.settings())
            .resolver(new AskedOwners(true, false))
            .build();
    OfRequest open = new OfRequest("POST", V1 + "/get", null, null);
    assertEquals(BY_ID, finding.explain("alice", open).rule());
    OfRequest mine = new OfRequest("POST", V1 + "/get", null, AuthzResource.of("acme", "d", "c"));
    assertEquals(Outcome.ALLOWED, finding.explain("alice", mine).outcome());
    OfRequest foreign =
        new OfRequest("POST", V1 + "/get", null, AuthzResource.of("globex", "d", "c"));
    assertEquals(404, finding.explain("alice", foreign).status());
  }

  @Test
  void withoutAResolverBoundedUsersAreRefusedWhateverTheyAskWith() {
    ChromaAuthFilter without = Team.filterWithoutResolver();
    for (AuthzResource owner :
        new @Nullable AuthzResource[] {null, AuthzResource.of("acme", "docs", "docs-a")}) {
      OfRequest question = new OfRequest("POST", BY_PATH + "/query", null, owner);
      assertEquals(403, without.explain("alice", question).status());
      assertEquals(Outcome.ALLOWED, without.explain("root", question).outcome());
    }
    Question list = Question.parse("GET " + Team.V2);
    assertEquals(403, without.explain("pat", list).status());
    assertEquals("nothing lists what may be seen", without.explain("pat", list).rule());
    assertEquals(Outcome.ALLOWED, without.explain("dora", list).outcome());
  }

  @Test
  void aListThatTheFilterAnswersIsAllowedWithoutAskingForIt() {
    assertEquals(Outcome.ALLOWED, explain("pat", "GET", Team.V2, null, null).outcome());
    assertEquals(Outcome.ALLOWED, explain("pat", "GET", Team.V2 + "_count", null, null).outcome());
    assertEquals(400, explain("pat", "GET", Team.V2 + "?limit=x", null, null).status());
  }

  @Test
  void theDefaultsAreReplacedInQuestionsToo() {
    ChromaAuthFilter overwriting = Team.filter(Names.OVERWRITE, "TRUE");
    Question question = Question.parse("GET /api/v1/collections");
    assertEquals(Outcome.ALLOWED, overwriting.explain("dora", question).outcome());
    assertEquals(403, filter.explain("dora", question).status());
  }

  @Test
  void whatIsAskedBelowAPrefixIsAskedWithIt() {
    ChromaAuthFilter below = Team.filter(Names.PATH_PREFIX, "/chroma");
    Question with = Question.parse("GET /chroma/api/v2/tenants/acme");
    assertEquals(Outcome.ALLOWED, below.explain("alice", with).outcome());
    Question without = Question.parse("GET /api/v2/tenants/acme");
    assertEquals(404, below.explain("alice", without).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alcie | there is no user 'alcie'; did you mean 'alice'?",
        "ALICE | there is no user 'ALICE'; did you mean 'alice'?",
        "somebody-else | there is no user 'somebody-else'",
      })
  void anUnknownUserIsToldWithTheNearest(String user, String message) {
    Question question = Question.parse("GET /api/v2");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> filter.explain(user, question));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "collection:gte | there is no action 'collection:gte'; did you mean 'collection:get'?",
        "Collection:Add | there is no action 'Collection:Add'; did you mean 'collection:add'?",
        "nothing:of-the-kind | there is no action 'nothing:of-the-kind'",
      })
  void anUnknownActionIsToldWithTheNearest(String action, String message) {
    Question question = new OfAction(AuthzAction.of(action), AuthzResource.NONE);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> filter.explain("root", question));
    assertEquals(message, e.getMessage());
  }

  @Test
  void usersOfAProviderThatNamesNoneAreUnknown() {
    ChromaAuthFilter own =
        ChromaAuthFilter.builder()
            .authentication(h -> new AuthnResult.Authenticated(UserIdentity.of("u", "own")))
            .build();
    Question question = Question.parse("GET /api/v2");
    assertThrows(IllegalArgumentException.class, () -> own.explain("u", question));
  }

  @Test
  void withoutRulesTheBoundsDecide() {
    ChromaAuthFilter open =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(
                    Names.AUTHN_PROVIDER,
                    "token",
                    Names.AUTHN_CREDENTIALS,
                    "users:\n- {id: a, tokens: [t], tenant: acme}\n"))
            .build();
    assertEquals(
        "test CHROMA_SERVER_AUTHN_CREDENTIALS:2 users[0]: bounds of a",
        open.explain("a", Question.parse("GET /api/v2/tenants/x")).rule());
    assertEquals(
        "no authorization is configured",
        open.explain("a", Question.parse("GET /api/v2/tenants/acme")).rule());
  }

  @Test
  void aFilterThatLetsEverybodyInExplainsNothing() {
    ChromaAuthFilter open =
        ChromaAuthFilter.builder().settings(Team.only(Names.DISABLED, "true")).build();
    Question question = Question.parse("GET /api/v2");
    assertThrows(IllegalStateException.class, () -> open.explain("root", question));
    open.destroy();
    assertThrows(IllegalStateException.class, () -> open.explain("root", question));
  }

  @Test
  void aSupposedRequestHasWhatTheQuestionSaysAndNothingElse() throws IOException {
    SupposedRequest bare = SupposedRequest.of(new OfRequest("GET", "/x", null, null));
    assertEquals("/x", bare.path());
    assertEquals("/x", bare.rawUri());
    assertNull(bare.query());
    assertNull(bare.header("Authorization"));
    assertEquals(List.of(), bare.values("Authorization"));
    assertEquals("", bare.remoteAddress());
    assertFalse(bare.isIncluded());
    assertEquals(0, bare.contentLength());
    assertEquals(-1, bare.body().read());
    SupposedRequest full = SupposedRequest.of(new OfRequest("PUT", "/x?a?b", "é", null));
    assertEquals("/x", full.path());
    assertEquals("a?b", full.query());
    assertEquals(2, full.contentLength());
    assertEquals(2, full.body().readAllBytes().length);
    assertTrue(full.containerPrincipal().isEmpty());
  }

  private Explanation explain(
      String user,
      String method,
      String target,
      @Nullable String body,
      @Nullable AuthzResource collection) {
    return filter.explain(user, new OfRequest(method, target, body, collection));
  }
}
