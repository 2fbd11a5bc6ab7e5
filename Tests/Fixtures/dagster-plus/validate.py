"""Validates GraphQL documents against a schema with graphql-core.

    validate.py SCHEMA.graphql FOLDER

FOLDER holds one document in each file that ends with `.graphql`. Prints what is wrong with them and ends with 1; a folder
without any is wrong, too.
"""

import pathlib
import sys

from graphql import GraphQLError, build_schema, parse, validate


def main(schema_path, folder):
    schema = build_schema(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    files = sorted(pathlib.Path(folder).glob("*.graphql"))
    failures = 0 if files else 1
    for file in files:
        try:
            errors = validate(schema, parse(file.read_text(encoding="utf-8")))
        except GraphQLError as error:
            errors = [error]
        for error in errors:
            failures += 1
            print(f"{file.name}: {error}")
    print(f"GraphQL: {len(files)} documents, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
