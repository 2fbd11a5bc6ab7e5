"""A hundred thousand files: how long reading them takes, planning from them, and asking about few of them."""

import json
import os
import shutil
import subprocess
import time

from ..bodies import user_name
from ..organizations import Organization, access, identifier, user
from ..servers import Dagroster
from ..table import Row, median, ratio


def rows(world):
    tree = world.folder_of("organization") + "/tree"
    # A repository of its own: the folder stands within that of the sources.
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main", tree], check=True)
    organization = Organization(world.programs, tree, *world.scale.organization)
    yield from _starting(world, tree)
    yield from _planning(world, organization)
    yield from _asking(world, organization)


def _starting(world, tree):
    """`serve` from its start until it accepts."""
    folder = os.path.dirname(tree)
    token = [world.programs.dagroster, "token", "create", "benchmark", "--tree", tree]
    with open(f"{folder}/token", "w", encoding="utf-8") as file:
        file.write(subprocess.run(token, capture_output=True, text=True, check=True).stdout.strip())
    cold, warm = [], []
    for _ in range(world.scale.rounds):
        _forget(tree)
        cold.append((_start(world, folder), _libyaml(world, tree)))
        warm.append(_start(world, folder))
    files = _files(world)
    yield Row(
        f"serve accepts, {files}, without a cache, beside libyaml on 2 threads", ratio(cold), 1.5, is_limit=True,
        unit="×", detail=_seconds(*zip(*cold)),
    )
    yield Row(f"serve accepts, {files}, with the cache", median(warm), 1, is_limit=True, unit=" s")


def _planning(world, organization):
    """A plan against a file target that holds everybody already, after one changed commit."""
    tree = organization.tree
    reconcile = [world.programs.dagroster, "reconcile", "--tree", tree]
    _run(reconcile + ["--apply", "--quiet"])
    organization.grant(7, access(7).replace("role: viewer", "role: launcher", 1))
    objects = organization.objects()
    pairs, warm = [], []
    for _ in range(world.scale.rounds):
        _forget(tree)
        pairs.append((_run(reconcile), _batch(world, tree, objects)))
        warm.append(_run(reconcile))
    files = _files(world)
    seconds = [(ours, other) for (ours, _), other in pairs]
    yield Row(
        f"plan of {files}, without a cache, beside git cat-file into libyaml", ratio(seconds), 1.5, is_limit=True,
        unit="×", detail=_seconds(*zip(*seconds)),
    )
    yield Row(f"memory of that plan, {files}", max(ours[1] for ours, _ in pairs), 1024, is_limit=True, unit=" MiB")
    yield Row(
        f"plan after one changed commit, {files}, with the cache", median([seconds for seconds, _ in warm]), 1,
        is_limit=True, unit=" s",
    )
    text = subprocess.run(reconcile, capture_output=True, text=True, check=True).stdout
    yield Row("plan text for that change", len(text.splitlines()), 50, is_limit=True, unit=" lines")


def _asking(world, organization):
    """One person's access, and what two commits that differ in 50 files mean for people."""
    tree = organization.tree
    for number in range(50):
        organization.write("users", f"{user_name(number)}.yaml", identifier("user", number), user(number, "Director"))
    organization.commit("fifty people")
    explain = [world.programs.dagroster, "explain", user_name(16), "--tree", tree]
    diff = [world.programs.dagroster, "diff", "HEAD~1..HEAD", "--tree", tree]
    asked, compared = [], []
    for _ in range(world.scale.rounds):
        asked.append(_run(explain)[0])
        compared.append(_run(diff)[0])
    files = _files(world)
    yield Row(f"explain of one person, {files}", median(asked), 1, is_limit=True, unit=" s")
    yield Row(f"diff of two commits that differ in 50 files, {files}", median(compared), 0.5, is_limit=True, unit=" s")


def _files(world):
    people, teams, bindings = world.scale.organization
    return f"{people + teams + bindings:,} files"


def _seconds(ours, others):
    return f"{median(list(ours)):.2f} s; libyaml {median(list(others)):.2f} s"


def _forget(tree):
    shutil.rmtree(f"{tree}/.dagroster/cache", ignore_errors=True)


def _start(world, folder):
    """The seconds until it accepts; it ends when it has written its cache, which a stop would not wait for."""
    start = time.monotonic()
    with Dagroster(world.programs, folder) as server:
        seconds = time.monotonic() - start
        server.wait_for(f"{server.tree}/.dagroster/cache/folder")
        return seconds


def _run(command):
    """The seconds that a command took, and the MiB that it had at most."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}\n{message.decode(errors='replace')}")
    return seconds, usage.ru_maxrss / 1024


def _libyaml(world, tree):
    command = [world.programs.tree, "folder", f"{tree}/provisioned", "2"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["seconds"]


def _batch(world, tree, objects):
    """`git cat-file --batch` piped into the program, with both starts."""
    start = time.monotonic()
    git = subprocess.Popen(
        ["git", "-C", tree, "cat-file", "--batch", "--buffer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    yaml = subprocess.Popen([world.programs.tree, "batch"], stdin=git.stdout, stdout=subprocess.DEVNULL)
    git.stdout.close()
    git.stdin.write(objects.encode())
    git.stdin.close()
    if git.wait() or yaml.wait():
        raise RuntimeError("git cat-file into libyaml failed")
    return time.monotonic() - start
