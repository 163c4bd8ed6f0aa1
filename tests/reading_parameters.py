"""Which module reads which parameter, from the syntax tree: nothing is run."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from collabsim.parameters import Scenario
from collabsim.parameters.declaring import Group

PACKAGE = Path(__file__).parents[1] / "src" / "collabsim"

#: Groups of the scenario by name, and the names of the classes that annotate them.
GROUPS = {
    name: field.annotation
    for name, field in Scenario.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Group)
}
CLASSES = {
    f"{group.__name__}{ending}": name
    for name, group in GROUPS.items()
    for ending in ("", "Settings")
}
#: Numbers that the settings hold instead of the parameter that they are worked out from.
WORKED_OUT = {
    "learning.log_gain": "learning.gain_per_hour",
    "learning.log_loss": "learning.loss_per_hour",
    "learning.log_kept": "learning.kept_gain",
    "learning.log_late": "learning.late_loss",
    "learning.log_broken": "learning.broken_loss",
    "learning.log_ceiling": "learning.ceiling_drop",
    "learning.log_grieved": "learning.grievance_per_hour",
    "learning.log_wronged": "learning.grievance_per_broken",
    "table.rotation_share": "table.rotation",
}

#: Every parameter that can be set; switches with their neutral values are none.
PARAMETERS = {
    f"{name}.{field}"
    for name, group in GROUPS.items()
    for field, its in group.model_fields.items()
    if field in group.declarations()
    or (isinstance(its.annotation, type) and issubclass(its.annotation, Group))
}


def parameters_read(source: str) -> set[str]:
    """Parameters like ``casework.days_per_ask`` that ``source`` reads.

    A parameter is read as ``<anything>.<group>.<name>``, through a name to which a group was
    assigned, or through an argument that is annotated with the class of a group.
    """
    found: set[str] = set()
    for scope in scopes(ast.parse(source)):
        known = dict(groups_by_name(scope))
        for node in ast.walk(scope):
            if isinstance(node, ast.Attribute):
                group = group_of(node.value, known)
                path = f"{group}.{node.attr}"
                path = WORKED_OUT.get(path, path)
                if path in PARAMETERS:
                    found.add(path)
    return found


def scopes(tree: ast.Module) -> Iterator[ast.AST]:
    """Every function, each with a meaning of its own for the same short name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node


def group_of(node: ast.expr, known: dict[str, str]) -> str | None:
    """The group that an expression stands for, if it does."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return group_of(node.func.value, known) if node.func.attr == "effective" else None
    if isinstance(node, ast.Attribute) and node.attr in GROUPS:
        return node.attr
    return None


def groups_by_name(scope: ast.AST) -> Iterator[tuple[str, str]]:
    """Names that stand for a group within a function, with the group."""
    for node in ast.walk(scope):
        if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Name):
            group = CLASSES.get(node.annotation.id)
            if group is not None:
                yield node.arg, group
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield from assigned(target, node.value)


def assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    """Names that an assignment binds to a group, also one by one: ``p, c = s.word, s.choice``."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from assigned(one, its)
    elif isinstance(target, ast.Name):
        group = group_of(value, {})
        if group is not None:
            yield target.id, group


def readers(folder: str) -> dict[str, set[str]]:
    """By parameter, the modules in ``folder`` that read it."""
    modules: dict[str, set[str]] = defaultdict(set)
    for path in sorted((PACKAGE / folder).glob("*.py")):
        for parameter in parameters_read(path.read_text(encoding="utf-8")):
            modules[parameter].add(path.stem)
    return dict(modules)


def imports(path: Path) -> set[str]:
    """Modules that a file imports, in whatever function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
