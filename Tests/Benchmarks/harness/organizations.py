"""A tree as `serve` leaves it, written in one go: people, groups, access files, and one commit of it all."""

import hashlib
import os
import subprocess
import uuid

from .bodies import user_name

COMMENT = "# Written by dagroster from SCIM. Change it in the identity provider.\n"
CREATED = "created: 2026-11-23T16:47:00Z\n"


def identifier(kind, number):
    return str(uuid.UUID(hashlib.md5(f"{kind} {number}".encode()).hexdigest()))


def user(number, title="Analyst"):
    name = user_name(number)
    return (
        f"{COMMENT}id: {identifier('user', number)}\n"
        f"externalId: 58342554-38d6-4ec8-948c-{number:012}\n"
        f"userName: {name}\nactive: true\ndisplayName: Ada Lovelace {number}\n"
        f"name:\n  formatted: Ada Lovelace\n  familyName: Lovelace\n  givenName: Ada\ntitle: {title}\n"
        f"emails:\n  - type: work\n    value: {name}\n    primary: true\n"
        f"enterprise:\n  employeeNumber: \"{number}\"\n  department: Data\n{CREATED}"
    )


def group(number, members):
    listed = "".join(f"  - {user_name(member)}\n" for member in sorted(members))
    return (
        f"{COMMENT}id: {identifier('group', number)}\n"
        f"externalId: 0d5b0d3f-5f3e-4a7c-9f0e-{number:012}\n"
        f"displayName: Data Platform {number}\nmembers:\n{listed}{CREATED}"
    )


def access(number):
    role = ("launcher", "editor", "admin")[number % 3]
    return (
        f"team: Data Platform {number}\nreason: DATA-{number}\ngrants:\n"
        f"  - deployment: prod\n    role: viewer\n    locations:\n      finance: {role}\n"
        "  - deployment: staging\n    role: editor\n"
    )


TARGET = "deployments:\n  prod: {locations: [finance, marketing]}\n  staging: {}\n"


class Organization:
    """The files of one size: group 0 holds half of all people, each other one forty."""

    def __init__(self, programs, folder, people, groups, bindings):
        self.programs, self.tree, self.people = programs, folder, people
        run([programs.dagroster, "init", folder, "--shards", "256"])
        for number in range(people):
            self.write("users", f"{user_name(number)}.yaml", identifier("user", number), user(number))
        for number in range(groups):
            members = range(0, people, 2) if number == 0 else {(number * 8 + step * 97) % people for step in range(40)}
            name = f"data-platform-{number}.yaml"
            self.write("groups", name, identifier("group", number), group(number, members))
        for number in range(bindings):
            with open(f"{folder}/access/data-platform-{number}.yaml", "w", encoding="utf-8") as file:
                file.write(access(number))
        with open(f"{folder}/target.yaml", "w", encoding="utf-8") as file:
            file.write(TARGET)
        self.commit("everybody")
        # One pack, as git's own upkeep leaves it, and none of that upkeep while the clock runs.
        self.git("config", "maintenance.auto", "false")
        self.git("repack", "-adq")

    def write(self, kind, name, id, text):
        shard = hashlib.sha256(id.encode()).hexdigest()[:2]
        folder = f"{self.tree}/provisioned/{kind}/{shard}"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def retitle(self, number, title):
        """One person's file changed, and a commit of it."""
        self.write("users", f"{user_name(number)}.yaml", identifier("user", number), user(number, title))
        self.commit("one person")

    def grant(self, number, text):
        """One access file changed, and a commit of it."""
        with open(f"{self.tree}/access/data-platform-{number}.yaml", "w", encoding="utf-8") as file:
            file.write(text)
        self.commit("one grant")

    def commit(self, message):
        self.git("add", "--all")
        self.git("-c", "maintenance.auto=false", "commit", "--quiet", "--message", message)

    def git(self, *arguments):
        names = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.com"]
        return run(["git", "-C", self.tree, *names, *arguments])

    def objects(self):
        """The names of the blobs that a plan reads, one a line."""
        listed = self.git("ls-tree", "-r", "HEAD", "--", "dagroster.yaml", "provisioned", "access")
        return "".join(line.split()[2] + "\n" for line in listed.splitlines())


def run(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {result.returncode}\n{result.stderr}")
    return result.stdout
