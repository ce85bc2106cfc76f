"""Mutation score of `eligibility/`: how many small faults put into the law's code its tests notice.

    .venv/bin/python -m benchmarks.mutation --sample 200

Each mutant changes one place: a comparison, a boolean, a number, a returned constant, a negated condition, a word of
a code. It is made in a copy of the tree and tested there, in a process forked from one that has the libraries loaded:
the quick tests first, and of the others those that look at the file at all. A sample is drawn at random over all
places; the interval is Wilson's. A mutant that runs into the limit of processor time counts as noticed.
"""

from __future__ import annotations

import ast
import copy
import importlib
import os
import random
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.figures import keep, share

ROOT = Path(__file__).parent.parent
OWN = ("casefile", "digitize", "extract", "match", "eligibility", "review_queue", "specimens", "clerk", "tests")
LEFT_OUT = (".*", "*.pyc", "__pycache__", "results", "shared", "weights", "fixtures", "masters", "*.onnx")
QUICK = tuple(
    f"tests/eligibility/test_{name}.py"
    for name in ("scenarios", "boundaries", "ruled", "citation", "doubt", "engine", "third_law", "package")
)
BOOK = "tests/eligibility/test_decisions.py"
KEEPS = "test_every_answer_is_the_one_kept"
CALIFORNIAN = ("tests/eligibility/test_history.py", "tests/eligibility/test_california.py")
ROWS = ("tests/eligibility/test_entries.py", "tests/eligibility/test_rows_alike.py", "tests/clerk/test_batch.py")
SLOW = ("tests/eligibility/test_properties.py",)
SWAPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SECONDS = 150  # of processor time
LOADED = ("pytest", "hypothesis", "msgspec", "click", "numpy", "csv", "polars")


@dataclass(frozen=True)
class Place:
    """One place that can be changed: the file, and which of its nodes, in the order of a walk."""

    path: Path
    index: int
    line: int
    kind: str


def places(path: Path) -> Iterator[Place]:
    """Every place of a file that a mutant may change; docstrings, annotations and sizes of caches are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node) for owner in ast.walk(tree) for node in _quiet(owner)}
    for index, node in enumerate(ast.walk(tree)):
        kind = _kind(node)
        if kind and id(node) not in silent:
            yield Place(path, index, getattr(node, "lineno", 0), kind)


def _quiet(owner: ast.AST) -> Iterator[ast.AST]:
    """What says nothing of an answer: annotations, docstrings, words of grounds, and how much a cache holds."""
    if isinstance(owner, ast.keyword) and owner.arg == "maxsize":
        yield owner.value
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


def tests_of(path: Path) -> tuple[str, ...]:
    """The tests that may notice a fault in a file, the quickest first."""
    if path.name in ("entries.py", "alike.py"):
        return (*ROWS[:2], *QUICK[:1], *ROWS[2:])
    if "california" in path.parts:
        return (*CALIFORNIAN, *QUICK, f"{BOOK}::{KEEPS}[california]")
    if "illinois" in path.parts:
        return (*QUICK, f"{BOOK}::{KEEPS}[illinois]")
    return (*QUICK, *CALIFORNIAN, BOOK, *(SLOW if path.name in ("engine.py", "doubt.py") else ()))


def is_noticed(tree: Path, tests: Sequence[str]) -> bool:
    """Whether these tests fail on the tree as it is now."""
    child = os.fork()
    if child == 0:
        os._exit(_tested(tree, tests))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _tested(tree: Path, tests: Sequence[str]) -> int:
    """The exit status of pytest in this process, which sees the tree's packages and no others of those names."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.chdir(tree)
    sys.path[:] = [str(tree), *(place for place in sys.path if place not in ("", str(ROOT)))]
    for name in [name for name in sys.modules if name.partition(".")[0] in OWN]:
        del sys.modules[name]
    pytest = importlib.import_module("pytest")
    try:
        code = pytest.main(
            [
                "-q",
                "-x",
                "--assert=plain",
                "-p",
                "no:cacheprovider",
                *(test for test in tests if (tree / test.partition("::")[0]).exists()),
            ]
        )
    except BaseException:  # whatever a mutant does to its process, it is noticed
        return 1
    is_of_tree = str(getattr(sys.modules.get("eligibility"), "__file__", tree)).startswith(str(tree))
    return int(code) if is_of_tree else 99


@click.command()
@click.option("--sample", default=120, show_default=True, help="mutants drawn; 0: all of them")
@click.option("--seed", default=64, show_default=True)
@click.option("--minutes", default=120, show_default=True, help="stop after so many; the first drawn are a sample too")
def main(sample: int, seed: int, minutes: int) -> None:
    """Measures and writes benchmarks/results/mutation.json."""
    begun = time.monotonic()
    files = sorted((ROOT / "eligibility").rglob("*.py"))
    every = [place for path in files for place in places(path)]
    drawn = random.Random(seed).sample(every, min(sample, len(every))) if sample else every
    for name in LOADED:
        importlib.import_module(name)
    missed: list[str] = []
    done = 0
    with TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
        if is_noticed(tree, (*QUICK, *CALIFORNIAN, BOOK, *ROWS, *SLOW)):
            raise click.ClickException("the tests fail on the tree as it stands; mend them first")
        for place in drawn:
            path = tree / place.path.relative_to(ROOT)
            before = path.read_text(encoding="utf-8")
            path.write_text(mutated(path, place), encoding="utf-8")
            found = is_noticed(tree, tests_of(path))
            path.write_text(before, encoding="utf-8")
            if not found:
                missed.append(f"{place.path.relative_to(ROOT)}:{place.line} {place.kind}")
                click.echo(f"missed {missed[-1]}", err=True)
            done += 1
            if time.monotonic() - begun > minutes * 60:
                break
    score = share(done - len(missed), done)
    keep("mutation", {"seed": seed, "places": len(every), "drawn": len(drawn), "score": score, "missed": missed})


if __name__ == "__main__":
    main()
