"""Reads YAML with PyYAML and says where it finds other strings than were written.

    crosscheck.py STRINGS.json FILE.yaml

STRINGS.json is a list of strings. FILE.yaml is a list of one map for each of them, which holds it as a value
(`value`), in a list (`list`), in a list of lists (`lists`) and as a key (`key`). Every loader must find the same
characters, and the safe ones must find a `str`, not a date, a number, a boolean or nothing. Prints what differs and
ends with 1; prints nothing and ends with 0 when all agree.
"""

import json
import sys

import yaml

LOADERS = [yaml.BaseLoader, yaml.SafeLoader]
if yaml.__with_libyaml__:
    LOADERS += [yaml.CBaseLoader, yaml.CSafeLoader]


def main(strings_path, file_path):
    with open(strings_path, encoding="utf-8") as file:
        strings = json.load(file)
    with open(file_path, "rb") as file:
        written = file.read()
    failures = 0
    for loader in LOADERS:
        found = yaml.load(written, Loader=loader)
        if len(found) != len(strings):
            print(f"{loader.__name__}: {len(found)} entries, expected {len(strings)}")
            failures += 1
        for string, entry in zip(strings, found):
            expected = {"value": string, "list": [string], "lists": [[string]], "key": {string: {string: "x"}}}
            if entry != expected or not all(type(key) is str for key in entry["key"]):
                print(f"{loader.__name__}: wrote {string!r}, found {entry!r}")
                failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
