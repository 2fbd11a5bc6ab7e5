"""A dagroster that serves a tree on loopback, is killed and started again."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

SETTINGS = """version: 1
git: {window: 1s, maxWindow: 5s}
targets:
  sandbox: {kind: file, path: target.yaml}
"""


class Server:
    def __init__(self, binary: str, tree: Path):
        self.binary, self.tree = binary, tree
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(tree), "LANG": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.run("init", str(tree))
        (tree / "dagroster.yaml").write_text(SETTINGS)
        self.git("commit", "--quiet", "--all", "-m", "settings")
        self.token = self.run("token", "create", "soak").strip()
        self.log = open(tree.parent / "serve.log", "ab")
        self.process: subprocess.Popen | None = None
        self.port = 0

    def run(self, *arguments: str) -> str:
        """What a command prints; it must end with 0."""
        done = subprocess.run(
            [self.binary, *arguments], cwd=self.tree, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"soak: dagroster {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Soak", "-c", "user.email=soak@example.com"]
        return subprocess.run(
            ["git", *identity, *arguments], cwd=self.tree, env=self.environment, capture_output=True, text=True,
            check=True).stdout

    def start(self) -> float:
        """Starts it and waits until it serves; how long that took, in seconds."""
        began = time.monotonic()
        before = os.path.getsize(self.log.name)
        self.process = subprocess.Popen(
            [self.binary, "serve", "--port", "0", "--admin-port", "0"], cwd=self.tree, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=self.log)
        line = re.compile(rb"serving SCIM on http://127\.0\.0\.1:(\d+)/")
        while True:
            with open(self.log.name, "rb") as log:
                log.seek(before)
                found = line.search(log.read())
            if found:
                self.port = int(found.group(1))
                return time.monotonic() - began
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise SystemExit(f"soak: serve does not start; see {self.log.name}")
            time.sleep(0.01)

    def kill(self) -> None:
        """Ends it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ends it as a service manager does; its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=60)

    @property
    def memory(self) -> float:
        """Its own resident memory, in MiB: not the pages of the program's file, which the system gives and takes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1024
        return 0

    @property
    def files(self) -> int:
        """How many files it has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))
