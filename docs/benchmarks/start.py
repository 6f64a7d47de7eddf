#!/usr/bin/env python3
"""How long `./chroma-auth demo` takes from its start to its first answer, once it is built.

  python3 docs/benchmarks/start.py [STARTS]

Prints the median, the least and the most of 10 starts unless said otherwise, in new folders and in one that is there.
"""

import http.client
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

LAUNCHER = pathlib.Path(__file__).resolve().parents[2] / "chroma-auth"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def seconds_to_answer(folder):
    port = free_port()
    begin = time.perf_counter()
    process = subprocess.Popen(
        [LAUNCHER, "demo", "--port", str(port), "--path", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - begin < 60:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/api/v2/heartbeat")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - begin
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("no answer")
    finally:
        process.terminate()
        process.wait()


def main(starts):
    root = tempfile.mkdtemp()
    try:
        kinds = {"new folder": lambda n: os.path.join(root, f"new{n}"), "folder that is there": lambda n: os.path.join(root, "same")}
        times = {kind: [] for kind in kinds}
        seconds_to_answer(kinds["folder that is there"](0))
        for n in range(starts):
            for kind, folder in kinds.items():
                times[kind].append(seconds_to_answer(folder(n)))
        for kind, all_of_it in times.items():
            print(f"| {kind} | {statistics.median(all_of_it):.2f} | {min(all_of_it):.2f} | {max(all_of_it):.2f} |")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
