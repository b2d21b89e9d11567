"""The sentences are read in English; one test reads them in Indonesian."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perpudesk.core.i18n import speaking


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield
