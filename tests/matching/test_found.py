"""Candidates before they are mentions: their order, and spans that are not of the text."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from tagger.lexicon import Folder
from tagger.matching._found import Candidate, mentions_of, term_candidates, without_overlaps
from tagger.schema import Mention


class Plain:
    """Mentions without marks."""

    make = Mention
    unmarked = UNSET
    marked: frozenset[str] = frozenset()

    def marks(self, text: str, at: int) -> None:  # noqa: ARG002 - the form of rules
        raise AssertionError


def spans_of(text: str, *spans: tuple[int, int]) -> list[tuple[int, int, str, str]]:
    kept = [Candidate(start, end, "region", 4) for start, end in spans]
    made = mentions_of(Folder({}).fold(text), kept, [], Plain())
    return [(m.start, m.end, m.text, m.canonical) for m in made]


def test_candidates_stand_in_the_order_of_their_starts_however_long_they_are() -> None:
    early, long = Candidate(8, 10, "region", 4), Candidate(10, 10 + (1 << 18), "amount", 3)
    assert without_overlaps([long, early]) == [early, long]


def test_a_candidate_is_one() -> None:
    with pytest.raises(TypeError):
        without_overlaps([None, None])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        term_candidates([None], [])  # type: ignore[list-item]


def test_a_canonical_form_has_no_blanks_beside_han_of_any_plane() -> None:
    assert spans_of("在 深 圳", (1, 3)) == [(2, 5, "深 圳", "深圳")]
    assert spans_of("在 𠮷 野", (1, 3)) == [(2, 5, "𠮷 野", "𠮷野")]


def test_a_span_behind_the_text_is_empty() -> None:
    assert [text for _, _, text, _ in spans_of("深 圳", (5, 900))] == [""]


@pytest.mark.parametrize("text", ["深圳", "深 圳"])
def test_a_span_before_the_text_is_refused(text: str) -> None:
    with pytest.raises(IndexError):
        spans_of(text, (-5, 0))
