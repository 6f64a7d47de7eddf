#!/usr/bin/env python3
"""What the filter costs: the gateway with the filter against the same gateway with --no-auth.

Needs wrk, a `chroma` of Chroma 1.5.9 in $CHROMA, and the built jar. Rounds are interleaved (A B C, A B C, ...): believe
medians and ratios. Prints a Markdown table. Everything binds to loopback and ends with the script.

  CHROMA=.../bin/chroma docs/benchmarks/gateway.py [--rounds 7] [--secs 5] [--conns 8]
"""
import argparse, base64, http.client, json, os, random, re, signal, socket, statistics, subprocess, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JAR = os.path.join(ROOT, "chroma-auth-jetty-demo", "target", "chroma-auth-jetty-demo.jar")
TENANT = "/api/v2/tenants/default_tenant"
COLLECTIONS = TENANT + "/databases/default_database/collections"
TOKEN, PASSWORD = "bench-token-0123456789abcdef", "correct horse"
HZ = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def ask(port, method, path, body=None, headers=None):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    c.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json", **(headers or {})})
    r = c.getresponse()
    return r.status, r.read()


def start(argv, env, log, port):
    p = subprocess.Popen(argv, env={**os.environ, **env}, cwd=os.path.dirname(log), stdout=open(log, "ab"), stderr=subprocess.STDOUT)
    for _ in range(600):
        try:
            if ask(port, "GET", "/api/v2/heartbeat")[0] == 200:
                return p
        except OSError:
            time.sleep(0.1)
        if p.poll() is not None:
            break
    raise SystemExit("did not start: " + open(log).read())


def cpu(pid):
    f = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(f[11]) + int(f[12])) / HZ


def wrk(port, path, script, secs, conns):
    out = subprocess.run(["wrk", "-t1", "-c%d" % conns, "-d%ds" % secs, "--latency", "-s", script, "http://127.0.0.1:%d%s" % (port, path)],
                         capture_output=True, text=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), int(re.search(r"(\d+) requests in", out).group(1))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--rounds", type=int, default=7)
    ap.add_argument("--secs", type=int, default=5)
    ap.add_argument("--warm", type=int, default=15)
    ap.add_argument("--conns", type=int, default=8)
    ap.add_argument("--works", default="GET,POST", help="GET, POST or both")
    a = ap.parse_args()
    work = tempfile.mkdtemp()
    users = "users:\n" + "".join("- {id: u%d, tokens: [t%d-%s], tenant: default_tenant, databases: [default_database]}\n" % (i, i, TOKEN) for i in range(1000))
    open(work + "/users.yaml", "w").write(users + "- {id: bench, tokens: [%s], tenant: default_tenant, databases: [default_database]}\n" % TOKEN)
    open(work + "/htpasswd", "w").write(subprocess.run(["htpasswd", "-nbB", "-C", "10", "bench", PASSWORD], capture_output=True, text=True, check=True).stdout)
    open(work + "/authz.yaml", "w").write("roles_mapping: {}\nusers: [{id: bench, role: writer}]\n")
    rbac = {"CHROMA_SERVER_AUTHZ_PROVIDER": "simple_rbac", "CHROMA_SERVER_AUTHZ_CONFIG_FILE": work + "/authz.yaml"}
    basic = "Basic " + base64.b64encode(("bench:" + PASSWORD).encode()).decode()
    contenders = [
        ("filter off (--no-auth)", ["--no-auth"], {}, {}),
        ("token, bounded, roles", [], {"CHROMA_SERVER_AUTHN_PROVIDER": "token", "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE": work + "/users.yaml", **rbac},
         {"Authorization": "Bearer " + TOKEN}),
        ("Basic, roles", [], {"CHROMA_SERVER_AUTHN_PROVIDER": "basic", "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE": work + "/htpasswd", **rbac}, {"Authorization": basic}),
    ]
    up = free_port()
    procs = [start([os.environ.get("CHROMA", "chroma"), "run", "--host", "127.0.0.1", "--port", str(up), "--path", work + "/data"],
                   {"ANONYMIZED_TELEMETRY": "False"}, work + "/chroma.log", up)]
    try:
        cid = json.loads(ask(up, "POST", COLLECTIONS, {"name": "bench", "get_or_create": True})[1])["id"]
        rnd = random.Random(1)
        vectors = [[round(rnd.uniform(-1, 1), 4) for _ in range(64)] for _ in range(1000)]
        assert ask(up, "POST", "%s/%s/add" % (COLLECTIONS, cid), {"ids": ["i%d" % i for i in range(1000)], "embeddings": vectors})[0] == 201
        query = json.dumps({"query_embeddings": [vectors[0]], "n_results": 5, "include": ["distances"]})
        works = [("GET tenant", "GET", TENANT, None), ("POST query", "POST", "%s/%s/query" % (COLLECTIONS, cid), query)]
        works = [w for w in works if w[1] in a.works.split(",")]
        running = []
        for k, (name, args, env, headers) in enumerate(contenders):
            port = free_port()
            p = start([os.environ.get("JAVA", "java"), "-XX:+UseSerialGC", "-Xmx256m", "-jar", JAR, "run", "--host", "127.0.0.1", "--port", str(port),
                       "--upstream", "http://127.0.0.1:%d" % up] + args, env, "%s/gateway%d.log" % (work, k), port)
            procs.append(p)
            if headers:
                assert ask(port, "GET", TENANT)[0] == 401
            for work_name, method, path, body in works:
                script = "%s/%d-%s.lua" % (work, k, method)
                with open(script, "w") as f:
                    f.write('wrk.method = "%s"\nwrk.headers["Content-Type"] = "application/json"\n' % method)
                    f.writelines('wrk.headers["%s"] = "%s"\n' % h for h in headers.items())
                    f.write("wrk.body = [==[%s]==]\n" % body if body else "")
                wrk(port, path, script, a.warm, a.conns)
                running.append((work_name, name, port, path, script, p.pid))
        rows = {}
        for _ in range(a.rounds):
            for work_name, name, port, path, script, pid in running:
                before = cpu(pid)
                rps, n = wrk(port, path, script, a.secs, a.conns)
                rows.setdefault((work_name, name), []).append((rps, (cpu(pid) - before) / n * 1e6))
        print("| work | gateway | requests/s median (min-max) | own CPU us/request median | requests/s against off, median of rounds |\n|---|---|---|---|---|")
        for (work_name, name), r in rows.items():
            off = rows[(work_name, contenders[0][0])]
            rps = sorted(x[0] for x in r)
            print("| %s | %s | %.0f (%.0f-%.0f) | %.1f | %.3f |" % (work_name, name, statistics.median(rps), rps[0], rps[-1],
                  statistics.median(x[1] for x in r), statistics.median(x[0] / y[0] for x, y in zip(r, off))))
    finally:
        for p in reversed(procs):
            p.send_signal(signal.SIGTERM)
            p.wait()


if __name__ == "__main__":
    main()
