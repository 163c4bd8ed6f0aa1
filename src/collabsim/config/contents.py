"""What one config file holds: its bytes, its text, and the keys and values in it."""

from difflib import get_close_matches
from pathlib import Path

from collabsim.config.errors import ConfigError, Place, in_thousands
from collabsim.config.nodes import Node
from collabsim.config.yaml_reading import read_text
from collabsim.phrases import Phrase

LARGEST_FILE_BYTES = 1_000_000


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
            Phrase("this file holds a list", "in dit bestand staat een lijst")
            if isinstance(root.value, list)
            else Phrase("this file holds one plain value", "in dit bestand staat één losse waarde"),
            rule=Phrase(
                'a config consists of keys and values, like "months: 60"',
                'een config bestaat uit sleutels met waarden, zoals "months: 60"',
            ),
            repair=Phrase(
                'begin with "schema: 1" and put each key on its own line',
                'begin met "schema: 1" en zet elke sleutel op een eigen regel',
            ),
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
        # What the system says of it is in English, or in its own language.
        why = " (geen toegang)" if isinstance(error, PermissionError) else ""
        raise ConfigError(
            Phrase(
                f"this file cannot be read ({getattr(error, 'strerror', None) or error})",
                f"dit bestand is niet te lezen{why}",
            ),
            rule=Phrase(
                "a config is a file that you may read", "een config is een bestand dat te lezen is"
            ),
            repair=Phrase(
                "check its name and permissions", "kijk naar de naam, en naar de rechten erop"
            ),
            place=place,
            value=place.file,
        ) from error
    if kind != "file":
        near = nearest_file(path)
        raise ConfigError(
            Phrase("this is a folder", "dit is een map")
            if kind
            else Phrase("there is no such file", "dit bestand is er niet"),
            rule=Phrase("a config is a YAML file", "een config is een YAML-bestand"),
            repair=Phrase(f"check the path{near}", f"kijk het pad na{near.nl}"),
            place=place,
            value=place.file,
        )
    if len(content) > LARGEST_FILE_BYTES:
        raise ConfigError(
            Phrase(
                f"this file has more than {LARGEST_FILE_BYTES:,} bytes",
                f"dit bestand heeft meer dan {in_thousands(LARGEST_FILE_BYTES)} bytes",
            ),
            rule=Phrase(
                f"a config has at most {LARGEST_FILE_BYTES:,} bytes",
                f"een config heeft hooguit {in_thousands(LARGEST_FILE_BYTES)} bytes",
            ),
            repair=Phrase(
                "keep what differs from a config that this one extends, and leave out data",
                "laat alleen staan wat afwijkt van een config waar deze op voortbouwt, "
                "en laat gegevens weg",
            ),
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
        Phrase(
            f"byte {content[at]:#04x} here is not UTF-8 text",
            f"byte {content[at]:#04x} is hier geen tekst in UTF-8",
        ),
        rule=Phrase("a config is text in UTF-8", "een config is tekst in UTF-8"),
        repair=Phrase(
            "save the file as UTF-8 from a text editor",
            "bewaar het bestand met een teksteditor als UTF-8",
        ),
        place=place._replace(line=content.count(b"\n", 0, at) + 1),
    )


def nearest_file(path: Path) -> Phrase:
    """Suggest a file with nearly this name, if there is one beside it."""
    if not path.parent.is_dir():
        return Phrase("", "")
    names = [other.name for other in path.parent.glob("*.yaml")]
    near = get_close_matches(path.name, names, n=1)
    if not near:
        return Phrase("", "")
    return Phrase(f', such as "{near[0]}"', f', bijvoorbeeld "{near[0]}"')
