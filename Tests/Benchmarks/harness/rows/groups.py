"""One member in or out of a group, whatever its size."""

from .. import bodies
from ..table import Row, median, ratio


def rows(world):
    """The answers carry no members, so that only the change is measured."""
    sizes = world.scale.groups
    steps = int(world.scale.seconds * 6_000)
    server = world.dagroster("groups", max(sizes) + steps, shards=256)
    ids = world.ids[server]
    groups = _make(world, server, ids, sizes)
    newcomers = ids[max(sizes):]
    results = {size: [] for size in sizes}
    try:
        for number in range(world.scale.rounds):
            for size in sizes if number % 2 == 0 else reversed(sizes):
                path = f"{server.prefix}/Groups/{groups[size]}?excludedAttributes=members"
                joining = [bodies.line("PATCH", path, bodies.joining([id])) for id in newcomers]
                leaving = [bodies.line("PATCH", path, bodies.leaving(id)) for id in newcomers]
                both = [world.generator.run(server, lines, 16) for lines in (joining, leaving)]
                results[size].append(both)
    finally:
        world.close()
    yield Row(
        f"PATCH group, one member, 16 connections, {max(sizes):,} members beside {min(sizes):,}",
        ratio([(_rate(large), _rate(small)) for large, small in zip(results[max(sizes)], results[min(sizes)])]),
        0.8,
        detail="; ".join(f"{size:,}: {median([_rate(pair) for pair in results[size]]):.0f}/s" for size in sizes),
    )


def _make(world, server, ids, sizes):
    lines = [
        bodies.line("POST", f"{server.prefix}/Groups?excludedAttributes=members", bodies.group(number, ids[:size]))
        for number, size in enumerate(sizes)
    ]
    return dict(zip(sizes, world.generator.run(server, lines, 1, ids=True).ids))


def _rate(runs):
    return sum(run.requests for run in runs) / sum(run.seconds for run in runs)
