"""The model card: data, figures and limits of a trained model, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tagger.themes.folder import Config


def card_of(config: Config, metrics: dict[str, Any], features: int, notes: str = "") -> str:
    """The card of a model; ``notes`` is put in as it stands."""
    data, held_out = metrics["data"], metrics["held_out"]
    counts = "、".join(f"{label} {number}" for label, number in data["first_themes"].items())
    lines = [
        "# Theme model",
        "",
        "A multinomial logistic regression over words, pairs of words and of kinds of mentions, and pairs of characters.",
        f"`weights.npz` holds {features:,} features × {len(config.labels)} labels as plain arrays; `config.json` says what they mean.",
        "Nothing in this folder is code, and a folder whose weights are not those of its config is refused.",
        "",
        "## Data",
        "",
        f"{data['paragraphs']:,} labelled paragraphs, {data['characters']:,} characters: {counts}.",
        f"{data['with_a_second_theme']} have a second theme; {data['styles']} styles, {data['families']} families.",
        f"Data `{config.data}`, lexicon `{config.lexicon}`, tokenizer `{config.tokenizer}`.",
        "",
        "## Held-out figures",
        "",
        f"Cross-validation with every {held_out['kept_apart']} on one side of the split only, themes weighted to the mix in use.",
        "",
        *table_of(held_out),
        *([notes.strip(), ""] if notes.strip() else []),
    ]
    return "\n".join(lines)


def table_of(figures: dict[str, Any]) -> list[str]:
    """Figures of one set of paragraphs as lines of Markdown."""
    uncertain = figures["uncertain"]
    return [
        "| theme | precision | recall | F1 |",
        "|---|--:|--:|--:|",
        *(
            f"| {label} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |"
            for label, row in figures["themes"].items()
        ),
        "",
        f"Macro F1 {figures['macro_f1']:.3f}, accuracy {figures['accuracy']:.3f}, micro F1 of the sets {figures['sets_micro_f1']:.3f}, "
        f"expected calibration error {figures['calibration_error']:.3f}.",
        f"{uncertain['share']:.0%} are marked uncertain; of these {uncertain['errors']:.0%} are wrong, "
        f"of the others {uncertain['errors_of_the_others']:.0%}.",
        "",
    ]
