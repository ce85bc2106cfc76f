"""A small synthetic box, and the box run through once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk import archive as archives
from specimens import make_box
from specimens.box import Box
from tests.clerk.office import Office


@pytest.fixture(scope="session")
def box(tmp_path_factory: pytest.TempPathFactory) -> Box:
    return make_box(tmp_path_factory.mktemp("box"), pages=8, seed=11)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(archives.create(tmp_path / "archive"))


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, box: Box) -> Office:
    """The box, run through once; not to be changed."""
    office = Office(archives.create(tmp_path_factory.mktemp("finished") / "archive"))
    office.run(box.source, persons=box.persons)
    return office
