// Checks a Chroma server, or the gateway before one, with the real JavaScript client (npm chromadb 1.10 and 3.5).
//
// usage: node client.mjs flow|refusals|elsewhere
// environment: NODE_MODULES_DIR (the directory that holds node_modules), CHROMA_URL (http://HOST:PORT), CHROMA_SCHEME
// (basic, bearer, x-chroma-token), CHROMA_CREDENTIALS (an admin's user:password or token), for refusals also
// CHROMA_READER_CREDENTIALS and CHROMA_WRONG_CREDENTIALS, for elsewhere CHROMA_OWN_TENANT and CHROMA_OWN_DATABASE, to
// which the credentials' user is bound.
//
// Prints a line for each check and a total; exits 0 only if checks ran and all passed.

import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const mode = process.argv[2];
if (process.argv.length !== 3 || !["flow", "refusals", "elsewhere"].includes(mode)) {
  stop("usage: client.mjs flow|refusals|elsewhere");
}
mustBeSet(["NODE_MODULES_DIR", "CHROMA_URL", "CHROMA_SCHEME", "CHROMA_CREDENTIALS"]);
if (mode === "refusals") mustBeSet(["CHROMA_READER_CREDENTIALS", "CHROMA_WRONG_CREDENTIALS"]);
if (mode === "elsewhere") mustBeSet(["CHROMA_OWN_TENANT", "CHROMA_OWN_DATABASE"]);
process.env.ANONYMIZED_TELEMETRY = "False";
const {
  NODE_MODULES_DIR: modules,
  CHROMA_URL: url,
  CHROMA_SCHEME: scheme,
  CHROMA_CREDENTIALS: admin,
  CHROMA_READER_CREDENTIALS: reader,
  CHROMA_WRONG_CREDENTIALS: wrong,
  CHROMA_OWN_TENANT: tenant,
  CHROMA_OWN_DATABASE: database,
} = process.env;

// The client is no dependency of this file: which version is checked is the caller's choice.
const require = createRequire(join(modules, "index.js"));
const chromadb = require("chromadb");
const manifest = join(dirname(require.resolve("chromadb")), "../../package.json"); // not exported by name
const isVersion1 = require(manifest).version.startsWith("1.");
const DATABASE = "/api/v2/tenants/default_tenant/databases/default_database";

let passed = 0;
let failed = 0;

/** An absent credential would be sent as none, and the refusal of nobody taken for the refusal of somebody. */
function mustBeSet(variables) {
  const missing = variables.filter((v) => !process.env[v]);
  if (missing.length > 0) stop(`client.mjs: not set: ${missing.join(" ")}`);
  if (!["basic", "bearer", "x-chroma-token"].includes(process.env.CHROMA_SCHEME)) {
    stop("client.mjs: CHROMA_SCHEME is none of basic, bearer, x-chroma-token");
  }
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** One check: whatever fails in it is reported, and the next one runs all the same. */
async function check(name, body) {
  try {
    await body();
    passed++;
    console.log(`ok ${name}`);
  } catch (e) {
    failed++;
    console.log(`FAIL ${name}: ${withoutSecrets(`${e.constructor.name}: ${e.message}`)}`);
  }
}

function withoutSecrets(text) {
  for (const secret of [admin, reader, wrong].filter(Boolean)) {
    for (const form of [base64(secret), secret, secret.split(":").slice(1).join(":")].filter(Boolean)) {
      text = text.replaceAll(form, "***");
    }
  }
  return text.replace(/\s+/g, " ").slice(0, 200);
}

const base64 = (text) => Buffer.from(text, "utf8").toString("base64");

/** The client's own typed error, as the class that callers catch. */
async function refused(type, call) {
  try {
    await call();
  } catch (e) {
    ok(e instanceof type, `${e.constructor.name} instead of ${type.name}: ${e.message}`);
    return;
  }
  throw new Error("was not refused");
}

const unauthorized = (call) => refused(chromadb.ChromaUnauthorizedError, call);
const forbidden = (call) => refused(chromadb.ChromaForbiddenError, call);

/** By its text, where the types differ between versions or say nothing. */
async function fails(text, call) {
  try {
    await call();
  } catch (e) {
    if (text.test(e.message)) return;
    throw e;
  }
  throw new Error("did not fail");
}

const MISSING = /does not exist|could not be found/;

// Ways in

const connect = isVersion1 ? connectWithAuth : connectWithHeaders;

/** Version 1: the auth option. */
function connectWithAuth(credentials, place = {}) {
  if (credentials === undefined) return new chromadb.ChromaClient({ path: url });
  const auth = { provider: scheme === "basic" ? "basic" : "token", credentials };
  if (scheme === "x-chroma-token") auth.tokenHeaderType = "X_CHROMA_TOKEN";
  return new chromadb.ChromaClient({ path: url, auth, ...place });
}

/** Version 3: headers, the only thing that it sends; it ignores the auth option. */
function connectWithHeaders(credentials, place = {}) {
  const { protocol, hostname, port } = new URL(url);
  const ssl = protocol === "https:";
  const headers = authHeaders(credentials);
  return new chromadb.ChromaClient({ host: hostname, port: Number(port), ssl, headers, ...place });
}

function authHeaders(credentials) {
  if (credentials === undefined) return {};
  if (scheme === "basic") return { Authorization: `Basic ${base64(credentials)}` };
  if (scheme === "bearer") return { Authorization: `Bearer ${credentials}` };
  return { "X-Chroma-Token": credentials };
}

// The default embedding function would download a model: this one says so if anything calls it.
const embeddingFunction = {
  name: "none",
  generate: async () => {
    throw new Error("an embedding function was called");
  },
};

/** Version 1 lists names, version 3 collections. */
const namesOf = (collections) => collections.map((c) => c.name ?? c);
const count = (list, item) => list.filter((i) => i === item).length;
const uniqueName = () => `client-${randomUUID()}`;

// What must work

async function flow() {
  const name = uniqueName();
  const renamed = `${name}-renamed`;
  let client, collection;
  const get = (name) => client.getCollection({ name, embeddingFunction });

  await check("construct", () => {
    client = connect(admin);
  });
  await check("heartbeat", async () => {
    ok(Math.abs((await client.heartbeat()) / 1e6 - Date.now()) < 3_600_000, "not the time in nanoseconds");
  });
  await check("version", async () => ok(/^\d+\.\d+\.\d+/.test(await client.version()), "not a version"));
  await check("create-collection", async () => {
    collection = await client.createCollection({ name, metadata: { team: "blue" }, embeddingFunction });
    equal([collection.name, collection.metadata], [name, { team: "blue" }]);
  });
  await check("create-again-fails", () =>
    fails(/already exists/, () => client.createCollection({ name, embeddingFunction })));
  await check("get-or-create", async () => {
    equal((await client.getOrCreateCollection({ name, embeddingFunction })).id, collection.id);
  });
  await check("get-collection", async () => equal((await get(name)).id, collection.id));
  await check("list-collections", async () => {
    equal(count(namesOf(await client.listCollections()), name), 1);
    ok((await client.countCollections()) >= 1, "countCollections found none");
  });
  await check("add", async () => {
    await collection.add({
      ids: ["a", "b", "c"],
      embeddings: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
      metadatas: [{ n: 1, kind: "x" }, { n: 2, kind: "y" }, { n: 3, kind: "y" }],
      documents: ["red apple", "green apple", "yellow banana"],
    });
    equal(await collection.count(), 3);
  });
  await check("query", async () => {
    const found = await collection.query({ queryEmbeddings: [[1, 0.5, 0]], nResults: 3 });
    equal([found.ids, distances(found)], [[["a", "b", "c"]], [0.25, 1.25, 2.25]]);
    equal(found.documents, [["red apple", "green apple", "yellow banana"]]);
    equal(found.metadatas[0][2], { n: 3, kind: "y" });
  });
  await check("query-where", async () => {
    const found = await collection.query({ queryEmbeddings: [[1, 0.5, 0]], nResults: 2, where: { n: { $gte: 2 } } });
    equal([found.ids, distances(found)], [[["b", "c"]], [1.25, 2.25]]);
  });
  await check("query-where-document", async () => {
    const whereDocument = { $contains: "red" };
    const found = await collection.query({ queryEmbeddings: [[0, 0, 1]], nResults: 1, whereDocument });
    equal([found.ids, distances(found)], [[["a"]], [2]]);
  });
  await check("get-where", async () => {
    const found = await collection.get({ where: { kind: "y" } });
    equal([found.ids.sort(), found.documents.sort()], [["b", "c"], ["green apple", "yellow banana"]]);
  });
  await check("get-where-document", async () => {
    equal((await collection.get({ whereDocument: { $contains: "apple" } })).ids.sort(), ["a", "b"]);
  });
  await check("peek", async () => {
    const found = await collection.peek({ limit: 2 });
    equal([found.ids, found.documents], [["a", "b"], ["red apple", "green apple"]]);
  });
  await check("update", async () => {
    await collection.update({ ids: ["a"], embeddings: [[1, 1, 0]], metadatas: [{ n: 10 }], documents: ["red cherry"] });
    const found = await collection.get({ ids: ["a"], include: ["embeddings", "metadatas", "documents"] });
    equal([found.documents, found.embeddings], [["red cherry"], [[1, 1, 0]]]);
    equal(found.metadatas, [{ n: 10, kind: "x" }]);
  });
  await check("upsert", async () => {
    const metadatas = [{ n: 2 }, { n: 4 }];
    await collection.upsert({ ids: ["b", "d"], embeddings: [[0, 2, 0], [2, 0, 0]], documents: ["lime", "date"], metadatas });
    equal(await collection.count(), 4);
    equal((await collection.get({ ids: ["b", "d"] })).documents.sort(), ["date", "lime"]);
  });
  await check("modify-name", async () => {
    await collection.modify({ name: renamed });
    equal((await get(renamed)).id, collection.id);
    await fails(MISSING, () => get(name));
  });
  await check("delete-records", async () => {
    await collection.delete({ ids: ["a"] });
    await collection.delete({ where: { n: 4 } });
    equal((await collection.get()).ids.sort(), ["b", "c"]);
  });
  await check("delete-collection", async () => {
    await client.deleteCollection({ name: renamed });
    equal(count(namesOf(await client.listCollections()), renamed), 0);
  });
  await check("get-deleted-fails", () => fails(MISSING, () => get(renamed)));
}

// Chroma 0.6.3 answers 1.2500000000000002
const distances = (found) => found.distances[0].map((d) => Number(d.toFixed(6)));

// What must be refused

async function refusals() {
  await check("no-credentials", () => {
    const list = () => connect(undefined).listCollections();
    // Version 1 without auth looks for its tenant first, and keeps the typed error of that as text only.
    return isVersion1 ? fails(/ChromaAuthError: Unauthorized$/, list) : unauthorized(list);
  });
  await check("wrong-credentials", () => unauthorized(() => connect(wrong).listCollections()));
  await readerRefusals();
  await rawRefusals();
}

async function readerRefusals() {
  const name = uniqueName();
  let kept, client, collection;
  await check("admin-creates-collection", async () => {
    kept = await connect(admin).createCollection({ name, embeddingFunction });
    await kept.add({ ids: ["a"], embeddings: [[1, 0]], documents: ["one"] });
  });
  await check("reader-constructs-and-lists", async () => {
    client = connect(reader);
    equal(count(namesOf(await client.listCollections()), name), 1);
  });
  await check("reader-counts-and-queries", async () => {
    collection = await client.getCollection({ name, embeddingFunction });
    equal(await collection.count(), 1);
    equal((await collection.query({ queryEmbeddings: [[1, 0]], nResults: 1 })).ids, [["a"]]);
  });
  await check("reader-add", () =>
    forbidden(() => collection.add({ ids: ["b"], embeddings: [[0, 1]], documents: ["two"] })));
  await check("reader-delete", () => forbidden(() => collection.delete({ ids: ["a"] })));
  await check("reader-delete-collection", () => forbidden(() => client.deleteCollection({ name })));
  await check("raw-reader-add", async () => {
    const add = { ids: ["b"], embeddings: [[0, 1]] };
    await answered(await request("POST", `${DATABASE}/collections/${kept.id}/add`, reader, add), 403, "Forbidden");
  });
  await check("count-is-unchanged", async () => equal(await kept.count(), 1));
  await check("admin-deletes-collection", () => connect(admin).deleteCollection({ name }));
}

async function rawRefusals() {
  const collections = `${DATABASE}/collections`;
  const nowhere = "/api/v2/nope";
  const strangers = [
    ["no-credentials", "GET", collections, undefined],
    ["wrong-credentials", "GET", collections, wrong],
    ["unknown-route", "GET", nowhere, undefined],
    ["delete-database", "DELETE", "/api/v2/tenants/default_tenant/databases/x", undefined],
    ["v1-count", "GET", "/api/v1/collections/00000000-0000-4000-8000-000000000000/count", undefined],
  ];
  for (const [name, method, path, credentials] of strangers) {
    await check(`raw-${name}`, async () => {
      const answer = await request(method, path, credentials);
      await answered(answer, 401, "Unauthorized");
      ok(answer.headers.get("WWW-Authenticate"), "no WWW-Authenticate");
    });
  }
  await check("raw-unknown-route-as-admin", async () => same((await request("GET", nowhere, admin)).status, 404));
}

// What somebody bounded to another place is told

async function elsewhere() {
  const help = /outside this identity's tenant or database; pass tenant= and database=/;
  await check("the-defaults-are-refused-and-it-is-said-what-helps", () => {
    const list = () => connect(admin).listCollections();
    // Version 3 has a text of its own for every 403 and shows nobody what the server said.
    return isVersion1 ? fails(help, list) : forbidden(list);
  });
  await check("raw-the-defaults", async () => {
    const answer = await request("GET", `${DATABASE}/collections`, admin);
    same(answer.status, 403);
    ok(help.test((await answer.json()).message), "it is not said what helps");
  });
  await check("what-is-said-helps", () => connect(admin, { tenant, database }).listCollections());
}

/** Without any client: what another program sees. */
function request(method, path, credentials, body) {
  return fetch(url + path, {
    method,
    headers: { "Content-Type": "application/json", ...authHeaders(credentials) },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
}

async function answered(answer, status, message) {
  same(answer.status, status);
  equal(await answer.json(), { error: "AuthError", message });
  ok(answer.headers.get("X-Request-Id"), "no X-Request-Id");
}

function same(actual, expected) {
  ok(actual === expected, `expected ${expected}, found ${actual}`);
}

await { flow, refusals, elsewhere }[mode]();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
