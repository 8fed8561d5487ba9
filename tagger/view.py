"""Documents and timelines to look at: in a terminal with rich, or as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

    from tagger.schema import Document, Event, Instrument, Paragraph, Target

_LONGEST_WORD = 20
THEME_STYLE = {"model_news": "cyan", "policy": "red", "compute": "green", "risk": "yellow", "other": "dim"}
THEME_NAME = {"model_news": "模型", "policy": "政策", "compute": "算力", "risk": "风险", "other": "其他"}
KIND_STYLE = {
    "policy": "bold red",
    "doc_number": "red",
    "issuer": "magenta",
    "region": "blue",
    "instrument": "bold yellow",
    "model": "bold cyan",
    "compute": "green",
    "company": "bright_blue",
    "amount": "bold green",
    "quantity": "bright_green",
    "percent": "bright_black",
    "date": "bright_magenta",
}
STATUS_NAME = {
    "issued": "发布",
    "draft": "征求意见",
    "planned": "拟出台",
    "cited": "援引",
    "amended": "修订",
    "repealed": "废止",
}
PERIOD_NAME = {"year": "每年", "month": "每月", "once": "一次性", "project": "每项"}
QUALIFIER_NAME = {
    "max": "最高",
    "min": "不少于",
    "over": "超",
    "under": "不足",
    "about": "约",
    "total": "共",
    "exact": "",
}


def as_text(document: Document) -> str:
    """A document as plain text: head, paragraphs with their themes, events."""
    meta = document.meta
    lines = [" · ".join(x for x in (meta.publisher, meta.published, meta.title or document.id) if x)]
    for paragraph in document.paragraphs:
        theme = "/".join(THEME_NAME.get(t, t) for t in paragraph.themes)
        lines.append(f"[{theme}] {document.text[paragraph.start : paragraph.end]}")
    lines += [f"▸ {event_line(event)}" for event in document.events]
    return "\n".join(lines)


def event_line(event: Event) -> str:
    """An event in one line: date, place, status, title, money."""
    parts = [event.date or "", event.region or "全国", STATUS_NAME[event.status], f"《{event.title}》"]
    parts += [instrument_line(i) for i in event.instruments]
    return " ".join(p for p in parts if p)


def instrument_line(instrument: Instrument) -> str:
    """训力券 每年最高5亿元."""
    if instrument.amount_cny is None:
        return instrument.name
    words = PERIOD_NAME.get(instrument.period or "", "") + QUALIFIER_NAME.get(instrument.qualifier or "", "")
    return f"{instrument.name} {words}{money(instrument.amount_cny)}"


def target_line(target: Target) -> str:
    """智能算力规模 > 100EFLOPS（2025-12-31）."""
    value = f"{target.value:.15g}" + (f"–{target.value_high:.15g}" if target.value_high is not None else "")
    sign = "" if target.op == "between" else target.op
    return f"{target.metric} {sign} {value}{target.unit}" + (f"（{target.by}）" if target.by else "")


def money(amount: float) -> str:
    """Yuan in the unit people say: 5亿元, 5000万元."""
    for size, name in ((10**12, "万亿元"), (10**8, "亿元"), (10**4, "万元")):
        if amount >= size:
            return f"{amount / size:.15g}{name}"
    return f"{amount:.15g}元"


def show(document: Document, console: Console) -> None:
    """Print a document: themes in the margin, mentions highlighted, events as a table."""
    for part in render(document):
        console.print(part)


def render(document: Document) -> list[RenderableType]:
    """The parts of a document's view."""
    from rich.padding import Padding
    from rich.table import Table

    meta = document.meta
    head = "  ".join(x for x in (meta.publisher, meta.published, meta.industry, meta.rating) if x)
    parts: list[RenderableType] = [_titled(meta.title or document.source or document.id, head)]
    body = Table.grid(padding=(0, 1))
    body.add_column(width=9, no_wrap=True)
    body.add_column(ratio=1, overflow="fold")
    hidden = 0
    for paragraph in document.paragraphs:
        if paragraph.section in ("masthead", "disclaimer"):
            hidden += 1
            continue
        body.add_row(_margin(paragraph), _marked(document, paragraph))
    parts.append(Padding(body, (0, 0, 1, 0)))
    if hidden:
        parts.append(f"[dim]（报头与免责声明共 {hidden} 段未显示）[/dim]")
    if document.events:
        parts.append(events_table(document.events))
    parts += [f"[yellow]注意[/yellow] {warning}" for warning in document.warnings]
    return parts


def events_table(events: Sequence[Event]) -> RenderableType:
    """Events as a table."""
    from rich.table import Table

    table = Table(title="政策事件", title_justify="left", expand=True, show_lines=True)
    for name, ratio in (
        ("日期", 3),
        ("地区", 2),
        ("状态", 2),
        ("政策", 6),
        ("发布机构", 4),
        ("资金工具", 5),
        ("目标", 4),
    ):
        table.add_column(name, ratio=ratio, overflow="fold", min_width=10 if name == "日期" else None)
    for event in events:
        table.add_row(
            event.date or ("近期" if event.date_precision == "recent" else "—"),
            event.region or "全国",
            STATUS_NAME[event.status],
            event.title + (f"\n[dim]{event.doc_number}[/dim]" if event.doc_number else ""),
            "\n".join(event.issuers) or "—",
            "\n".join(map(instrument_line, event.instruments)) or "—",
            "\n".join(map(target_line, event.targets)) or "—",
        )
    return table


def _titled(title: str, below: str) -> RenderableType:
    from rich.panel import Panel
    from rich.text import Text

    return Panel(
        Text(title, style="bold") + (Text("\n" + below, style="dim") if below else Text("")), expand=True
    )


def _margin(paragraph: Paragraph) -> Text:
    from rich.text import Text

    text = Text()
    for number, theme in enumerate(paragraph.themes):
        if number:
            text.append("+", style="dim")
        text.append(THEME_NAME.get(theme, theme), style=THEME_STYLE.get(theme, "white"))
    if paragraph.uncertain:
        text.append("?", style="dim")
    return text


def _marked(document: Document, paragraph: Paragraph) -> RenderableType:
    from rich.text import Text

    # Rich breaks lines at blanks and would leave ragged Han text; a hard blank keeps offsets and flows on.
    text = Text(
        document.text[paragraph.start : paragraph.end].replace(" ", "\xa0"),
        style="bold" if paragraph.heading is True else "",
    )
    for mention in document.mentions:
        if paragraph.start <= mention.start < paragraph.end:
            text.stylize(
                KIND_STYLE[mention.kind], mention.start - paragraph.start, mention.end - paragraph.start
            )
    return _Flow(text)


class _Flow:
    """Text broken at the width of its place; rich itself breaks at blanks only and leaves Han text ragged."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._text.divide(_breaks(self._text.plain, options.max_width))


def _breaks(text: str, width: int) -> list[int]:
    """Where lines end: at the width, or before the Latin word that would be cut there."""
    from rich.cells import cell_len

    breaks: list[int] = []
    column = begin = 0
    for at, char in enumerate(text):
        size = cell_len(char)
        if column + size > width:
            word = at
            while word > begin and char.isascii() and not char.isspace() and _in_word(text[word - 1]):
                word -= 1
            stop = word if at - word < _LONGEST_WORD and word > begin else at
            breaks.append(stop)
            column, begin = cell_len(text[stop:at]), stop
        column += size
    return breaks


def _in_word(char: str) -> bool:
    return char.isascii() and not char.isspace()
