"""Every check of `tagger lexicon lint`, proved by a lexicon that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger import lexicon, resources
from tagger.lexicon.lint import fix, lint

from .folders import HOUSE, folder, house


def test_a_sound_lexicon_is_clean(tmp_path: Path) -> None:
    assert lint(house(tmp_path)) == []


def test_the_shipped_lexicons_are_clean() -> None:
    assert [str(finding) for finding in lint(resources.lexicon_folder())] == []


BROKEN = [
    # check, file, the line that breaks it, words of the message
    ("schema", "companies", "companies/z,天枢,,,,NYSE,private,,", "market: 'NYSE' is none of SSE"),
    ("schema", "companies", "companies/z,,,,,private,private,,", "name is empty"),
    ("schema", "companies", "firms/z,天枢,,,,private,private,,", "id 'firms/z' does not read companies/…"),
    ("schema", "companies", "companies/,天枢,,,,private,private,,", "does not read companies/…"),
    ("schema", "companies", "companies/z,天枢,,,,private", "6 cells where the header has 9"),
    ("schema", "issuer_patterns", "水务局,水务局,village,,", "levels: 'village' is none of"),
    (
        "schema",
        "policies",
        "policies/丁,丁办法,,,,,,,,,,,follows:policies/甲,,",
        "relation 'follows:policies/甲'",
    ),
    ("duplicate", "companies", "companies/x,天枢,,,,private,private,,", "stands in companies.csv:2 already"),
    (
        "duplicate",
        "companies",
        "companies/z,天枢,星河智能,,,private,private,,",
        "'星河智能' names companies/x too",
    ),
    (
        "duplicate",
        "companies",
        "companies/z,天枢,,銀河智造,,private,private,,",
        "'銀河智造' names companies/x too",
    ),
    ("duplicate", "regions", "regions/3,丙县,乙市,,county,3,regions/2,,", "'乙市' names regions/2 too"),
    ("duplicate", "cues", "lint/proper,宝鸡,", "lint/proper/宝鸡 stands in cues.csv:2 already"),
    ("clash", "models", "models/z,星河智能,,,,,,", "'星河智能' names companies/x too"),
    ("clash", "blockers", "星河智能,word,", "'星河智能' is blocked, and is a name of companies/x"),
    ("ordinary", "companies", "companies/z,苹果,,,,private,private,,", "'苹果' is an ordinary word"),
    ("ordinary", "models", "models/z,朝霞一号,希望,,,,,", "'希望' is an ordinary word"),
    ("ordinary", "regions", "regions/3,丙县,丙县,仙桃,county,3,regions/2,,", "'仙桃' is an ordinary word"),
    ("weak", "companies", "companies/z,天枢,,,,private,private,天玑,", "weak '天玑' is no name or alias"),
    ("date", "policies", "policies/丁,丁办法,,,,,2024-02-30,,,,,,,,", "date_issued: '2024-02-30' is no day"),
    ("date", "policies", "policies/丁,丁办法,,,,,2024年2月,,,,,,,,", "is no day, month or year"),
    (
        "date",
        "policies",
        "policies/丁,丁办法,,,,,2024-05-02,2024-05-01,,,,,,,",
        "date_published 2024-05-01 lies before",
    ),
    (
        "date",
        "policies",
        "policies/丁,丁办法,,,,,,,2025-01-01,2024,,,,,",
        "until 2024 lies before effective 2025-01-01",
    ),
    (
        "date",
        "issuers",
        "issuers/短部,短部,,national,,2019,2018,,,",
        "valid_to 2018 lies before valid_from 2019",
    ),
    (
        "dead",
        "regions",
        "regions/3,丙县,丙县,,county,3,regions/9,,",
        "parent: there is no 'regions/9' in regions",
    ),
    ("dead", "regions", "regions/3,丙县,丙县,,county,3,regions/3,,", "parent leads back to this line"),
    (
        "dead",
        "issuers",
        "issuers/某部,某部,,national,,,,issuers/无部,,",
        "successor: there is no 'issuers/无部'",
    ),
    ("dead", "issuers", "issuers/某部,某部,,national,丁市,,,,,", "region: there is no '丁市' in regions"),
    ("dead", "policies", "policies/丁,丁办法,,无名部,,,,,,,,,,,", "issuers: there is no '无名部' in issuers"),
    ("dead", "policies", "policies/丁,丁办法,,丁市财政局,,,,,,,,,,,", "issuers: there is no '丁市财政局'"),
    (
        "dead",
        "policies",
        "policies/丁,丁办法,,,,,,,,,,,amends:policies/戊,,",
        "relation: there is no 'policies/戊'",
    ),
    ("blanks", "companies", "companies/z, 天枢 ,,,,private,private,,", "name: needless blanks"),
    ("blanks", "companies", "companies/z,天枢,天 枢星,,,private,private,,", "aliases: needless blanks"),
    ("blanks", "companies", "companies/z,天枢,天枢星||天枢集团,,,private,private,,", "empty values"),
    ("width", "models", "models/z,天枢Ｘ１,,,,,,", "full-width letters or digits in '天枢Ｘ１'"),
    (
        "repeat",
        "companies",
        "companies/z,天枢AI,天枢ai,,,private,private,,",
        "'天枢ai' is read as another surface",
    ),
    ("repeat", "companies", "companies/z,银座,銀座,,,private,private,,", "'銀座' is read as another surface"),
    (
        "order",
        "companies",
        "companies/a,天枢,,,,private,private,,",
        "'companies/a' stands behind 'companies/x'",
    ),
]


@pytest.mark.parametrize(("check", "stem", "line", "message"), BROKEN, ids=lambda value: str(value)[:24])
def test_a_broken_line_is_found(tmp_path: Path, check: str, stem: str, line: str, message: str) -> None:
    findings = lint(house(tmp_path, **{stem: line}))
    assert [(f.path.name, f.line) for f in findings if f.check == check and message in f.message] == [
        (f"{stem}.csv", HOUSE[stem].count("\n") + 1)
    ]


@pytest.mark.parametrize(
    ("check", "stem", "text", "message"),
    [
        ("schema", "companies", "id,name,shoe size\ncompanies/x,星河,\n", "no column 'shoe size' here"),
        ("schema", "companies", "id,alias\ncompanies/x,星河\n", "no column name"),
        ("schema", "company", "id,name\ncompanies/x,星河\n", "no lexicon is called company"),
        (
            "ends",
            "companies",
            "\ufeffid,name\ncompanies/x,星河智能\n",
            "a byte-order mark or Windows ends of line",
        ),
        (
            "ends",
            "companies",
            "id,name\r\ncompanies/x,星河智能\r\n",
            "a byte-order mark or Windows ends of line",
        ),
    ],
)
def test_a_broken_file_is_found(tmp_path: Path, check: str, stem: str, text: str, message: str) -> None:
    findings = lint(folder(tmp_path, **{stem: text}))
    assert [f.path.name for f in findings if f.check == check and message in f.message] == [f"{stem}.csv"]


def test_bytes_that_are_no_text_are_found_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_bytes("id,name\ncompanies/x,星河\n".encode("gb18030"))
    assert [str(f) for f in lint(tmp_path)] == [
        f"{tmp_path / 'companies.csv'}:2: not UTF-8 (invalid continuation byte) [schema]"
    ]


def test_a_weak_surface_may_be_ordinary_or_name_two_kinds(tmp_path: Path) -> None:
    lines = {
        "companies": "companies/z,苹果,,,,private,private,苹果,",
        "models": "models/z,星河智能,,,,,星河智能,",
    }
    assert lint(house(tmp_path, **lines)) == []


def test_a_word_listed_as_proper_is_no_ordinary_one(tmp_path: Path) -> None:
    assert lint(house(tmp_path, regions="regions/3,丙县,丙县,宝鸡,county,3,regions/2,,")) == []


def test_every_finding_names_file_line_and_check(tmp_path: Path) -> None:
    finding = lint(house(tmp_path, models="models/z,星河智能,,,,,,"))[0]
    assert str(finding).startswith(f"{tmp_path / 'models.csv'}:3: ")
    assert str(finding).endswith(" [clash]")


def test_folders_are_checked_as_they_are_laid_over_each_other(tmp_path: Path) -> None:
    shipped = house(tmp_path / "shipped")
    own = folder(tmp_path / "own", models="id,name\nmodels/z,星河智能\n")
    assert [f.check for f in lint(shipped, own)] == ["clash"]
    folder(own, companies="id,name\ncompanies/x,off\n")
    assert lint(shipped, own) == []


def test_fix_mends_the_form_and_nothing_else(tmp_path: Path) -> None:
    untidy = "companies/a, 天枢 ＡＩ ,天枢ai|天 枢星||天枢集团,,,private,private,天 枢星,\r"
    at = house(tmp_path, companies=untidy, models="models/z,星河智能,,,,,,")
    models = (at / "models.csv").read_bytes()
    assert [path.name for path in fix(at)] == ["companies.csv"]
    assert (at / "companies.csv").read_text("utf-8").splitlines()[1] == (
        "companies/a,天枢 AI,天枢星|天枢集团,,,private,private,天枢星,"
    )
    assert (at / "models.csv").read_bytes() == models
    assert [f.check for f in lint(at)] == ["clash"]
    assert fix(at) == []


def test_fix_changes_no_meaning(tmp_path: Path) -> None:
    at = house(tmp_path, companies="companies/a, 天枢 ,天 枢星|天枢星,,,private,private,天枢星,")
    before = lexicon.load(at)
    fix(at)
    after = lexicon.load(at)
    fold = after.folder.fold_term
    assert {i: sorted({fold(s) for s in e.surfaces}) for i, e in before.entries.items()} == {
        i: sorted({fold(s) for s in e.surfaces}) for i, e in after.entries.items()
    }


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such lexicon folder"):
        lint(tmp_path / "none")
