"""`clerk report`: what policies would come to over the same records, and what that does for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clerk import archive as archives
from clerk.commands.options import ARCHIVE, AS_JSON, DAY, policy_of
from clerk.commands.telling import counts

if TYPE_CHECKING:
    from clerk.effects import Effect


@click.command()
@ARCHIVE
@click.option("--compare", nargs=2, metavar="POLICY_A POLICY_B", help="two policies, or `none` for the law alone")
@click.option("--as-of", type=DAY, help="the day judged for; default: that of the last run")
@AS_JSON
def report(root: Path, compare: tuple[str, str] | None, as_of: Any, as_json: bool) -> None:
    """Counts by outcome, route and year, and how many people are left with nothing, under one policy or two."""
    from clerk import effects, pipeline
    from eligibility.laws import load_policy

    archive = archives.opened(root)
    with archive.store() as store:
        chosen = pipeline.remembered_choices(store)
        names = [policy_of(name) for name in compare] if compare else [chosen.policy]
        day = chosen.as_of if as_of is None else as_of.date()
        rules = pipeline.rules_of(archive, store, pipeline.Choices(chosen.law, None, day))
        policies = [None if name is None else load_policy(name) for name in names]
        found = effects.compared(store, rules, policies)
    if as_json:
        click.echo(json.dumps({"as_of": day.isoformat(), "law": chosen.law, "effects": [asdict(e) for e in found]}))
        return
    for effect in found:
        _tell(effect)


def _tell(effect: Effect) -> None:
    click.echo(f"policy {effect.policy or 'none'}: {counts(dict(sorted(effect.outcomes.items())))}")
    click.echo(f"  routes {counts(dict(sorted(effect.by_route.items())))}")
    for year, routes in sorted(effect.by_year.items()):
        click.echo(f"  {year or 'no date'} {counts(dict(sorted(routes.items())))}")
    click.echo(f"  convictions {effect.convictions}: {effect.cleared} cleared, {effect.reduced} reduced")
    click.echo(
        f"  people {effect.people}: {effect.people_no_felony_left} with no felony left, "
        f"{effect.people_no_conviction_lately} with none in the last 7 years, "
        f"{effect.people_no_conviction_left} with no conviction left"
    )
