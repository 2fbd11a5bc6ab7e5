"""Prints what a conformance suite found and exits 1 if a check failed that should not."""

import json
import re
import sys

# It adds a member that does not exist, and a roster that took it would list nobody: ours answers 400.
EXPECTED_FAILURES = {"PATCH /Groups/{id} add member"}


def tester(text):
    """Each result of scim2-tester is a line `STATUS title`, and its reason an indented line."""
    results = re.findall(r"^([A-Z]+) (\w+)\n(?:  (.*))?", re.sub(r"\x1b\[[0-9;]*m", "", text), re.M)
    if not results:
        return 0, [("no result at all", text.strip())]
    failures = [(title, reason) for status, title, reason in results if status not in ("SUCCESS", "SKIPPED")]
    skipped = [(title, reason) for status, title, reason in results if status == "SKIPPED"]
    for title, reason in skipped:
        print(f"   skipped: {title}: {reason}")
    return len(results) - len(failures) - len(skipped), failures


def sanity(text):
    """scim-sanity writes one JSON document."""
    try:
        report = json.loads(text)
    except ValueError:
        return 0, [("no report", text.strip())]
    failures = []
    for result in report["results"]:
        if result["status"] == "skip":
            print(f"   skipped: {result['name']}")
        elif result["status"] != "pass":
            failures.append((result["name"], result.get("message", result["status"])))
    return report["summary"]["passed"], failures


def main(suite, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    passed, failures = (tester if suite == "scim2-tester" else sanity)(text)
    unexpected = [failure for failure in failures if failure[0] not in EXPECTED_FAILURES]
    for title, reason in failures:
        word = "FAILED" if (title, reason) in unexpected else "expected failure"
        print(f"   {word}: {title}: {reason}")
    print(f"{suite}: {passed} passed, {len(unexpected)} failed, {len(failures) - len(unexpected)} expected failures")
    return 1 if unexpected or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
