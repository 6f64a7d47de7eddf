#!/usr/bin/env python3
"""What a flood of wrong passwords costs the others: the embedded API behind tokens and htpasswd of bcrypt cost 12.

  python3 docs/benchmarks/flood.py [SECONDS]

Needs wrk and htpasswd. Interleaves rounds without and with a flood: 50 connections from 127.0.0.1 try passwords of a
real user, or of ever new names. Prints the p99 of a token's requests from 127.0.0.2, how the user's own login from
there ended, what the flood was answered, and the memory of the server.
"""

import base64
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

TOKEN = "benchmark-token-0123456789"
JAR = os.path.join(os.path.dirname(__file__), "..", "..", "chroma-auth-jetty-demo", "target", "chroma-auth-jetty-demo.jar")
PATH = "/api/v2/auth/identity"
ROUNDS = 5
FLOOD = """
local n = 0
request = function()
  n = n + 1
  local user = %s
  local pair = user .. ":wrong" .. n
  return wrk.format("GET", "%s", {["Authorization"] = "Basic " .. encode(pair)})
end
local b = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
function encode(data)
  return ((data:gsub('.', function(x)
    local r, c = '', x:byte()
    for i = 8, 1, -1 do r = r .. (c %% 2 ^ i - c %% 2 ^ (i - 1) > 0 and '1' or '0') end
    return r
  end) .. '0000'):gsub('%%d%%d%%d?%%d?%%d?%%d?', function(x)
    if #x < 6 then return '' end
    local c = 0
    for i = 1, 6 do c = c + (x:sub(i, i) == '1' and 2 ^ (6 - i) or 0) end
    return b:sub(c + 1, c + 1)
  end) .. ({'', '==', '='})[#data %% 3 + 1])
end
"""


def get(port, source, authorization):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
    begin = time.perf_counter()
    connection.request("GET", PATH, headers={"Authorization": authorization})
    status = connection.getresponse().status
    connection.close()
    return status, (time.perf_counter() - begin) * 1000


def p99(port, seconds):
    """Of a token's requests one after another: wrk can't choose its address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=("127.0.0.2", 0))
    times, end = [], time.time() + seconds
    while time.time() < end:
        begin = time.perf_counter()
        connection.request("GET", PATH, headers={"Authorization": "Bearer " + TOKEN})
        response = connection.getresponse()
        response.read()
        times.append((time.perf_counter() - begin) * 1000)
        assert response.status == 200, response.status
    return statistics.quantiles(times, n=100)[98]


def main(seconds):
    folder = tempfile.mkdtemp()
    port = socket.socket()
    port.bind(("127.0.0.1", 0))
    number = port.getsockname()[1]
    port.close()
    tokens, passwords = os.path.join(folder, "token"), os.path.join(folder, "htpasswd")
    with open(tokens, "w") as file:
        file.write(TOKEN)
    subprocess.run(["htpasswd", "-cbB", "-C", "12", passwords, "alice", "right"], check=True, capture_output=True)
    alice = "Basic " + base64.b64encode(b"alice:right").decode()
    server = subprocess.Popen(
        ["java", "-XX:+UseSerialGC", "-Xmx256m", "-jar", JAR, "run", "--host", "127.0.0.1", "--port", str(number), "--path",
         os.path.join(folder, "data")],
        env={**os.environ, "CHROMA_SERVER_AUTHN_PROVIDER": "token,basic", "CHROMA_AUTH_AUDIT": "off",
             "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE": tokens + "," + passwords, "CHROMA_AUTH_CACHE_TTL": "0"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                get(number, "127.0.0.2", "")
                break
            except OSError:
                time.sleep(0.1)
        p99(number, 10)
        print("| flood | token p99 ms | alice from elsewhere | answers to the flood | RSS MB |\n| --- | --- | --- | --- | --- |")
        for round in range(ROUNDS):
            for name, user in (("none", None), ("alice's password", "'alice'"), ("new names", "'user' .. n")):
                flood = None
                if user:
                    script = os.path.join(folder, "flood.lua")
                    with open(script, "w") as file:
                        file.write(FLOOD % (user, PATH))
                    flood = subprocess.Popen(
                        ["wrk", "-t1", "-c50", f"-d{seconds + 2}s", "-s", script, f"http://127.0.0.1:{number}"],
                        stdout=subprocess.PIPE, text=True)
                    time.sleep(1)
                logins = [get(number, "127.0.0.2", alice) for _ in range(3)]
                measured = p99(number, seconds - 1)
                said = flood.communicate()[0] if flood else ""
                answers = re.search(r"(\d+) requests in", said), re.search(r"Non-2xx[^:]*: (\d+)", said)
                told = " of ".join(m.group(1) for m in reversed(answers) if m) if flood else "-"
                rss = int(open(f"/proc/{server.pid}/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
                login = ", ".join(f"{status} in {ms:.0f} ms" for status, ms in logins)
                print(f"| {name} | {measured:.2f} | {login} | {told} refused | {rss:.0f} |", flush=True)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
