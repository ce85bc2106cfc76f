"""The peer of benchmarks/match.py: Splink 5 on one core, set up as its documentation advises for persons.

Term frequencies on every name, birth date and number levels, alias rows on the list, ten blocking rules, m by
expectation maximisation on the unlabelled batch, u by random sampling, the prior by deterministic rules.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)

LIST = """
WITH listed AS (
    SELECT person_id, last, first, middle, suffix, sex, race, dob, sid, aliases, case_numbers
    FROM read_csv(?, all_varchar = true, header = true)
), named AS (
    SELECT *, 0 AS alias FROM listed
    UNION ALL
    SELECT person_id, trim(split_part(name, ',', 1)), trim(split_part(name, ',', 2)), middle, suffix, sex, race, dob,
           sid, aliases, case_numbers, 1
    FROM (SELECT *, unnest(string_split(aliases, ';')) AS name FROM listed WHERE aliases <> '') WHERE name LIKE '%,%'
    UNION ALL
    SELECT person_id, unnest(string_split(last, ' ')), first, middle, suffix, sex, race, dob, sid, aliases,
           case_numbers, 1 FROM listed WHERE last LIKE '% %'
)
SELECT person_id || '~' || row_number() OVER (PARTITION BY person_id ORDER BY alias, last, first) AS unique_id,
    person_id, nullif(last, '') AS last, nullif(first, '') AS first, nullif(middle, '') AS middle,
    nullif(suffix, '') AS suffix, nullif(sex, '') AS sex, nullif(race, '') AS race, nullif(dob, '') AS dob,
    nullif(sid, '') AS sid,
    CASE WHEN coalesce(case_numbers, '') = '' THEN NULL ELSE string_split(case_numbers, ';') END AS cases,
    substr(dob, 1, 4) AS year
FROM named
"""
CAPTIONS = """
SELECT query_id AS unique_id, '' AS person_id, nullif(last, '') AS last, nullif(first, '') AS first,
    nullif(middle, '') AS middle, nullif(suffix, '') AS suffix, nullif(sex, '') AS sex, nullif(race, '') AS race,
    nullif(dob, '') AS dob, nullif(sid, '') AS sid,
    CASE WHEN coalesce(case_number, '') = '' THEN NULL ELSE [case_number] END AS cases, substr(dob, 1, 4) AS year
FROM read_csv(?, all_varchar = true, header = true)
"""
RULES = [
    block_on("last", "first"),
    block_on("last", "substr(first, 1, 1)", "year"),
    block_on("dob", "substr(last, 1, 1)"),
    block_on("dob", "substr(first, 1, 1)"),
    block_on("sid"),
    block_on("cases", arrays_to_explode=["cases"]),
    block_on("substr(last, 1, 4)", "substr(first, 1, 3)", "sex"),
    block_on("first", "year", "substr(last, 1, 2)"),
    block_on("last", "substr(first, 1, 2)"),
    "l.last = r.first and l.first = r.last",
]


def _name(column: str, other: str) -> Any:
    first_letter = (
        f"(length(least({column}_l, {column}_r)) = 1 and substr({column}_l, 1, 1) = substr({column}_r, 1, 1))"
    )
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column, term_frequency_adjustments=True),
            cll.ColumnsReversedLevel(column, other),
            cll.JaroWinklerLevel(column, 0.92).configure(tf_adjustment_column=column, tf_adjustment_weight=0.5),
            cll.JaroWinklerLevel(column, 0.88),
            cll.DamerauLevenshteinLevel(column, 2),
            *([cll.CustomLevel(first_letter, "initial")] if column == "first" else []),
            cll.ElseLevel(),
        ],
    )


def _edits(column: str, *distances: int) -> Any:
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column),
            *(cll.DamerauLevenshteinLevel(column, distance) for distance in distances),
            cll.ElseLevel(),
        ],
    )


def _middle() -> Any:
    return cl.CustomComparison(
        output_column_name="middle",
        comparison_levels=[
            cll.NullLevel("middle"),
            cll.ExactMatchLevel("middle"),
            cll.CustomLevel("substr(middle_l, 1, 1) = substr(middle_r, 1, 1)", "initial"),
            cll.ElseLevel(),
        ],
    )


def _birth_date() -> Any:
    return cl.CustomComparison(
        output_column_name="dob",
        comparison_levels=[
            cll.NullLevel("dob"),
            cll.ExactMatchLevel("dob"),
            cll.DamerauLevenshteinLevel("dob", 1),
            cll.CustomLevel("substr(dob_l, 1, 4) = substr(dob_r, 1, 4) and substr(dob_l, 6, 2) = substr(dob_r, 9, 2)"),
            cll.DamerauLevenshteinLevel("dob", 2),
            cll.CustomLevel("substr(dob_l, 1, 4) = substr(dob_r, 1, 4)", "same year"),
            cll.ElseLevel(),
        ],
    )


def _model() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            _name("last", "first"), _name("first", "last"), _middle(), _birth_date(), _edits("sid", 1),
            cl.ArrayIntersectAtSizes("cases", 1), cl.ExactMatch("suffix"), cl.ExactMatch("sex"), cl.ExactMatch("race"),
        ],
        blocking_rules_to_generate_predictions=RULES,
        additional_columns_to_retain=["person_id"],
        retain_matching_columns=False,
    )  # fmt: skip


class Splink:
    """One list and one half of its captions as tables, and the model over them: new, or one that was saved."""

    def __init__(self, folder: Path, half: str, *, model: Path | None = None, memory: str = "8GB") -> None:
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("SET threads = 1")
        self.connection.execute(f"SET memory_limit = '{memory}'")
        self.api = DuckDBAPI(self.connection)
        self.connection.execute("CREATE TABLE listed AS " + LIST, [str(folder / "registry.csv")])
        self.connection.execute("CREATE TABLE captions AS " + CAPTIONS, [str(folder / f"queries_{half}.csv")])
        self.listed = self.api.register("listed", table_name="registry")
        self.captions = self.api.register("captions", table_name="asked")
        self.linker = Linker([self.listed, self.captions], _model() if model is None else str(model))

    def train(self) -> None:
        """m, u and the prior from the unlabelled batch."""
        rules = [block_on("last", "first", "dob"), block_on("sid"), block_on("last", "dob"), block_on("first", "dob")]
        training = self.linker.training
        training.estimate_probability_two_random_records_match(rules, recall=0.7)
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("last", "first"), block_on("dob"), block_on("sid")):
            training.estimate_parameters_using_expectation_maximisation(rule)

    def save(self, model: Path) -> None:
        """Keeps the trained model, so that a later batch needs no training."""
        self.linker.misc.save_model_to_json(str(model), overwrite=True)

    def predict(self, *, margin: float = 0.0) -> dict[str, tuple[str, float]]:
        """The best person of each caption and the probability; below `margin` bits to the next, no claim."""
        found = self.linker.inference.predict(threshold_match_probability=0.001)
        return self._best(found, margin)

    def _best(self, found: Any, margin: float) -> dict[str, tuple[str, float]]:
        columns = found.as_duckdbpyrelation().columns
        side = "r" if "unique_id_r" in columns else ""
        rows = self.connection.execute(
            f"""WITH pairs AS (
                SELECT CASE WHEN unique_id_l LIKE 'Q%' THEN unique_id_l ELSE unique_id_{side} END AS q,
                       CASE WHEN unique_id_l LIKE 'Q%' THEN person_id_r ELSE person_id_l END AS p,
                       max(match_probability) AS prob, max(match_weight) AS weight
                FROM {found.physical_name} GROUP BY 1, 2
            ), ranked AS (
                SELECT *, row_number() OVER (PARTITION BY q ORDER BY weight DESC, p) AS place,
                       weight - lead(weight) OVER (PARTITION BY q ORDER BY weight DESC, p) AS lead_bits FROM pairs
            ) SELECT q, p, prob, coalesce(lead_bits, 99) FROM ranked WHERE place = 1"""  # noqa: S608 - names of ours
        ).fetchall()
        return {q: (p, prob if bits >= margin else prob * 0.5) for q, p, prob, bits in rows}

    def ask(self, caption: dict[str, Any]) -> int:
        """One new caption against the whole list, the way Splink 5 does it; how many pairs came back."""
        import pandas as pd

        one = self.api.register(pd.DataFrame([caption]))
        found = self.linker.inference.predict_between(self.listed, one, threshold_match_probability=0.001)
        return len(found.as_record_list())
