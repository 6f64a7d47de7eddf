#!/usr/bin/env python3
"""chroma-auth beside what people put in front of Chroma today, all before one real Chroma 1.5.9, and beside Chroma 0.6.3.

  docs/benchmarks/peers.py                    all of it, about 17 minutes; a table and what became of the targets
  docs/benchmarks/peers.py --publish          the same, and puts it into docs/benchmarks.md with its plots

Needs wrk, htpasswd, nginx, Caddy 2, Maven, and the program `chroma` of chromadb 1.5.9 and 0.6.3: as .ci/install-clients
has left them, or named in $CHROMA_1_5_9 and $CHROMA_0_6_3 (without the latter its row is left out). Every contender must
answer 200 with its credentials, 401 or 403 without, and nothing but 2xx while it warms up. Rounds are interleaved, and every
second one goes the other way round. Every single figure is in rounds.csv; report.py makes the tables from it again.
Everything binds to loopback, on free ports, and ends with the script.
"""

import argparse
import csv
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time

import bench
import contenders
import flood
import report

DIMENSIONS, RECORDS, QUERIES = 64, 1000, 64
WARM_UP_SLICE = 2
WARM_UP_REQUESTS = {"get": 50_000, "query": 20_000, "json": 150_000}
WORKS = ("get", "query", "json", "start", "flood")


class Rounds:
    """Where every figure goes at once, so that a run that is cut leaves what it had."""

    def __init__(self, file_name):
        self.file = open(file_name, "w", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(["work", "round", "contender", "about", "measure", "value"])

    def add(self, work, number, contender, about, measures):
        for measure, value in measures.items():
            self.writer.writerow([work, number, contender, about, measure, f"{value:.6g}"])
        self.file.flush()


def seed(contender):
    """Fills a collection; its id."""
    port, headers = contender.server.port, contender.headers
    status, body = bench.ask(port, "POST", bench.COLLECTIONS, {"name": "bench", "get_or_create": True}, headers)
    assert status in (200, 201), (contender.name, status, body)
    collection = json.loads(body)["id"]
    numbers = random.Random(1)
    records = {"ids": [f"id{i}" for i in range(RECORDS)], "embeddings": [vector(numbers) for _ in range(RECORDS)]}
    status, body = bench.ask(port, "POST", f"{bench.COLLECTIONS}/{collection}/add", records, headers)
    assert status in (200, 201), (contender.name, status, body)
    return collection


def vector(numbers):
    return [round(numbers.uniform(-1, 1), 4) for _ in range(DIMENSIONS)]


class Job:
    """One contender at one work, checked and warmed up."""

    def __init__(self, work, contender, collection, options):
        self.work, self.contender, self.options = work, contender, options
        query = work == "query"
        self.path = f"{bench.COLLECTIONS}/{collection}/query" if query else bench.TENANT
        numbers = random.Random(2)
        bodies = [{"query_embeddings": [vector(numbers)], "n_results": 5, "include": ["distances"]} for _ in range(QUERIES * query)]
        self.check("POST" if query else "GET", bodies[0] if query else None)
        self.script = bench.wrk_script(
            os.path.join(contender.server.folder, f"{contender.name}-{work}.lua"), "POST" if query else "GET", self.path,
            contender.headers, [json.dumps(body) for body in bodies])
        self.warm_up()

    def check(self, method, body):
        port = self.contender.server.port
        status, answer = bench.ask(port, method, self.path, body, self.contender.headers)
        assert status == 200, (self.contender.name, self.work, status, answer)
        if self.contender.headers:
            status, _ = bench.ask(port, method, self.path, body)
            assert status in (401, 403), (self.contender.name, self.work, "without credentials", status)

    def warm_up(self):
        """Until a JVM has compiled what it runs, which is a matter of requests rather than of time."""
        needed = WARM_UP_REQUESTS[self.work] if self.contender.is_java else 1
        end = time.perf_counter() + self.options.warm
        while needed > 0:
            said = self.drive(WARM_UP_SLICE)
            assert said["bad"] == 0, (self.contender.name, self.work, said)
            needed = needed - said["requests"] if time.perf_counter() < end else 0

    def drive(self, seconds):
        return bench.wrk(self.contender.server.port, self.path, self.script, seconds, self.options.conns)

    def measure(self):
        upstream = self.contender.upstream
        pids = [self.contender.server.pid] + ([upstream.server.pid] if upstream else [])
        before = [bench.cpu_seconds(pid) for pid in pids]
        said = self.drive(self.options.secs)
        requests = max(1, said.pop("requests"))
        spent = [(bench.cpu_seconds(pid) - cpu) / requests * 1e6 for pid, cpu in zip(pids, before)]
        return {**said, "cpu_us": spent[0], "rss_mib": bench.rss_mib(pids[0]), **({"upstream_cpu_us": spent[1]} if upstream else {})}


def load(field, chosen, options, rounds):
    works = [work for work in options.works if work in ("get", "query", "json")]
    wanted = [c for c in chosen if set(works) & set(c.works)]
    servers = list(dict.fromkeys([c.upstream for c in wanted if c.upstream] + wanted))
    try:
        for c in servers:
            c.server.start(headers=c.headers)
        collections = {c.name: seed(c) for c in servers if c.seeded}
        jobs = [Job(work, c, collections.get((c.upstream or c).name), options) for work in works for c in wanted if work in c.works]
        for number in range(1, options.rounds + 1):
            for job in jobs[:: 1 if number % 2 else -1]:
                rounds.add(job.work, number, job.contender.name, job.contender.about, job.measure())
            print(f"round {number} of {options.rounds}", flush=True)
    finally:
        for c in reversed(servers):
            c.server.stop()


def start(field, chosen, options, rounds):
    """From the start of the process to its first 200."""
    upstream = field.upstream
    try:
        upstream.server.start()
        for number in range(1, options.rounds + 1):
            for c in [c for c in chosen if "start" in c.works]:
                try:
                    seconds = c.server.start(headers=c.headers)
                    time.sleep(0.5)  # what it does after its first answer belongs to its start
                    rounds.add("start", number, c.name, c.about, {
                        "ms": seconds * 1e3, "cpu_s": bench.cpu_seconds(c.server.pid), "rss_mib": bench.rss_mib(c.server.pid)})
                finally:
                    c.server.stop()
    finally:
        upstream.server.stop()


def build():
    """The program with its archive of classes, and the servers in Java that it is compared with."""
    subprocess.run([bench.ROOT / "chroma-auth", "--version"], check=True, stdout=subprocess.DEVNULL)
    jetty = re.search(r"<jetty.version>(.+?)<", (bench.ROOT / "pom.xml").read_text()).group(1)
    floor = pathlib.Path(__file__).resolve().parent / "floor" / "pom.xml"
    subprocess.run(["mvn", "-q", "-B", "-ntp", "-f", floor, f"-Djetty.version={jetty}", "package"], check=True)


def about(options):
    """With what it was measured, for whoever wants to do it again."""
    def first_line(command, stream="stdout"):
        said = subprocess.run(command, capture_output=True, text=True)
        return getattr(said, stream).splitlines()[0].strip()

    model = re.search(r"model name\s+: (.+)", pathlib.Path("/proc/cpuinfo").read_text())
    versions = [
        first_line([bench.java(), "-version"], "stderr"), first_line(["nginx", "-v"], "stderr"),
        "Caddy " + first_line(["caddy", "version"]), first_line(["wrk", "-v"]).split(" [")[0],
        f"{os.cpu_count()} cores" + (f" of {model.group(1)}" if model else "")]
    return (
        f"{time.strftime('%Y-%m-%d')}, {', '.join(versions)}; load average before the run {os.getloadavg()[0]:.1f}. "
        f"{options.rounds} interleaved rounds of {options.secs} s over {options.conns} kept connections, medians and "
        "(least-most). All processes and wrk share the cores. JVMs: `" + " ".join(bench.JVM) + "`.\n")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--secs", type=int, default=3, help="of one measurement")
    parser.add_argument("--warm", type=int, default=45, help="seconds that one work's warm-up in a JVM may take at most")
    parser.add_argument("--conns", type=int, default=8, help="kept connections")
    parser.add_argument("--works", default=",".join(WORKS), type=lambda text: text.split(","))
    parser.add_argument("--only", default="", help="names of contenders, else all")
    parser.add_argument("--out", default=str(bench.ROOT / "target" / "peers"), help="folder for the results")
    parser.add_argument("--publish", action="store_true", help="write into docs/ too")
    return parser.parse_args()


def main():
    options = arguments()
    bench.leave_nothing_behind()
    build()
    os.makedirs(options.out, exist_ok=True)
    folder = tempfile.mkdtemp()
    begin = time.time()
    pathlib.Path(options.out, "about.txt").write_text(about(options))
    try:
        field = contenders.Field(folder)
        only = [name for name in options.only.split(",") if name]
        assert set(only) <= {c.name for c in field.all}, "no such contender; there are " + ", ".join(c.name for c in field.all)
        chosen = [c for c in field.all if not only or c.name in only]
        rounds = Rounds(os.path.join(options.out, "rounds.csv"))
        if set(options.works) & {"get", "query", "json"}:
            load(field, chosen, options, rounds)
        if "start" in options.works:
            start(field, chosen, options, rounds)
        if "flood" in options.works:
            flood.measure(rounds, options.rounds, max(1, options.secs - 1))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{(time.time() - begin) / 60:.1f} minutes")
    report.write(options.out, options.publish)


if __name__ == "__main__":
    main()
