#!/usr/bin/env python3
"""The embedded Chroma API beside Chroma 1.5.9, both over HTTP on loopback, their requests interleaved.

  python3 docs/benchmarks/embedded.py CHROMA RECORDS

CHROMA is the program `chroma` of a Python environment with chromadb 1.5.9; RECORDS how many are added, of 384 dimensions
with a document of about 200 bytes and two metadata fields. Prints a table of medians, and of ours as a ratio of Chroma's.
"""

import http.client
import json
import math
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

DIMENSIONS = 384
BATCH = 500
QUERIES = 60
SINGLES = 60
TOKEN = "benchmark-token-0123456789"
PLACE = "/api/v2/tenants/default_tenant/databases/default_database/collections"
WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau".split()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, name, command, environment):
        self.name = name
        self.port = free_port()
        self.folder = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self.port), "--path", self.folder],
            env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.times = {}
        self.connection = None
        deadline = time.time() + 60
        while True:
            try:
                self.send("GET", "/api/v2/heartbeat")
                break
            except OSError:
                self.connection = None
                if time.time() > deadline:
                    raise
                time.sleep(0.1)
        self.id = self.send("POST", PLACE, {"name": "bench"})["id"]

    def send(self, method, path, body=None, what=None):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json"}
        payload = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        begin = time.perf_counter()
        self.connection.request(method, path, payload, headers)
        response = self.connection.getresponse()
        answer = response.read()
        took = time.perf_counter() - begin
        if response.status >= 300:
            raise RuntimeError(f"{self.name} {method} {path}: {response.status} {answer[:200]!r}")
        if what:
            self.times.setdefault(what, []).append(took * 1000)
        return json.loads(answer) if answer else None

    def collection(self, verb, body, what=None):
        return self.send("POST", f"{PLACE}/{self.id}/{verb}", body, what)

    def rss(self):
        pages = int(open(f"/proc/{self.process.pid}/statm").read().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def vector(rng):
    return [round(rng.gauss(0, 1), 5) for _ in range(DIMENSIONS)]


def batch(rng, first, count):
    numbers = range(first, first + count)
    return json.dumps({
        "ids": [f"id-{n}" for n in numbers],
        "embeddings": [vector(rng) for _ in numbers],
        "documents": [" ".join(rng.choices(WORDS, k=34)) + f" needle{n % 1000}" for n in numbers],
        "metadatas": [{"tenth": n % 10, "kind": f"k{n % 1000}"} for n in numbers],
    }).encode()


def main(chroma, records):
    rng = random.Random(42)
    java = "java"
    jar = os.path.join(os.path.dirname(__file__), "..", "..", "chroma-auth-jetty-demo", "target",
                       "chroma-auth-jetty-demo.jar")
    ours = Server("chroma-auth", [java, "--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-Xmx1g", "-jar", jar,
                                   "run"], {
        "CHROMA_SERVER_AUTHN_PROVIDER": "token", "CHROMA_SERVER_AUTHN_CREDENTIALS": TOKEN})
    theirs = Server("Chroma 1.5.9", [chroma, "run"], {"ANONYMIZED_TELEMETRY": "False"})
    servers = [ours, theirs]
    try:
        for first in range(0, records, BATCH):
            body = batch(rng, first, min(BATCH, records - first))
            rng.shuffle(servers)
            for server in servers:
                server.collection("add", body, f"add of {BATCH}")
        for n in range(SINGLES):
            body = batch(rng, records + n, 1)
            rng.shuffle(servers)
            for server in servers:
                server.collection("add", body, "add of one")
        kinds = {
            "query": {},
            "query, where 10 %": {"where": {"tenth": 3}},
            "query, where 0.1 %": {"where": {"kind": "k77"}},
            "query, $contains 0.1 %": {"where_document": {"$contains": "needle770"}},
        }
        right = 0
        for n in range(QUERIES):
            embedding = vector(rng)
            for what, filters in kinds.items():
                rng.shuffle(servers)
                found = {}
                for server in servers:
                    answer = server.collection(
                        "query", {"query_embeddings": [embedding], "n_results": 10, "include": ["distances"], **filters},
                        what)
                    found[server.name] = answer["distances"][0]
                pairs = zip(found[ours.name], found[theirs.name])
                right += len(found[ours.name]) and all(a <= b + 1e-3 or math.isclose(a, b, rel_tol=1e-4) for a, b in pairs)
        for server in servers:
            for _ in range(QUERIES):
                server.collection("get", {"where": {"tenth": 3}, "limit": 10, "offset": 100, "include": []}, "get, where 10 %")
        print(f"{records} records, ours never farther than theirs: {right} of {QUERIES * len(kinds)} queries\n")
        print("| work | chroma-auth p50 ms | Chroma 1.5.9 p50 ms | ratio |\n| --- | --- | --- | --- |")
        for what in ours.times:
            a, b = statistics.median(ours.times[what]), statistics.median(theirs.times[what])
            print(f"| {what} | {a:.1f} | {b:.1f} | {a / b:.2f} |")
        print(f"| RSS, MB | {ours.rss():.0f} | {theirs.rss():.0f} | {ours.rss() / theirs.rss():.2f} |")
    finally:
        ours.stop()
        theirs.stop()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
