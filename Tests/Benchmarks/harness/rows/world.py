"""What the rows share: servers that are up, people that are in them, and how long a measurement takes."""

import dataclasses
import itertools
import os

from .. import bodies
from ..load import Generator
from ..servers import Dagroster, Echo, Scim2Server


@dataclasses.dataclass
class Scale:
    """How much is measured; everything that a quick run makes smaller stands here."""

    rounds: int
    seconds: float
    small: int
    large: int
    peer: int
    groups: tuple
    files: int
    cycle_users: int
    cycle_groups: int
    memory_users: int
    memory_groups: int
    # People, groups and access files.
    organization: tuple

    @staticmethod
    def full():
        return Scale(
            rounds=7, seconds=2, small=1_000, large=100_000, peer=10_000, groups=(10, 1_000, 100_000), files=40_000,
            cycle_users=20_000, cycle_groups=500, memory_users=100_000, memory_groups=5_000,
            organization=(100_000, 5_000, 200),
        )

    @staticmethod
    def quick():
        return Scale(
            rounds=3, seconds=0.7, small=1_000, large=10_000, peer=1_000, groups=(10, 1_000, 10_000), files=5_000,
            cycle_users=1_000, cycle_groups=50, memory_users=10_000, memory_groups=500,
            organization=(10_000, 500, 50),
        )


class World:
    """Two dagrosters that differ in size, the echo and the peer, all in one folder."""

    def __init__(self, programs, folder, scale):
        self.programs, self.folder, self.scale = programs, folder, scale
        self.generator = Generator(programs, folder)
        self.numbers = itertools.count(1_000_000)
        self.servers = []
        self.ids = {}

    def folder_of(self, name):
        path = f"{self.folder}/{name}"
        os.makedirs(path)
        return path

    def dagroster(self, name, people, **options):
        """A server over a new tree with so many people."""
        server = Dagroster(self.programs, self.folder_of(name), **options)
        self.servers.append(server)
        self.ids[server] = self.create(server, range(people)) if people else []
        return server

    def restarted(self, name):
        """A server over the tree of one that was stopped."""
        server = Dagroster(self.programs, f"{self.folder}/{name}")
        self.servers.append(server)
        return server

    def peer(self, people):
        server = Scim2Server(self.programs, self.folder_of("peer"))
        self.servers.append(server)
        self.ids[server] = self.create(server, range(people), connections=4)
        return server

    def echo(self, answers):
        server = Echo(self.programs, self.folder_of("echo"), answers)
        self.servers.append(server)
        return server

    def create(self, server, numbers, connections=64):
        """Makes people and gives their ids in the order of their numbers."""
        lines = [bodies.line("POST", f"{server.prefix}/Users", bodies.user(number)) for number in numbers]
        return self.generator.run(server, lines, connections, ids=True).ids

    def new_people(self, server, count):
        """Lines that make people whom no server knows yet."""
        numbers = itertools.islice(self.numbers, count)
        return [bodies.line("POST", f"{server.prefix}/Users", bodies.user(number)) for number in numbers]

    def for_a_while(self, server, lines, connections):
        """Sends lines around and around for the time of one round."""
        return self.generator.run(server, lines, connections, seconds=self.scale.seconds)

    def once(self, server, lines, connections):
        """Sends every line once."""
        return self.generator.run(server, lines, connections)

    def rounds(self, contenders):
        """Runs contenders in turns, the order reversed each time, and gives each one's results by round.

        None is measured while files of another's requests are written.
        """
        results = {name: [] for name in contenders}
        for number in range(self.scale.rounds):
            names = list(contenders) if number % 2 == 0 else list(reversed(contenders))
            for name in names:
                self.settle()
                results[name].append(contenders[name]())
        return results

    def settle(self):
        for server in self.servers:
            server.settle()

    def close(self):
        for server in self.servers:
            server.stop()
        self.servers = []
