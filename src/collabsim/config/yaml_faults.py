"""What keeps a text from being YAML: in English as the parser has it, in Dutch in our own words."""

from ruamel.yaml.error import MarkedYAMLError

from collabsim.phrases import Phrase

#: How the parser's own sentences begin, and what they come to.
FAULTS = (
    Phrase(
        "mapping values are not allowed here", "hier kan geen dubbele punt met een waarde staan"
    ),
    Phrase("mapping keys are not allowed here", "hier kan geen sleutel staan"),
    Phrase("sequence entries are not allowed here", "hier kan geen streepje van een lijst staan"),
    Phrase("could not find expected ':'", "er ontbreekt een dubbele punt"),
    Phrase("expected <block end>, but found", "dit sluit niet aan bij wat erboven staat"),
    Phrase("expected ',' or ']', but got", "er ontbreekt een komma of een ]"),
    Phrase("expected ',' or '}', but got", "er ontbreekt een komma of een }"),
    Phrase("invalid intendation or unclosed", "dit springt verkeerd in, of een [ of { staat open"),
    Phrase("found unexpected end of stream", "er staan aanhalingstekens open"),
    Phrase("found unexpected document separator", "er staan aanhalingstekens open"),
    Phrase("found unexpected ':'", "hier staat een dubbele punt te veel"),
    Phrase("found unknown escape character", r"na een \ staat een teken dat daar niet kan"),
    Phrase("expected escape sequence", r"na een \ staat een code die niet bestaat"),
    Phrase("expected alphabetic or numeric character", "na & of * hoort een naam"),
    Phrase("expected chomping or indentation", "na | of > hoort niets meer op de regel"),
    Phrase("expected a comment or a line break", "hier hoort de regel op te houden"),
    Phrase("expected the node content, but found", "hier ontbreekt een waarde"),
    Phrase("expected '<document start>'", "dit hoort niet bij wat erboven staat"),
    Phrase("maximum depth of data structure exceeded", "dit is te diep genest"),
)
TAB = Phrase("found character '\\t' that cannot start any token", "hier staat een tab")
NO_BEGINNING = Phrase("found character", "hier staat een teken waarmee geen waarde begint")


def not_yaml(error: MarkedYAMLError) -> Phrase:
    """Say that a text is no YAML, and why; in Dutch only why if we have words for it."""
    reason = " ".join((error.problem or error.context or "unreadable").split())
    known = (fault.nl for fault in (*FAULTS, TAB, NO_BEGINNING) if reason.startswith(fault))
    why = next(known, None)
    return Phrase(
        f"this is not YAML ({reason})", f"dit is geen YAML{f' ({why})' if why is not None else ''}"
    )
