"""tagger reads Chinese brokerage research reports and turns them into data.

>>> import tagger
>>> document = tagger.tag("12月18日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》。", published="2024-12-31")
>>> document.events[0].title
'深圳市打造人工智能先锋城市的若干措施'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from tagger.pipeline import Tagger
    from tagger.schema import Document, Event, Instrument, Mention, Meta, Paragraph, Target, Value

__version__ = "0.1.0"
__all__ = [
    "Document",
    "Event",
    "Instrument",
    "Mention",
    "Meta",
    "Paragraph",
    "Tagger",
    "Target",
    "Value",
    "__version__",
    "tag",
]

_shared: dict[str, Any] = {}


def tag(text: str, published: date | str | None = None) -> Document:
    """Tag one text with the shipped lexicons and model (loaded at the first call)."""
    if "tagger" not in _shared:
        from tagger.pipeline import Tagger

        _shared["tagger"] = Tagger()
    document: Document = _shared["tagger"].tag(text, published=published)
    return document


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing costs nothing."""
    if name == "Tagger":
        from tagger.pipeline import Tagger

        return Tagger
    if name in __all__:
        from tagger import schema

        return getattr(schema, name)
    raise AttributeError(f"module 'tagger' has no attribute {name!r}")
