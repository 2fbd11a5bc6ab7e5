"""Requests as identity providers send them, one a line for the load generator."""

import json
import urllib.parse

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def user_name(number):
    return f"ada.lovelace{number:06}@example.com"


def user(number):
    """A new person with what Entra's default mapping sends, some 600 bytes."""
    name = user_name(number)
    return {
        "schemas": [USER, ENTERPRISE],
        "externalId": f"58342554-38d6-4ec8-948c-{number:012}",
        "userName": name,
        "active": True,
        "displayName": f"Ada Lovelace {number}",
        "emails": [{"primary": True, "type": "work", "value": name}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada"},
        "title": "Analyst",
        ENTERPRISE: {"employeeNumber": f"{number}", "department": "Data"},
    }


def group(number, members=()):
    body = {
        "schemas": [GROUP],
        "externalId": f"0d5b0d3f-5f3e-4a7c-9f0e-{number:012}",
        "displayName": f"Data Platform {number}",
    }
    if members:
        body["members"] = [{"value": member} for member in members]
    return body


def activation(is_active):
    """Entra's PATCH of `active`, with the flag."""
    return {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "active", "value": is_active}]}


def joining(members):
    value = [{"value": member} for member in members]
    return {"schemas": [PATCH], "Operations": [{"op": "add", "path": "members", "value": value}]}


def leaving(member):
    return {"schemas": [PATCH], "Operations": [{"op": "remove", "path": f'members[value eq "{member}"]'}]}


def line(method, path, body=None):
    text = "" if body is None else json.dumps(body, separators=(",", ":"))
    return f"{method}\t{path}\t{text}\n"


def user_filter(number):
    return "filter=" + urllib.parse.quote_plus(f'userName eq "{user_name(number)}"')


def group_filter(number):
    return "excludedAttributes=members&filter=" + urllib.parse.quote_plus(f'displayName eq "Data Platform {number}"')
