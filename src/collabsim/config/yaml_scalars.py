"""Plain values by the core schema of YAML 1.2."""

import re

NULL = re.compile(r"(?:~|null|Null|NULL|)")
TRUE = re.compile(r"true|True|TRUE")
FALSE = re.compile(r"false|False|FALSE")
WHOLE = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
NOT_A_NUMBER = re.compile(r"\.(?:nan|NaN|NAN)")

type Scalar = str | int | float | bool | None


def plain_scalar(text: str) -> Scalar:  # noqa: PLR0911 - one line for each kind in the core schema
    """Give the value of unquoted text by the core schema of YAML 1.2."""
    if NULL.fullmatch(text):
        return None
    if TRUE.fullmatch(text):
        return True
    if FALSE.fullmatch(text):
        return False
    if WHOLE.fullmatch(text):
        return int(text)
    if OCTAL.fullmatch(text) or HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if NUMBER.fullmatch(text) or NOT_A_NUMBER.fullmatch(text):
        return float(text.lstrip(".") if NOT_A_NUMBER.fullmatch(text) else text)
    if match := INFINITE.fullmatch(text):
        return float(f"{match[1]}inf")
    return text
