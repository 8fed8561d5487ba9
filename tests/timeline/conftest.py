from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger import lexicon, resources
from tagger.timeline import merge as merge_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tagger.lexicon import Lexicon
    from tagger.timeline import Claim, TimelineEvent


@pytest.fixture(scope="session")
def knowledge() -> Lexicon:
    return lexicon.load(resources.lexicon_folder())


@pytest.fixture(scope="session")
def merge(knowledge: Lexicon) -> Callable[..., list[TimelineEvent]]:
    def run(*claims: Claim) -> list[TimelineEvent]:
        told: Iterable[Claim] = claims
        return merge_claims(told, knowledge)

    return run
