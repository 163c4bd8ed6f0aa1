"""The files behind one config: the file that was asked for, and those that it extends.

``extends: ../other.yaml`` takes another config of the same kind as the starting point: groups are
merged key by key, lists and single values are replaced. The path counts from the file that it
stands in, and stays inside the project folder: the nearest folder named ``configs`` that holds
the file that was asked for or, where there is none, that file's own folder. Links are followed
before this is judged. ``name`` and ``about``, and these in Dutch, are not taken over: they belong to one file.
"""

import os
from pathlib import Path

from collabsim.config.contents import nearest_file, read_file
from collabsim.config.errors import ConfigError, OutsideError, Place, shown
from collabsim.config.nodes import Node
from collabsim.phrases import Phrase

LONGEST_CHAIN = 20
FORMAT_VERSION = 1
PROJECT_FOLDER = "configs"
OWN_TO_A_FILE = ("name", "name_nl", "about", "about_nl")
READ_HERE = ("extends", "kind")
KINDS = ("scenario", "comparison", "sweep", "calibration")


def read_config(
    path: Path,
    kind: str | None = None,
    project: Path | None = None,
    name: str | None = None,
) -> Node:
    """Read a config with all that it extends, merged into one mapping with its places.

    Args:
        path: the file that is asked for.
        kind: "scenario" or "comparison"; None takes either.
        project: folder that may not be left; by default the project folder of ``path``.
        name: what to call the file in messages; by default its path.

    Returns:
        A mapping in which ``kind`` and ``name`` are always there, and ``extends`` never.

    Raises:
        ConfigError: a file cannot be read, is of another kind or version, leaves the project
            folder, or extends itself.

    """
    project = project_folder(path) if project is None else project
    files: list[tuple[Path, str]] = []
    roots: list[Node] = []
    next_path, next_name = path, str(path) if name is None else name
    while True:
        root = read_file(next_path, next_name, rank=len(roots))
        kind = checked_head(root, kind, roots[-1].value["extends"].place if roots else None)
        files.append((real(next_path), next_name))
        roots.append(root)
        if "extends" not in root.value:
            break
        next_path, next_name = parent_of(root, files, project)
    merged = roots[-1]
    for heir in reversed(roots[:-1]):
        merged = inherited(merged, heir, kind)
    own_name = roots[0].value.get("name", Node(path.stem[:100], roots[0].place))
    entries = {k: node for k, node in merged.value.items() if k not in READ_HERE}
    return Node(
        {"kind": Node(kind, roots[0].place), **entries, "name": own_name},
        roots[0].place,
    )


def inherited(parent: Node, heir: Node, kind: str) -> Node:
    """Merge a whole config over the one that it extends."""
    entries = {k: node for k, node in parent.value.items() if k not in OWN_TO_A_FILE}
    if kind == "scenario":
        label = entries.get("comparison")
        if label is None or label.value == "baseline":
            # What extends the baseline is no longer it, unless it says so.
            entries["comparison"] = Node("variant", heir.place)
    return merged_over(Node(entries, parent.place), heir)


def merged_over(old: Node, new: Node) -> Node:
    """Merge mappings key by key; anything else is replaced."""
    if not (isinstance(old.value, dict) and isinstance(new.value, dict)):
        return new
    entries = dict(old.value)
    for key, node in new.value.items():
        entries[key] = merged_over(entries[key], node) if key in entries else node
    return Node(entries, new.place)


def checked_head(root: Node, expected: str | None, asked_at: Place | None) -> str:
    """Check version and kind of one file, and give its kind.

    Args:
        root: the file.
        expected: the kind that it must have, None for any.
        asked_at: where another file extends this one, if one does.

    """
    version = root.value.get("schema")
    if version is None or type(version.value) is not int or version.value != FORMAT_VERSION:
        newer = version is not None and type(version.value) is int and version.value > 1
        raise ConfigError(
            Phrase('there is no "schema"', '"schema" ontbreekt')
            if version is None
            else Phrase(
                f"schema is {shown(version.plain())}", f"schema is {shown(version.plain(), 'nl')}"
            ),
            rule=Phrase(
                f"each config says that it is written in version {FORMAT_VERSION} of the format",
                f"elke config zegt dat hij in versie {FORMAT_VERSION} van het formaat is geschreven",
            ),
            repair=Phrase(
                "use a newer collabsim for this file",
                "gebruik een nieuwere collabsim voor dit bestand",
            )
            if newer
            else Phrase(
                f'write "schema: {FORMAT_VERSION}" as its first line',
                f'schrijf "schema: {FORMAT_VERSION}" op de eerste regel',
            ),
            place=root.place if version is None else version.place,
            key="schema",
            value=None if version is None else version.plain(),
        )
    node = root.value.get("kind")
    kind = "scenario" if node is None else node.value
    if kind not in KINDS or (expected is not None and kind != expected):
        wanted = KINDS if expected is None else (expected,)
        raise ConfigError(
            Phrase(f"{root.place.file} is a {kind}", f"{root.place.file} is van de soort {kind}")
            if kind in KINDS
            else Phrase(f"kind is {shown(kind)}", f"kind is {shown(kind, 'nl')}"),
            rule=Phrase(
                f"what is needed here is a {' or '.join(wanted)}",
                f"hier is een bestand van de soort {' of '.join(wanted)} nodig",
            ),
            repair=Phrase(
                f"give a file of that kind, or begin it with kind: {wanted[0]}",
                f"geef zo'n bestand, of begin het met kind: {wanted[0]}",
            ),
            place=asked_at or (root.place if node is None else node.place),
            key="kind",
            value=kind,
        )
    return str(kind)


def parent_of(root: Node, files: list[tuple[Path, str]], project: Path) -> tuple[Path, str]:
    """Give path and name of the file that ``root`` extends, if it may."""
    node = root.value["extends"]
    path, name = neighbour(files[-1], node, "extends", project)
    chain = [before for before, _ in files]
    if real(path) in chain:
        names = " -> ".join([*(named for _, named in files[chain.index(real(path)) :]), name])
        raise ConfigError(
            Phrase(
                f"extends goes round in a circle: {names}", f"extends loopt in een kring: {names}"
            ),
            rule=Phrase(
                "a config may not extend itself, directly or through others",
                "een config bouwt niet op zichzelf voort, ook niet via andere",
            ),
            repair=Phrase(
                "remove extends from one of these files",
                "verwijder extends uit een van deze bestanden",
            ),
            place=node.place,
            key="extends",
            value=node.value,
        )
    if len(files) >= LONGEST_CHAIN:
        raise ConfigError(
            Phrase(
                f"this is the end of {LONGEST_CHAIN} configs that extend each other",
                f"dit is het eind van {LONGEST_CHAIN} configs die op elkaar voortbouwen",
            ),
            rule=Phrase(
                f"at most {LONGEST_CHAIN} configs extend each other",
                f"er bouwen hooguit {LONGEST_CHAIN} configs op elkaar voort",
            ),
            repair=Phrase("merge some of them", "voeg er een paar samen"),
            place=node.place,
            key="extends",
            value=node.value,
        )
    return path, name


def neighbour(
    written_in: tuple[Path, str], node: Node, key: str, project: Path
) -> tuple[Path, str]:
    """Give path and name of a file that a config refers to.

    Args:
        written_in: path and name of the file that refers.
        node: the relative path as it is written.
        key: where it is written.
        project: folder that may not be left.

    """
    folder = written_in[0].parent
    text = node.value
    if not isinstance(text, str) or not text or "\0" in text:
        raise ConfigError(
            Phrase(f"{key} is {shown(node.plain())}", f"{key} is {shown(node.plain(), 'nl')}"),
            rule=Phrase(
                f"{key} names one file by its path from here",
                f"bij {key} staat één bestand, met het pad vanaf hier",
            ),
            repair=Phrase(
                f"write it like {key}: region-004-rotating.yaml",
                f"schrijf het zoals {key}: region-004-rotating.yaml",
            ),
            place=node.place,
            key=key,
            value=node.plain(),
        )
    path = folder / text
    if Path(text).is_absolute() or not real(path).is_relative_to(project):
        raise OutsideError(
            Phrase(
                f"{key} is {shown(text)}, which lies outside the folder {project.name}",
                f"{key} is {shown(text)}, en dat ligt buiten de map {project.name}",
            ),
            rule=Phrase(
                f"a config may only use files inside its project, here the folder {project.name}",
                "een config gebruikt alleen bestanden binnen het eigen project, "
                f"hier de map {project.name}",
            ),
            repair=Phrase(
                "copy that file into the folder and write its path from here",
                "kopieer dat bestand naar de map en schrijf het pad vanaf hier",
            ),
            place=node.place,
            key=key,
            value=text,
        )
    if not path.is_file():
        near = nearest_file(path)
        raise ConfigError(
            Phrase(
                f"{key} is {shown(text)}, and there is no such file",
                f"{key} is {shown(text)}, en dat bestand is er niet",
            ),
            rule=Phrase(
                f"{key} names a file by its path from the file that it stands in",
                f"bij {key} staat een bestand, met het pad vanaf het bestand waar {key} in staat",
            ),
            repair=Phrase(
                f"write the path of an existing file{near}",
                f"schrijf het pad van een bestand dat er is{near.nl}",
            ),
            place=node.place,
            key=key,
            value=text,
        )
    return path, os.path.normpath(Path(written_in[1]).parent / text)


def project_folder(path: Path) -> Path:
    """Give the folder that a config and all that it refers to must lie in."""
    folder = real(path).parent
    for candidate in (folder, *folder.parents):
        if candidate.name == PROJECT_FOLDER:
            return candidate
    return folder


def real(path: Path) -> Path:
    """Give the path with links followed; an impossible path stays as it is."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:
        return path
