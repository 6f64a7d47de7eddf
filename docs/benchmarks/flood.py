#!/usr/bin/env python3
"""What wrong passwords cost the others: the embedded API behind tokens and htpasswd of bcrypt cost 12, audit as by default.

  docs/benchmarks/flood.py [--rounds 5] [--secs 3]

Needs wrk and htpasswd. 50 connections from 127.0.0.1 always have a wrong password in flight, or pause for 100 ms after each
answer: of a real user, or of ever new names. As many that ask for the open heartbeat, which verifies nothing, tell what is
due to two cores that wrk keeps busy. Rounds with and without are interleaved, and none begins before the server is idle.
Measures a token's requests from 127.0.0.2 one after another, the real user's own login from there, and the memory of the
server. peers.py runs it too.
"""

import argparse
import base64
import contextlib
import http.client
import os
import shutil
import statistics
import subprocess
import tempfile
import time

import bench

TOKEN = "benchmark-token-0123456789"
IDENTITY, HEARTBEAT = "/api/v2/auth/identity", "/api/v2/heartbeat"
CONNECTIONS = 50
PAUSE_MS = 100
# what it is | the user whose password is wrong, in Lua | pause after an answer
FLOODS = {
    "none": ("no wrong passwords", None, 0),
    "guesses-pausing": ("one user's passwords, a pause after each", "'alice'", PAUSE_MS),
    "names-pausing": ("ever new names, a pause after each", "'user' .. n", PAUSE_MS),
    "heartbeats": ("heartbeats without credentials, no pause", None, 0),
    "guesses": ("one user's passwords, no pause", "'alice'", 0),
    "names": ("ever new names, no pause", "'user' .. n", 0),
}
SCRIPT = """
local alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
local function letter(bits) bits = bits %% 64 + 1; return alphabet:sub(bits, bits) end
local function base64(text)
  text = text .. (' '):rep(-#text %% 3) -- spaces belong to the wrong password
  return (text:gsub('...', function(three)
    local a, b, c = three:byte(1, 3)
    local bits = a * 65536 + b * 256 + c
    return letter(math.floor(bits / 262144)) .. letter(math.floor(bits / 4096)) .. letter(math.floor(bits / 64)) .. letter(bits)
  end))
end
local n = 0
request = function()
  n = n + 1
  return wrk.format('GET', nil, {['Authorization'] = 'Basic ' .. base64(%s .. ':wrong' .. n)})
end
"""


def seen(source, port, path, headers):
    """Status and milliseconds of one request over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
    begin = time.perf_counter()
    connection.request("GET", path, headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status, (time.perf_counter() - begin) * 1e3


def token_latencies(port, seconds):
    """Microseconds of a token's requests one after another: wrk can't choose its address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=("127.0.0.2", 0))
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        begin = time.perf_counter()
        connection.request("GET", IDENTITY, headers={"Authorization": "Bearer " + TOKEN})
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - begin) * 1e6)
        assert response.status == 200, response.status
    connection.close()
    return statistics.quantiles(times, n=100)


@contextlib.contextmanager
def flooding(name, port, seconds, folder):
    """A flood for as long as the block runs, at most so many seconds."""
    if name == "none":
        yield
        return
    script = os.path.join(folder, name + ".lua")
    _, user, pause = FLOODS[name]
    with open(script, "w") as file:
        file.write(SCRIPT % user if user else "")
        file.write(f"delay = function() return {pause} end\n" if pause else "")
    path = IDENTITY if user else HEARTBEAT
    process = subprocess.Popen(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}{path}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
        assert process.poll() is None, "the flood ended before the measurement"
    finally:
        process.terminate()
        process.wait()


def wait_until_idle(server):
    """Verifications that a flood has left behind are no part of the next round."""
    end, before = time.perf_counter() + 60, None
    while before is None or bench.cpu_seconds(server.pid) - before > 0.02:
        assert time.perf_counter() < end, "the server does not come to rest"
        before = bench.cpu_seconds(server.pid)
        time.sleep(0.2)


def one_round(server, name, seconds, folder):
    alice = {"Authorization": "Basic " + base64.b64encode(b"alice:right").decode()}
    wait_until_idle(server)
    with flooding(name, server.port, seconds + 60, folder):
        time.sleep(1 if name != "none" else 0)  # until it is in full swing
        percentiles = token_latencies(server.port, seconds)
        status, milliseconds = seen("127.0.0.2", server.port, IDENTITY, alice)
        rss = bench.rss_mib(server.pid)
    return {
        "p50_us": percentiles[49], "p99_us": percentiles[98], "rss_mib": rss,
        "login_ms": milliseconds, "logins_refused": status != 200,
    }


def measure(rounds, count, seconds):
    """Adds `count` rounds of each."""
    folder = tempfile.mkdtemp()
    port = bench.free_ports(1)[0]
    files = [os.path.join(folder, "token"), os.path.join(folder, "htpasswd")]
    for file_name, text in zip(files, (TOKEN, bench.htpasswd_line("alice", "right", 12))):
        with open(file_name, "w") as file:
            file.write(text + "\n")
    server = bench.Server(
        "flooded", [bench.java(), *bench.JVM, "-jar", bench.JAR, "run", "--host", "127.0.0.1", "--port", port, "--path",
                    os.path.join(folder, "data")], port, folder,
        {"CHROMA_SERVER_AUTHN_PROVIDER": "token,basic", "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE": ",".join(files),
         "CHROMA_AUTH_CACHE_TTL": "0"})
    try:
        server.start(HEARTBEAT)
        for name in FLOODS:
            one_round(server, name, seconds, folder)  # warms up
        for number in range(1, count + 1):
            for name in FLOODS:
                rounds.add("flood", number, name, FLOODS[name][0], one_round(server, name, seconds, folder))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Printed:
    """Rounds for the eye."""

    def add(self, work, number, name, about, measures):
        print(number, name, " ".join(f"{measure} {value:.0f}" for measure, value in measures.items()), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--secs", type=int, default=3)
    bench.leave_nothing_behind()
    given = parser.parse_args()
    measure(Printed(), given.rounds, given.secs)
