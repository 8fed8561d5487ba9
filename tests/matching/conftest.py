from __future__ import annotations

import pytest

from tagger import lexicon, resources
from tagger.matching.matcher import Matcher


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """The matcher with the shipped lexicons."""
    return Matcher(lexicon.load(resources.lexicon_folder()))
