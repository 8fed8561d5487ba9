"""A place in a text that steps on over what stands there."""

from cpython.unicode cimport (
    Py_UNICODE_ISDECIMAL, Py_UNICODE_ISSPACE, PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ,
)


cdef struct Cursor:
    int kind
    const void* data
    Py_ssize_t at
    Py_ssize_t stop


cdef inline Cursor cursor_of(str text) noexcept:
    """At the beginning of a text, which must outlive it."""
    cdef Cursor cursor
    cursor.kind, cursor.data, cursor.at = PyUnicode_KIND(text), PyUnicode_DATA(text), 0
    cursor.stop = PyUnicode_GET_LENGTH(text)
    return cursor


cdef inline Py_UCS4 here(const Cursor* cursor) noexcept:
    """The character at the cursor; NUL behind the last."""
    return PyUnicode_READ(cursor.kind, cursor.data, cursor.at) if cursor.at < cursor.stop else 0


cdef inline bint step(Cursor* cursor, Py_UCS4 one, Py_UCS4 other) noexcept:
    """Step over one of two characters, if it is there."""
    if cursor.at < cursor.stop and (here(cursor) == one or here(cursor) == other):
        cursor.at += 1
        return True
    return False


cdef inline void blanks(Cursor* cursor) noexcept:
    """Step over the blanks."""
    while cursor.at < cursor.stop and Py_UNICODE_ISSPACE(here(cursor)):
        cursor.at += 1


cdef inline int digits(Cursor* cursor, int most) noexcept:
    """Step over so many digits at most; the answer is how many there were."""
    cdef int count = 0
    while count < most and Py_UNICODE_ISDECIMAL(here(cursor)):
        cursor.at += 1
        count += 1
    return count
