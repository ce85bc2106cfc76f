"""The loops over names and people as machine code, compiled when a long list first asks for them and kept on disk."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from match import kernels, people_kernels

LONG_LIST = 5_000  # persons from which compiling pays

log = logging.getLogger(__name__)


class Kernels(NamedTuple):
    """The loops that are called from outside, plain or compiled; both give the same answers."""

    hash_of_deletions: Callable[..., Any]
    number_of: Callable[..., Any]
    beginning_with: Callable[..., Any]
    borne_alike: Callable[..., Any]
    numbers_of: Callable[..., Any]
    hashes_nearly: Callable[..., Any]
    bearing: Callable[..., Any]
    all_near: Callable[..., Any]
    gather: Callable[..., Any]
    likely: Callable[..., Any]
    others: Callable[..., Any]
    compare_names: Callable[..., Any]


PLAIN = Kernels(*(getattr(kernels, name, None) or getattr(people_kernels, name) for name in Kernels._fields))


def kernels_for(persons: int) -> Kernels:
    """Compiled for a long list; plain for a short one, which is done before a compiler is loaded."""
    return compiled() if persons >= LONG_LIST else PLAIN


@cache
def compiled() -> Kernels:
    """The compiled loops; the plain ones where the compiler cannot be loaded."""
    try:
        import numba
    except ImportError:
        log.warning("numba cannot be loaded: linking to a long list is slow")
        return PLAIN
    folder = cache_folder()
    if folder is not None:
        numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    compile_one = numba.njit(cache=folder is not None, nogil=True)
    of_names = _loops_of(kernels, compile_one, {})
    known = {**of_names, **_loops_of(people_kernels, compile_one, of_names)}
    return Kernels(*(known[name] for name in Kernels._fields))


def _loops_of(module: ModuleType, compile_one: Callable[..., Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The loops of a module compiled, each calling the others as compiled, those that it imports being `known`."""
    names = dict(vars(module))
    for name, loop in vars(module).items():
        if isinstance(loop, FunctionType):
            own = loop.__module__ == module.__name__
            names[name] = compile_one(FunctionType(loop.__code__, names, name)) if own else known[name]
    return names


def cache_folder() -> Path | None:
    """Where compiled code is kept: a folder of the user's that nobody else can write to, for it is run again."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(base) / "docket-clerk" / "compiled"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return None
    others_may_write = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return folder if mine and not others_may_write and os.access(folder, os.W_OK) else None
