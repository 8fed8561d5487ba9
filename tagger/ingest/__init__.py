"""Bytes to reading text: every format becomes paragraphs with the way back to the source."""

from tagger.ingest.decode import decode
from tagger.ingest.errors import MissingPartError, ReadError
from tagger.ingest.read import SUFFIXES, read_file, read_text

__all__ = ["SUFFIXES", "MissingPartError", "ReadError", "decode", "read_file", "read_text"]
