"""Servers under test: each is started on a free port of loopback and stopped by its process id."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request


class Server:
    """A process that says on a log which port it has."""

    def __init__(self, arguments, log, ready, port=None):
        self.log = log
        with open(log, "wb") as output:
            self.process = subprocess.Popen(arguments, stdout=output, stderr=output)
        try:
            self.port = port or self._port(ready)
            self._wait_for_connection()
        except BaseException:
            self.stop()
            raise

    def _port(self, ready):
        for _ in self._patience():
            with open(self.log, encoding="utf-8", errors="replace") as file:
                found = re.search(ready, file.read())
            if found:
                return int(found.group(1))

    def _wait_for_connection(self):
        for _ in self._patience():
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return

    def wait_for(self, path):
        """Waits until there is a file."""
        for _ in self._patience():
            if os.path.exists(path):
                return

    def _patience(self, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            yield
            time.sleep(0.005)
        with open(self.log, encoding="utf-8", errors="replace") as file:
            raise RuntimeError(f"{self.process.args[0]} did not start:\n{file.read()[-2000:]}")

    def settle(self):
        """Waits until nothing is left to do of what was answered."""

    def stop(self):
        """Asks it to end, waits, and says how many seconds that took."""
        start = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return time.monotonic() - start

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def cpu_seconds(self):
        """Processor time since its start."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self):
        """What stands in memory now."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        raise RuntimeError("no VmRSS")


class Dagroster(Server):
    """`dagroster serve` over a tree of its own, with its default settings but for git and shards."""

    def __init__(self, programs, folder, git=False, shards=0):
        self.name = "dagroster"
        self.prefix = "/scim/v2"
        self.tree = f"{folder}/tree"
        self.programs = programs
        if not os.path.isdir(self.tree):
            self._make_tree(git, shards)
        with open(f"{folder}/token", encoding="utf-8") as file:
            self.token = file.read()
        arguments = [programs.dagroster, "serve", "--tree", self.tree, "--port", "0", "--admin-port", "0"]
        super().__init__(arguments, f"{folder}/log", r"serving SCIM on http://127\.0\.0\.1:([1-9]\d*)")
        self.admin = self._port(r"status on http://127\.0\.0\.1:([1-9]\d*)")

    def settle(self):
        """Waits until the files have every change, so that others are not measured while they are written."""
        for _ in self._patience():
            with urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/metrics") as answer:
                if re.search(rb"(?m)^dagroster_files_behind 0$", answer.read()):
                    return

    def _make_tree(self, git, shards):
        command = [self.programs.dagroster, "init", self.tree] + (["--shards", str(shards)] if shards else [])
        # A repository of its own: the folder stands within that of the sources.
        _run(["git", "init", "--quiet", "--initial-branch", "main", self.tree])
        _run(command)
        if not git:
            with open(f"{self.tree}/dagroster.yaml", encoding="utf-8") as file:
                settings = file.read()
            settings = re.sub(r"(?m)^git:.*\n(?:[ \t].*\n)*", "", settings)
            with open(f"{self.tree}/dagroster.yaml", "w", encoding="utf-8") as file:
                file.write(settings + "git: {commit: false}\n")
        token = _run([self.programs.dagroster, "token", "create", "benchmark", "--tree", self.tree]).strip()
        with open(f"{os.path.dirname(self.tree)}/token", "w", encoding="utf-8") as file:
            file.write(token)


class Echo(Server):
    """Hummingbird alone: bodies handed back unparsed, answers of certain bytes."""

    def __init__(self, programs, folder, answers):
        self.name = "echo"
        self.prefix = ""
        self.token = "none"
        os.makedirs(f"{folder}/answers")
        for name, content in answers.items():
            with open(f"{folder}/answers/{name}", "wb") as file:
                file.write(content)
        super().__init__([programs.echo, f"{folder}/answers"], f"{folder}/log", r"echo on port (\d+)")


class Scim2Server(Server):
    """scim2-server from PyPI, which keeps everything in memory."""

    def __init__(self, programs, folder):
        self.name = "scim2-server"
        self.prefix = "/v2"
        self.token = "benchmark"
        os.makedirs(folder, exist_ok=True)
        port = _free_port()
        arguments = [programs.scim2_server, "--port", str(port), "--bearer-token", self.token]
        super().__init__(arguments, f"{folder}/log", "", port)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {result.returncode}\n{result.stderr}")
    return result.stdout
