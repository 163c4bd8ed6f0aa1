"""A page for each mechanism: its text is that of the model's page, its code and numbers their own.

Nothing is told twice: a page takes its section out of ``docs/model.md``, its code out of the module, its
known answers out of ``tests/known_answers/targets.yaml`` and its sources out of the parameters.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from building.effects import EFFECTS
from building.places import DOCS, PROJECT, slug_of
from collabsim.config import parameters

SOURCE = PROJECT / "src" / "collabsim"
#: Known answers by the mechanism that contains them.
KNOWN = {
    "Turnover": ("D6", "D7"), "Choosing": ("D17",), "Cooperation": ("D8", "D9"), "Exposure": ("D1", "D2", "D3"),
    "Bargaining": ("D16",), "Promises": ("D15",), "Learning": ("D4",),
    "Choosing a delegation": ("D12", "D13", "D14"),
}  # fmt: skip
#: The answers as formulas, by mechanism.
FORMULAS = {
    "Turnover": (
        r"P = \bigl(1 - (1 - (1-q)^m)^c\bigr)^2",
        (
            "of *c* contacts a side, who leave with chance *q* a month, one is still there on both "
            "sides after *m* months"
        ),
    ),
    "Choosing": (
        r"P(k) = \frac{1}{n+1}",
        "of *n* times the first of two partners was chosen *k* times",
    ),
    "Cooperation": (
        r"P = \frac{1}{1 + e^{-\kappa x}}",
        "an alternative that is expected to gain *x* more is chosen, at decisiveness *κ*",
    ),
    "Exposure": (
        r"x = (1-r)\,L\,x + r\,s",
        (
            "views *x* come to rest, of parties that listen to each other by *L* and hold on to their"
            " start *s* by *r*"
        ),
    ),
    "Bargaining": (
        r"\max_p \; g_1(p)\, g_2(p)",
        "the package *p* is taken, with gains *g* beyond meeting halfway",
    ),
    "Promises": (
        r"B = \frac{\lambda^2}{2(1-\lambda)}",
        "hours wait at the end of a month, where *λ* of the capacity arrives a month",
    ),
    "Learning": (
        r"\bar T = \frac{k\,u}{k\,u + (1-k)\,d}",
        (
            "trust settles on average, of which a kept promise (a share *k*) raises *u* and a broken "
            "one takes *d*"
        ),
    ),
    "Choosing a delegation": (
        r"P(k) = \binom{8}{k}\binom{42}{10-k}\Big/\binom{50}{10}",
        "of eight like-minded among fifty *k* get one of ten seats",
    ),
}
#: What the figures of ``special_cases`` show, by mechanism.
FIGURES = {
    "Turnover": (
        "Share of pairs whose two persons are both still there, by month: dots from the model, a "
        "line from the formula. Dots lie on the line."
    ),
    "Choosing": (
        "How often one of two partners was chosen out of twenty, by habit alone. Bars from the "
        "model are about level, as the formula says."
    ),
    "Cooperation": (
        "Chance of the cooperative choice against what it is expected to gain, at three values of"
        " decisiveness: dots from the model on S-shaped curves from the formula, that are steeper"
        " the more decisive a party is."
    ),
    "Exposure": (
        "Views of four parties that hold on to their own, month by month, as the model moves "
        "them. Each settles at the dashed level that the formula gives, and these differ."
    ),
    "Bargaining": (
        "Every package that Bill and Jack can make, as a dot of what each gains. The one that the"
        " model takes lies on the one that Nash found."
    ),
    "Promises": (
        "Backlog of care at the end of each month, averaged over many replicates: dots from the "
        "model rise to the level that the formula gives."
    ),
    "Learning": (
        "Mean trust by month at three pairs of rates: lines from the model level off at the "
        "dashed values that the formula gives."
    ),
    "Choosing a delegation": (
        "How many of eight like-minded providers get one of ten seats by lot: bars from the model"
        " beside dots of the formula, at equal heights."
    ),
}


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A section of the model's page.

    Attributes:
        title: its heading.
        ends_before: the heading that follows.
        text: what stands between the two.
        modules: the files that it names, which exist.

    """

    title: str
    ends_before: str
    text: str
    modules: tuple[Path, ...]

    @property
    def slug(self) -> str:
        """Name of its page, and of the place in the model's page."""
        return slug_of(self.title)

    @property
    def lead(self) -> str:
        """What its first module says of itself, in one paragraph."""
        told = ast.get_docstring(ast.parse(self.modules[0].read_text(encoding="utf-8"))) or ""
        return " ".join(told.split("\n\n")[0].split()).replace("``", "`")

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups of parameters that its first sentence names."""
        first = " ".join(self.text.split("\n\n")[0].split())
        named = re.search(r"parameters? ((?:`[\w.]+`(?:,| and)? ?)+)", first)
        return tuple(re.findall(r"`([\w.]+)`", named[1])) if named else ()


def mechanisms() -> Iterator[Mechanism]:
    """Every section under *Submodels*, in order."""
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    sections = page.split("\n## Submodels\n")[1].split("\n## ")[0].split("\n### ")[1:]
    titles = [section.partition("\n")[0] for section in sections]
    after = [*(f"### {title}" for title in titles[1:]), "## From lever to outcome"]
    for title, section, end in zip(titles, sections, after, strict=True):
        text = section.partition("\n")[2].strip()
        modules = tuple(
            path
            for name in dict.fromkeys(re.findall(r"`(?:[\w/]+/)?(\w+\.py)`", text))
            for folder in ("mechanisms", "delegation")
            if (path := SOURCE / folder / name).is_file()
        )
        yield Mechanism(title, end, text, modules)


def page_of(mechanism: Mechanism) -> str:
    """The page of a mechanism in Markdown."""
    parts = [
        (
            f"# {mechanism.title}\n\n"
            "<!-- Made from docs/model.md, the code and the parameters by `python docs/generate.py`; do not edit. -->"
        ),
        mechanism.lead,
        "## What it does",
        (
            f'```{{include}} ../model.md\n:start-after: "### {mechanism.title}"\n'
            f':end-before: "{mechanism.ends_before}"\n```'
        ),
        *(_special_case(mechanism) or _effect(mechanism)),
        *_who_says_so(mechanism),
        "## Its code",
        *map(_code, mechanism.modules),
    ]
    return "\n\n".join(parts) + "\n"


def _special_case(mechanism: Mechanism) -> list[str]:
    targets: dict[str, Any] = YAML(typ="safe").load(
        PROJECT / "tests" / "known_answers" / "targets.yaml"
    )
    if mechanism.title not in KNOWN:
        return []
    formula, meaning = FORMULAS[mechanism.title]
    rows = [
        "| | What is asked | The answer | What a plausible mistake gives | Who |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in KNOWN[mechanism.title]:
        case = targets[name]
        cells = (
            name, case["mechanism"], _told(case["target"]), _told(case["twin"]), case["provenance"],
        )  # fmt: skip
        rows.append(
            f"| {' | '.join(' '.join(str(cell).split()).replace('|', ', ') for cell in cells)} |"
        )
    return [
        "## A special case with a known answer",
        (
            "With all else switched off, this mechanism contains a model that was solved. Tests hold the code to the "
            "answer and see to it that the mistake would fail ([TRACE](../trace.md))."
        ),
        "\n".join(rows),
        f"$$\n{formula}\n$$\n\nThat is: {meaning}.",
        (
            f"```{{figure}} ../_build/pictures/{mechanism.slug}.svg\n:alt: {FIGURES[mechanism.title]}\n\n"
            "Drawn when this page was made: the functions of the model beside the formula.\n```"
        ),
    ]


def _effect(mechanism: Mechanism) -> list[str]:
    """What it does to a small region, where there is no known answer to hold it against."""
    if mechanism.title not in EFFECTS:
        raise ValueError(
            f"{mechanism.title} has no figure; give it one in docs/building/effects.py"
        )
    effect = EFFECTS[mechanism.title]
    return [
        "## What comes of it",
        f"```{{figure}} ../_build/pictures/{mechanism.slug}.svg\n:alt: {effect.alt}\n\n{effect.caption}\n```",
    ]


def _told(value: object) -> str:
    """A target in words and numbers."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_told(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _who_says_so(mechanism: Mechanism) -> list[str]:
    own = [
        p.declaration
        for p in parameters().values()
        if p.declaration is not None
        and any(p.path == group or p.path.startswith(f"{group}.") for group in mechanism.groups)
    ]
    if not own:
        return []
    grades = Counter(str(declaration.grade) for declaration in own)
    sources = sorted({d.source for d in own} - {"assumption"})
    text = f"Of its {len(own)} parameters " + ", ".join(
        f"{number} {'is' if number == 1 else 'are'} {words}"
        for grade, words in (
            ("measured", "measured"),
            ("literature", "described by somebody"),
            ("assumption", "assumed"),
        )
        if (number := grades[grade])
    )
    text += "; each with its range in [parameters](../parameters.md)."
    if sources:
        text += " Sources: " + ", ".join(f"[{s}](../sources.md#{s})" for s in sources) + "."
    return [
        "## Who says so",
        text
        + " Works on which the form rests are named above, and listed in [sources](../sources.md#literature).",
    ]


def _code(module: Path) -> str:
    where = module.relative_to(PROJECT).as_posix()
    return (
        f"<details><summary><code>{where}</code></summary>\n\n"
        f"```{{literalinclude}} ../../{where}\n:language: python\n```\n\n</details>"
    )


def list_of_mechanisms() -> str:
    """The page that lists them."""
    rows = [f"| [{m.title}]({m.slug}.md) | {m.lead} |" for m in mechanisms()]
    contents = "\n".join(m.slug for m in mechanisms())
    return (
        "# Mechanisms\n\n"
        "<!-- Made from docs/model.md by `python docs/generate.py`; do not edit. -->\n\n"
        "What can happen between organisations in a month is divided into mechanisms: each is one process in one "
        "file, and has one page here with what it does, its equation, a special case with a known answer where there "
        "is one, where its numbers come from, and its code. In what order they take their turn is in "
        "[the month](../month.md).\n\n"
        "| Mechanism | In a sentence |\n| --- | --- |\n"
        + "\n".join(rows)
        + f"\n\n```{{toctree}}\n:hidden:\n\n{contents}\n```\n"
    )


def pages() -> dict[str, str]:
    """Every generated page of mechanisms, by path from the project."""
    made = {f"docs/mechanisms/{m.slug}.md": page_of(m) for m in mechanisms()}
    return {"docs/mechanisms/README.md": list_of_mechanisms(), **made}
