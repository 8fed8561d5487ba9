"""What stands on a page but is not its text, told by its words alone: page numbers and axis labels."""

from __future__ import annotations

import re

from tagger.ingest._labels import is_page_mark, label_shape

__all__ = ["PAGE_MARK_STARTS", "TEMPLATE_MARK", "is_page_mark", "label_shape"]

PAGE_MARK_STARTS = "[第-—Pp0123456789"
"""What a page mark can begin with."""

TEMPLATE_MARK = re.compile(r"\[(?:Table|Report)\w*\]\s*|\[[A-Za-z]+_\w+\]\s*")
"""What the fields of a broker's template leave in the text layer: [Table_Summary]."""
