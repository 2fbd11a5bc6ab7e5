"""The files behind the answers: how fast they follow, and what stands in memory."""

import time

from .. import bodies
from ..load import disk
from ..table import Row, median, ratio


def rows(world):
    yield from _behind(world)
    yield from _memory(world)


def _behind(world):
    """From the first request until the server has ended with every file durable, beside the best pattern in C."""
    pairs, best = [], ""
    count = world.scale.files
    for number in range(max(1, world.scale.rounds // 2)):
        patterns = [
            disk(world.programs, pattern, f"{world.folder}/disk-{number}-{pattern}", min(count, 20_000), batch)
            for pattern, batch in (("range", 64), ("syncfs", 500), ("exchange", 64))
        ]
        fastest = max(patterns, key=lambda result: result["rate"])
        server = world.dagroster(f"files-{number}", 0)
        lines = world.new_people(server, count)
        start = time.monotonic()
        world.generator.run(server, lines, 64)
        world.close()
        pairs.append((count / (time.monotonic() - start), fastest["rate"]))
        best = fastest["pattern"]
    yield Row(
        "files written behind, sustained, beside the best durable pattern in C", ratio(pairs), 0.5,
        detail=f"{median([ours for ours, _ in pairs]):.0f} files/s over HTTP; "
        f"{best} {median([other for _, other in pairs]):.0f}/s",
    )


def _memory(world):
    """After a start from the files, and a page of everybody."""
    people, teams = world.scale.memory_users, world.scale.memory_groups
    server = world.dagroster("memory", people, shards=256)
    ids = world.ids[server]
    lines = []
    for number in range(teams):
        first = number * 8 % people
        members = [ids[(first + step * 97) % people] for step in range(40)]
        path = f"{server.prefix}/Groups?excludedAttributes=members"
        lines.append(bodies.line("POST", path, bodies.group(number, members)))
    world.generator.run(server, lines, 16)
    at_work = server.resident_mib()
    world.close()
    server = world.restarted("memory")
    pages = [
        bodies.line("GET", f"{server.prefix}/Users?startIndex={start}&count=1000")
        for start in range(1, people, 1000)
    ]
    world.generator.run(server, pages, 4)
    resident = server.resident_mib()
    world.close()
    yield Row(
        f"memory, {people:,} users in {teams:,} groups", resident, 250, is_limit=True, unit=" MiB",
        detail=f"after a start and a walk over all; {at_work:.0f} MiB after making them one by one",
    )
