"""Checks a Chroma server, or the gateway before one, with the real Python client (chromadb 0.4.24, 0.5.23, 0.6.3 and
1.5.9).

usage: client.py flow|refusals|elsewhere
environment: CHROMA_URL (http://HOST:PORT), CHROMA_SCHEME (basic, bearer, x-chroma-token), CHROMA_CREDENTIALS (an
admin's user:password or token), for refusals also CHROMA_READER_CREDENTIALS and CHROMA_WRONG_CREDENTIALS, for elsewhere
CHROMA_OWN_TENANT and CHROMA_OWN_DATABASE, to which the credentials' user is bound.

Prints a line for each check and a total; exits 0 only if checks ran and all passed.
"""

import asyncio
import base64
import json
import os
import re
import sys
import time
import traceback
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

os.environ["ANONYMIZED_TELEMETRY"] = "False"  # before the import: the client reads it there

import chromadb
from chromadb.config import Settings

# 0.4 speaks API v1 only, has no asynchronous client, and other names for its settings. Its errors are plain exceptions
# with the answer as their text, and its constructor puts a text of its own in that one's place.
IS_0_4 = chromadb.__version__.startswith("0.4.")
if IS_0_4:
    BASIC = "chromadb.auth.basic.BasicAuthClientProvider"
    TOKEN = "chromadb.auth.token.TokenAuthClientProvider"
    X_CHROMA_TOKEN = {"chroma_client_auth_token_transport_header": "X_CHROMA_TOKEN"}
    AuthError, UNAUTHORIZED = Exception, "Could not connect to tenant default_tenant"
else:
    from chromadb.errors import ChromaAuthError as AuthError

    BASIC = "chromadb.auth.basic_authn.BasicAuthClientProvider"
    TOKEN = "chromadb.auth.token_authn.TokenAuthClientProvider"
    X_CHROMA_TOKEN = {"chroma_auth_token_transport_header": "X-Chroma-Token"}
    UNAUTHORIZED = "Unauthorized"
DATABASE = "/api/v2/tenants/default_tenant/databases/default_database"

passed = failed = 0


@contextmanager
def check(name):
    """One check: whatever fails in it is reported, and the next one runs all the same."""
    global passed, failed
    try:
        yield
        passed += 1
        print(f"ok {name}", flush=True)
    except Exception as e:
        failed += 1
        print(f"FAIL {name}: {without_secrets(f'{type(e).__name__}: {e}')}", flush=True)


def without_secrets(text):
    for variable in ("CHROMA_CREDENTIALS", "CHROMA_READER_CREDENTIALS", "CHROMA_WRONG_CREDENTIALS"):
        secret = os.environ.get(variable, "")
        for form in (base64_of(secret), secret, secret.partition(":")[2]):
            text = text.replace(form, "***") if form else text
    return " ".join(text.split())[:200]


def base64_of(text):
    return base64.b64encode(text.encode()).decode()


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected}, found {actual}")


def true(condition, otherwise):
    if not condition:
        raise AssertionError(otherwise)


def refused(text, call):
    """The client's own typed error, and the word in it that callers look for."""
    try:
        call()
    except AuthError as e:
        true(text in str(e), f"{type(e).__name__} without {text}: {e}")
        return
    raise AssertionError("was not refused")


def fails(text, call):
    """By its text: the types differ between the client's versions."""
    try:
        call()
    except Exception as e:
        if text in str(e):
            return
        raise
    raise AssertionError("did not fail")


# Ways in


def address():
    url = urlsplit(os.environ["CHROMA_URL"])
    return {"host": url.hostname, "port": url.port, "ssl": url.scheme == "https"}


def connect(credentials, **place):
    """The client with its own authentication provider, as the documentation tells users to."""
    settings = {"anonymized_telemetry": False}
    if credentials is not None:
        basic = os.environ["CHROMA_SCHEME"] == "basic"
        settings["chroma_client_auth_provider"] = BASIC if basic else TOKEN
        settings["chroma_client_auth_credentials"] = credentials
    if os.environ["CHROMA_SCHEME"] == "x-chroma-token":
        settings.update(X_CHROMA_TOKEN)
    return chromadb.HttpClient(**address(), settings=Settings(**settings), **place)


def auth_headers(credentials):
    if credentials is None:
        return {}
    if os.environ["CHROMA_SCHEME"] == "basic":
        return {"Authorization": "Basic " + base64_of(credentials)}
    if os.environ["CHROMA_SCHEME"] == "bearer":
        return {"Authorization": "Bearer " + credentials}
    return {"X-Chroma-Token": credentials}


def list_asynchronously(credentials):
    async def names():
        # headers, because AsyncHttpClient ignores the authentication settings
        client = await chromadb.AsyncHttpClient(
            **address(), headers=auth_headers(credentials), settings=Settings(anonymized_telemetry=False)
        )
        return names_of(await client.list_collections())

    return asyncio.run(names())


def names_of(collections):
    return [c if isinstance(c, str) else c.name for c in collections]  # 0.6 lists bare names


def unique_name():
    return "client-" + uuid.uuid4().hex


def distances(found):
    return [round(d, 6) for d in found["distances"][0]]  # 0.6.3 answers 1.2500000000000002


# What must work


def flow():
    name, admin = unique_name(), os.environ["CHROMA_CREDENTIALS"]
    renamed = name + "-renamed"

    with check("construct"):
        client = connect(admin)
    with check("heartbeat"):
        true(abs(client.heartbeat() / 1e9 - time.time()) < 3600, "not the time in nanoseconds")
    with check("version"):
        true(re.fullmatch(r"\d+\.\d+\.\d+.*", client.get_version()), "not a version")
    with check("create-collection"):
        # No embedding function anywhere: the default one would download a model.
        collection = client.create_collection(name, metadata={"team": "blue"}, embedding_function=None)
        equal((collection.name, collection.metadata), (name, {"team": "blue"}))
    with check("create-again-fails"):
        fails("already exists", lambda: client.create_collection(name, embedding_function=None))
    with check("get-or-create"):
        equal(client.get_or_create_collection(name, embedding_function=None).id, collection.id)
    with check("get-collection"):
        equal(client.get_collection(name, embedding_function=None).id, collection.id)
    with check("list-collections"):
        equal(names_of(client.list_collections()).count(name), 1)
        true(client.count_collections() >= 1, "count_collections found none")
    if not IS_0_4:
        with check("list-collections-async"):
            equal(list_asynchronously(admin).count(name), 1)
    with check("add"):
        collection.add(
            ids=["a", "b", "c"],
            embeddings=[[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            metadatas=[{"n": 1, "kind": "x"}, {"n": 2, "kind": "y"}, {"n": 3, "kind": "y"}],
            documents=["red apple", "green apple", "yellow banana"],
        )
        equal(collection.count(), 3)
    with check("query"):
        found = collection.query(query_embeddings=[[1, 0.5, 0]], n_results=3)
        equal((found["ids"], distances(found)), ([["a", "b", "c"]], [0.25, 1.25, 2.25]))
        equal(found["documents"], [["red apple", "green apple", "yellow banana"]])
        equal(found["metadatas"][0][2], {"n": 3, "kind": "y"})
    with check("query-where"):
        found = collection.query(query_embeddings=[[1, 0.5, 0]], n_results=2, where={"n": {"$gte": 2}})
        equal((found["ids"], distances(found)), ([["b", "c"]], [1.25, 2.25]))
    with check("query-where-document"):
        found = collection.query(query_embeddings=[[0, 0, 1]], n_results=1, where_document={"$contains": "red"})
        equal((found["ids"], distances(found)), ([["a"]], [2.0]))
    with check("get-where"):
        found = collection.get(where={"kind": "y"})
        equal(sorted(zip(found["ids"], found["documents"])), [("b", "green apple"), ("c", "yellow banana")])
    with check("get-where-document"):
        equal(sorted(collection.get(where_document={"$contains": "apple"})["ids"]), ["a", "b"])
    with check("peek"):
        found = collection.peek(limit=2)
        equal((found["ids"], [list(e) for e in found["embeddings"]]), (["a", "b"], [[1, 0, 0], [0, 1, 0]]))
    with check("update"):
        collection.update(ids=["a"], embeddings=[[1, 1, 0]], metadatas=[{"n": 10}], documents=["red cherry"])
        found = collection.get(ids=["a"], include=["embeddings", "metadatas", "documents"])
        equal((found["documents"], list(found["embeddings"][0])), (["red cherry"], [1, 1, 0]))
        equal(found["metadatas"], [{"n": 10, "kind": "x"}])
    with check("upsert"):
        collection.upsert(
            ids=["b", "d"], embeddings=[[0, 2, 0], [2, 0, 0]], documents=["lime", "date"], metadatas=[{"n": 2}, {"n": 4}]
        )
        equal(collection.count(), 4)
        equal(sorted(collection.get(ids=["b", "d"])["documents"]), ["date", "lime"])
    with check("modify-name"):
        collection.modify(name=renamed)
        equal(client.get_collection(renamed, embedding_function=None).id, collection.id)
        fails("does not exist", lambda: client.get_collection(name, embedding_function=None))
    with check("delete-records"):
        collection.delete(ids=["a"])
        collection.delete(where={"n": 4})
        equal(sorted(collection.get()["ids"]), ["b", "c"])
    with check("delete-collection"):
        client.delete_collection(renamed)
        equal(names_of(client.list_collections()).count(renamed), 0)
    with check("get-deleted-fails"):
        fails("does not exist", lambda: client.get_collection(renamed, embedding_function=None))


# What must be refused


def refusals():
    admin, reader = os.environ["CHROMA_CREDENTIALS"], os.environ["CHROMA_READER_CREDENTIALS"]
    wrong = os.environ["CHROMA_WRONG_CREDENTIALS"]
    documentation_tests(admin)
    for name, credentials in (("no", None), ("wrong", wrong)):
        with check(f"{name}-credentials"):
            refused(UNAUTHORIZED, lambda: connect(credentials).list_collections())
        if not IS_0_4:
            with check(f"{name}-credentials-async"):
                refused("Unauthorized", lambda: list_asynchronously(credentials))
    reader_refusals(admin, reader)
    raw_refusals(admin, wrong)


def documentation_tests(admin):
    """The positive and the negative test of Chroma's own documentation, "Testing Authentication"."""
    with check("documented-positive-test"):
        connect(admin).list_collections()
    with check("documented-negative-test"):
        try:
            # The sample constructs outside its try, but since 0.4.15 the constructor is refused already.
            client = chromadb.HttpClient(**address())
            client.list_collections()
        except Exception as e:
            true(UNAUTHORIZED in str(e), f"unexpected error: {e}")
        else:
            raise AssertionError("should have been rejected")


def reader_refusals(admin, reader):
    name = unique_name()
    with check("admin-creates-collection"):
        kept = connect(admin).create_collection(name, embedding_function=None)
        kept.add(ids=["a"], embeddings=[[1, 0]], documents=["one"])
    with check("reader-constructs-and-lists"):
        client = connect(reader)
        equal(names_of(client.list_collections()).count(name), 1)
    with check("reader-counts-and-queries"):
        collection = client.get_collection(name, embedding_function=None)
        equal(collection.count(), 1)
        equal(collection.query(query_embeddings=[[1, 0]], n_results=1)["ids"], [["a"]])
    with check("reader-add"):
        refused("Forbidden", lambda: collection.add(ids=["b"], embeddings=[[0, 1]], documents=["two"]))
    with check("reader-delete"):
        refused("Forbidden", lambda: collection.delete(ids=["a"]))
    with check("reader-delete-collection"):
        refused("Forbidden", lambda: client.delete_collection(name))
    with check("raw-reader-add"):
        add = {"ids": ["b"], "embeddings": [[0, 1]]}
        answer = request("POST", f"{DATABASE}/collections/{kept.id}/add", reader, add)
        answered(answer, 403, "Forbidden")
    with check("count-is-unchanged"):
        equal(kept.count(), 1)
    with check("admin-deletes-collection"):
        connect(admin).delete_collection(name)


def raw_refusals(admin, wrong):
    collections, nowhere = DATABASE + "/collections", "/api/v2/nope"
    strangers = (
        ("no-credentials", "GET", collections, None),
        ("wrong-credentials", "GET", collections, wrong),
        ("unknown-route", "GET", nowhere, None),
        ("delete-database", "DELETE", "/api/v2/tenants/default_tenant/databases/x", None),
        ("v1-count", "GET", "/api/v1/collections/00000000-0000-4000-8000-000000000000/count", None),
    )
    for name, method, path, credentials in strangers:
        with check(f"raw-{name}"):
            answer = request(method, path, credentials)
            answered(answer, 401, "Unauthorized")
            true(answer[1].get("WWW-Authenticate"), "no WWW-Authenticate")
    with check("raw-unknown-route-as-admin"):
        equal(request("GET", nowhere, admin)[0], 404)


# What somebody bounded to another place is told


def elsewhere():
    user = os.environ["CHROMA_CREDENTIALS"]
    own = {"tenant": os.environ["CHROMA_OWN_TENANT"], "database": os.environ["CHROMA_OWN_DATABASE"]}
    with check("the-defaults-are-refused-and-it-is-said-what-helps"):
        told("outside this identity's tenant or database; pass tenant= and database=", lambda: connect(user).list_collections())
    if not chromadb.__version__.startswith("0.4."):
        with check("what-is-said-helps"):
            connect(user, **own).list_collections()


def told(text, call):
    """In the exception itself; 0.4 puts a text of its own before it, and only its traceback tells."""
    try:
        call()
    except Exception as e:
        whole = "".join(traceback.format_exception(e)) if chromadb.__version__.startswith("0.4.") else str(e)
        true(text in whole, f"{type(e).__name__} without {text}: {e}")
        return
    raise AssertionError("was not refused")


def request(method, path, credentials, body=None):
    """Without any client: what another program sees. Status, headers and text."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **auth_headers(credentials)}
    http = urllib.request.Request(os.environ["CHROMA_URL"] + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(http, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read().decode()


def answered(answer, status, message):
    equal(answer[0], status)
    equal(json.loads(answer[2]), {"error": "AuthError", "message": message})
    true(answer[1].get("X-Request-Id"), "no X-Request-Id")


def require(variables):
    """An absent credential would be sent as none, and the refusal of nobody taken for the refusal of somebody."""
    missing = [v for v in variables if not os.environ.get(v)]
    if missing:
        sys.exit(f"client.py: not set: {' '.join(missing)}")
    if os.environ["CHROMA_SCHEME"] not in ("basic", "bearer", "x-chroma-token"):
        sys.exit("client.py: CHROMA_SCHEME is none of basic, bearer, x-chroma-token")


if __name__ == "__main__":
    modes = {"flow": flow, "refusals": refusals, "elsewhere": elsewhere}
    if len(sys.argv) != 2 or sys.argv[1] not in modes:
        sys.exit(__doc__)
    require(["CHROMA_URL", "CHROMA_SCHEME", "CHROMA_CREDENTIALS"])
    if sys.argv[1] == "refusals":
        require(["CHROMA_READER_CREDENTIALS", "CHROMA_WRONG_CREDENTIALS"])
    if sys.argv[1] == "elsewhere":
        require(["CHROMA_OWN_TENANT", "CHROMA_OWN_DATABASE"])
    modes[sys.argv[1]]()
    print(f"{passed} passed, {failed} failed")
    sys.exit(0 if passed and not failed else 1)
