"""What a tagger is made from, as a value that can be sent to another process or machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.resources import TOKENIZER

if TYPE_CHECKING:
    from tagger.lexicon import Lexicon
    from tagger.pipeline import Tagger


class Settings(Struct, frozen=True):
    """Folders and the name of a tokenizer, as ``Tagger`` takes them; None is what is shipped."""

    lexicons: str | None = None
    user_lexicons: tuple[str, ...] = ()
    model: str | None = None
    tokenizer: str = TOKENIZER

    def tagger(self) -> Tagger:
        """A new tagger. Raises what ``Tagger`` raises."""
        from tagger.pipeline import Tagger

        return Tagger(
            self.lexicons, user_lexicons=self.user_lexicons, model=self.model, tokenizer=self.tokenizer
        )

    def lexicon(self) -> Lexicon:
        """The lexicon of such a tagger. Raises LexiconError or OSError."""
        from pathlib import Path

        from tagger import lexicon, resources

        return lexicon.load(resources.lexicon_folder(self.lexicons), *map(Path, self.user_lexicons))
