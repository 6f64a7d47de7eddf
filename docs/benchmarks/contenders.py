"""Who is measured beside whom, with what configuration. All have one user, `bench`, whose password is hashed at cost 5."""

import base64
import dataclasses
import os
import pathlib
import shutil

import bench

USER, PASSWORD, TOKEN = "bench", "correct horse 5", "bench-0123456789abcdef0123456789abcdef"
COST = 5
BASIC = {"Authorization": "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}
BEARER = {"Authorization": "Bearer " + TOKEN}
FLOOR = pathlib.Path(__file__).resolve().parent / "floor" / "target"
FILTER = "io.chromaauth.servlet.ChromaAuthFilter"
OTHER_USERS = 1000


@dataclasses.dataclass(eq=False)
class Contender:
    """A server, what its clients send, and what it is measured at: get, query, json, start."""

    name: str
    about: str
    server: bench.Server
    works: tuple
    headers: dict = dataclasses.field(default_factory=dict)
    upstream: object = None  # another contender
    seeded: bool = False  # a Chroma of its own

    @property
    def is_java(self):
        return bench.JVM[0] in self.server.command


class Field:
    """All contenders, on free ports, with their files in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.ports = iter(bench.free_ports(24))
        self.all = []
        self.write_credentials()
        both = ("get", "query")
        direct = self.add_chroma(
            "chroma-1.5.9", "Chroma 1.5.9 itself, which lets everybody in", "CHROMA_1_5_9", both)
        self.upstream = direct
        self.url = f"http://127.0.0.1:{direct.server.port}"
        self.add_old_chroma()
        self.add_nginx("nginx", "nginx, no authentication", "")
        self.add_nginx("nginx-basic", "nginx `auth_basic`", 'auth_basic "chroma"; auth_basic_user_file htpasswd;', BASIC)
        self.add_nginx("nginx-token", "nginx, static token map, no roles", "if ($known = 0) { return 401; }", BEARER)
        self.add_caddy("caddy", "Caddy, no authentication", "")
        self.add_caddy("caddy-basic", "Caddy `basicauth`", f"basicauth {{\n    {USER} {self.hash}\n  }}", BASIC)
        self.add_plain_jetty("jetty-servlet", "Jetty AsyncProxyServlet, no authentication", "servlet")
        self.add_plain_jetty("jetty-handler", "Jetty ProxyHandler, no authentication", "handler")
        self.add_ours()
        self.add_json()

    def file(self, name, text):
        pathlib.Path(self.folder, name).write_text(text)
        return os.path.join(self.folder, name)

    def write_credentials(self):
        line = bench.htpasswd_line(USER, PASSWORD, COST)
        self.hash = line.split(":", 1)[1]
        place = "tenant: default_tenant, databases: [default_database]"
        others = [f"- {{id: u{i}, tokens: [t{i}-{TOKEN}], {place}}}\n" for i in range(OTHER_USERS)]
        self.htpasswd = self.file("htpasswd", line + "\n")
        self.tokens = self.file(
            "users.yaml", "users:\n" + "".join(others) + f"- {{id: {USER}, tokens: [{TOKEN}], {place}}}\n")
        self.rules = self.file("rules.yaml", f"roles_mapping: {{}}\nusers: [{{id: {USER}, role: writer}}]\n")

    def add(self, name, about, command, works, environment=None, port=None, **more):
        server = bench.Server(name, command, port or next(self.ports), self.folder, environment)
        self.all.append(Contender(name, about, server, works, **more))
        return self.all[-1]

    def add_chroma(self, name, about, program, works, environment=None, headers=None):
        port = next(self.ports)
        return self.add(
            name, about, [bench.chroma(program), "run", "--host", "127.0.0.1", "--port", port, "--path",
                          os.path.join(self.folder, "data-" + name)],
            works, {"ANONYMIZED_TELEMETRY": "False", **(environment or {})}, port, headers=headers or {}, seeded=True)

    def add_old_chroma(self):
        if shutil.which(bench.chroma("CHROMA_0_6_3", "none")):
            self.add_chroma(
                "chroma-0.6.3-basic", "Chroma 0.6.3, its own Basic", "CHROMA_0_6_3", ("get",),
                {"CHROMA_SERVER_AUTHN_PROVIDER": "chromadb.auth.basic_authn.BasicAuthenticationServerProvider",
                 "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE": self.htpasswd}, BASIC)

    def add_proxy(self, name, about, command, port, works=("get", "query"), **more):
        return self.add(name, about, command, works, port=port, upstream=self.upstream, **more)

    def add_nginx(self, name, about, gate, headers=None):
        port = next(self.ports)
        user = " user root;" if os.geteuid() == 0 else ""
        self.file(name + ".conf", f"""daemon off; worker_processes 2; pid {name}.pid; error_log {name}.err;{user}
events {{ worker_connections 512; }}
http {{
  access_log off; client_body_temp_path {name}-b; proxy_temp_path {name}-p; fastcgi_temp_path {name}-f;
  uwsgi_temp_path {name}-u; scgi_temp_path {name}-s; keepalive_requests 100000000;
  map $http_authorization $known {{ default 0; "Bearer {TOKEN}" 1; }}
  upstream chroma {{ server 127.0.0.1:{self.upstream.server.port}; keepalive 64; keepalive_requests 100000000; }}
  server {{ listen 127.0.0.1:{port}; location / {{
    {gate} proxy_pass http://chroma; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}
}}
""")
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.add_proxy(name, about, [nginx, "-p", self.folder, "-c", name + ".conf"], port, headers=headers or {})

    def add_caddy(self, name, about, gate, headers=None):
        port = next(self.ports)
        config = self.file(name + ".caddy", f"""{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  bind 127.0.0.1
  {gate}
  reverse_proxy 127.0.0.1:{self.upstream.server.port}
}}
""")
        self.add_proxy(name, about, ["caddy", "run", "--adapter", "caddyfile", "--config", config], port, headers=headers or {})

    def add_plain_jetty(self, name, about, kind):
        port = next(self.ports)
        self.add_proxy(
            name, about, [bench.java(), *bench.JVM, "-cp", f"{FLOOR}/floor.jar:{FLOOR}/lib/*", "floor.PlainProxy", kind, port, self.url],
            port, ("get", "query", "start"))

    def providers(self, kind):
        if kind == "off":
            return {}
        return {
            "CHROMA_SERVER_AUTHN_PROVIDER": kind,
            "CHROMA_SERVER_AUTHN_CREDENTIALS_FILE": self.tokens if kind == "token" else self.htpasswd,
            "CHROMA_SERVER_AUTHZ_PROVIDER": "simple_rbac", "CHROMA_SERVER_AUTHZ_CONFIG_FILE": self.rules}

    def add_ours(self):
        kinds = {"off": ("filter off (`--no-auth`)", {}), "token": ("token, bounded, roles", BEARER), "basic": ("Basic, roles", BASIC)}
        for kind, (about, headers) in kinds.items():
            self.add_gateway("ours-" + kind, about, [bench.java(), *bench.JVM, "-jar", bench.JAR], ("get", "query"), kind, headers)
        self.add_gateway("ours-java", "Basic, roles, `java -jar`", [bench.java(), *bench.JVM, "-jar", bench.JAR], ("start",), "basic", BASIC)
        self.add_gateway("ours-launcher", "Basic, roles, `./chroma-auth run`", [bench.ROOT / "chroma-auth"], ("start",), "basic", BASIC)

    def add_gateway(self, name, about, program, works, kind, headers):
        port = next(self.ports)
        command = [*program, "run", "--host", "127.0.0.1", "--port", port, "--upstream", self.url]
        made = self.add_proxy(
            name, "chroma-auth gateway, " + about, command + (["--no-auth"] if kind == "off" else []), port, works, headers=headers)
        made.server.environment = self.providers(kind)

    def add_json(self):
        kinds = {"off": ("no filter", {}), "token": ("token, bounded, roles", BEARER), "basic": ("Basic, roles", BASIC)}
        for kind, (about, headers) in kinds.items():
            port = next(self.ports)
            command = [bench.java(), *bench.JVM, "-cp", f"{FLOOR}/floor.jar:{bench.JAR}", "floor.FixedJson", port]
            self.add(
                "json-" + kind, "Jetty, fixed JSON, " + about, command if kind == "off" else [*command, FILTER], ("json",),
                {**self.providers(kind), "CHROMA_AUTH_RESOLVER": "trust-path"} if headers else {}, port, headers=headers)
