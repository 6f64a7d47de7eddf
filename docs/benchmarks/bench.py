"""What the benchmarks share: servers that end with the script, CPU and memory of their processes, wrk."""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
JAR = ROOT / "chroma-auth-jetty-demo" / "target" / "chroma-auth-jetty-demo.jar"
JVM = ["-XX:+UseSerialGC", "-Xmx256m"]  # as the launcher starts it
TENANT = "/api/v2/tenants/default_tenant"
COLLECTIONS = TENANT + "/databases/default_database/collections"
TICKS = os.sysconf("SC_CLK_TCK")


def free_ports(count):
    """Ports that were free at the same time."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for s in sockets:
            s.bind(("127.0.0.1", 0))
        return [s.getsockname()[1] for s in sockets]
    finally:
        for s in sockets:
            s.close()


def leave_nothing_behind():
    """A SIGTERM ends the script as an interrupt does, servers first."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def ask(port, method, path, body=None, headers=None, timeout=30):
    """Status and body of one request over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        content = {} if body is None else {"Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), {**content, **(headers or {})})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def family(pid):
    """The process and all that it has started."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(name))
            except OSError:
                pass  # it has just ended
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        left += children.get(found[-1], [])
    return found


def cpu_seconds(pid):
    total = 0
    for one in family(pid):
        with open(f"/proc/{one}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def rss_mib(pid):
    total = 0
    for one in family(pid):
        with open(f"/proc/{one}/smaps_rollup") as file:
            total += int(re.search(r"Rss:\s+(\d+)", file.read()).group(1))
    return total / 1024


class Server:
    """A process that answers on a port of the loopback address; its output goes to a file in the folder."""

    def __init__(self, name, command, port, folder, environment=None):
        self.name, self.command, self.port, self.folder = name, [str(part) for part in command], port, folder
        self.environment = environment or {}
        self.process = None

    def start(self, path=TENANT, headers=None, timeout=90):
        """Seconds until the first 200."""
        log_name = os.path.join(self.folder, self.name + ".log")
        with open(log_name, "ab") as log:
            begin = time.perf_counter()
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env={**os.environ, **self.environment}, stdout=log, stderr=log,
                start_new_session=True)
        while not self.answers(path, headers):
            if self.process.poll() is not None or time.perf_counter() - begin > timeout:
                with open(log_name, errors="replace") as log:
                    raise SystemExit(f"{self.name} did not start:\n{log.read()[-2000:]}")
            time.sleep(0.003)
        return time.perf_counter() - begin

    def answers(self, path, headers):
        try:
            return ask(self.port, "GET", path, headers=headers, timeout=2)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    @property
    def pid(self):
        return self.process.pid

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        processes = family(self.pid)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(8)
        except subprocess.TimeoutExpired:
            for one in processes:
                try:
                    os.kill(one, signal.SIGKILL)
                except OSError:
                    pass  # it has just ended
            self.process.wait()


def chroma(environment_name, default="chroma"):
    """The program `chroma` of a release: from the environment, or as .ci/install-clients has left it."""
    known = pathlib.Path.home() / ".cache" / "chroma-auth" / "env"
    named = dict(line.split("=", 1) for line in known.read_text().split()) if known.exists() else {}
    return os.environ.get(environment_name) or named.get(environment_name, default)


def htpasswd_line(user, password, cost):
    made = subprocess.run(["htpasswd", "-nbB", "-C", str(cost), user, password], capture_output=True, text=True, check=True)
    return made.stdout.strip()


def wrk_script(file_name, method, path, headers, bodies=()):
    """A script for wrk that sends the bodies one after another."""
    lines = [f'wrk.method = "{method}"'] + [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
    if bodies:
        lines += ['wrk.headers["Content-Type"] = "application/json"', "local bodies = {"]
        lines += [f"[==[{body}]==]," for body in bodies]
        lines += ["}", "local made, i = {}, 0"]
        lines += ["init = function(args) for k = 1, #bodies do "
                  f'made[k] = wrk.format(nil, "{path}", nil, bodies[k]) end end']
        lines += ["request = function() i = i % #made + 1; return made[i] end"]
    pathlib.Path(file_name).write_text("\n".join(lines) + "\n")
    return file_name


def wrk(port, path, script, seconds, connections=8):
    """What wrk measured: requests, requests a second, latencies in microseconds, answers that were no 2xx or 3xx."""
    said = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", script,
         f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    return {
        "requests": int(re.search(r"(\d+) requests in", said).group(1)),
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
        "p50_us": microseconds(re.search(r"(?m)^\s+50%\s+(\S+)", said).group(1)),
        "p99_us": microseconds(re.search(r"(?m)^\s+99%\s+(\S+)", said).group(1)),
        "bad": (int(bad.group(1)) if bad else 0) + (sum(map(int, errors.groups())) if errors else 0),
    }


def microseconds(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s|m)$", text).groups()
    return float(number) * {"us": 1, "ms": 1e3, "s": 1e6, "m": 6e7}[unit]
