"""Where words begin and end."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_GET_LENGTH
from libc.string cimport memset


def bounds(list words not None):
    """A byte for every place between the characters of the joined words: one where a word begins or ends."""
    cdef Py_ssize_t size = 0
    cdef str word
    for word in words:
        size += PyUnicode_GET_LENGTH(word)
    cdef bytes made = PyBytes_FromStringAndSize(NULL, size + 1)
    cdef char* at = PyBytes_AS_STRING(made)
    memset(at, 0, size + 1)
    at[0] = 1
    for word in words:
        at += PyUnicode_GET_LENGTH(word)
        at[0] = 1
    return made
