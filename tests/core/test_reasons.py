from __future__ import annotations

import errno

import pytest

from perpudesk.core.i18n import speaking
from perpudesk.core.reasons import reason_of


@pytest.mark.parametrize(
    "error, words",
    [
        (PermissionError(errno.EACCES, "Permission denied"), "akses tidak diizinkan"),
        (OSError(errno.EROFS, "Read-only file system"), "disk dilindungi dari penulisan"),
        (FileExistsError(errno.EEXIST, "File exists"), "sudah ada berkas bernama itu"),
        (OSError(errno.EPROTO, "Protocol error"), "Protocol error"),
        (ValueError("embedded null byte"), "embedded null byte"),
        (ValueError(), "ValueError"),
    ],
)
def test_the_reason_is_in_the_readers_language_where_it_is_known(
    error: BaseException, words: str
) -> None:
    with speaking("id"):
        assert reason_of(error) == words
