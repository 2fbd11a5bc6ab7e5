"""Compares what graphql-core says about GraphQL requests with what was said already.

    compare.py SCHEMA.graphql REQUESTS.json

REQUESTS.json is a list of objects: `query`, `variables`, and `errors`, the list of errors that the other reader found,
each with `message` and `locations`. Errors are compared without their order, and without the guesses of what was meant
("Did you mean ..."). Prints what differs and ends with 1; prints nothing and ends with 0 when all agree.
"""

import json
import sys

from graphql import GraphQLError, build_schema, parse, validate
from graphql.execution.values import get_variable_values


def found(schema, query, variables):
    try:
        document = parse(query)
    except GraphQLError as error:
        return [error]
    errors = validate(schema, document, max_errors=10_000)
    if errors:
        return errors
    coerced = get_variable_values(schema, document.definitions[0].variable_definitions or (), variables)
    return coerced if isinstance(coerced, list) else []


def without_guess(message):
    return message.split(" Did you mean ")[0]


def place(query, position):
    """Line and column, counted here: graphql-core takes the first character of a line for one behind the line before."""
    before = query[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def theirs(request, schema):
    for error in found(schema, request["query"], request["variables"]):
        yield without_guess(error.message), sorted(place(request["query"], each) for each in error.positions or ())


def ours(request):
    for error in request["errors"]:
        places = sorted((each["line"], each["column"]) for each in error.get("locations", []))
        yield without_guess(error["message"]), places


def main(schema_path, requests_path):
    with open(schema_path, encoding="utf-8") as file:
        schema = build_schema(file.read())
    with open(requests_path, encoding="utf-8") as file:
        requests = json.load(file)
    failures = 0
    for request in requests:
        expected, actual = sorted(theirs(request, schema)), sorted(ours(request))
        if actual != expected:
            failures += 1
            print(f"--- {request['query']}\n    with {json.dumps(request['variables'])}")
            print(f"    graphql-core: {expected}\n    here:         {actual}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
