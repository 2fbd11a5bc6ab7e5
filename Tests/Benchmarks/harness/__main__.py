"""Runs the benchmarks, prints the table and says which bar was missed.

Usage: python3 -m harness [--quick] [--rows users,groups,files,cycle,trees,commit] --programs FOLDER
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
import types

from . import machine, table
from .rows import commit, cycle, files, groups, trees, users
from .rows.world import Scale, World

KINDS = {"users": users, "groups": groups, "files": files, "cycle": cycle, "trees": trees, "commit": commit}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rows", default=",".join(KINDS))
    parser.add_argument("--programs", required=True)
    parser.add_argument("--peer", required=True)
    parser.add_argument("--native", required=True)
    options = parser.parse_args()
    programs = types.SimpleNamespace(
        dagroster=f"{options.programs}/dagroster", echo=f"{options.programs}/EchoServer",
        load=f"{options.native}/load", disk=f"{options.native}/disk", tree=f"{options.native}/tree", scim2_server=options.peer,
    )
    # On the disk of the sources: a /tmp in memory would be no disk.
    folder = tempfile.mkdtemp(prefix="run-", dir=options.native)
    machine.keep_apart(folder)
    print(machine.description(folder), flush=True)
    rows = []
    try:
        for kind in options.rows.split(","):
            rows += measured(kind, programs, f"{folder}/{kind}", Scale.quick() if options.quick else Scale.full())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n" + table.printed(rows) + "\n")
    return verdict(rows, options.quick)


def measured(kind, programs, folder, scale):
    """The rows of one kind; each is said as soon as it is known."""
    os.makedirs(folder)
    machine.keep_apart(folder)
    world = World(programs, folder, scale)
    start = time.monotonic()
    rows = []
    try:
        for row in KINDS[kind].rows(world):
            rows.append(row)
            print(f"  {table.shown(row.value, row.unit):>9}  {row.verdict:<20} {row.name}  ({row.detail})", flush=True)
    finally:
        world.close()
    print(f"  {kind} took {time.monotonic() - start:.0f} s", flush=True)
    return rows


def verdict(rows, is_quick):
    missed = [row for row in rows if not row.is_met]
    for row in missed:
        print(f"missed: {row.name}: {table.shown(row.value, row.unit)}, bar {row.wanted}")
    if is_quick:
        print("quick: fewer rounds, at most 10,000 people; the bars for 100,000 are measured by the full run")
    print(f"{len(rows) - len(missed)} passed, {len(missed)} failed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
