"""Runs a snippet of the documents as it stands there, against another port.

usage: seed.py FILE
environment: SEED_PORT

A fragment gets the imports that the document left out; where no call needs a login, list_collections is added. Exits 0 if
nothing was raised; what the snippet prints goes to standard output.
"""

import ast
import asyncio
import inspect
import os
import sys
import types

os.environ["ANONYMIZED_TELEMETRY"] = "False"  # before the import: the client reads it there

import chromadb
from chromadb.config import Settings

PORT = os.environ["SEED_PORT"] if chromadb.__version__.startswith("0.4.") else int(os.environ["SEED_PORT"])


def elsewhere(original):
    return lambda *args, **kwargs: original(*args, **{**kwargs, "host": "127.0.0.1", "port": PORT})


for name in ("HttpClient", "AsyncHttpClient"):
    if hasattr(chromadb, name):
        setattr(chromadb, name, elsewhere(getattr(chromadb, name)))

with open(sys.argv[1], encoding="utf-8") as file:
    source = file.read()
if "list_collections" not in source:
    source += "\n" + ("await " if "await" in source else "") + "client.list_collections()\n"
code = compile(source, sys.argv[1], "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
names = {"chromadb": chromadb, "Settings": Settings, "__name__": "__main__"}
if code.co_flags & inspect.CO_COROUTINE:
    asyncio.run(types.FunctionType(code, names)())
else:
    exec(code, names)
