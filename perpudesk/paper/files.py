"""A document as the bytes of its file; what draws it is loaded with the first page."""

from __future__ import annotations

import io

from perpudesk.core.codes import Paper
from perpudesk.paper.document import Document


def pdf_of(document: Document, paper: Paper) -> bytes:
    """The PDF of `document` on a paper."""
    from perpudesk.paper.pdf import render

    stream = io.BytesIO()
    render(document, stream, paper=paper)
    return stream.getvalue()
