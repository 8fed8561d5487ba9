"""The folded view: what is taken out, what is made alike, and the way back, beside a plain statement of the same rules."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tagger.lexicon.fold import HAN, WIDTH, Folder, View

ALIKE = {"訓": "训", "⾦": "金", "𠮷": "吉", "丈": "𠀋"}
FOLDER = Folder(ALIKE)
LETTERS = "训力券訓⾦𠮷😀ＡａBİ１.％—， \n\t\u3000\xa0\u2009"
_GAP = re.compile(
    f"(?<=[{HAN}])[ \t\u3000\xa0\u2009]+|(?<![ \t\u3000\xa0\u2009])[ \t\u3000\xa0\u2009]+(?=[{HAN}])|(?<=[{HAN}])\n(?=[{HAN}])"
)


def characters_plainly(text: str) -> str:
    """Every character folded alone."""
    folded = "".join((ALIKE | WIDTH).get(char, char) for char in text)
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)


def plainly(text: str) -> tuple[str, list[int]]:
    """The folded text, and where each of its characters stands in the original."""
    folded = characters_plainly(text)
    gone = {at for gap in _GAP.finditer(folded) for at in range(*gap.span())}
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(folded[at] for at in kept), kept


@settings(max_examples=500, deadline=None)
@given(text=st.text(LETTERS, max_size=40))
def test_a_text_folds_by_the_rules_and_every_offset_leads_back(text: str) -> None:
    view = FOLDER.fold(text)
    folded, places = plainly(text)
    assert view.text == folded
    assert view.source == text
    assert [view.start(at) for at in range(len(folded))] == places
    assert view.starts(list(range(len(folded)))) == places
    assert [view.end(at) for at in range(len(folded) + 1)] == [0, *(place + 1 for place in places)]
    assert list(memoryview(view.origin()).cast("i")) == places


@given(text=st.one_of(st.text(LETTERS, max_size=40), st.text("Ａbé丈\ud800", max_size=4)))
@example(text="ＡＢ")  # two bytes a character become one,
@example(text="丈")  # or four
def test_characters_alone_are_folded_one_by_one(text: str) -> None:
    folded = FOLDER.fold_characters(text)
    assert folded == characters_plainly(text)
    assert {folded: 1}.get(
        characters_plainly(text)
    ) == 1  # equal in hash too: the string is as narrow as can be


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("训 力\u3000券", "训力券"),
        ("训力\n券", "训力券"),
        ("训力。\n券", "训力。\n券"),
        ("训 \n力", "训\n力"),
        ("GPT 4 与 Qwen", "gpt 4与qwen"),
        ("１２．５％", "12.5%"),
        ("訓⾦𠮷", "训金吉"),
        ("İstanbul", "İstanbul"),
        ("", ""),
    ],
)
def test_what_is_alike_and_what_is_taken_out(text: str, folded: str) -> None:
    assert FOLDER.fold(text).text == folded


@pytest.mark.parametrize("text", ["训力", "训 力"])
def test_places_go_on_one_by_one_outside_the_text(text: str) -> None:
    view = FOLDER.fold(text)
    assert [view.start(at) for at in (-2, -1, 2, 3)] == [-2, -1, len(text), len(text) + 1]
    assert [view.end(at) for at in (-1, 3)] == [-1, len(text) + 1]


def test_a_view_made_by_hand_is_that_of_the_empty_text() -> None:
    view = View()
    assert (view.text, view.source, view.start(0), view.origin()) == ("", "", 0, b"")


def test_a_folder_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(FOLDER)).fold_term(" 訓 力券 ") == "训力券"
