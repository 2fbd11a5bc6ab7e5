"""Commits and pushes beside answers: what a window costs beside plain git, and what answers feel of it."""

import hashlib
import os
import re
import subprocess
import time
import uuid

from .. import bodies
from ..servers import Dagroster
from ..table import Row, median

COMMITTED = re.compile(r"committed.*?\bchanges=(\d+).*?\bmilliseconds=(\d+)")


def rows(world):
    people = world.scale.large
    folder = world.folder_of("commit")
    tree = _tree(world, folder, people)
    yield from _windows(world, folder, tree, people)
    yield from _answers(world, folder, tree)


def _windows(world, folder, tree, people):
    """One change, and a thousand in one window, beside `git commit --only` of one path of the same tree."""
    _settings(tree, "{window: 1s, maxWindow: 20s}")
    server = _serve(world, folder)
    plain, one, thousand = [], [], []
    for number in range(world.scale.rounds):
        plain.append(_plain_commit(tree, number))
        one.append(_window(world, server, [number]))
        thousand.append(_window(world, server, range(1000 + number, people, people // 1000)[:1000]))
    world.close()
    detail = f"git commit --only {median(plain):.0f} ms"
    yield Row(
        f"a window with 1 change of {people:,} files, beside git commit --only", median(one) / median(plain), 2,
        is_limit=True, detail=f"{median(one):.0f} ms; {detail}",
    )
    yield Row(
        "a window with 1,000 changes, beside one with 1", median(thousand) / median(one), 3,
        is_limit=True, detail=f"{median(thousand):.0f} ms",
    )


def _answers(world, folder, tree):
    """How long changes wait for their answers while commits and pushes run all the time, beside none of them."""
    remote = f"{folder}/remote.git"
    _git("init", "-q", "--bare", remote)
    _git("-C", tree, "remote", "add", "origin", remote)
    _git("-C", tree, "push", "-q", "origin", "main")
    quiet, busy = [], []
    for number in range(world.scale.rounds):
        for settings, results in (
            ("{commit: false}", quiet),
            ("{window: 0s, maxWindow: 1s, push: {remote: origin, window: 1s}}", busy),
        ):
            _settings(tree, settings)
            server = _serve(world, folder)
            # The first push is of everything since the last round.
            time.sleep(1)
            lines = [_patch(server, person, number) for person in range(5000)]
            results.append(world.generator.run(server, lines, 5, seconds=max(2, world.scale.seconds)).p99)
            world.close()
            if results is quiet:
                _git("-C", tree, "add", "-A")
                _git("-C", tree, "-c", "user.name=P", "-c", "user.email=p@x", "commit", "-q", "--allow-empty", "-m", "x")
    yield Row(
        "p99 of changes while commits and pushes run, beside none", median(busy) / median(quiet), 1.5, is_limit=True,
        detail=f"{median(busy):.1f} ms; without {median(quiet):.1f} ms, on 5 connections",
    )


def _window(world, server, people):
    """The milliseconds of the commit that takes up one change of each of these people."""
    people = list(people)
    before = _commits(server)
    world.generator.run(server, [_patch(server, person, time.monotonic_ns()) for person in people], 5)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        new = _commits(server)[len(before):]
        if sum(count for count, _ in new) >= len(people):
            return sum(milliseconds for _, milliseconds in new)
        time.sleep(0.02)
    raise RuntimeError(f"no commit of {len(people)} changes in 60 s")


def _commits(server):
    with open(server.log, encoding="utf-8", errors="replace") as file:
        return [(int(found[1]), int(found[2])) for found in COMMITTED.finditer(file.read())]


def _plain_commit(tree, number):
    """What a person's commit of one changed file takes."""
    path = f"{tree}/{_path(number + 100)}"
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"# {number}\n")
    start = time.monotonic()
    _git("-C", tree, "-c", "user.name=P", "-c", "user.email=p@x", "commit", "-q", "--only", "-m", "x", "--", path)
    return (time.monotonic() - start) * 1000


def _tree(world, folder, people):
    """A committed tree with so many people in 256 folders."""
    tree = f"{folder}/tree"
    _git("init", "-q", "--initial-branch", "main", tree)
    _run([world.programs.dagroster, "init", tree, "--shards", "256"])
    for number in range(people):
        path = f"{tree}/{_path(number)}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                "# Written by dagroster from SCIM. Change it in the identity provider.\n"
                f"id: {_id(number)}\nuserName: {_name(number)}\nactive: true\n"
                f"displayName: Person {number}\ncreated: 2026-11-23T16:47:00Z\n"
            )
    _git("-C", tree, "add", "-A")
    _git("-C", tree, "-c", "user.name=P", "-c", "user.email=p@x", "commit", "-q", "-m", "people")
    token = _run([world.programs.dagroster, "token", "create", "benchmark", "--tree", tree]).strip()
    with open(f"{folder}/token", "w", encoding="utf-8") as file:
        file.write(token)
    return tree


def _settings(tree, git):
    path = f"{tree}/dagroster.yaml"
    with open(path, encoding="utf-8") as file:
        settings = re.sub(r"(?m)^git:.*\n(?:[ \t].*\n)*", "", file.read())
    with open(path, "w", encoding="utf-8") as file:
        file.write(settings + f"git: {git}\n")


def _serve(world, folder):
    server = Dagroster(world.programs, folder)
    world.servers.append(server)
    return server


def _patch(server, person, value):
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{"op": "replace", "path": "title", "value": f"T{value}"}],
    }
    return bodies.line("PATCH", f"{server.prefix}/Users/{_id(person)}", body)


def _id(number):
    return str(uuid.UUID(int=number + 1))


def _name(number):
    return f"person{number:06}@example.com"


def _path(number):
    shard = hashlib.sha256(_id(number).encode()).hexdigest()[:2]
    return f"provisioned/users/{shard}/{_name(number)}.yaml"


def _git(*arguments):
    return _run(["git", *arguments])


def _run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {result.returncode}\n{result.stderr}")
    return result.stdout
