"""Amounts, dates, percents and quantities on one table, beside JioNLP and Recognizers-Text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tagger.matching.matcher import Matcher

from .forms import Ends, Form, jionlp_reader, ours, recognizers_reader, table

FORMS = table()
COMPARED = ("amount", "date")
LEAST = 0.98


def test_the_table_is_broad_enough() -> None:
    counts = Counter(form.kind for form in FORMS)
    assert counts["amount"] + counts["date"] >= 250
    assert len({form.marked + str(form.published) for form in FORMS}) == len(FORMS)


def test_the_values_are_read_in_full(matcher: Matcher) -> None:
    wrong = {
        form.line: (form.marked, form.published, read)
        for form in FORMS
        if (read := ours(form, matcher)) != (form.ends, form.unit, form.qualifier)
    }
    assert len(wrong) <= (1 - LEAST) * len(FORMS), wrong


@pytest.fixture(scope="module")
def readers(matcher: Matcher) -> dict[str, Callable[[Form], Ends | None]]:
    pytest.importorskip("jionlp", reason="JioNLP is not installed")
    pytest.importorskip("recognizers_date_time", reason="Recognizers-Text is not installed")

    def own(form: Form) -> Ends | None:
        read = ours(form, matcher)
        return read[0] if read else None

    return {"ours": own, "JioNLP": jionlp_reader(), "Recognizers-Text": recognizers_reader()}


def test_ours_reads_more_than_the_libraries(
    readers: dict[str, Callable[[Form], Ends | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    shares: dict[str, dict[str, float]] = {}
    for name, read in readers.items():
        right = Counter(form.kind for form in FORMS if read(form) == form.ends)
        shares[name] = {
            kind: right[kind] / sum(form.kind == kind for form in FORMS)
            for kind in ("amount", "date", "percent", "quantity")
        }
        compared = sum(form.kind in COMPARED for form in FORMS)
        shares[name]["amount+date"] = sum(right[kind] for kind in COMPARED) / compared
    with capsys.disabled():
        print("\n" + as_table(shares))  # noqa: T201 - the figures are asked for
    assert shares["ours"]["amount+date"] >= LEAST
    assert shares["ours"]["amount+date"] > max(shares[name]["amount+date"] for name in list(shares)[1:])


def as_table(shares: dict[str, dict[str, float]]) -> str:
    """The share of right values, a line a reader; – where a library has nothing for a kind."""
    kinds = list(next(iter(shares.values())))
    lines = [f"{'right values':18}" + "".join(f"{kind:>13}" for kind in kinds)]
    for name, share in shares.items():
        lines.append(
            f"{name:18}" + "".join(f"{share[k]:>13.1%}" if share[k] else f"{'–':>13}" for k in kinds)
        )
    return "\n".join(lines)
