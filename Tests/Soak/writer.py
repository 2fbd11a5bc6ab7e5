"""One client: people of its own in a group that all clients share, and what the answers say of them."""

import http.client
import json
import random
import threading
import time

PEOPLE = 40
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


class NoAnswer(Exception):
    """The server is dead."""


class Writer(threading.Thread):
    """Makes requests at a pace until it is told to stop; pauses while the server is away.

    `people` is what was answered; `doubt` is what it is if the one request that got no answer was done all the same.
    """

    def __init__(self, number: int, pace: float, seed: int, group: str, server):
        super().__init__(daemon=True)
        self.number, self.pace, self.group, self.server = number, pace, group, server
        self.random = random.Random(seed * 1000 + number)
        self.people: dict[str, dict] = {}
        self.doubt: dict[str, dict] | None = None
        self.running = threading.Event()
        self.idle = threading.Event()
        self.ended = False
        self.connection: http.client.HTTPConnection | None = None
        self.count = self.made = 0
        self.wrong: list[str] = []
        self.failure = ""
        self.times: list[float] = []

    def run(self) -> None:
        next_at = time.monotonic() + self.random.random() * self.pace
        while not self.ended:
            if not self.running.is_set():
                self.close()
                self.idle.set()
                self.running.wait()
                self.idle.clear()
                next_at = time.monotonic() + self.random.random() * self.pace
                continue
            time.sleep(max(0.0, next_at - time.monotonic()))
            next_at += self.pace
            try:
                self.step()
            except NoAnswer as error:
                self.failure = str(error)
                # Whoever killed the server says when there is one again.
                self.running.clear()

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def send(self, method: str, path: str, body: dict | None = None) -> tuple[int, dict]:
        began = time.monotonic()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
            self.connection.request(
                method, "/scim/v2" + path, json.dumps(body) if body is not None else None,
                {"Authorization": f"Bearer {self.server.token}", "Content-Type": "application/scim+json"})
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NoAnswer(str(error)) from error
        self.count += 1
        self.times.append(time.monotonic() - began)
        if answer.status >= 500:
            self.wrong.append(f"{method} {path}: {answer.status} {text[:200]!r}")
        return answer.status, json.loads(text) if text else {}

    def change(self, after: dict, expected: int, method: str, path: str, body: dict | None = None) -> dict:
        """A request that makes `people` what `after` is."""
        self.doubt = after
        status, answer = self.send(method, path, body)
        if status == expected:
            self.people = after
        else:
            self.wrong.append(f"{method} {path}: {status}, expected {expected}: {str(answer)[:200]}")
        self.doubt = None
        return answer

    def step(self) -> None:
        turn = self.random.random()
        names = sorted(self.people)
        name = self.random.choice(names) if names else ""
        person = self.people.get(name, {})
        path = f"/Users/{person.get('id')}"
        if not names or (turn < 0.15 and len(names) < PEOPLE):
            self.made += 1
            name = f"w{self.number}-{self.made}"
            body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": name}
            fresh = {"id": None, "title": None, "member": False}
            answer = self.change({**self.people, name: fresh}, 201, "POST", "/Users", body)
            if name in self.people:
                self.people[name]["id"] = answer.get("id")
        elif turn < 0.22 and len(names) > PEOPLE // 2:
            self.change({key: value for key, value in self.people.items() if key != name}, 204, "DELETE", path)
        elif turn < 0.40:
            title = f"step {self.count}"
            operation = {"op": "replace", "path": "title", "value": title}
            self.change({**self.people, name: {**person, "title": title}}, 200, "PATCH", path, patch(operation))
        elif turn < 0.50:
            title = f"put {self.count}"
            body = {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": name, "title": title,
                "active": True}
            self.change({**self.people, name: {**person, "title": title}}, 200, "PUT", path, body)
        elif turn < 0.65:
            member = not person["member"]
            operation = {"op": "add", "path": "members", "value": [{"value": person["id"]}]}
            if not member:
                operation = {"op": "remove", "path": f"members[value eq \"{person['id']}\"]"}
            self.change(
                {**self.people, name: {**person, "member": member}}, 200, "PATCH", f"/Groups/{self.group}",
                patch(operation))
        elif turn < 0.80:
            _, answer = self.send("GET", f"/Users?filter=userName%20eq%20%22{name}%22")
            if answer.get("totalResults") != 1:
                self.wrong.append(f"{name} is not found: {str(answer)[:200]}")
        elif turn < 0.95:
            _, answer = self.send("GET", path)
            if answer.get("title") != person["title"]:
                self.wrong.append(f"{name} has the title {answer.get('title')}, expected {person['title']}")
        else:
            self.send("GET", "/Users?count=50&startIndex=1")

    def accept(self, found: dict[str, dict]) -> bool:
        """Takes what was found after a restart for the truth, if it is what the answers allow."""
        facts = {name: (person["title"], person["member"]) for name, person in found.items()}
        for known in (self.people, self.doubt):
            if known is not None and facts == {name: (p["title"], p["member"]) for name, p in known.items()}:
                self.people, self.doubt = found, None
                return True
        return False


def patch(*operations: dict) -> dict:
    return {"schemas": [PATCH], "Operations": list(operations)}
