"""One person: made, changed, read, looked up; and pages of them.

scim2-server gets 4 connections where the others get 16: its listener holds no more than 5 that wait, and with more it
answers slower.
"""

import random
import urllib.request

from .. import bodies
from ..load import disk
from ..table import Row, median, ratio


def rows(world):
    """All rows about people, on a small and a large directory."""
    scale = world.scale
    small = world.dagroster("small", scale.small)
    large = world.dagroster("large", scale.large, shards=256)
    peer = world.peer(scale.peer)
    echo = world.echo(_answers(world, small, large))
    try:
        yield from _reading(world, small, large, echo, peer)
        yield from _looking_up(world, small, large, echo, peer)
        yield from _paging(world, large, echo, peer)
        yield from _activation(world, large, echo, peer)
        # Last, because the directory grows by them.
        yield from _creation(world, large, echo, peer)
        yield from _single_creation(world, large, echo)
    finally:
        world.close()


def _get(server, path):
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{server.prefix}{path}", headers={"Authorization": f"Bearer {server.token}"}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def _answers(world, small, large):
    """The bytes that the echo serves are those that dagroster answers."""
    return {
        "user": _get(small, f"/Users/{world.ids[small][0]}"),
        "filter": _get(small, f"/Users?{bodies.user_filter(7)}"),
        "page": _get(large, "/Users?startIndex=501&count=100"),
    }


def _detail(ours, others):
    """Absolutes, for whoever wants them: rates and latency."""
    parts = [f"{median([result.rate for result in ours]):.0f}/s, p99 {median([r.p99 for r in ours]):.1f} ms"]
    for name, results in others.items():
        parts.append(f"{name} {median([result.rate for result in results]):.0f}/s")
    return "; ".join(parts)


def _compared(results, name="echo"):
    return ratio([(ours.rate, other.rate) for ours, other in zip(results["dagroster"], results[name])])


def _beside_peer(world, name, results, peer_results, bar):
    pairs = list(zip(results["dagroster"], peer_results))
    return Row(
        f"{name}, beside scim2-server (in memory)",
        ratio([(ours.rate, other.rate) for ours, other in pairs]),
        bar,
        unit="×",
        detail=_detail(results["dagroster"], {"scim2-server": peer_results}),
    )


def _creation(world, large, echo, peer):
    enough = int(world.scale.seconds * 30_000)
    results = world.rounds(
        {
            "dagroster": lambda: world.for_a_while(large, world.new_people(large, enough), 16),
            "echo": lambda: world.for_a_while(echo, world.new_people(echo, 2_000), 16),
            "peer": lambda: world.for_a_while(peer, world.new_people(peer, 5_000), 4),
        }
    )
    name = "POST /Users, 16 connections"
    yield Row(
        f"{name}, beside the echo", _compared(results), 0.4, goal=0.6,
        detail=_detail(results["dagroster"], {"echo": results["echo"]}),
    )
    yield _beside_peer(world, name, results, results["peer"], 20)


def _single_creation(world, large, echo):
    """One client waits for the disk each time: what could be is the disk's time and HTTP's time, one after the other."""
    ratios, ours, bounds = [], [], []
    for number in range(world.scale.rounds):
        world.settle()
        echoed = world.generator.run(echo, world.new_people(echo, 2_000), 1, seconds=world.scale.seconds)
        mine = world.generator.run(large, world.new_people(large, 20_000), 1, seconds=world.scale.seconds)
        world.settle()
        synced = disk(world.programs, "append", f"{world.folder}/append-{number}", 2_000)
        bound = 1 / (1 / echoed.rate + 1 / synced["rate"])
        ours.append(mine)
        bounds.append(bound)
        ratios.append(mine.rate / bound)
    yield Row(
        "POST /Users, 1 connection, beside append + fdatasync in C with the echo", median(ratios), 0.6,
        detail=f"{median([result.rate for result in ours]):.0f}/s; bound {median(bounds):.0f}/s",
    )


def _activation(world, large, echo, peer):
    turns = {large: 0, peer: 0}
    per_second = {large: 6_000, peer: 400}

    def lines(server):
        # Everybody off in one round and on in the next, so that each request changes something.
        turns[server] += 1
        body = bodies.activation(turns[server] % 2 == 0)
        some = world.ids[server][:int(world.scale.seconds * per_second[server])]
        return [bodies.line("PATCH", f"{server.prefix}/Users/{id}", body) for id in some]

    results = world.rounds(
        {
            "dagroster": lambda: world.once(large, lines(large), 16),
            "echo": lambda: world.for_a_while(echo, [bodies.line("PATCH", "/Users/1", bodies.activation(False))], 16),
            "peer": lambda: world.once(peer, lines(peer), 4),
        }
    )
    name = "PATCH active, 16 connections"
    yield Row(
        f"{name}, beside the echo", _compared(results), 0.4, goal=0.6,
        detail=_detail(results["dagroster"], {"echo": results["echo"]}),
    )
    yield _beside_peer(world, name, results, results["peer"], 20)


def _reading(world, small, large, echo, peer):
    def lines(server):
        ids = random.Random(1).sample(world.ids[server], min(len(world.ids[server]), 20_000))
        return [bodies.line("GET", f"{server.prefix}/Users/{id}") for id in ids]

    yield from _reads(world, "GET /Users/{id}", "user", lines, (small, large, echo, peer), 10)


def _looking_up(world, small, large, echo, peer):
    def lines(server):
        numbers = random.Random(2).sample(range(len(world.ids[server])), min(len(world.ids[server]), 20_000))
        return [bodies.line("GET", f"{server.prefix}/Users?{bodies.user_filter(number)}") for number in numbers]

    yield from _reads(world, "GET /Users?filter=userName eq", "filter", lines, (small, large, echo, peer), 15)


def _reads(world, name, answer, lines, servers, bar):
    small, large, echo, peer = servers
    results = world.rounds(
        {
            "dagroster": lambda: world.for_a_while(small, lines(small), 16),
            "large": lambda: world.for_a_while(large, lines(large), 16),
            "echo": lambda: world.for_a_while(echo, [bodies.line("GET", f"/{answer}")], 16),
            "peer": lambda: world.for_a_while(peer, lines(peer), 4),
        }
    )
    yield Row(
        f"{name}, 16 connections, beside the echo", _compared(results), 0.7,
        detail=_detail(results["dagroster"], {"echo": results["echo"]}),
    )
    yield Row(
        f"{name}, {world.scale.large:,} people beside {world.scale.small:,}",
        ratio([(two.rate, one.rate) for two, one in zip(results["large"], results["dagroster"])]), 0.9,
        detail=_detail(results["large"], {"small": results["dagroster"]}),
    )
    yield _beside_peer(world, name, results, results["peer"], bar)


def _paging(world, large, echo, peer):
    def lines(server):
        last = len(world.ids[server]) - 100
        starts = [random.Random(3 + number).randint(1, last) for number in range(200)]
        return [bodies.line("GET", f"{server.prefix}/Users?startIndex={start}&count=100") for start in starts]

    results = world.rounds(
        {
            "dagroster": lambda: world.for_a_while(large, lines(large), 16),
            "echo": lambda: world.for_a_while(echo, [bodies.line("GET", "/page")], 16),
            "peer": lambda: world.for_a_while(peer, lines(peer), 4),
        }
    )
    name = "GET /Users, a page of 100 anywhere"
    yield Row(
        f"{name}, beside the echo", _compared(results), 0.25,
        detail=_detail(results["dagroster"], {"echo": results["echo"]}),
    )
    yield _beside_peer(world, name, results, results["peer"], 50)
