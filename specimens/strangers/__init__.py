"""Strangers: layouts thought of apart from those the reader of dockets was made with, to judge it by."""

from collections.abc import Mapping

from . import california, dev_forms, dev_statements, kept_forms, kept_minutes, kept_statements
from .desk import Desk, Drawn, Stranger
from .paper import Grid

LETTER, LEGAL = (8.5, 11.0), (8.5, 14.0)
_ALL = (
    Stranger(
        "stranger_dev_screen",
        "certified_statement",
        1984,
        2012,
        ("dots-5x7", "dots-terminus-12"),
        None,
        Grid(LETTER, (0.35, 0.6), (10.0, 6.0)),
        dev_statements.screen,
    ),
    Stranger(
        "stranger_dev_blocks",
        "certified_statement",
        1974,
        2008,
        ("courier-prime", "nimbus-mono"),
        None,
        Grid(LETTER, (0.9, 0.9), (10.0, 6.0)),
        dev_statements.blocks,
    ),
    Stranger(
        "stranger_dev_card",
        "half_sheet",
        1971,
        1992,
        ("courier-prime", "nimbus-mono-bold", "freemono"),
        "liberation-sans-narrow",
        Grid(LETTER, (0.8, 0.7), (10.0, 5.0)),
        dev_forms.card,
    ),
    Stranger(
        "stranger_dev_ledger",
        "ledger",
        1971,
        1998,
        ("nimbus-mono", "courier-prime"),
        "liberation-serif",
        Grid((14.0, 8.5), (0.7, 0.6), (12.0, 6.0)),
        dev_forms.ledger,
    ),
    Stranger(
        "stranger_dev_mittimus",
        "sentencing_order",
        1984,
        2012,
        ("liberation-mono", "courier-prime"),
        "dejavu-sans",
        Grid(LETTER, (0.6, 0.8), (10.0, 5.5)),
        dev_forms.mittimus,
    ),
    Stranger(
        "stranger_dev_abstract",
        "certified_statement",
        1978,
        2012,
        ("dots-terminus-12", "liberation-mono"),
        None,
        Grid(LETTER, (1.0, 1.0), (10.0, 6.0)),
        california.abstract,
    ),
    Stranger(
        "stranger_narrative",
        "certified_statement",
        1972,
        2006,
        ("gnu-typewriter", "courier-prime-code", "tlwg-typo"),
        None,
        Grid(LETTER, (1.0, 1.0), (10.0, 4.5)),
        kept_statements.narrative,
    ),
    Stranger(
        "stranger_table",
        "certified_statement",
        1991,
        2012,
        ("dejavu-mono", "liberation-mono-bold"),
        None,
        Grid((11.0, 8.5), (0.4, 0.7), (12.5, 7.0)),
        kept_statements.table,
    ),
    Stranger(
        "stranger_call",
        "court_sheet",
        1975,
        2010,
        ("dots-terminus-16", "freemono-bold"),
        None,
        Grid(LETTER, (0.35, 0.6), (11.0, 6.0)),
        kept_forms.call,
    ),
    Stranger(
        "stranger_complaint",
        "complaint",
        1972,
        2011,
        ("tlwg-typo", "gnu-typewriter", "courier-prime-code"),
        "liberation-serif",
        Grid(LETTER, (0.8, 0.8), (10.0, 5.0)),
        kept_forms.complaint,
    ),
    Stranger(
        "stranger_register",
        "half_sheet",
        1978,
        2011,
        ("courier-prime-code", "dejavu-mono"),
        None,
        Grid(LEGAL, (0.9, 0.8), (10.0, 5.5)),
        kept_forms.register,
    ),
    Stranger(
        "stranger_minutes",
        "certified_statement",
        1984,
        2012,
        ("dots-terminus-16", "liberation-mono-bold"),
        None,
        Grid(LETTER, (1.1, 0.8), (10.0, 6.0)),
        kept_minutes.minutes,
    ),
)
STRANGERS: Mapping[str, Stranger] = {one.name: one for one in _ALL}

__all__ = ["STRANGERS", "Desk", "Drawn", "Stranger"]
