"""A pytest plugin: lets Chroma's own tests ask a server that runs already, instead of servers that they start.

Set up by `run`, through variables: CHROMA_TESTS_URL, CHROMA_TESTS_EXPECTED (lists of expected failures, with `:` between),
CHROMA_TESTS_FAST (1: the fast half), CHROMA_TESTS_SERVER (a command, see served), CHROMA_SCHEME and CHROMA_CREDENTIALS as
for the clients, CHROMA_TESTS_OUTPUT (a file descriptor for the results, a line for each test).

It changes chromadb.test.conftest before pytest reads it. This must therefore be loaded with `-p`.
"""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
import time
import types
import urllib.request
from enum import Enum
from urllib.parse import urlsplit

import hypothesis
import numpy
import pytest

os.environ["CHROMA_INTEGRATION_TEST_ONLY"] = "1"  # before the import: nothing that runs inside this process
os.environ["ANONYMIZED_TELEMETRY"] = "False"

import chromadb

IS_0_6 = chromadb.__version__.startswith("0.6.")
if not IS_0_6:
    # The server of old, which 1.5.9 still brings along, but not what that needs.
    sys.modules["chromadb.server.fastapi"] = types.ModuleType("chromadb.server.fastapi")

import chromadb.test.conftest as conftest
from chromadb.api import ServerAPI
from chromadb.config import Settings, System
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

URL = os.environ["CHROMA_TESTS_URL"]
SERVER = os.environ.get("CHROMA_TESTS_SERVER", "")
SCHEME = os.environ.get("CHROMA_SCHEME", "")
CREDENTIALS = os.environ.get("CHROMA_CREDENTIALS", "")
FAST = os.environ.get("CHROMA_TESTS_FAST") == "1"
BASIC = "chromadb.auth.basic_authn.BasicAuthClientProvider"
TOKEN = "chromadb.auth.token_authn.TokenAuthClientProvider"
SYNC, ASYNC = "chromadb.api.fastapi.FastAPI", "chromadb.api.async_fastapi.AsyncFastAPI"

# What goes over HTTP: whoever asks for one of these fixtures, and modules that start servers by themselves.
FIXTURES = {
    "system",
    "system_http_server",
    "system_auth",
    "system_wrong_auth",
    "system_authn_rbac_authz",
    "http_api_factory",
}
MODULES = {"test_token_authn.py", "test_simple_rbac_authz.py", "test_collections_with_database_tenant_overwrite.py"}
# The fast half is without the asynchronous client, and without these, which take most of the time.
SLOW = {"property", "test_multithreaded.py", "test_multiple_clients_concurrency.py"} | MODULES
EXAMPLES, STEPS = 3, 8


# The server


def credentials_of(impl):
    """The client's settings that send the credentials; the asynchronous client knows headers only."""
    if not CREDENTIALS:
        return {}
    if impl == ASYNC:
        return {"chroma_server_headers": headers()}
    settings = {
        "chroma_client_auth_provider": BASIC if SCHEME == "basic" else TOKEN,
        "chroma_client_auth_credentials": CREDENTIALS,
    }
    if SCHEME == "x-chroma-token":
        settings["chroma_auth_token_transport_header"] = "X-Chroma-Token"
    return settings


def headers():
    if not CREDENTIALS:
        return {}
    if SCHEME == "basic":
        return {"Authorization": "Basic " + base64.b64encode(CREDENTIALS.encode()).decode()}
    if SCHEME == "bearer":
        return {"Authorization": "Bearer " + CREDENTIALS}
    return {"X-Chroma-Token": CREDENTIALS}


def system_of(url, impl, **more):
    address = urlsplit(url)
    return System(
        Settings(
            chroma_api_impl=impl,
            chroma_server_host=address.hostname,
            chroma_server_http_port=address.port,
            chroma_server_ssl_enabled=address.scheme == "https",
            allow_reset=True,
            anonymized_telemetry=False,
            **more,
        )
    )


def running(request):
    impl = ASYNC if request.param == "async" else SYNC
    if IS_0_6:
        reset_database()  # its tests expect an empty one in each module
    system = system_of(URL, impl, **credentials_of(impl))
    system.start()
    yield system
    system.stop()


def reset_database():
    request = urllib.request.Request(URL + "/api/v2/reset", b"", headers(), method="POST")
    urllib.request.urlopen(request, timeout=60).close()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


STARTED = []


def served(**settings):
    """In place of Chroma's function that starts a server with settings. Some tests take one step of it, and forget it."""
    steps = steps_of_server(**settings)
    STARTED.append(steps)
    return steps


def steps_of_server(is_persistent=False, chroma_api_impl=SYNC, **settings):
    """SERVER, with these settings as its environment."""
    client = {k: v for k, v in settings.items() if k.startswith("chroma_client_")}
    if settings.get("chroma_auth_token_transport_header"):
        client["chroma_auth_token_transport_header"] = settings["chroma_auth_token_transport_header"]
    environment = {k.upper(): text(v) for k, v in settings.items() if v and not k.startswith("chroma_client_")}
    reset_database()  # a server of theirs begins with an empty one
    port = free_port()
    command = SERVER.split() + ["--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        command, env={**without_chroma(os.environ), **environment, "CHROMA_AUTH_COMPAT": "native-0.6"}
    )
    try:
        await_port(process, port)
        overwrite = bool(settings.get("chroma_overwrite_singleton_tenant_database_access_from_auth"))
        system = system_of(
            f"http://127.0.0.1:{port}",
            chroma_api_impl,
            chroma_overwrite_singleton_tenant_database_access_from_auth=overwrite,
            **client,
        )
        system.instance(ServerAPI)
        system.start()
        yield system
        system.stop()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def text(value):
    return str(value.value if isinstance(value, Enum) else value)


def without_chroma(environment):
    return {k: v for k, v in environment.items() if not k.startswith("CHROMA_")}


def await_port(process, port):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"{SERVER} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{SERVER} does not listen")


def embed_without_model(self, input):
    """The default embedding function would download a model. Equal texts have equal vectors, and no more is asked."""
    return [numpy.random.default_rng(list(text.encode()) or [0]).random(384).astype(numpy.float32) for text in input]


scope = "module" if IS_0_6 else "function"
clients = ["sync"] if FAST else ["sync", "async"]
for name in ("system", "system_http_server"):
    setattr(conftest, name, pytest.fixture(scope=scope, params=clients, name=name)(running))
if SERVER:
    conftest._fastapi_fixture = served
elif not IS_0_6:
    conftest._fastapi_fixture = lambda **_: pytest.skip("starts a server: needs --server")
ONNXMiniLM_L6_V2.__call__ = embed_without_model
if IS_0_6:
    # The only patterns are of collections' names, and match one with a line break at its end, which no server should
    # take; 1.5.9's tests strip it.
    from_regex = hypothesis.strategies.from_regex
    hypothesis.strategies.from_regex = lambda *pattern, **options: from_regex(*pattern, **options).map(str.strip)


# Hypothesis: few examples, the same ones each time, and no search for a smaller one


def few(settings):
    return hypothesis.settings(
        settings,
        max_examples=min(settings.max_examples, EXAMPLES),
        stateful_step_count=min(settings.stateful_step_count, STEPS),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
        deadline=None,
        database=None,
        derandomize=True,
        print_blob=False,
        verbosity=hypothesis.Verbosity.normal,
    )


hypothesis.settings.register_profile("few", few(hypothesis.settings.get_profile("fast")))
hypothesis.settings.load_profile("few")
conftest.override_hypothesis_profile = lambda **_: hypothesis.settings.get_profile("few")


# Which tests, and what became of them

IGNORED = (
    "client/test_database_tenant_auth.py",  # its server has a provider of the test's own, a class in Python
    "client/test_http_client_v1_compatability.py",  # installs another chromadb when it runs
    "property/test_persist.py",  # from here: a store inside the test's process
    "property/test_restart_persist.py",
    "property/test_cross_version_persist.py",
    "property/test_sysdb.py",
    "property/test_segment_manager.py",
    "api/test_schema.py",  # asks no server, and has the name of another module
)


def pytest_ignore_collect(collection_path):
    return True if collection_path.as_posix().endswith(IGNORED) else None


def name_of(nodeid):
    return re.sub(r"^.*chromadb/test/", "", nodeid).replace("[single-region]", "")


def is_wanted(item):
    over_http = FIXTURES & set(getattr(item, "fixturenames", ())) or item.path.name in MODULES
    return over_http and not (FAST and SLOW & set(item.path.parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    config.hook.pytest_deselected(items=[i for i in items if not is_wanted(i)])
    items[:] = [i for i in items if is_wanted(i)]
    for item in items:
        test = getattr(item, "obj", None)
        own = getattr(test, "_hypothesis_internal_use_settings", None)
        if own is not None:
            getattr(test, "__func__", test)._hypothesis_internal_use_settings = few(own)


def read_expected():
    """Lines of `NAME  # reason`; a * in a name is any text."""
    patterns = []
    for path in os.environ["CHROMA_TESTS_EXPECTED"].split(":"):
        with open(path) as lines:
            names = [line.partition("  #")[0].strip() for line in lines]
        for name in names:
            if name and not name.startswith("#"):
                patterns.append(re.compile(".*".join(re.escape(part) for part in name.split("*"))))
    return patterns


class Results:
    """A line for each test when it is over: pass, skip, known (a failure on the list), FAIL or NEWS (on the list, passed)."""

    def __init__(self):
        self.expected = read_expected()
        self.output = os.fdopen(int(os.environ["CHROMA_TESTS_OUTPUT"]), "w", buffering=1)
        self.outcome = "pass"
        self.counts = dict.fromkeys(("pass", "skip", "known", "FAIL", "NEWS"), 0)

    def pytest_collectreport(self, report):
        if report.failed:
            self.tell("FAIL", name_of(report.nodeid) + " (was not collected)")

    def pytest_runtest_logstart(self):
        self.outcome = "pass"

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.outcome = "fail"
        elif report.skipped and self.outcome == "pass":
            self.outcome = "skip"

    def pytest_runtest_logfinish(self, nodeid):
        name = name_of(nodeid)
        is_expected = any(pattern.fullmatch(name) for pattern in self.expected)
        if self.outcome == "fail":
            self.tell("known" if is_expected else "FAIL", name)
        else:
            self.tell("NEWS" if is_expected and self.outcome == "pass" else self.outcome, name)

    def tell(self, outcome, name):
        self.counts[outcome] += 1
        self.output.write(f"{outcome:5} {name}\n")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        ran = self.counts["pass"] + self.counts["known"] + self.counts["NEWS"]
        self.output.write("total " + ", ".join(f"{n} {outcome}" for outcome, n in self.counts.items()) + "\n")
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            session.exitstatus = 0 if ran and not self.counts["FAIL"] else 1


def pytest_configure(config):
    config.pluginmanager.register(Results(), "results")


def pytest_unconfigure():
    for steps in STARTED:
        steps.close()
