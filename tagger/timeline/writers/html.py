"""The timeline as one HTML page that needs nothing but itself: data, style, script and charting library inside."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from tagger.timeline.writers.words import FIELD_NAME, LEVEL_NAME, LINK_NAME, LINKED_NAME, THEME_NAME
from tagger.view import PERIOD_NAME, QUALIFIER_NAME, STATUS_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.timeline.record import TimelineEvent

_LIBRARY = "echarts.common.min.js"
_SCRIPTS = ("model.js", "charts.js", "detail.js", "page.js")
_PLACE = re.compile(r"\{\{(\w+)\}\}")
# Within a script element only "<" can end it or open a comment; the others guard readers that are not browsers.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write(events: Sequence[TimelineEvent], file: BinaryIO) -> None:
    """Write the page."""
    parts = {
        "style": _asset("page.css"),
        "charts": _asset(_LIBRARY),
        "script": "\n".join(map(_asset, _SCRIPTS)),
        "data": embedded({"events": list(events), "names": _names()}),
    }
    file.write(_PLACE.sub(lambda place: parts[place[1]], _asset("page.html")).encode())


def embedded(data: object) -> str:
    """Data as JSON that stays data within an HTML page, whatever it says."""
    text = msgspec.json.encode(data).decode()
    return re.sub("[<>&\u2028\u2029]", lambda found: _UNSAFE[found[0]], text)


def _names() -> dict[str, dict[str, str]]:
    return {
        "status": STATUS_NAME,
        "level": LEVEL_NAME,
        "theme": THEME_NAME,
        "field": FIELD_NAME,
        "link": LINK_NAME,
        "linked": LINKED_NAME,
        "period": PERIOD_NAME,
        "qualifier": QUALIFIER_NAME,
    }


def _asset(name: str) -> str:
    return (resources.files("tagger.timeline") / "assets" / name).read_text(encoding="utf-8")
