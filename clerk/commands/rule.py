"""`clerk rule`: questions of law, and what an attorney rules on them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casefile.law import Outcome
from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON
from clerk.commands.telling import printable, told

if TYPE_CHECKING:
    from casefile.store import Store
    from clerk.deciding import Rules

BY = click.option("--by", required=True, help="the attorney's name; kept with the ruling")
REASON = click.option("--reason", required=True, help="why; shown in the grounds of every charge it decides")


@click.group()
def rule() -> None:
    """Questions of law: lists them, records an attorney's ruling, or revokes one."""


@rule.command(name="list")
@ARCHIVE
@AS_JSON
def list_(root: Path, as_json: bool) -> None:
    """The open questions of law, most waited for first, and every ruling made."""
    from clerk import rulings

    with archives.opened(root).store() as store:
        questions, made = rulings.open_questions(store), rulings.all_rulings(store)
    if as_json:
        found = {"open": [asdict(q) for q in questions], "rulings": [asdict(r) for r in made]}
        click.echo(json.dumps(found))
        return
    for q in questions:
        click.echo(f"open   {q.question} {q.provision or '(any)'}: {len(q.waiting)} charges; {printable(q.because)}")
    for ruling in made:
        scope = ruling.charge_id or ruling.provision or "all like it"
        state = "stands" if ruling.stands else "revoked"
        click.echo(f"{state:7}{ruling.ruling_id} {ruling.question} {scope}: {ruling.outcome}, {ruling.at[:10]}")


@rule.command()
@ARCHIVE
@click.option("--question", required=True, help="the reason code, such as R-CASUAL")
@click.option("--outcome", required=True, type=click.Choice(["motion", "ineligible", "review"]))
@click.option("--charge", help="this charge alone; default: every charge with that question")
@click.option("--provision", default="", help="of all like it only these, such as '720 ILCS 550/5'")
@click.option("--result", type=click.Choice(["dismiss", "redesignate"]), help="California: what the motion asks for")
@BY
@REASON
@AS_JSON
def add(
    root: Path, question: str, outcome: str, charge: str | None, provision: str, result: str | None, by: str,
    reason: str, as_json: bool,
) -> None:  # fmt: skip
    """Records a ruling and decides anew what it touches."""
    from casefile.docket import ChargeId
    from clerk import rulings

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store:
        ruling, touched = rulings.rule(
            store, _rules(archive, store), question=question, outcome=Outcome(outcome), by=by, reason=reason,
            charge_id=None if charge is None else ChargeId(charge), provision=provision, result=result,
        )  # fmt: skip
    result_ = {"ruling": ruling.ruling_id, "records": len(touched)}
    told(result_, f"ruling {ruling.ruling_id} kept; {len(touched)} records looked at anew", as_json=as_json)


@rule.command()
@click.argument("number", type=int)
@ARCHIVE
@BY
@REASON
@AS_JSON
def revoke(number: int, root: Path, by: str, reason: str, as_json: bool) -> None:
    """Ends a ruling and decides anew what it touched; the ruling is kept."""
    from clerk import rulings

    archive = archives.opened(root)
    with archives.held(archive), archive.store() as store:
        touched = rulings.revoke(store, _rules(archive, store), number, by=by, reason=reason)
    result = {"ruling": number, "records": len(touched)}
    told(result, f"ruling {number} revoked; {len(touched)} records looked at anew", as_json=as_json)


def _rules(archive: Any, store: Store) -> Rules:
    from clerk import pipeline

    return pipeline.rules_of(archive, store, pipeline.remembered_choices(store))
