"""Writes one report in every format that can be read."""

from __future__ import annotations

import html
import io

from ingest.pages import Pages, wrapped


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def as_docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for line in lines_of(text):
        if "\t" in line:
            cells = line.split("\t")
            for cell, words in zip(
                document.add_table(rows=1, cols=len(cells)).rows[0].cells, cells, strict=True
            ):
                cell.text = words
        else:
            document.add_paragraph(line, style="Heading 1" if line.startswith("■") else None)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_html(text: str) -> bytes:
    body = "\n".join(
        f"<h2>{html.escape(line)}</h2>" if line.startswith("■") else f"<p>&emsp;{html.escape(line)}</p>"
        for line in lines_of(text)
    )
    page = (
        "<!DOCTYPE html><html><head><title>研报</title><style>p{margin:0}</style></head><body>"
        "<nav><a href='/'>首页</a> <a href='/x'>研报</a></nav><script>var a = '<p>no</p>';</script>"
        f"<div class=text>{body}</div><footer>网站备案号</footer></body></html>"
    )
    return page.encode()


def as_markdown(text: str) -> bytes:
    return "\n\n".join(f"## {line}" if line.startswith("■") else line for line in lines_of(text)).encode()


def as_two_columns(text: str) -> bytes:
    """A masthead over the breadth of the page, the body in two columns, page after page."""
    lines = lines_of(text)
    body = next((number for number, line in enumerate(lines) if line.startswith("■")), 0)
    pages = Pages()
    top = 40.0
    for line in lines[:body]:
        pages.text(50, top, line, 9)
        top += 14
    start = top + 20
    left, top = 50.0, start
    for line in lines[body:]:
        em = 22
        indent = 0 if line.startswith("■") or len(line) < 30 else 2
        pieces = wrapped(line, em, indent=indent)
        for number, piece in enumerate(pieces):
            if top > 780:
                if left > 300:
                    pages.next()
                    left, start = 50.0, 60.0
                else:
                    left = 310.0
                top = start
            pages.text(left + (10.5 * indent if number == 0 else 0), top, piece)
            top += 17
        top += 6
    return pages.bytes()
