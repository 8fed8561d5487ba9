"""A text for compiled readers: characters by their place, 0 outside it."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_ISSPACE

cdef struct Text:
    int kind
    void* data
    Py_ssize_t size


cdef inline Text text_of(str text) noexcept:
    return Text(PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))


cdef inline Py_UCS4 char_at(Text* text, Py_ssize_t place) noexcept:
    return PyUnicode_READ(text.kind, text.data, place) if 0 <= place < text.size else 0


cdef inline bint is_digit(Py_UCS4 c) noexcept:
    return c"0" <= c <= c"9"


cdef inline bint is_latin(Py_UCS4 c) noexcept:
    """Whether a character of a folded text is a letter or digit of names in Latin script."""
    return c"a" <= c <= c"z" or is_digit(c)


cdef inline Py_ssize_t past_blank(Text* text, Py_ssize_t place) noexcept:
    """The place behind one blank, if there is one."""
    return place + (place < text.size and Py_UNICODE_ISSPACE(char_at(text, place)))
