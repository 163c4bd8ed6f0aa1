"""The files behind one config: the file that was asked for, and those that it extends.

``extends: ../other.yaml`` takes another config of the same kind as the starting point: groups are
merged key by key, lists and single values are replaced. The path counts from the file that it
stands in, and stays inside the project folder: the nearest folder named ``configs`` that holds
the file that was asked for or, where there is none, that file's own folder. Links are followed
before this is judged. ``name`` and ``about``, and these in Dutch, are not taken over: they belong to one file.
"""

import os
from difflib import get_close_matches
from pathlib import Path

from collabsim.config.errors import ConfigError, Place, shown
from collabsim.config.yaml_reading import Node, read_text

LARGEST_FILE_BYTES = 1_000_000
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
            'there is no "schema"' if version is None else f"schema is {shown(version.plain())}",
            rule=f"each config says that it is written in version {FORMAT_VERSION} of the format",
            repair="use a newer collabsim for this file"
            if newer
            else f'write "schema: {FORMAT_VERSION}" as its first line',
            place=root.place if version is None else version.place,
            key="schema",
            value=None if version is None else version.plain(),
        )
    node = root.value.get("kind")
    kind = "scenario" if node is None else node.value
    if kind not in KINDS or (expected is not None and kind != expected):
        wanted = " or ".join(KINDS) if expected is None else expected
        raise ConfigError(
            f"{root.place.file} is a {kind}" if kind in KINDS else f"kind is {shown(kind)}",
            rule=f"what is needed here is a {wanted}",
            repair=f"give a file of that kind, or begin it with kind: {expected or KINDS[0]}",
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
        names = [*(named for _, named in files[chain.index(real(path)) :]), name]
        raise ConfigError(
            f"extends goes round in a circle: {' -> '.join(names)}",
            rule="a config may not extend itself, directly or through others",
            repair="remove extends from one of these files",
            place=node.place,
            key="extends",
            value=node.value,
        )
    if len(files) >= LONGEST_CHAIN:
        raise ConfigError(
            f"this is the end of {LONGEST_CHAIN} configs that extend each other",
            rule=f"at most {LONGEST_CHAIN} configs extend each other",
            repair="merge some of them",
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
            f"{key} is {shown(node.plain())}",
            rule=f"{key} names one file by its path from here",
            repair=f"write it like {key}: region-004-rotating.yaml",
            place=node.place,
            key=key,
            value=node.plain(),
        )
    path = folder / text
    if Path(text).is_absolute() or not real(path).is_relative_to(project):
        raise ConfigError(
            f"{key} is {shown(text)}, which lies outside the folder {project.name}",
            rule=f"a config may only use files inside its project, here the folder {project.name}",
            repair="copy that file into the folder and write its path from here",
            place=node.place,
            key=key,
            value=text,
        )
    if not path.is_file():
        raise ConfigError(
            f"{key} is {shown(text)}, and there is no such file",
            rule=f"{key} names a file by its path from the file that it stands in",
            repair=f"write the path of an existing file{nearest_file(path)}",
            place=node.place,
            key=key,
            value=text,
        )
    return path, os.path.normpath(Path(written_in[1]).parent / text)


def nearest_file(path: Path) -> str:
    """Suggest a file with nearly this name, if there is one beside it."""
    if not path.parent.is_dir():
        return ""
    names = [other.name for other in path.parent.glob("*.yaml")]
    near = get_close_matches(path.name, names, n=1)
    return f', such as "{near[0]}"' if near else ""


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


def read_file(path: Path, name: str, rank: int = 0) -> Node:
    """Read one file.

    Args:
        path: where it is.
        name: what to call it in messages.
        rank: its position in reading order.

    Raises:
        ConfigError: the file is missing, too large, not UTF-8, or not one mapping in plain YAML.

    """
    place = Place(name, rank=rank)
    root = read_text(decoded(content_of(path, place), place), place)
    if not isinstance(root.value, dict):
        raise ConfigError(
            f"this file holds {'a list' if isinstance(root.value, list) else 'one plain value'}",
            rule='a config consists of keys and values, like "months: 60"',
            repair='begin with "schema: 1" and put each key on its own line',
            place=root.place,
            value=root.plain(),
        )
    return root


def content_of(path: Path, place: Place) -> bytes:
    """Give the bytes of an ordinary file of reasonable size."""
    try:
        kind = "folder" if path.is_dir() else "file" if path.is_file() else None
        content = b""
        if kind == "file":
            with path.open("rb") as stream:
                content = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"this file cannot be read ({getattr(error, 'strerror', None) or error})",
            rule="a config is a file that you may read",
            repair="check its name and permissions",
            place=place,
            value=place.file,
        ) from error
    if kind != "file":
        raise ConfigError(
            "this is a folder" if kind else "there is no such file",
            rule="a config is a YAML file",
            repair=f"check the path{nearest_file(path)}",
            place=place,
            value=place.file,
        )
    if len(content) > LARGEST_FILE_BYTES:
        raise ConfigError(
            f"this file has more than {LARGEST_FILE_BYTES:,} bytes",
            rule=f"a config has at most {LARGEST_FILE_BYTES:,} bytes",
            repair="keep what differs from a config that this one extends, and leave out data",
            place=place,
        )
    return content


def decoded(content: bytes, place: Place) -> str:
    """Decode UTF-8, or say where it is not text."""
    at = content.find(b"\0")
    if at < 0:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            at = error.start
    raise ConfigError(
        f"byte {content[at]:#04x} here is not UTF-8 text",
        rule="a config is text in UTF-8",
        repair="save the file as UTF-8 from a text editor",
        place=place._replace(line=content.count(b"\n", 0, at) + 1),
    )
