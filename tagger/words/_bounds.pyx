"""Where words begin and end."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.unicode cimport PyUnicode_Check, PyUnicode_GET_LENGTH
from libc.string cimport memset


def bounds_of(list words not None, str text not None):
    """A byte for every place between the characters of a text: one where one of its words begins or ends.

    Raises ValueError when the words are not as long as the text.
    """
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0
    cdef bytes made = PyBytes_FromStringAndSize(NULL, size + 1)
    cdef char* marks = PyBytes_AS_STRING(made)
    memset(marks, 0, size + 1)
    marks[0] = 1
    for word in words:
        if not PyUnicode_Check(word):
            raise TypeError("a word that is no string")
        at += PyUnicode_GET_LENGTH(word)
        if at > size:
            raise ValueError("the words are longer than the text")
        marks[at] = 1
    if at < size:
        raise ValueError("the words do not cover the text")
    return made


def words_of(bytes bounds not None, str text not None):
    """The words of a text by their bounds. Raises ValueError for the bounds of another text."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, begin = 0
    cdef const char* marks = PyBytes_AS_STRING(bounds)
    cdef list words = []
    if PyBytes_GET_SIZE(bounds) != size + 1 or not marks[size]:
        raise ValueError("the bounds of another text")
    for at in range(1, size + 1):
        if marks[at]:
            words.append(text[begin:at])
            begin = at
    return words
