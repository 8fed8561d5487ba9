"""Rows of a table whose cells became lines of their own (date, title, department), as pages extracted from PDFs have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagger.events.scene import BESIDE

if TYPE_CHECKING:
    from tagger.events.scene import Scene
    from tagger.schema import Mention


class Row(NamedTuple):
    """The cells beside a title: its date, and the departments in the cell behind or in front of it."""

    date: Mention
    issuers: list[Mention]


def row_of(scene: Scene) -> Row | None:
    """The row in which a title fills a cell: nothing but line ends stands between it, a date and a department."""
    text, anchor = scene.text, scene.anchor
    behind = _adjoining(scene, forward=True)
    if text[anchor.end : anchor.end + 1] not in ("\n", "") or not behind:
        return None
    before = _adjoining(scene, forward=False)
    departments = [m for m in behind if m.kind == "issuer"] or [m for m in before if m.kind == "issuer"]
    date = next((m for m in (*before, *behind) if m.kind == "date" and _is_cell(text, m)), None)
    if date is None or not departments:
        return None
    return Row(date, departments)


def _adjoining(scene: Scene, forward: bool) -> list[Mention]:
    """The departments and the date next to a title on one side, with only blanks between."""
    text, anchor = scene.text, scene.anchor
    span = (anchor.end, anchor.end + BESIDE) if forward else (anchor.start - BESIDE, anchor.start)
    found: list[Mention] = []
    edge = anchor.end if forward else anchor.start
    mentions = scene.mentions.between(*span)
    for mention in mentions if forward else reversed(mentions):
        gap = text[edge : mention.start] if forward else text[mention.end : edge]
        if mention.kind not in ("issuer", "date") or gap.strip():
            break
        found.append(mention)
        edge = mention.end if forward else mention.start
        if mention.kind == "date":
            break
    return found if forward else found[::-1]


def _is_cell(text: str, date: Mention) -> bool:
    """A date with its year that stands alone in its line."""
    alone = text[date.start - 1 : date.start] in ("\n", "") and text[date.end : date.end + 1] in ("\n", "")
    return alone and date.value is not None and date.value.basis == "text"
