"""What the gateway and the filter should reach beside others. Each is a ratio within one round; the median counts."""

import dataclasses


@dataclasses.dataclass
class Target:
    """Ours by the other's, in one measure of one work."""

    what: str
    work: str
    measure: str
    ours: str
    other: str
    most: float = None  # the ratio may be at most this
    least: float = None  # or must be at least this

    def met(self, ratio):
        return ratio <= self.most if self.most is not None else ratio >= self.least

    @property
    def bound(self):
        return f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"


def filter_on_and_off(work, name, most_cpu):
    off = f"{name}-off"
    for kind in ("token", "basic"):
        ours = f"{name}-{kind}"
        yield Target("own CPU, filter on / off", work, "cpu_us", ours, off, most=most_cpu)
        yield Target("requests/s, filter on / off", work, "rps", ours, off, least=0.97)


TARGETS = [
    *filter_on_and_off("json", "json", 1.10),
    *filter_on_and_off("get", "ours", 1.04),
    *filter_on_and_off("query", "ours", 1.04),
    Target("own CPU, Basic", "get", "cpu_us", "ours-basic", "caddy-basic", most=0.75),
    Target("requests/s, Basic", "get", "rps", "ours-basic", "caddy-basic", least=1.1),
    Target("requests/s, Basic", "get", "rps", "ours-basic", "nginx-basic", least=14),
    Target("requests/s, Basic", "get", "rps", "ours-basic", "chroma-0.6.3-basic", least=35),
    Target("requests/s, token", "get", "rps", "ours-token", "nginx-token", least=0.7),
    Target("requests/s, token", "get", "rps", "ours-token", "jetty-handler", least=0.95),
    Target("own CPU, Basic", "query", "cpu_us", "ours-basic", "caddy-basic", most=0.75),
    Target("requests/s, token", "query", "rps", "ours-token", "jetty-handler", least=0.95),
    Target("requests/s, Basic", "query", "rps", "ours-basic", "nginx-basic", least=2),
    Target("requests/s, token", "query", "rps", "ours-token", "nginx-token", least=0.7),
    Target("p99, token", "query", "p99_us", "ours-token", "jetty-handler", most=1.1),
    Target("ms to the first 200, by the launcher", "start", "ms", "ours-launcher", "jetty-handler", most=1.15),
    Target("ms to the first 200, `java -jar`", "start", "ms", "ours-java", "jetty-handler", most=1.15),
    Target("p99 of a token, one user's passwords, pausing", "flood", "p99_us", "guesses-pausing", "none", most=2),
    Target("p99 of a token, new names, pausing", "flood", "p99_us", "names-pausing", "none", most=2),
    Target("p99 of a token, one user's passwords", "flood", "p99_us", "guesses", "none", most=2),
    Target("p99 of a token, new names", "flood", "p99_us", "names", "none", most=2),
    Target("p99 of a token, one user's passwords", "flood", "p99_us", "guesses", "heartbeats", most=1.1),
    Target("memory, one user's passwords", "flood", "rss_mib", "guesses", "none", most=1.1),
    Target("memory, new names", "flood", "rss_mib", "names", "none", most=1.1),
]
