"""The record: what one tagged document is, as classes.

Every offset counts Unicode code points into ``Document.text``, end exclusive, and
``text[m.start:m.end] == m.text`` holds for every mention. Money is an exact decimal, written out.
The JSON Schema of the record is generated from these classes (``tagger schema``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_VERSION = 1

Kind = Literal[
    "policy",
    "doc_number",
    "issuer",
    "region",
    "instrument",
    "model",
    "compute",
    "company",
    "amount",
    "quantity",
    "percent",
    "date",
]
Section = Literal[
    "masthead",
    "market_review",
    "weekly_view",
    "industry_news",
    "company_news",
    "investment_advice",
    "risk",
    "disclaimer",
    "body",
]
Status = Literal["issued", "draft", "planned", "cited", "amended", "repealed"]
Level = Literal["international", "national", "provincial", "municipal", "district"]
Mark = Literal["negated", "planned"]
Found = Literal["lexicon", "title", "form", "grammar"]
DatePrecision = Literal["day", "month", "quarter", "half", "year", "recent", "none"]
Qualifier = Literal["max", "min", "over", "under", "about", "total", "exact"]
Operator = Literal[">", ">=", "=", "<=", "<", "~", "between"]
Period = Literal["year", "month", "once", "project"]
Scope = Literal["total", "recipient", "project"]

KINDS: tuple[str, ...] = get_args(Kind)
SECTIONS: tuple[str, ...] = get_args(Section)
STATUSES: tuple[str, ...] = get_args(Status)
THEMES: tuple[str, ...] = ("model_news", "policy", "compute", "risk", "other")

Origin = tuple[int, int, int, int | None]
"""A run of the reading text: (text_start, source_start, length, page); page counts from 1, null for plain text."""


class Value(Struct, frozen=True, gc=False):
    """The meaning of an amount, quantity, percent or date; only the fields of its kind are set.

    Amounts carry ``low high currency qualifier``, quantities and percents ``low high unit qualifier``
    (decimal strings), dates ``start end precision basis`` (ISO days).
    """

    low: str | UnsetType | None = UNSET
    high: str | UnsetType | None = UNSET
    currency: str | UnsetType = UNSET
    unit: str | UnsetType = UNSET
    qualifier: Qualifier | UnsetType = UNSET
    start: str | UnsetType | None = UNSET
    end: str | UnsetType | None = UNSET
    precision: DatePrecision | UnsetType = UNSET
    basis: Literal["text", "published", "context", "none"] | UnsetType = UNSET

    @property
    def low_number(self) -> Decimal | None:
        """The lower end as an exact number."""
        return Decimal(self.low) if isinstance(self.low, str) else None

    @property
    def high_number(self) -> Decimal | None:
        """The upper end as an exact number."""
        return Decimal(self.high) if isinstance(self.high, str) else None


class Mention(Struct, gc=False):
    """A span of the text that names something, with what it is called in full and how it was found."""

    start: int
    end: int
    text: str
    kind: Kind
    canonical: str
    entry: str | None = None
    by: Found = "lexicon"
    value: Value | None = None
    marks: list[Mark] | UnsetType = UNSET


class Paragraph(Struct, gc=False):
    """A paragraph of the reading text with its section and themes; ``scores`` are calibrated probabilities."""

    start: int
    end: int
    section: Section = "body"
    page: int | None = None
    theme: str = "other"
    themes: list[str] = field(default_factory=lambda: ["other"])
    scores: dict[str, float] = field(default_factory=dict)
    uncertain: bool = False
    heading: bool | UnsetType = UNSET


class Instrument(Struct, gc=False):
    """Money or a right that a policy grants; ``amount_cny`` is an exact number of yuan."""

    name: str
    amount_cny: int | float | None = None
    qualifier: Qualifier | None = None
    period: Period | None = None
    scope: Scope = "total"


class Target(Struct, gc=False):
    """A quantitative aim of a policy. ``value`` is a number in ``unit``; ``by`` an ISO day."""

    metric: str
    op: Operator
    value: int | float
    value_high: int | float | None = None
    from_: int | float | None = field(default=None, name="from")
    unit: str = ""
    by: str | None = None


class Event(Struct):
    """An act on a policy as the report tells it."""

    title: str
    policy: str | None = None
    status: Status = "issued"
    issuers: list[str] = field(default_factory=list)
    region: str | None = None
    level: Level = "national"
    date: str | None = None
    date_precision: DatePrecision = "none"
    date_from: Literal["text", "lexicon", "none"] = "none"
    effective: str | None = None
    until: str | None = None
    doc_number: str | None = None
    instruments: list[Instrument] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    evidence: list[tuple[int, int]] = field(default_factory=list)
    aliases: list[str] | UnsetType = UNSET


class Analyst(Struct, gc=False):
    """An author of the report with the licence number of the securities association."""

    name: str
    licence: str | None = None


class Meta(Struct):
    """What the masthead says about the report. Dates are ISO days."""

    title: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    published: str | None = None
    period: tuple[str, str] | None = None
    industry: str | None = None
    rating: str | None = None
    analysts: list[Analyst] = field(default_factory=list)
    related: list[str] | UnsetType = UNSET
    extra: dict[str, Any] = field(default_factory=dict)


class Document(Struct):
    """One tagged report."""

    id: str
    text: str
    source: str | None = None
    schema: int = SCHEMA_VERSION
    origins: list[Origin] = field(default_factory=list)
    meta: Meta = field(default_factory=Meta)
    paragraphs: list[Paragraph] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        from tagger.view import as_text

        return as_text(self)

    def mentions_of(self, kind: str) -> Iterator[Mention]:
        """The mentions of one kind in the order of the text."""
        return (m for m in self.mentions if m.kind == kind)

    def source_position(self, offset: int) -> tuple[int, int | None]:
        """Where a character of the reading text stands in the source: (source offset, page).

        Raises IndexError when ``offset`` is outside the reading text.
        """
        for start, source, length, page in self.origins:
            if start <= offset < start + length:
                return source + offset - start, page
        raise IndexError(f"offset {offset} is outside the reading text of {len(self.text)} characters")


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Document)


def encode(document: Document) -> bytes:
    """One document as a JSON line without the line end."""
    return _encoder.encode(document)


def decode(line: bytes | str) -> Document:
    """A document from its JSON line. Raises ``msgspec.ValidationError`` naming the field that is wrong."""
    return _decoder.decode(line)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the record."""
    schema = msgspec.json.schema(Document)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "tagger record", **schema}
