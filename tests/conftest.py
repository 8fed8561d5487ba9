"""Shared fixtures; a skipped test is a failure where TAGGER_REQUIRE_ALL is set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tagger.pipeline import Tagger

# The same examples in every run of CI, so that what landed stays green; other runs look for new ones.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") or os.environ.get("TAGGER_REQUIRE_ALL"):
    settings.load_profile("ci")

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    """One tagger with the shipped lexicons and model."""
    return Tagger()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of reports that we wrote."""
    return SAMPLES


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring texts beside the checkout; tests that read it skip where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout")
    return SHARED


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With TAGGER_REQUIRE_ALL=1 nothing may be skipped."""
    del item, call
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("TAGGER_REQUIRE_ALL") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
