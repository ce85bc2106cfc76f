"""`clerk user`: who may sit at the review desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casefile.errors import ArgumentError
from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON

if TYPE_CHECKING:
    from clerk.desk_door import StoreDoor
    from review_queue.desk import Reviewer, UserId

ROLES = ("archivist", "reviewer", "adjudicator", "attorney", "administrator")
NAME = click.argument("name")


@click.group()
def user() -> None:
    """Who may sit at the review desk."""


@user.command("list")
@ARCHIVE
@AS_JSON
def list_users(root: Path, as_json: bool) -> None:
    """Everybody, with role and standing."""
    with _door(root) as door:
        rows = [
            {"name": u.name, "role": u.role, "has_password": u.has_password, "closed": u.is_closed}
            for u in door.users()
        ]
    if as_json:
        click.echo(json.dumps(rows))
    for row in () if as_json else rows:
        click.echo(f"{row['name']}\t{row['role']}\t{'closed' if row['closed'] else 'open'}")


@user.command()
@NAME
@click.option("--role", required=True, type=click.Choice(ROLES))
@ARCHIVE
def add(name: str, role: str, root: Path) -> None:
    """Lets somebody in: prints the path of a link, good once and for seven days, where they choose a password."""
    from review_queue.access import Role

    with _door(root) as door:
        _print_link(door.invite(_operator(), name, Role(role)))


@user.command()
@NAME
@ARCHIVE
def renew(name: str, root: Path) -> None:
    """Takes a password away and prints the path of a link to choose a new one."""
    with _door(root) as door:
        _print_link(door.renew(_operator(), _named(door, name)))


@user.command()
@NAME
@click.option("--role", required=True, type=click.Choice(ROLES))
@ARCHIVE
def role(name: str, role: str, root: Path) -> None:
    """Gives somebody another role and ends their sessions."""
    from review_queue.access import Role

    with _door(root) as door:
        door.give_role(_operator(), _named(door, name), Role(role))


@user.command()
@NAME
@ARCHIVE
def close(name: str, root: Path) -> None:
    """Shuts somebody out, everywhere and at once; what they answered stays."""
    with _door(root) as door:
        door.close(_operator(), _named(door, name), closed=True)


@user.command()
@NAME
@ARCHIVE
def unlock(name: str, root: Path) -> None:
    """Lets somebody try again who was shut out for wrong passwords, or was closed."""
    with _door(root) as door:
        door.close(_operator(), _named(door, name), closed=False)
        door.unlock_user(_operator(), _named(door, name))


def _print_link(token: str) -> None:
    from review_queue.web.entrance import entry_path

    click.echo(entry_path(token))
    click.echo("clerk: put it behind the address of the review desk; it opens once, within seven days", err=True)


@contextmanager
def _door(root: Path) -> Iterator[StoreDoor]:
    from clerk.desk_door import StoreDoor

    with archives.opened(root).store() as store:
        yield StoreDoor(lambda: store)


def _operator() -> Reviewer:
    """Whoever sits at the machine itself: they hold the archive's files."""
    from review_queue.access import Role
    from review_queue.desk import Reviewer, UserId

    return Reviewer(UserId(0), "command line", Role.ADMINISTRATOR)


def _named(door: StoreDoor, name: str) -> UserId:
    found = next((user.user_id for user in door.users() if user.name == name), None)
    if found is None:
        raise ArgumentError("no user of that name; see them with: clerk user list")
    return found
