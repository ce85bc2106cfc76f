"""How many of an archive's defendants are on its list of persons, learnt of what was read and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import match as linking
from casefile.codec import digest
from casefile.docket import DocketRecord
from casefile.store import Store
from match.batch import listed_share

if TYPE_CHECKING:
    from clerk.deciding import Rules

# Settings of the archive: the share, what it was learnt of, and the list it is the share of.
SHARE, SHARE_OF, SHARE_LIST = "listed_share", "listed_share_of", "listed_share_list"
MOST = 2_000  # records looked at; more would move the share by less than is kept of it
FIGURES = 2  # kept of the share, so that a few more pages do not link everybody anew
FAR = 0.15  # from what `clerk.toml` says, beyond which it is worth a warning


def learn_share(store: Store, rules: Rules) -> float:
    """The share of defendants on the list, learnt anew where what was read or the list changed, and kept.

    Answers of people play no part, so that none of them moves a record it says nothing of; nor does the order in
    which the pages came.
    """
    if rules.list_complete or not rules.persons:
        return rules.match_settings.listed
    records = _looked_at(store)
    of = digest(linking.VERSION, rules.persons_digest, rules.settings.prior_listed, records)
    if store.setting(SHARE_OF) != of:
        found = listed_share(records, rules.index, rules.match_settings)
        with store.writing():
            store.set_setting(SHARE, str(round(found, FIGURES)))
            store.set_setting(SHARE_OF, of)
            store.set_setting(SHARE_LIST, rules.persons_digest)
    return share_of(store, rules)


def share_of(store: Store, rules: Rules) -> float:
    """The share that was learnt of this list; what `clerk.toml` says where none was."""
    kept = store.setting(SHARE) if store.setting(SHARE_LIST) == rules.persons_digest else None
    return rules.match_settings.listed if kept is None or rules.list_complete else float(kept)


def told(share: float, rules: Rules) -> str:
    """The share in words, with a warning where it lies far from what the office expected."""
    words = f"share of defendants on the list: {share:.2f}"
    if is_far(share, rules):
        expected = rules.match_settings.listed
        words += f" (warning: far from the {expected:.2f} expected; is this the right list for these papers?)"
    return words


def is_far(share: float, rules: Rules) -> bool:
    """Whether the share is so far from what the office expected that the list may be the wrong one."""
    return not rules.list_complete and abs(share - rules.match_settings.listed) > FAR


def _looked_at(store: Store) -> Sequence[DocketRecord]:
    """The records as they were read, without answers; of very many, some spread evenly."""
    everyone = sorted(record_id for record_id, _ in store.record_rows())
    step = max(1, -(-len(everyone) // MOST))
    rows = (store.record(record_id) for record_id in everyone[::step])
    return [row.machine for row in rows if row is not None and row.machine.defendant is not None]
