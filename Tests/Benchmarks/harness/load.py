"""The load generator and the disk program, as functions."""

import dataclasses
import json
import os
import subprocess


@dataclasses.dataclass
class Result:
    """What one run of the load generator measured; latencies are in milliseconds."""

    rate: float
    p50: float
    p99: float
    requests: int
    seconds: float
    slowest_second: float
    cpu_microseconds: float
    ids: list


class Generator:
    """Writes requests to a file and lets the load generator send them."""

    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = folder
        self.runs = 0

    def run(self, server, lines, connections, seconds=0, count=0, ids=False):
        """Sends every line once, or around for some seconds.

        A server that answers anything but 2xx ends the whole run: a rate of refusals is no rate.
        """
        self.runs += 1
        path = f"{self.folder}/requests-{self.runs}"
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(lines)
        command = [self.programs.load, str(server.port), str(connections), path, server.token, str(count), str(seconds)]
        if ids:
            command.append(path + ".ids")
        before = server.cpu_seconds()
        process = subprocess.run(command, capture_output=True, text=True)
        os.unlink(path)
        if process.returncode:
            raise RuntimeError(f"{server.name}: {process.stderr.strip()}")
        answer = json.loads(process.stdout)
        known = []
        if ids:
            with open(path + ".ids", encoding="utf-8") as file:
                known = file.read().splitlines()
            os.unlink(path + ".ids")
        cpu = (server.cpu_seconds() - before) / max(1, answer["requests"]) * 1e6
        figures = [answer[name] for name in ("rate", "p50", "p99", "requests", "seconds", "slowest_second")]
        return Result(*figures, cpu, known)


def disk(programs, pattern, folder, count, batch=1):
    """Records a second of a durable pattern, with the median seconds of one step."""
    os.makedirs(folder)
    command = [programs.disk, pattern, folder, str(count), str(batch)]
    process = subprocess.run(command, capture_output=True, text=True)
    if process.returncode:
        raise RuntimeError(process.stderr.strip())
    return json.loads(process.stdout)
