"""`clerk match --captions`."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clerk.cli import clerk

PERSONS = """person_id,surname,given,birth_date,sid
P1,MARLOW,DESMOND,1970-03-04,9912345
P2,MARLOW,DESMOND,1991-08-17,
P3,QUILLBY,OTTO,1950-13-01,
"""
CAPTIONS = """caption_id,name_raw,birth_date_raw,sid
c2,"MARL0W, DESMOND",03/04/1970,
c1,ZYWICKI ADELE,01/02/1933,
c3,"MARLOW, DESMOND",,
c4,DESMOND MARLOW,,9912345
"""


def run(tmp_path: Path, *options: str) -> tuple[int, list[dict[str, str]], str]:
    (tmp_path / "p.csv").write_text(PERSONS)
    (tmp_path / "c.csv").write_text(CAPTIONS)
    out = tmp_path / "links.csv"
    arguments = [
        "match",
        "--captions",
        str(tmp_path / "c.csv"),
        "--persons",
        str(tmp_path / "p.csv"),
        "--out",
        str(out),
    ]
    done = CliRunner().invoke(clerk, [*arguments, *options])
    rows = list(csv.DictReader(out.read_text().splitlines())) if out.exists() else []
    return done.exit_code, rows, done.output


def test_every_caption_gets_its_row_in_its_order(tmp_path: Path) -> None:
    code, rows, said = run(tmp_path)
    assert code == 10
    assert "row 4, birth_date" in said
    assert [row["caption_id"] for row in rows] == ["c2", "c1", "c3", "c4"]
    assert [row["status"] for row in rows] == ["linked", "none", "possible", "linked"]
    assert [rows[at]["person_id"] for at in (0, 3)] == ["P1", "P1"]
    assert list(rows[0]) == [
        *("caption_id", "status", "person_id", "probability", "runner_up_id", "runner_up_probability", "evidence")
    ]
    assert all(0.0 <= float(row["probability"]) <= 1.0 for row in rows if row["person_id"])
    assert not any(word in row["evidence"] for row in rows for word in ("MARLOW", "DESMOND", "9912345"))


def test_a_kept_index_gives_the_same_and_is_made_anew_for_another_list(tmp_path: Path) -> None:
    _, fresh, _ = run(tmp_path)
    folder = str(tmp_path / "index")
    assert run(tmp_path, "--index", folder)[1] == fresh
    assert run(tmp_path, "--index", folder)[1] == fresh


def test_evidence_as_json_and_drawn(tmp_path: Path) -> None:
    _, rows, said = run(tmp_path, "--as", "json", "--drawings", str(tmp_path / "drawn"), "--listed", "0.6", "--json")
    told = json.loads(rows[0]["evidence"])
    assert told["status"] == "linked"
    assert any(step["field"] == "birth_date" for step in told["steps"])
    assert len(list((tmp_path / "drawn").glob("*.svg"))) == len(rows)
    assert json.loads(said[said.index("{") :].splitlines()[0])["listed"] == 0.6


@pytest.mark.parametrize("options", [[], ["--archive", "a", "--captions", "c"], ["--captions", "c"]])
def test_half_a_question_is_refused(options: list[str]) -> None:
    assert CliRunner().invoke(clerk, ["match", *options]).exit_code in (1, 2)


def test_a_list_with_an_id_twice_links_nobody(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("person_id,surname\nP1,A\nP1,B\n")
    (tmp_path / "c.csv").write_text(CAPTIONS)
    paths = [str(tmp_path / name) for name in ("c.csv", "p.csv", "out.csv")]
    done = CliRunner().invoke(clerk, ["match", "--captions", paths[0], "--persons", paths[1], "--out", paths[2]])
    assert done.exit_code == 2
    assert not (tmp_path / "out.csv").exists()
