"""The questions are asked as on a machine with time: a busy one proves the same, only later."""

import pytest

LIMITS = (
    "designing.searches.PROOF_LIMIT",
    "designing.variants.PROOF_LIMIT",
    "solving.conflicts.SECONDS_A_QUESTION",
    "solving.families_of.PROOF_LIMIT",
    "solving.listing.BEYOND_SECONDS",
)
"""How long one proof of many may take; an answer is shorter without it."""
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    for limit in LIMITS:
        monkeypatch.setattr(f"symconv.{limit}", PATIENCE)
