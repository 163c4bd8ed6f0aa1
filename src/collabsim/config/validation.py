"""From the nodes of a config to a scenario, or to one clear error."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from collabsim.config.catalogue import (
    Location,
    Parameter,
    dotted,
    group_at,
    parameter_at,
    parameters,
)
from collabsim.config.clash import Clash
from collabsim.config.consistency import clashes
from collabsim.config.errors import CONTROL, ConfigError, did_you_mean, shown
from collabsim.config.nodes import Node
from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase

MOST_KEYS_LISTED = 12
#: The one rule that a parameter checks itself; the model, which raises it, speaks English only.
IN_OWN_FILE = Phrase(
    "it must be the name of a ground rule in the file given with --with",
    "hier hoort de naam van een spelregel uit het bestand dat met --with is gegeven",
)


def validated(root: Node) -> Scenario:
    """Check every value and the rules between them; the timeline's changes come later.

    Args:
        root: a mapping with the keys of a scenario, nothing else.

    Raises:
        ConfigError: the first problem in reading order, and how many more there are.

    """
    scenario = checked_group(root, Scenario)
    if found := [error_at(root, clash) for clash in clashes(scenario)]:
        raise ConfigError.first_of(found)
    return scenario


def checked_group[G: Group](root: Node, model: type[G]) -> G:
    """Check keys, types and ranges of a mapping against a group.

    Raises:
        ConfigError: the first problem in reading order, and how many more there are.

    """
    if hidden := next(hidden_characters(root), None):
        raise hidden
    try:
        return model.model_validate(root.plain())
    except ValidationError as error:
        # What is missing comes last: it may be there under a name that does not exist.
        problems = sorted(error.errors(include_url=False), key=lambda p: p["type"] == "missing")
        found = [explained(root, problem, model) for problem in problems]
        raise ConfigError.first_of(found) from None


def hidden_characters(node: Node, path: str = "") -> Iterator[ConfigError]:
    """An error for each text with characters that steer a terminal or turn text round.

    Lines and tabs are allowed in text of more than one line, as descriptions are.
    """
    match node.value:
        case dict() as entries:
            for key, inner in entries.items():
                yield from hidden_characters(inner, f"{path}.{key}" if path else key)
        case list() as items:
            for i, inner in enumerate(items):
                yield from hidden_characters(inner, f"{path}[{i + 1}]")
        case str() as text:
            plain = (
                text.replace("\n", "").replace("\t", "") if path in {"about", "about_nl"} else text
            )
            if found := CONTROL.search(plain):
                yield ConfigError(
                    Phrase(
                        f"{path} holds the character U+{ord(found[0]):04X}",
                        f"in {path} staat het teken U+{ord(found[0]):04X}",
                    ),
                    rule=Phrase(
                        "text in a config is printable",
                        "tekst in een config bestaat uit zichtbare tekens",
                    ),
                    repair=Phrase("remove that character", "verwijder dat teken"),
                    place=node.place,
                    key=path,
                    value=text,
                )


def explained(root: Node, problem: ErrorDetails, model: type[Group]) -> ConfigError:
    """Say in our own words what pydantic found wrong at a place."""
    location = problem["loc"]
    node = root.at(location)
    value = node.plain()
    known = parameter_at(location, model)
    inside = root.at(location[:-1])
    missing = isinstance(inside.value, dict) and location[-1] not in inside.value
    if missing and known is not None:
        return ConfigError(
            Phrase(f"{dotted(location)} is missing", f"{dotted(location)} ontbreekt"),
            rule=must_be(known),
            repair=Phrase(
                f'add "{location[-1]}:" with its value',
                f'zet er "{location[-1]}:" bij, met de waarde',
            ),
            place=node.place,
            key=dotted(location),
        )
    group = group_at(location, model)
    if known is None and group is None:
        return unknown_key(node, location, model)
    if known is None:
        name = dotted(location)
        first = "" if group is None else next(iter(group.model_fields))
        return ConfigError(
            Phrase(
                f"{name or 'a scenario'} is {shown(value)}",
                f"{name or 'een scenario'} is {shown(value, 'nl')}",
            ),
            rule=Phrase("it must be a group of keys", "hier hoort een groep sleutels"),
            repair=Phrase(
                f"write its keys below it{first and f', such as {first}'}",
                f"schrijf de sleutels eronder{first and f', zoals {first}'}",
            ),
            place=node.place,
            key=dotted(location),
            value=value,
        )
    return ConfigError(
        Phrase(
            f"{dotted(location)} is {shown(value)}", f"{dotted(location)} is {shown(value, 'nl')}"
        ),
        rule=IN_OWN_FILE if problem["type"] == "value_error" else must_be(known),
        repair=repair_of(value, known.accepted, known.kind, known.default),
        place=node.place,
        key=dotted(location),
        value=value,
    )


def must_be(known: Parameter) -> Phrase:
    """Say what belongs at a place."""
    rule = known.rule()
    return Phrase(f"it must be {rule}", f"hier hoort {rule.nl}")


def repair_of(value: object, choices: tuple[Any, ...], kind: str, default: object) -> Phrase:
    """Say how to repair a value of the wrong type or out of range."""
    if choices and isinstance(value, str):
        near = get_close_matches(value, [str(choice) for choice in choices], n=1)
        if near:
            return did_you_mean(f'"{near[0]}"')
    if kind == "true or false":
        return Phrase(
            "write true or false, without quotes", "schrijf true of false, zonder aanhalingstekens"
        )
    like = example(default)
    if kind in {"number", "whole number"} and isinstance(value, str):
        return Phrase(
            f"write a number without quotes, units or separators{like}",
            f"schrijf een getal zonder aanhalingstekens, eenheid of scheidingstekens{like.nl}",
        )
    if kind == "list":
        return Phrase("write a list, like [one, two]", "schrijf een lijst, zoals [een, twee]")
    return Phrase(f"write another value{like}", f"schrijf een andere waarde{like.nl}")


def example(default: object) -> Phrase:
    """Give the default as an example, where there is one."""
    if default in (None, ""):
        return Phrase("", "")
    return Phrase(
        f", for example {shown(default)}, the default",
        f", bijvoorbeeld {shown(default, 'nl')}, de standaardwaarde",
    )


def unknown_key(node: Node, location: Location, model: type[Group]) -> ConfigError:
    """Say that there is no such key, and which right name is nearest."""
    key = str(location[-1])
    above = location[:-1]
    group = group_at(above, model)
    siblings = [] if group is None else [f.alias or n for n, f in group.model_fields.items()]
    kind = model.__name__.lower().removesuffix("file")
    whole = Phrase(f"a {kind}", f"een config van de soort {kind}")
    paths = parameters() if model is Scenario else ()
    elsewhere = [path for path in paths if path.rpartition(".")[2] == key]
    near = get_close_matches(key, siblings, n=1)
    if near:
        repair = did_you_mean(f'"{near[0]}"')
    elif elsewhere:
        repair = Phrase(
            f"it belongs elsewhere: {elsewhere[0]}", f"hij hoort ergens anders: {elsewhere[0]}"
        )
    elif far := get_close_matches(key, [p.rpartition(".")[2] for p in paths], n=1):
        repair = did_you_mean(next(p for p in paths if p.rpartition(".")[2] == far[0]))
    else:
        more = ", ..." if len(siblings) > MOST_KEYS_LISTED else ""
        listed = f"{', '.join(siblings[:MOST_KEYS_LISTED])}{more}"
        repair = Phrase(
            f"remove it, or use one of: {listed}", f"verwijder hem, of gebruik een van: {listed}"
        )
    return ConfigError(
        Phrase(
            f'there is no key "{key[:60]}" in {dotted(above) or whole}',
            f'er is geen sleutel "{key[:60]}" in {dotted(above) or whole.nl}',
        ),
        rule=Phrase(
            "a config holds only keys that exist", "in een config staan alleen sleutels die bestaan"
        ),
        repair=repair,
        place=node.place,
        key=dotted(location),
        value=node.plain(),
    )


def error_at(root: Node, clash: Clash) -> ConfigError:
    """Give the error for a broken rule between parameters, at a line where it can be repaired.

    Of the lines that bear on it, that is the first in the file nearest to the one asked for.
    """
    written = [at for at in (clash.at, *clash.others) if root.holds(at)]
    places = [root.at(at).place for at in written] or [root.place]
    return ConfigError(
        clash.found,
        rule=clash.rule,
        repair=clash.repair,
        place=min(places, key=lambda place: place.rank),
        key=dotted(clash.at),
        value=clash.value,
    )
