"""PDF: positions decide, not the order of the text layer."""

from tagger.ingest.pdf.read import read_pdf

__all__ = ["read_pdf"]
