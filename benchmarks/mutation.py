"""Mutation score of `eligibility/`: how many small faults put into the law's code its tests notice.

    .venv/bin/python -m benchmarks.mutation --sample 120

Each mutant changes one place: a comparison, a boolean, a number, a returned constant, a negated condition, a word of
a code. It is made in a copy of the tree and tested there, the quick tests first. A sample is drawn at random over
all places; the interval is Wilson's. A mutant that runs into the time limit counts as noticed.
"""

from __future__ import annotations

import ast
import copy
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.figures import keep, share

ROOT = Path(__file__).parent.parent
TESTS = (
    "tests/eligibility/test_scenarios.py",
    "tests/eligibility/test_boundaries.py",
    "tests/eligibility/test_california.py",
    "tests/eligibility/test_package.py",
    "tests/eligibility/test_citation.py",
    "tests/eligibility/test_doubt.py",
    "tests/eligibility/test_engine.py",
    "tests/eligibility/test_third_law.py",
    "tests/clerk/test_batch.py",
    "tests/clerk/test_rulings.py",
    "tests/eligibility/test_properties.py",
)
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SECONDS = 300


@dataclass(frozen=True)
class Place:
    """One place that can be changed: the file, and which of its nodes, in the order of a walk."""

    path: Path
    index: int
    line: int
    kind: str


def places(path: Path) -> Iterator[Place]:
    """Every place of a file that a mutant may change; docstrings, annotations and type checks are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node) for owner in ast.walk(tree) for node in _quiet(owner)}
    for index, node in enumerate(ast.walk(tree)):
        kind = _kind(node)
        if kind and id(node) not in silent:
            yield Place(path, index, getattr(node, "lineno", 0), kind)


def _quiet(owner: ast.AST) -> Iterator[ast.AST]:
    """What says nothing at run time: annotations, docstrings, words of grounds."""
    for name in ("annotation", "returns"):
        annotation = getattr(owner, name, None)
        if annotation is not None:
            yield from ast.walk(annotation)
    if isinstance(owner, ast.Expr) and isinstance(owner.value, ast.Constant):
        yield owner.value
    if isinstance(owner, ast.JoinedStr):
        yield from ast.walk(owner)


def _kind(node: ast.AST) -> str:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        return "comparison"
    if isinstance(node, ast.BoolOp):
        return "and/or"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return "not"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return "boolean"
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return "number"
    if isinstance(node, ast.If | ast.IfExp):
        return "condition"
    return ""


def mutated(path: Path, place: Place) -> str:
    """The file's text with that place changed."""
    tree = copy.deepcopy(ast.parse(path.read_text(encoding="utf-8")))
    node = list(ast.walk(tree))[place.index]
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.Not()
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1  # type: ignore[operator]
    elif isinstance(node, ast.If | ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    return ast.unparse(ast.fix_missing_locations(tree))


def is_noticed(copy_of_tree: Path) -> bool:
    """Whether the tests fail on the tree as it is now."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTS]
    try:
        done = subprocess.run(command, cwd=copy_of_tree, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


@click.command()
@click.option("--sample", default=120, show_default=True, help="mutants drawn; 0: all of them")
@click.option("--seed", default=64, show_default=True)
def main(sample: int, seed: int) -> None:
    """Measures and writes benchmarks/results/mutation.json."""
    files = sorted((ROOT / "eligibility").rglob("*.py"))
    every = [place for path in files for place in places(path)]
    drawn = random.Random(seed).sample(every, min(sample, len(every))) if sample else every
    noticed, missed = 0, []
    with TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "*.pyc", "__pycache__", "results"))
        if is_noticed(tree):
            raise click.ClickException("the tests fail on the tree as it stands; mend them first")
        for place in drawn:
            path = tree / place.path.relative_to(ROOT)
            before = path.read_text(encoding="utf-8")
            path.write_text(mutated(path, place), encoding="utf-8")
            found = is_noticed(tree)
            path.write_text(before, encoding="utf-8")
            noticed += found
            if not found:
                missed.append(f"{place.path.relative_to(ROOT)}:{place.line} {place.kind}")
                click.echo(f"missed {missed[-1]}", err=True)
    keep("mutation", {"seed": seed, "places": len(every), "score": share(noticed, len(drawn)), "missed": missed})


if __name__ == "__main__":
    main()
