"""Formats whose library is not installed: one friendly line, and nothing heavy is loaded before its time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest import writing
from tagger.ingest import MissingPartError

TEXT = "云州市印发若干措施。\n第二段。\n"


@pytest.mark.parametrize(
    ("module", "name", "data", "extra"),
    [
        ("pypdfium2", "a.pdf", b"%PDF-1.4", "pdf"),
        ("docx", "a.docx", writing.as_docx(TEXT), "docx"),
        ("selectolax.lexbor", "a.html", writing.as_html(TEXT), "html"),
    ],
)
def test_the_message_names_the_extra(monkeypatch, read_bytes, module, name, data, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPartError, match=rf"pip install 'yanbao-tagger\[{extra}\]'"):
        read_bytes(name, data)


def test_text_is_read_without_any_of_them():
    program = (
        "import sys; import tagger.ingest; "
        "print(sorted({'pypdfium2', 'docx', 'selectolax', 'lxml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
