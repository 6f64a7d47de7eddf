package io.chromaauth.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chromaauth.AuthEvent;
import io.chromaauth.settings.Names;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /auth/can-i}: what one may do, and with {@code system:explain} what others may. */
class CanITest {
  private static final String PATH = "/auth/can-i";
  private static final String FIELDS =
      "a key that is none of as, questions, action, body, collection, database, method, path,"
          + " tenant";

  private final ChromaAuthFilter filter =
      ChromaAuthFilter.builder()
          .settings(Team.settings())
          .resolver(new AskedOwners(false, false))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root | {'action':'system:reset'} | {'user_id':'root','decision':'allowed',"
            + "'action':'system:reset','rule':'built-in role admin'}",
        "idle | {'action':'collection:get'} | {'user_id':'idle','decision':'refused',"
            + "'action':'collection:get','status':403,"
            + "'rule':'test CHROMA_SERVER_AUTHZ_CONFIG: no role for user idle'}",
        "alice | {'action':'collection:get','tenant':'globex','database':'d','collection':'c'} |"
            + " {'user_id':'alice','decision':'refused','action':'collection:get','status':403,"
            + "'rule':'test CHROMA_SERVER_AUTHN_CREDENTIALS:3 users[1]: bounds of alice'}",
        "alice | {'as':'alice','action':'tenant:get_tenant','tenant':'acme'} | {'user_id':'alice',"
            + "'decision':'allowed','action':'tenant:get_tenant','rule':'built-in role admin'}",
        "idle | {'method':'GET','path':'/api/v2/heartbeat'} |"
            + " {'user_id':'idle','decision':'allowed','rule':'public path'}",
        "rita | {'method':'GET','path':'/nothing'} | {'user_id':'rita','decision':'refused',"
            + "'status':404,'rule':'not a route of the Chroma API'}",
        "dora | {'method':'POST','path':'/api/v2/tenants/acme/databases'} | {'user_id':'dora',"
            + "'decision':'depends','action':'db:create_database',"
            + "'rule':'depends on what the body names; ask with a body'}",
        "dora | {'method':'POST','path':'/api/v2/tenants/acme/databases','body':{'name':'docs'}} |"
            + " {'user_id':'dora','decision':'allowed','action':'db:create_database',"
            + "'rule':'built-in role admin'}",
        "dora | {'method':'POST','path':'/api/v2/tenants/acme/databases','body':{'name':'x'}} |"
            + " {'user_id':'dora','decision':'refused','action':'db:create_database','status':403,"
            + "'rule':'test CHROMA_SERVER_AUTHN_CREDENTIALS:4 users[2]: bounds of dora'}",
        "dora | {'method':'POST','path':'/api/v2/tenants/acme/databases','body':[1,null]} |"
            + " {'user_id':'dora','decision':'refused','action':'db:create_database','status':400,"
            + "'rule':'malformed body'}",
        "pat | {'method':'GET','path':'/api/v2/tenants/acme/databases/docs/collections/"
            + "00000000-0000-4000-8000-00000000000a/count','tenant':'acme','database':'docs',"
            + "'collection':'private'} | {'user_id':'pat','decision':'refused',"
            + "'action':'collection:count','status':404,'rule':'its owner is out of bounds'}",
      })
  void oneQuestionHasOneAnswer(String user, String question, String answer)
      throws IOException, ServletException {
    Outcome outcome = ask(user, question);
    assertEquals(200, outcome.status());
    assertEquals(json(answer), outcome.body());
    assertEquals("application/json", outcome.response().contentType());
    assertFalse(outcome.reachedTheApplication());
  }

  @Test
  void manyQuestionsAreAnsweredInTheirOrder() throws IOException, ServletException {
    String questions =
        "{'questions':[{'action':'system:reset'},{'method':'GET','path':'/docs'},"
            + "{'action':'collection:get'}]}";
    assertEquals(
        json(
            "{'user_id':'rita','answers':["
                + "{'decision':'refused','action':'system:reset','status':403,"
                + "'rule':'test CHROMA_SERVER_AUTHZ_CONFIG: no role of rita grants system:reset'},"
                + "{'decision':'allowed','rule':'any identity'},"
                + "{'decision':'allowed','action':'collection:get','rule':'built-in role reader'}"
                + "]}"),
        ask("rita", questions).body());
  }

  @Test
  void aListOfOneIsAnsweredAsAList() throws IOException, ServletException {
    assertEquals(
        json("{'user_id':'idle','answers':[{'decision':'allowed','rule':'public path'}]}"),
        ask("idle", "{'questions':[{'method':'GET','path':'/api/v2'}]}").body());
  }

  @Test
  void aHundredQuestionsAreAnsweredAndNotOneMore() throws IOException, ServletException {
    String one = "{'action':'collection:get'}";
    String hundred = String.join(",", Collections.nCopies(100, one));
    assertEquals(200, ask("rita", "{'questions':[" + hundred + "]}").status());
    Outcome more = ask("rita", "{'questions':[" + hundred + "," + one + "]}");
    assertBad("more than 100 questions", more);
  }

  @ParameterizedTest
  @CsvSource({
    // root has system:explain; alice, dora and pat have it too, but bounds hold them
    "root, alice, 200",
    "root, root, 200",
    "root, idle, 200",
    "root, nobody, 404",
    "root, ALICE, 404",
    "root, '', 404",
    "alice, alice, 200",
    "alice, root, 403",
    "alice, dora, 403",
    "alice, nobody, 403",
    "dora, alice, 403",
    "pat, nobody, 403",
    "rita, root, 403",
    "rita, nobody, 403",
    "idle, rita, 403",
    "idle, idle, 200",
  })
  void aboutOthersItTakesTheActionAndNoBounds(String user, String as, int status)
      throws IOException, ServletException {
    String one = "{'as':'" + as + "','action':'collection:get'}";
    Outcome outcome = ask(user, one);
    assertEquals(status, outcome.status());
    String many = "{'questions':[{'action':'collection:get'}],'as':'" + as + "'}";
    assertEquals(status, ask(user, many).status());
    if (status == 200) {
      assertTrue(outcome.body().startsWith(json("{'user_id':'" + as + "',")), outcome.body());
    }
    if (status == 404) {
      assertEquals(json("{'error':'NotFoundError','message':'no such user'}"), outcome.body());
    }
  }

  @Test
  void aRoleWithSystemExplainIsEnough() throws IOException, ServletException {
    ChromaAuthFilter helpdesk =
        Team.filter(
            Names.AUTHZ_CONFIG,
            "{roles_mapping: {helpdesk: {actions: ['system:explain']}},"
                + " users: [{id: rita, role: helpdesk}, {id: alice, role: helpdesk}]}");
    String body = json("{'as':'pat','action':'collection:get'}");
    assertEquals(200, Call.post(PATH).as("rita").json(body).through(helpdesk).status());
    assertEquals(403, Call.post(PATH).as("alice").json(body).through(helpdesk).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the body is not a JSON object",
        "' ' | the body is not a JSON object",
        "[] | the body is not a JSON object",
        "'\"x\"' | the body is not a JSON object",
        "null | the body is not a JSON object",
        "5 | the body is not a JSON object",
        "{} | either questions, or the fields of one question",
        "{'as':'rita'} | either questions, or the fields of one question",
        "{'questions':[]} | no questions",
        "{'questions':[],'action':'collection:get'} |"
            + " either questions, or the fields of one question",
        "{'questions':[{}]} | neither action, nor method and path",
        "{'questions':{}} | questions is not a list",
        "{'questions':'x'} | questions is not a list",
        "{'questions':null} | questions is not a list",
        "{'questions':['collection:get']} | a question is not a JSON object",
        "{'questions':[{'action':'a:b'},[]]} | a question is not a JSON object",
        "{'questions':[{'as':'rita','action':'a:b'}]} | KEYS",
        "{'questions':[{'questions':[]}]} | KEYS",
        "{'Action':'collection:get'} | KEYS",
        "{'acton':'collection:get'} | KEYS",
        "{'as':5,'action':'a:b'} | as is not a text",
        "{'as':null,'action':'a:b'} | as is not a text",
        "{'action':5} | action is not a text",
        "{'action':null} | action is not a text",
        "{'action':['a:b']} | action is not a text",
        "{'action':'a:b','tenant':{}} | tenant is not a text",
        "{'method':'GET','path':7} | path is not a text",
        "{'action':'a:b','method':'GET'} | either action, or method and path",
        "{'action':'a:b','path':'/x'} | either action, or method and path",
        "{'action':'a:b','method':'GET','path':'/x'} | either action, or method and path",
        "{'method':'GET'} | neither action, nor method and path",
        "{'path':'/x'} | neither action, nor method and path",
        "{'tenant':'acme'} | neither action, nor method and path",
        "{'body':{}} | neither action, nor method and path",
        "{'action':'reset'} | action 'reset' is not of the form type:verb, such as collection:add",
        "{'action':'collection:gte'} |"
            + " there is no action 'collection:gte'; did you mean 'collection:get'?",
        "{'action':'collection:get','collection':'c'} | collection 'c' has no database",
        "{'action':'collection:get','database':'d'} | database 'd' has no tenant",
        "{'action':'collection:get'} {} | more than one JSON object",
        "{'action':'collection:get'} x | the body is not one JSON object in UTF-8",
        "{'action':'collection:get' | the body is not one JSON object in UTF-8",
        "{'action':'collection:get'," + "} | the body is not one JSON object in UTF-8",
        "{'action':'a:b','action':'a:b'} | the body is not one JSON object in UTF-8",
        "{'method':'PUT','path':'/x','body':{'a':1,'a':2}} |"
            + " the body is not one JSON object in UTF-8",
        "{action:'a:b'} | the body is not one JSON object in UTF-8",
        "{'action':NaN} | the body is not one JSON object in UTF-8",
      })
  void whatIsNoQuestionIsToldToWhoeverAsks(String body, String message)
      throws IOException, ServletException {
    assertBad(message.equals("KEYS") ? FIELDS : message, ask("rita", body));
  }

  @Test
  void whatIsNotUtf8OrNestedTooDeeplyIsNoQuestion() throws IOException, ServletException {
    byte[] latin1 = "{\"action\":\"é:é\"}".getBytes(StandardCharsets.ISO_8859_1);
    String text = "the body is not one JSON object in UTF-8";
    assertBad(text, Call.post(PATH).as("rita").body(latin1).through(filter));
    assertBad(text, ask("rita", "\uFEFF{'action':'collection:get'}"));
    String deep = "[".repeat(70) + "]".repeat(70);
    assertBad(text, ask("rita", "{'method':'PUT','path':'/x','body':" + deep + "}"));
  }

  @Test
  void anEncodedBodyIsNotReadAndABrokenOneIsNoQuestion() throws IOException, ServletException {
    String body = json("{'action':'collection:get'}");
    for (Call call :
        List.of(
            Call.post(PATH).json(body).header("Content-Encoding", "gzip"),
            Call.post(PATH).json(body).header("Content-Type", "application/json; charset=utf-16"),
            Call.post(PATH).broken())) {
      assertEquals(400, call.as("rita").through(filter).status());
    }
    Call plain = Call.post(PATH).json(body).header("Content-Type", "application/json");
    assertEquals(200, plain.as("rita").through(filter).status());
  }

  @Test
  void aBodyOverTheLimitIsRefused() throws IOException, ServletException {
    ChromaAuthFilter small = Team.filter(Names.INSPECT_LIMIT, "30");
    String longer = json("{'action':'collection:get','tenant':'t'}");
    assertEquals(413, Call.post(PATH).as("root").json(longer).through(small).status());
    assertEquals(413, Call.post(PATH).as("root").json(longer).chunked().through(small).status());
    String shorter = json("{'action':'collection:get'}");
    assertEquals(200, Call.post(PATH).as("root").json(shorter).through(small).status());
    assertEquals(401, Call.post(PATH).json(longer).through(small).status());
  }

  @Test
  void whereTheRulesLieIsNotShown(@TempDir Path directory) throws IOException, ServletException {
    Path users = directory.resolve("users.yaml");
    Files.writeString(
        users,
        """
        users:
        - {id: alice, tokens: [alice-token], tenant: acme}
        - {id: rita, tokens: [rita-token]}
        """);
    Path rules = directory.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        roles_mapping:
          r: {actions: ["collection:*"], tenant: acme, deny: ["collection:add"]}
          a: {actions: ["collection:get"]}
        users:
        - {id: alice, role: a, databases: [docs]}
        - {id: rita, role: r}
        """);
    ChromaAuthFilter ofFiles =
        ChromaAuthFilter.builder()
            .settings(
                Team.only(
                    Names.AUTHN_PROVIDER,
                    "token",
                    Names.AUTHN_CREDENTIALS_FILE,
                    users.toString(),
                    Names.AUTHZ_PROVIDER,
                    "simple_rbac",
                    Names.AUTHZ_CONFIG_FILE,
                    rules.toString()))
            .build();
    String get = "{'action':'collection:get','tenant':'x','database':'d','collection':'c'}";
    assertRule(
        "rules.yaml:5 users[0].id, users.yaml:2 users[0]: bounds of alice", "alice", get, ofFiles);
    assertRule("bounds of rules.yaml:2 roles_mapping.r", "rita", get, ofFiles);
    assertRule(
        "rules.yaml:2 roles_mapping.r.deny[0]", "rita", "{'action':'collection:add'}", ofFiles);
    assertRule(
        "rules.yaml: no role of rita grants db:get_database",
        "rita",
        "{'action':'db:get_database'}",
        ofFiles);
    assertRule("rules.yaml:2 roles_mapping.r", "rita", get.replace("'x'", "'acme'"), ofFiles);
  }

  private static void assertRule(String rule, String user, String question, ChromaAuthFilter asked)
      throws IOException, ServletException {
    String body = Call.post(PATH).as(user).json(json(question)).through(asked).body();
    assertTrue(body.contains("\"rule\":\"" + rule + "\""), body);
  }

  @Test
  void belowAPathPrefixItIsThere() throws IOException, ServletException {
    ChromaAuthFilter below = Team.filter(Names.PATH_PREFIX, "/chroma/db");
    String body = json("{'action':'collection:get'}");
    assertEquals(200, Call.post("/chroma/db" + PATH).as("rita").json(body).through(below).status());
    assertEquals(404, Call.post(PATH).as("rita").json(body).through(below).status());
    Call context = Call.post("/app/chroma/db" + PATH + "/").below("/app").as("rita").json(body);
    assertFalse(context.through(below).reachedTheApplication());
  }

  @Test
  void strangersAndForeignPagesAreRefused() throws IOException, ServletException {
    String body = json("{'action':'collection:get'}");
    assertEquals(401, Call.post(PATH).json(body).through(filter).status());
    Call wrong = Call.post(PATH).json(body).header("Authorization", "Bearer wrong");
    assertEquals(401, wrong.through(filter).status());
    for (String origin : List.of("http://evil.example", "null")) {
      Call foreign = Call.post(PATH).as("root").json(body).header("Origin", origin);
      assertEquals(403, foreign.through(filter).status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "OPTIONS"})
  void itIsPostedAlone(String method) throws IOException, ServletException {
    Outcome outcome = Call.of(method, PATH).as("root").through(filter);
    assertEquals(405, outcome.status());
    assertEquals("POST", outcome.header("Allow"));
  }

  @Test
  void nothingOfItReachesTheApplicationAndTheAuditKnows() throws IOException, ServletException {
    List<AuthEvent> events = new ArrayList<>();
    ChromaAuthFilter told =
        ChromaAuthFilter.builder().settings(Team.settings()).listener(events::add).build();
    for (String body :
        List.of("{'as':'pat','action':'a:b'}", "{'as':'x','action':'system:reset'}", "{")) {
      assertFalse(
          Call.post(PATH).as("root").json(json(body)).through(told).reachedTheApplication());
    }
    String good = json("{'as':'pat','action':'system:reset'}");
    assertFalse(Call.post(PATH).as("root").json(good).through(told).reachedTheApplication());
    assertEquals(List.of(400, 404, 400, 200), events.stream().map(AuthEvent::status).toList());
    assertEquals("can-i about pat", events.get(3).reason());
    assertEquals("root", events.get(3).userId());
  }

  private Outcome ask(String user, String body) throws IOException, ServletException {
    return Call.post(PATH).as(user).json(json(body)).through(filter);
  }

  private static void assertBad(String message, Outcome outcome) {
    assertEquals(400, outcome.status());
    assertEquals(
        "{\"error\":\"InvalidArgumentError\",\"message\":\"" + message + "\"}", outcome.body());
  }

  /** JSON for which this file need not escape its quotes. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
