"""100 requests a second against a built dagroster that is killed every minute; see Tests/soak.sh."""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from server import Server
from writer import Writer

CLIENTS = 20
# How much more memory than after the third round, when there are as many people as there will be, any later one may need.
GROWTH = 16


def everybody(probe: Writer) -> dict[int, dict[str, dict]]:
    """What the server says of each client's people."""
    _, group = probe.send("GET", f"/Groups/{probe.group}")
    members = {member["value"] for member in group.get("members", [])}
    found: dict[int, dict[str, dict]] = {number: {} for number in range(CLIENTS)}
    start = 1
    while True:
        _, page = probe.send("GET", f"/Users?count=500&startIndex={start}")
        users = page.get("Resources", [])
        if not users:
            return found
        start += len(users)
        for user in users:
            number = int(user["userName"][1:].split("-")[0])
            found[number][user["userName"]] = {
                "id": user["id"], "title": user.get("title"), "member": user["id"] in members}


def check_answers(writers: list[Writer], probe: Writer, problems: list[str]) -> None:
    found = everybody(probe)
    for writer in writers:
        if not writer.accept(found[writer.number]):
            problems.append(
                f"client {writer.number} was answered {writer.people} (or {writer.doubt}), "
                f"and there is {found[writer.number]}")
            writer.people, writer.doubt = found[writer.number], None


def check_files(writers: list[Writer], server: Server, problems: list[str]) -> None:
    """Compares the files and commits of a server that has ended with what was answered."""
    people = {name: person for writer in writers for name, person in writer.people.items()}
    files = {path.stem: path.read_text() for path in (server.tree / "provisioned/users").glob("*.yaml")}
    if set(files) != set(people):
        problems.append(f"files that differ from what was answered: {set(files) ^ set(people)}")
    for name, person in people.items():
        title = [line[7:] for line in files.get(name, "").splitlines() if line.startswith("title: ")]
        if title != ([person["title"]] if person["title"] else []):
            problems.append(f"{name}'s file says {title}, the answer {person['title']}")
    group = (server.tree / "provisioned/groups/shared.yaml").read_text()
    listed = {line[4:] for line in group.splitlines() if line.startswith("  - ")}
    if listed != {name for name, person in people.items() if person["member"]}:
        problems.append("the group's file lists others than were answered")
    if status := server.git("status", "--porcelain", "-uall"):
        problems.append(f"not committed: {status[:300]}")
    server.git("fsck", "--strict", "--no-dangling")
    server.run("check")


def soak(options: argparse.Namespace, folder: Path) -> list[str]:
    problems: list[str] = []
    (folder / "tree").mkdir()
    server = Server(options.binary, folder / "tree")
    server.start()
    probe = Writer(-1, 1, options.seed, "", server)
    _, group = probe.send("POST", "/Groups", {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Shared"})
    probe.group = group["id"]
    writers = [Writer(n, CLIENTS / options.rate, options.seed, group["id"], server) for n in range(CLIENTS)]
    for writer in writers:
        writer.start()
    generator = random.Random(options.seed)
    rounds = max(1, round(options.minutes * 60 / options.every))
    warm = None
    began = time.monotonic()
    for round_number in range(1, rounds + 1):
        before = sum(writer.count for writer in writers)
        round_began = time.monotonic()
        for writer in writers:
            writer.running.set()
        # Not always at the same moment of a window.
        time.sleep(options.every - 1 + generator.random())
        problems += [f"client {w.number} got no answer: {w.failure}" for w in writers if not w.running.is_set()]
        memory, files = server.memory, server.files
        server.kill()
        lasted = time.monotonic() - round_began
        for writer in writers:
            writer.running.clear()
        for writer in writers:
            writer.idle.wait()
        probe.close()
        started = server.start()
        check_answers(writers, probe, problems)
        times = sorted(time_ for writer in writers for time_ in writer.times)
        requests = sum(writer.count for writer in writers) - before
        for writer in writers:
            problems += writer.wrong
            writer.wrong, writer.times = [], []
        print(
            f"soak: minute {(time.monotonic() - began) / 60:.1f}: {requests} requests ({requests / lasted:.0f}/s), "
            f"99% within {times[int(len(times) * 0.99)] * 1000:.0f} ms, memory {memory:.0f} MiB, {files} files open, "
            f"killed, serving again after {started * 1000:.0f} ms, {len(problems)} problems", flush=True)
        if round_number == 3:
            warm = memory
        elif warm is not None and memory > warm + GROWTH:
            problems.append(f"memory grew from {warm:.0f} to {memory:.0f} MiB")
        if requests / lasted < options.rate * 0.8:
            problems.append(f"only {requests / lasted:.0f} requests/s, expected {options.rate}")
        if len(problems) > 20:
            break
    for writer in writers:
        writer.ended = True
        writer.running.set()
    for writer in writers:
        writer.join(60)
        problems += writer.wrong
    check_answers(writers, probe, problems)
    if (code := server.stop()) != 0:
        problems.append(f"serve ended with {code}")
    check_files(writers, server, problems)
    commits = server.git("rev-list", "--count", "HEAD").strip()
    total = sum(writer.count for writer in writers)
    print(
        f"soak: seed {options.seed}, {total} requests in {(time.monotonic() - began) / 60:.1f} minutes, killed {rounds} "
        f"times, {commits} commits, {len(problems)} problems", flush=True)
    return problems


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("minutes", nargs="?", type=float, default=30)
    parser.add_argument("--every", type=float, default=60, help="seconds between two kills")
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--seed", type=int, default=random.randrange(1, 1_000_000))
    parser.add_argument("--binary", required=True)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="dagroster-soak-"))
    problems = soak(options, folder)
    for problem in problems[:20]:
        print(f"soak: {problem}")
    if problems:
        print(f"soak: the tree and the log are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
