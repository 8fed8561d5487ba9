"""The same inside spaCy: a tokenizer for its zh, and the component ``policy_tagger``.

Installed with the package, both are found by name: ``nlp.add_pipe("policy_tagger")``, and in a config
``[nlp.tokenizer] @tokenizers = "tagger.Tokenizer"``. Without the installation, import this module first.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
from spacy.language import Language
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer, filter_spans, get_words_and_spaces, registry

from tagger import lexicon, resources, schema, tokenizers
from tagger.lexicon.dictionaries import read_words
from tagger.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.training import Example
    from spacy.vocab import Vocab

    from tagger.pipeline import Tagger

MENTIONS, PARAGRAPHS, EVENTS = "mentions", "paragraphs", "events"
"""The groups of ``doc.spans``."""

_RECORD = "tagger.record"
_EXPANDED = "tagger.expanded"


class Tokenizer(DummyTokenizer):
    """A tagger tokenizer as spaCy wants one; blanks between words become ``token.whitespace_``."""

    def __init__(self, vocab: Vocab, words: tokenizers.Tokenizer) -> None:
        self.vocab = vocab
        self._words = words

    def __call__(self, text: str) -> Doc:
        """The text in tokens; ``doc.text`` is the text."""
        words, spaces = get_words_and_spaces(self._words.cut(text), text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[type[Tokenizer], tuple[Vocab, tokenizers.Tokenizer]]:
        return Tokenizer, (self.vocab, self._words)


def make_tokenizer(
    name: str = resources.TOKENIZER,
    hmm: bool = False,
    lexicons: str | None = None,
    dictionary: str | None = None,
    terms: bool = True,
) -> Callable[[Language], Tokenizer]:
    """A maker of tokenizers for a config.

    ``terms`` keeps lexicon terms and codes such as GPT-4o whole; ``dictionary`` is a file of words to keep whole too.
    """

    def make(nlp: Language) -> Tokenizer:
        words = tokenizers.make(name, hmm=hmm)
        if terms:
            knowledge = lexicon.load(resources.lexicon_folder(lexicons))
            words = tokenizers.keeping(words, knowledge, read_words(Path(dictionary)) if dictionary else ())
        return Tokenizer(nlp.vocab, words)

    return make


registry.tokenizers("tagger.Tokenizer", func=make_tokenizer)


class PolicyTagger:
    """Writes what the tagger finds on a Doc.

    ``doc.spans["mentions"]`` has every mention with its entry as ``kb_id_``, ``doc.ents`` those that do not overlap,
    ``doc.spans["paragraphs"]`` the paragraphs by theme, ``doc.spans["events"]`` the evidence of events by status,
    ``doc.cats`` the themes of the whole by the length of their paragraphs, ``doc._.record`` the record. A span that
    does not meet token bounds is expanded to them and counted in ``doc._.expanded``; the record has it exactly.
    ``doc._.published`` may be set before: the ISO day of the report.

    The tagger is made at the first document, once a process.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.settings = settings
        self._tagger: Tagger | None = None

    @property
    def tagger(self) -> Tagger:
        """The tagger behind the component."""
        if self._tagger is None:
            self._tagger = self.settings.tagger()
        return self._tagger

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc. Raises ValueError when ``doc._.published`` is no ISO day."""
        record = self.tagger.tag(doc.text, published=doc._.published)
        spans = _Spans(doc, record)
        doc.spans[MENTIONS] = [spans.of(m.start, m.end, m.kind, m.entry or "") for m in record.mentions]
        doc.spans[PARAGRAPHS] = [spans.of(p.start, p.end, p.theme) for p in record.paragraphs]
        doc.spans[EVENTS] = [
            spans.of(start, end, e.status, e.policy or "") for e in record.events for start, end in e.evidence
        ]
        doc.ents = filter_spans(doc.spans[MENTIONS])
        doc.cats = _cats(record)
        doc.user_data[_RECORD] = schema.encode(record).decode()
        doc.user_data[_EXPANDED] = dict(spans.expanded)
        return doc

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Precision, recall and F of entities and of all mentions, for ``spacy evaluate``."""
        pairs = list(examples)
        spans = Scorer.score_spans(
            pairs,
            f"spans_{MENTIONS}",
            getter=lambda doc, _: doc.spans.get(MENTIONS, ()),
            has_annotation=lambda doc: MENTIONS in doc.spans,
            allow_overlap=True,
        )
        return {**get_ner_prf(pairs), **spans}

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write lexicons and model beside the settings, so that the pipeline works where it is carried to."""
        del exclude
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        layers = [resources.lexicon_folder(self.settings.lexicons), *map(Path, self.settings.user_lexicons)]
        for number, layer in enumerate(layers):
            shutil.copytree(layer, folder / f"lexicons-{number}", dirs_exist_ok=True)
        shutil.copytree(resources.model_folder(self.settings.model), folder / "model", dirs_exist_ok=True)
        about = {"tokenizer": self.settings.tokenizer, "layers": len(layers)}
        (folder / "settings.json").write_bytes(msgspec.json.encode(about))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> PolicyTagger:
        """Use what ``to_disk`` wrote. Raises OSError when it is not there."""
        del exclude
        folder = Path(path)
        about = msgspec.json.decode((folder / "settings.json").read_bytes())
        first, *more = (str(folder / f"lexicons-{number}") for number in range(about["layers"]))
        self.settings = Settings(first, tuple(more), str(folder / "model"), about["tokenizer"])
        self._tagger = None
        return self

    def __reduce__(self) -> tuple[type[PolicyTagger], tuple[str, Settings]]:
        return PolicyTagger, (self.name, self.settings)


@Language.factory(
    "policy_tagger",
    default_config={"lexicons": None, "user_lexicons": [], "model": None, "tokenizer": resources.TOKENIZER},
    assigns=["doc.ents", "doc.spans", "doc.cats", "doc._.record"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
def make_policy_tagger(
    nlp: Language,
    name: str,
    lexicons: str | None,
    user_lexicons: list[str],
    model: str | None,
    tokenizer: str,
) -> PolicyTagger:
    """The component of a config; folders as for ``Tagger``."""
    del nlp
    return PolicyTagger(name, Settings(lexicons, tuple(user_lexicons), model, tokenizer))


class _Spans:
    """Spans of a record as spans of its Doc."""

    def __init__(self, doc: Doc, record: schema.Document) -> None:
        self._doc = doc
        self._record = record
        self.expanded: Counter[str] = Counter()

    def of(self, start: int, end: int, label: str, entry: str = "") -> Span:
        """The span, expanded and counted where it begins or ends within a token."""
        begin = self._record.source_position(start)[0]
        stop = self._record.source_position(end - 1)[0] + 1
        span = cast("Span", self._doc.char_span(begin, stop, label, kb_id=entry, alignment_mode="expand"))
        if (span.start_char, span.end_char) != (begin, stop):
            self.expanded[label] += 1
        return span


def _cats(record: schema.Document) -> dict[str, float]:
    """The themes' probabilities, averaged over the paragraphs by their length."""
    scored = [(p, p.end - p.start) for p in record.paragraphs if p.scores]
    total = sum(length for _, length in scored)
    return {
        theme: sum(p.scores[theme] * length for p, length in scored) / total if total else 0.0
        for theme in schema.THEMES
    }


def _record_of(doc: Doc) -> schema.Document | None:
    """The record, read anew at every access: it travels as JSON, through processes and DocBins."""
    line = doc.user_data.get(_RECORD)
    return schema.decode(line) if line else None


def _extend() -> None:
    if not Doc.has_extension("record"):
        Doc.set_extension("record", getter=_record_of)
    if not Doc.has_extension("expanded"):
        Doc.set_extension("expanded", getter=lambda doc: doc.user_data.get(_EXPANDED, {}))
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)


_extend()
