"""The columns of every lexicon file: what `load` may rely on, `lint` checks and `add` writes."""

from __future__ import annotations

from typing import NamedTuple

from tagger.lexicon.entries import CATEGORY_KIND

OFF = "off"
"""In a user's lexicon: the ``name`` of an entry, the ``note`` of a cue or the ``type`` of a blocker that is switched off."""
LEVELS = "international national provincial municipal district"


class Column(NamedTuple):
    """One column: whether each line needs it, what its cells may hold and what they point to.

    ``refers`` is ``id`` or ``name`` and a category: the cell holds ids of entries there, or their names.
    """

    name: str
    required: bool = False
    values: tuple[str, ...] = ()
    many: bool = False
    date: bool = False
    refers: tuple[str, str] | None = None


class Sheet(NamedTuple):
    """The layout of one file. ``key`` tells its lines apart; they are sorted by ``order``, else by the key."""

    key: tuple[str, ...]
    columns: tuple[Column, ...]
    ordered_dates: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in the order in which they are written."""
        return tuple(column.name for column in self.columns)


def _one(name: str, values: str = "", required: bool = False) -> Column:
    return Column(name, required, tuple(values.split()))


def _many(name: str, values: str = "", required: bool = False) -> Column:
    return Column(name, required, tuple(values.split()), many=True)


def _date(name: str) -> Column:
    return Column(name, date=True)


_ID, _NAME = _one("id", required=True), _one("name", required=True)
_ALIASES, _WEAK, _SOURCE = _many("aliases"), _many("weak"), _many("source")
_REGION = Column("region", refers=("name", "regions"))

_ISSUERS = Sheet(
    ("id",),
    (
        *(_ID, _NAME, _ALIASES, _one("level", LEVELS), _REGION, _date("valid_from"), _date("valid_to")),
        *(Column("successor", many=True, refers=("id", "issuers")), _WEAK, _SOURCE),
    ),
    (("valid_from", "valid_to"),),
)

SHEETS: dict[str, Sheet] = {
    "policies": Sheet(
        ("id",),
        (
            *(
                _ID,
                _NAME,
                _ALIASES,
                Column("issuers", many=True, refers=("name", "issuers")),
                _one("level", LEVELS),
                _REGION,
            ),
            *(
                _date("date_issued"),
                _date("date_published"),
                _date("effective"),
                _date("until"),
                _one("doc_number"),
            ),
            *(_many("themes"), Column("relation", many=True, refers=("id", "policies")), _WEAK, _SOURCE),
        ),
        (("date_issued", "date_published"), ("date_issued", "until"), ("effective", "until")),
    ),
    "issuers": _ISSUERS,
    "local_issuers": _ISSUERS,
    "instruments": Sheet(
        ("id",),
        (
            *(_ID, _NAME, _ALIASES),
            _one(
                "type",
                "voucher bond fund subsidy loan tax award guarantee insurance budget procurement other",
            ),
            *(Column("regions", many=True, refers=("name", "regions")), _WEAK, _SOURCE),
        ),
    ),
    "regions": Sheet(
        ("id",),
        (
            *(_ID, _NAME, _one("canonical"), _ALIASES),
            _one("level", "continent country province prefecture county city area"),
            *(_one("code"), Column("parent", refers=("id", "regions")), _WEAK, _SOURCE),
        ),
    ),
    "models": Sheet(
        ("id",), (_ID, _NAME, _ALIASES, _one("family"), _one("developer"), _date("released"), _WEAK, _SOURCE)
    ),
    "compute": Sheet(
        ("id",),
        (
            *(_ID, _NAME, _ALIASES),
            _one("type", "chip server network term datacenter cluster memory cooling power software service"),
            *(_one("vendor"), _WEAK, _SOURCE),
        ),
    ),
    "companies": Sheet(
        ("id",),
        (
            *(_ID, _NAME, _ALIASES, _many("former"), _one("code")),
            _one("market", "SSE SZSE BSE HKEX US private other"),
            _one("kind", "listed broker private foreign subsidiary"),
            *(_WEAK, _SOURCE),
        ),
    ),
    "model_families": Sheet(
        ("prefix",),
        (
            _one("prefix", required=True),
            _one("family", required=True),
            _one("developer"),
            _one("weak", "1"),
            _SOURCE,
        ),
    ),
    "issuer_patterns": Sheet(
        ("suffix",),
        (_one("suffix", required=True), _NAME, _many("levels", LEVELS, required=True), _ALIASES, _SOURCE),
    ),
    "blockers": Sheet(
        ("term",),
        (
            _one("term", required=True),
            _one(
                "type", "word other university media place index event institute fund_house school crossing"
            ),
            _SOURCE,
        ),
    ),
    "cues": Sheet(
        ("class", "term"),
        (_one("class", required=True), _one("term", required=True), _one("note")),
        order=("class",),
    ),
    "units": Sheet(
        ("surface",),
        (
            *(_one("surface", required=True), _one("unit", required=True), _one("scale")),
            _one("kind", "measure count compute power data network model"),
            _SOURCE,
        ),
    ),
    "currencies": Sheet(
        ("surface",), (_one("surface", required=True), _one("currency", required=True), _SOURCE)
    ),
    "chars": Sheet(("traditional",), (_one("traditional", required=True), _one("simplified", required=True))),
}
"""Lexicon file (without .csv) to its layout."""

SURFACE_COLUMNS = ("name", "aliases", "former")
"""The columns that hold the surfaces of an entry."""


def category_of(stem: str) -> str:
    """The category that a file adds to: local_issuers.csv holds issuers."""
    return "issuers" if stem == "local_issuers" else stem


def is_entry_file(stem: str) -> bool:
    """Whether the lines of a file are entries with an id."""
    return category_of(stem) in CATEGORY_KIND
