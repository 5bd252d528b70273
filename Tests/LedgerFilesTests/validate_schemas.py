#!/usr/bin/env python3
"""Holds the JSON Schemas to the fixtures: usage validate_schemas.py FIXTURES SCHEMAS

Every fixture says what a JSON Schema validator makes of its YAML files: `accepts` (all files are valid), `rejects`
(one is not), or `unreadable` (one is not even YAML). The Swift tests hold `kpi check` to the same fixtures, so that a
case that both can tell gets one verdict. Needs jsonschema and PyYAML. Exits 1 and names each disagreement.
"""

import json
import pathlib
import re
import sys

import jsonschema
import yaml

KINDS = [
    (r"ledger\.yaml", "ledger"),
    (r"people\.yaml", "people"),
    (r"goals\.yaml", "goals"),
    (r"departments/[^/]+/department\.yaml", "department"),
    (r"departments/[^/]+/kpis/[^/]+\.yaml", "definition"),
    (r"departments/[^/]+/actions/[^/]+\.yaml", "action"),
    (r"departments/[^/]+/reviews/[^/]+\.yaml", "review"),
    (r"proposals/.+\.yaml", "proposal"),
    (r"closes/[^/]+/[^/]+\.yaml", "close"),
]


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema (PyYAML's own is that of YAML 1.1: there `no` is false and 010 is eight)."""

    yaml_implicit_resolvers = {}


def _integer(loader, node):
    text = loader.construct_scalar(node)
    for prefix, base in (("0o", 8), ("0x", 16)):
        if text.startswith(prefix):
            return int(text[2:], base)
    return int(text)


def _float(loader, node):
    text = loader.construct_scalar(node).lower()
    if text.lstrip("+-") in (".inf", ".nan"):
        return text  # JSON has no such number, so that no schema takes it for one
    return float(text)


def _mapping(loader, node, deep=False):
    """Names are texts in JSON, also `2026`."""
    loader.flatten_mapping(node)
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


def _resolver(tag, pattern, first):
    CoreLoader.add_implicit_resolver(tag, re.compile(pattern), list(first))


_resolver("tag:yaml.org,2002:null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""])
_resolver("tag:yaml.org,2002:bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF")
_resolver("tag:yaml.org,2002:int", r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789")
_resolver(
    "tag:yaml.org,2002:float",
    r"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$",
    "-+.0123456789",
)
CoreLoader.add_constructor("tag:yaml.org,2002:int", _integer)
CoreLoader.add_constructor("tag:yaml.org,2002:float", _float)
CoreLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def kind_of(path):
    return next((kind for pattern, kind in KINDS if re.fullmatch(pattern, path)), None)


def load(text):
    try:
        return yaml.load(text.decode("utf-8-sig"), Loader=CoreLoader)
    except RecursionError as error:
        raise yaml.YAMLError("nested too deeply") from error


def verdict(case, validators):
    """`accepts`, `rejects` or `unreadable`, and what was found."""
    worst, notes = "accepts", []
    for path in sorted(p for p in case.rglob("*") if p.is_file()):
        name = path.relative_to(case).as_posix()
        kind = kind_of(name)
        if kind is None:
            continue
        try:
            document = load(path.read_bytes())
        except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
            worst = "unreadable"
            notes.append(f"{name}: {str(error).splitlines()[0]}")
            continue
        for error in validators[kind].iter_errors(document):
            worst = worst if worst == "unreadable" else "rejects"
            notes.append(f"{name}: {error.json_path}: {error.message[:200]}")
    return worst, notes


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    fixtures, schemas = map(pathlib.Path, arguments)
    validators = {}
    for _, kind in KINDS:
        schema = json.loads((schemas / f"{kind}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[kind] = jsonschema.Draft202012Validator(schema)
    passed = failed = 0
    for kind in ("valid", "invalid"):
        for case in sorted((fixtures / kind).iterdir()):
            expected = json.loads((case / "expected.json").read_text())
            actual, notes = verdict(case, validators)
            has_errors = any(finding["severity"] == "error" for finding in expected["findings"])
            problems = []
            if actual != expected["schema"]:
                problems.append(f"the schemas should say {expected['schema']}, but say {actual}")
            if actual != "accepts" and not has_errors:
                problems.append("the schemas find a fault where kpi check finds none")
            if problems:
                failed += 1
                print(f"{kind}/{case.name}: " + "; ".join(problems + notes))
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
