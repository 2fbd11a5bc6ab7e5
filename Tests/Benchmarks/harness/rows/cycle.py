"""A first provisioning cycle as Entra sends it, with commits and without."""

from .. import bodies
from ..table import Row, median, ratio


def rows(world):
    plain, committed = [], []
    for number in range(max(1, world.scale.rounds // 2)):
        plain.append(_cycle(world, f"plain-{number}", git=False))
        committed.append(_cycle(world, f"git-{number}", git=True))
    name = f"first cycle, {world.scale.cycle_users:,} users, then {world.scale.cycle_groups} groups with 40 members"
    rates = median([rate for rate, _, _ in committed])
    yield Row(
        f"{name}, commits beside none",
        ratio([(ours[0], other[0]) for ours, other in zip(committed, plain)]), 0.8,
        detail=f"{rates:.0f}/s; without {median([rate for rate, _, _ in plain]):.0f}/s",
    )
    yield Row(f"{name}, slowest second", min(slowest for _, _, slowest in committed), 25, unit="/s")
    yield Row(
        f"{name}, p99", median([p99 for _, p99, _ in committed]), 50, is_limit=True, unit=" ms",
        detail=f"{len(committed)} cycles on 5 connections",
    )


def _cycle(world, name, git):
    """Rate, p99 and the slowest second of one cycle: a lookup before each person and group, members one by one."""
    server = world.dagroster(name, 0, git=git, shards=256)
    try:
        people = range(world.scale.cycle_users)
        runs = []
        lines = []
        for number in people:
            lines.append(bodies.line("GET", f"{server.prefix}/Users?{bodies.user_filter(number)}"))
            lines.append(bodies.line("POST", f"{server.prefix}/Users", bodies.user(number)))
        runs.append(world.generator.run(server, lines, 5, ids=True))
        ids = runs[0].ids[1::2]
        lines = []
        for number in range(world.scale.cycle_groups):
            lines.append(bodies.line("GET", f"{server.prefix}/Groups?{bodies.group_filter(number)}"))
            lines.append(bodies.line("POST", f"{server.prefix}/Groups", bodies.group(number)))
        runs.append(world.generator.run(server, lines, 5, ids=True))
        lines = []
        for number, group in enumerate(runs[1].ids[1::2]):
            for step in range(40):
                member = ids[(number * 40 + step) % len(ids)]
                path = f"{server.prefix}/Groups/{group}"
                lines.append(bodies.line("PATCH", path, bodies.joining([member])))
        runs.append(world.generator.run(server, lines, 5))
    finally:
        world.close()
    requests = sum(run.requests for run in runs)
    slowest = min(run.slowest_second for run in runs)
    return requests / sum(run.seconds for run in runs), max(run.p99 for run in runs), slowest
