"""A scenario as plain data: complete, in one fixed order, with an identity, and as a file."""

import hashlib
import io
import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from collabsim.config.files import FORMAT_VERSION, KINDS
from collabsim.parameters.declaring import Declaration
from collabsim.parameters.scenario import LABELS, Scenario


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Give every parameter of a scenario as plain data that ``scenario_from_mapping`` takes back.

    Groups and keys stand in the order of their declaration; changes of the timeline are sorted by
    month, then by path. Values are strings, numbers, booleans, None, lists and dicts.
    """
    plain: dict[str, Any] = json_ready(scenario.model_dump(by_alias=True))
    changes = sorted(plain["timeline"], key=lambda change: change["month"])
    plain["timeline"] = [
        {"month": change["month"], "set": dict(sorted(change["set"].items()))} for change in changes
    ]
    return plain


def json_ready(value: Any) -> Any:  # noqa: ANN401 - any value of a config
    """Make lists of tuples, and one zero of the two that floats have."""
    if isinstance(value, dict):
        return {str(key): json_ready(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(inner) for inner in value]
    return value + 0.0 if isinstance(value, float) else value


def identity(scenario: Scenario) -> str:
    """Give the SHA-256, in hexadecimal, of all that matters to a run of the scenario.

    Two scenarios have the same identity exactly when they differ in nothing but ``LABELS``.
    """
    matters = {key: value for key, value in resolved(scenario).items() if key not in LABELS}
    canonical = json.dumps(matters, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def differences(scenario: Scenario, base: Scenario | None = None) -> dict[str, Any]:
    """Give what differs from ``base`` (by default: all defaults) as nested plain data."""
    other = resolved(Scenario() if base is None else base)
    return difference(resolved(scenario), other)


def difference(new: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """Give the entries of ``new`` that differ from ``old``."""
    changed: dict[str, Any] = {}
    for key, value in new.items():
        before = old.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            if inner := difference(value, before):
                changed[key] = inner
        elif value != before or type(value) is not type(before):
            changed[key] = value
    return changed


def dump_yaml(scenario: Scenario, *, complete: bool = False) -> str:
    """Write a scenario as a config file that loads to an equal scenario.

    Args:
        scenario: the scenario.
        complete: write every parameter; by default only what differs from the defaults.

    """
    content = resolved(scenario) if complete else differences(scenario)
    if not complete:
        # What is not said of an organisation or a tie need not be written either.
        for key in ("organisations", "ties"):
            if listed := getattr(scenario.region, key):
                said = [json_ready(one.model_dump(exclude_defaults=True)) for one in listed]
                content["region"][key] = said
    head = {"schema": FORMAT_VERSION, "kind": KINDS[0], "name": scenario.name}
    body = {key: value for key, value in content.items() if key not in head}
    return as_yaml({**head, **body})


def dump_comparison(
    name: str, scenarios: Sequence[str], replicates: int, *, name_nl: str = ""
) -> str:
    """Write a comparison file.

    Args:
        name: what it is called.
        scenarios: paths of the scenario files, as seen from where it will lie.
        replicates: how many replicates of each.
        name_nl: what it is called for who reads Dutch; "" leaves that out.

    """
    head = {"schema": FORMAT_VERSION, "kind": KINDS[1], "name": name}
    head |= {"name_nl": name_nl} if name_nl else {}
    return as_yaml({**head, "scenarios": list(scenarios), "replicates": replicates})


def as_yaml(content: dict[str, Any]) -> str:
    """Write the content of a config."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(yaml_ready(content), stream)
    return stream.getvalue()


def yaml_ready(value: Any) -> Any:  # noqa: ANN401 - any value of a config
    """Choose for each text the style of YAML that keeps it as it is."""
    if isinstance(value, dict):
        return {key: yaml_ready(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [yaml_ready(inner) for inner in value]
    if not isinstance(value, str):
        return value
    lines = value.split("\n")
    if not all(line.isprintable() for line in lines):
        return DoubleQuotedScalarString(value)
    plain = all(line == line.strip() for line in lines) and lines[0] != ""
    return LiteralScalarString(value) if plain and len(lines) > 1 else value


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a scenario file, for editors.

    Unit, role, grade, source, plausible range and Dutch meaning of a parameter stand in fields
    that begin with ``x-``.
    """
    schema = Scenario.model_json_schema(by_alias=True)
    without_objects: dict[str, Any] = plain_schema(schema)
    properties = without_objects["properties"]
    without_objects["properties"] = {
        "schema": properties.pop("schema"),
        "kind": {"const": KINDS[0], "description": "What this file holds."},
        "extends": {
            "type": "string",
            "description": "Path from this file of the config that this one starts from.",
        },
        **properties,
    }
    without_objects["required"] = ["schema"]
    without_objects["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    without_objects["title"] = "collabsim scenario"
    return without_objects


def plain_schema(value: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    """Replace declarations by fields that JSON can hold."""
    if isinstance(value, dict):
        plain = {
            k: plain_schema(inner) for k, inner in value.items() if k not in {"parameter", "nl"}
        }
        if isinstance(dutch := value.get("nl"), str):
            plain["x-nl"] = dutch
        return plain | declared(value.get("parameter"))
    return [plain_schema(inner) for inner in value] if isinstance(value, list) else value


def declared(declaration: Any) -> dict[str, Any]:  # noqa: ANN401 - an object, its fields, or None
    """Give the fields of a declaration, each with x- before its name."""
    if isinstance(declaration, Declaration | BaseModel):
        names = ("unit", "role", "grade", "source", "plausible", "distribution", "nl")
        declaration = {name: getattr(declaration, name) for name in names}
    if not isinstance(declaration, dict):
        return {}
    return {
        f"x-{name}": json_ready(value)
        for name, value in declaration.items()
        if name != "en" and value not in (None, "")
    }
