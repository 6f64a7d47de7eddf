#!/usr/bin/env python3
"""How long `./chroma-auth demo` takes from its start to its first answer, once it is built.

  docs/benchmarks/start.py [STARTS]

Prints the median, the least and the most of 10 starts unless said otherwise, in new folders and in one that is there. For a
gateway's start see peers.py.
"""

import os
import shutil
import statistics
import sys
import tempfile

import bench


def seconds_to_answer(logs, folder):
    port = bench.free_ports(1)[0]
    server = bench.Server("demo", [bench.ROOT / "chroma-auth", "demo", "--port", port, "--path", folder], port, logs)
    try:
        return server.start("/api/v2/heartbeat")
    finally:
        server.stop()


def main(starts):
    root = tempfile.mkdtemp()
    try:
        kinds = {"new folder": lambda n: os.path.join(root, f"new{n}"), "folder that is there": lambda n: os.path.join(root, "same")}
        times = {kind: [] for kind in kinds}
        seconds_to_answer(root, kinds["folder that is there"](0))
        for n in range(starts):
            for kind, folder in kinds.items():
                times[kind].append(seconds_to_answer(root, folder(n)))
        for kind, all_of_it in times.items():
            print(f"| {kind} | {statistics.median(all_of_it):.2f} | {min(all_of_it):.2f} | {max(all_of_it):.2f} |")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    bench.leave_nothing_behind()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
