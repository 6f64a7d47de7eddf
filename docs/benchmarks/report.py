#!/usr/bin/env python3
"""Makes tables and plots of what peers.py measured.

  docs/benchmarks/report.py FOLDER [--publish]

FOLDER holds rounds.csv and about.txt; the table is printed and written beside them. --publish copies all to docs/.
"""

import collections
import csv
import pathlib
import shutil
import statistics
import sys

import bench
import chart
from targets import TARGETS

WORKS = {
    "get": "GET of a tenant",
    "query": "Query, one vector of 64 dimensions among 1,000, five nearest",
    "json": "Fixed JSON from a servlet, with and without the filter",
    "start": "Start",
    "flood": "A flood of wrong passwords, bcrypt cost 12",
}
COLUMNS = {
    "rps": ("requests/s", "{:,.0f}"), "ms": ("ms to the first 200", "{:,.0f}"), "p50_us": ("p50 us", "{:,.0f}"),
    "p99_us": ("p99 us", "{:,.0f}"), "cpu_us": ("own CPU us/request", "{:,.1f}"),
    "upstream_cpu_us": ("Chroma's CPU us/request", "{:,.0f}"), "cpu_s": ("CPU s", "{:.2f}"),
    "login_ms": ("login with a bcrypt ms", "{:,.0f}"), "logins_refused": ("logins refused", "{:.0f}"),
    "rss_mib": ("RSS MiB", "{:,.0f}"), "bad": ("bad answers", "{:.0f}"),
}
COUNTS = ("bad", "logins_refused")
WITH_SPREAD = ("rps", "ms", "p99_us")
BEGIN, END = "<!-- peers.py: begin -->", "<!-- peers.py: end -->"


class Measured:
    """All rounds: values by work, contender and measure, in the order of the rounds."""

    def __init__(self, file_name):
        self.values = collections.defaultdict(dict)
        self.about = {}
        with open(file_name, newline="") as file:
            for row in csv.DictReader(file):
                key = row["work"], row["contender"], row["measure"]
                self.values[key][int(row["round"])] = float(row["value"])
                self.about[row["contender"]] = row["about"]

    def contenders(self, work):
        return list(dict.fromkeys(c for w, c, _ in self.values if w == work))

    def measures(self, work):
        return [m for m in COLUMNS if any(w == work and known == m for w, _, known in self.values)]

    def of(self, work, contender, measure):
        return list(self.values.get((work, contender, measure), {}).values())

    def ratios(self, work, measure, ours, other):
        """One for each round that both have."""
        upper = self.values.get((work, ours, measure), {})
        lower = self.values.get((work, other, measure), {})
        return [upper[n] / lower[n] for n in upper if lower.get(n)]


def is_ours(contender):
    return contender.startswith("ours-") or contender in ("json-token", "json-basic")


def cell(measure, values):
    if not values:
        return ""
    form = COLUMNS[measure][1].format
    if measure in COUNTS:
        return form(sum(values))
    spread = f" ({form(min(values))}-{form(max(values))})" if measure in WITH_SPREAD else ""
    return form(statistics.median(values)) + spread


def table(measured, work):
    measures = measured.measures(work)
    lines = ["| | " + " | ".join(COLUMNS[m][0] for m in measures) + " |", "| --- |" + " --- |" * len(measures)]
    for contender in measured.contenders(work):
        name = measured.about[contender]
        cells = [cell(m, measured.of(work, contender, m)) for m in measures]
        lines.append(f"| {'**' + name + '**' if is_ours(contender) else name} | " + " | ".join(cells) + " |")
    return lines


def targets(measured):
    lines = ["| work | what | of | against | ratio, median of rounds (min-max) | target | |", "| --- |" + " --- |" * 6]
    for target in TARGETS:
        ratios = measured.ratios(target.work, target.measure, target.ours, target.other)
        if ratios:
            ratio = statistics.median(ratios)
            lines.append(
                f"| {target.work} | {target.what} | {measured.about[target.ours]} | {measured.about[target.other]} | "
                f"{ratio:.3g} ({min(ratios):.3g}-{max(ratios):.3g}) | {target.bound} | {'met' if target.met(ratio) else 'missed'} |")
    return lines


def plots(measured, folder):
    """Files by what they show."""
    made = {}
    for work in ("get", "query", "json"):
        for measure, words in (("cpu_us", "own CPU, microseconds a request"), ("rps", "requests a second")):
            rows = []
            for contender in measured.contenders(work):
                values = measured.of(work, contender, measure)
                label = measured.about[contender].replace("`", "").replace("chroma-auth gateway", "chroma-auth")
                rows.append((label, statistics.median(values), min(values), max(values), is_ours(contender)))
            # what takes a bcrypt or Python for each request would leave the others no width
            rows = [row for row in rows if row[1] <= 12 * statistics.median(r[1] for r in rows)]
            if rows:
                name = f"{work}-{measure.split('_')[0]}.svg"
                (folder / name).write_text(chart.bars(f"{WORKS[work]}: {words}", rows))
                made[work, measure] = name
    return made


def page(measured, about, pictures):
    lines = [about.strip(), "", "What was aimed at, as ratios of the same round:", "", *targets(measured), ""]
    for work, title in WORKS.items():
        if measured.contenders(work):
            lines += [f"### {title}", "", *table(measured, work), ""]
            lines += [f"![{title}]({pictures[key]})" for key in pictures if key[0] == work] + [""]
    return "\n".join(lines)


def publish(text, folder, pictures):
    docs = bench.ROOT / "docs"
    results = docs / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    for name in ["rounds.csv", *pictures.values()]:
        shutil.copy(folder / name, results / name)
    for name in pictures.values():
        text = text.replace(f"({name})", f"(benchmarks/results/{name})")
    target = docs / "benchmarks.md"
    before, rest = target.read_text().split(BEGIN)
    target.write_text(before + BEGIN + "\n\n" + text + "\n" + END + rest.split(END)[1])


def write(folder, published):
    folder = pathlib.Path(folder)
    measured = Measured(folder / "rounds.csv")
    pictures = plots(measured, folder)
    text = page(measured, (folder / "about.txt").read_text(), pictures)
    (folder / "peers.md").write_text(text)
    print(text)
    if published:
        publish(text, folder, pictures)


if __name__ == "__main__":
    write(sys.argv[1], "--publish" in sys.argv[2:])
