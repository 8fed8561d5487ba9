"""The words that ingest goes by, compiled once a lexicon: furniture, masthead labels, headings, disclaimers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.ingest.traits import traits_of

if TYPE_CHECKING:
    from tagger.ingest._traits import Traits
    from tagger.lexicon import Lexicon
    from tagger.schema import Section

_TELLING = 4  # characters of a heading word that tells the section even where others stand beside it
_NEVER = "(?!)"


class Cues(Struct, frozen=True):
    """Cue words ready for use. ``headings`` maps heading words to sections, ``labels`` masthead labels to fields.

    ``openers`` are all of these: words that begin a paragraph of their own.
    """

    headings: dict[str, Section]
    heading_starts: re.Pattern[str]
    heading_ends: re.Pattern[str]
    closing: re.Pattern[str]
    furniture: re.Pattern[str]
    labels: dict[str, str]
    openers: frozenset[str]
    ratings: re.Pattern[str]
    rating_changes: re.Pattern[str]
    rating_printed: re.Pattern[str]
    rating_apart: re.Pattern[str]
    ratings_alone: re.Pattern[str]
    analysts: tuple[str, ...]
    assistants: tuple[str, ...]
    signers: re.Pattern[str]
    analyst_labels: re.Pattern[str]
    related_labels: re.Pattern[str]
    publishers: re.Pattern[str]
    generic: frozenset[str]
    generic_forms: re.Pattern[str]
    industries: frozenset[str]
    traits: Traits


def cues_of(lexicon: Lexicon) -> Cues:
    """The cues of a lexicon. Raises LexiconError when it has none of a class that is needed."""
    return _by_version(_Held(lexicon))


class _Held:
    """A lexicon as a cache key: equal when its version is."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __hash__(self) -> int:
        return hash(self.lexicon.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.lexicon.version == self.lexicon.version


@lru_cache(maxsize=4)
def _by_version(held: _Held) -> Cues:
    lexicon = held.lexicon
    sections = lexicon.cues_under("section")
    telling = [word for words in sections.values() for word in words if len(word) >= _TELLING]
    labels = lexicon.cues_under("ingest/label")
    ratings, changes = _any(lexicon.cue("ingest/rating")), _any(lexicon.cue("ingest/rating_change"))
    rating, change = f"({ratings.pattern})", f"({changes.pattern})"
    openers = frozenset(
        word for words in (*sections.values(), *labels.values()) for word in words if len(word) > 2
    )
    generic = lexicon.cue("ingest/generic_title")
    return Cues(
        headings={word: section for section, words in sections.items() for word in words},  # type: ignore[misc]
        heading_starts=_any(telling),
        heading_ends=re.compile(f"(?:{_any(telling).pattern})$"),
        closing=_any(lexicon.cue("closing")),
        furniture=_any(lexicon.cue("ingest/furniture")),
        labels={word: field for field, words in labels.items() for word in words},
        openers=openers,
        ratings=ratings,
        rating_changes=changes,
        rating_printed=re.compile(rf"{rating}(?:\s*[-—]?[ABC]\b)?(?:\s*[（(][^（()）]{{2,6}}[）)])?"),
        rating_apart=re.compile(rf"{rating}\s*{change}|{change}\s*{rating}"),
        ratings_alone=re.compile(f"^{rating}$", re.M),
        analysts=tuple(labels["analyst"]),
        assistants=tuple(labels["assistant"]),
        signers=_any([*labels["analyst"], *labels["assistant"]]),
        analyst_labels=_any(labels["analyst"]),
        related_labels=_any(labels["related"]),
        publishers=_publishers(lexicon),
        generic=frozenset(word for word in generic if "…" not in word),
        generic_forms=_any([word for word in generic if "…" in word]),
        industries=frozenset(lexicon.cue("ingest/industry")),
        traits=traits_of(
            {
                "label": openers,
                "heading": [word for words in sections.values() for word in words],
                "field": [
                    *_spaced(
                        [word for field in ("rating", "published", "industry") for word in labels[field]]
                    ),
                    *(word for words in labels.values() for word in words if word not in openers),
                ],
                "heading_end": telling,
                "closing": lexicon.cue("closing"),
                "closing_end": lexicon.cue("closing"),
                "furniture": lexicon.cue("ingest/furniture"),
                "publisher": [*lexicon.cue("ingest/publisher"), *lexicon.cue("ingest/publisher_ending")],
                "rating": lexicon.cue("ingest/rating"),
                "signer": _spaced([*labels["analyst"], *labels["assistant"]]),
                "related": labels["related"],
                "generic": [word for word in generic if "…" in word],
            }
        ),
    )


def _spaced(words: list[str]) -> list[str]:
    """The words, and their beginnings where they are set apart: 日 期."""
    return [*words, *{f"{word[0]} " for word in words}]


def _any(words: list[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first; ``…`` in a word stands for up to two dozen characters."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word).replace("…", ".{0,24}?") for word in longest_first) or _NEVER)


def _publishers(lexicon: Lexicon) -> re.Pattern[str]:
    """Names of research houses: those known, and what ends as such names do and begins at a boundary."""
    known = "|".join(map(re.escape, sorted(lexicon.cue("ingest/publisher"), key=len, reverse=True)))
    endings = "|".join(map(re.escape, lexicon.cue("ingest/publisher_ending")))
    return re.compile(
        f"(?<![\u4e00-\u9fff])({known}|[\u4e00-\u9fff]{{2,4}}?(?:{endings}))(?!研究报告|投资|市场|公司研究|监督|分析师)"
    )
