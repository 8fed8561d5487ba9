"""The labels of chart axes, told by their form: 12.5%, （3,400）, 2024-08, 24年1月, 24Q3, 2026E."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 ch)
    int Py_UNICODE_TODECIMAL(Py_UCS4 ch)

cdef enum:
    LONGEST = 12  # characters of a label

SHAPES = (None, "date", "number", "percent")


cdef struct Cursor:
    int kind
    const void* data
    Py_ssize_t at
    Py_ssize_t stop


cdef inline Py_UCS4 here(Cursor* cursor) noexcept:
    """The character at the cursor; NUL behind the last."""
    return PyUnicode_READ(cursor.kind, cursor.data, cursor.at) if cursor.at < cursor.stop else 0


cdef inline int digits(Cursor* cursor, int most) noexcept:
    """Step over so many digits at most; the answer is how many there were."""
    cdef int count = 0
    while count < most and Py_UNICODE_ISDECIMAL(here(cursor)):
        cursor.at += 1
        count += 1
    return count


cdef bint is_date(Cursor cursor) noexcept:
    """A year with A or E, a quarter, a month or a day."""
    cdef Py_ssize_t begin = cursor.at
    cdef bint full = here(&cursor) == "2" and cursor.stop - begin > 3
    cdef int count = digits(&cursor, 4)
    if full:
        full = PyUnicode_READ(cursor.kind, cursor.data, begin + 1) == "0"
    if count == 4 and full:
        if cursor.at == cursor.stop:
            return True
        if here(&cursor) in "AE":
            return cursor.at + 1 == cursor.stop
    elif count != 2:
        return False
    elif here(&cursor) == "Q":
        cursor.at += 1
        return cursor.at + 1 == cursor.stop and here(&cursor) in "1234"
    if here(&cursor) not in "-./年":
        return False
    cursor.at += 1
    if not digits(&cursor, 2):
        return False
    if here(&cursor) in "-./月":
        begin = cursor.at
        cursor.at += 1
        if not digits(&cursor, 2):
            cursor.at = begin
    if here(&cursor) == "日":
        cursor.at += 1
    if here(&cursor) == "月":
        cursor.at += 1
    return cursor.at == cursor.stop


cdef Shape number_shape(Cursor cursor) noexcept:
    """A number with or without sign, brackets, thousands and percent."""
    cdef Shape shape = NUMBER
    if here(&cursor) in "（(":
        cursor.at += 1
    if here(&cursor) in "-−–":
        cursor.at += 1
    if not digits(&cursor, 1):
        return NO_LABEL
    while digits(&cursor, LONGEST) or here(&cursor) == ",":
        cursor.at += here(&cursor) == ","
    if here(&cursor) == ".":
        cursor.at += 1
        if not digits(&cursor, LONGEST):
            return NO_LABEL
    if here(&cursor) == "%":
        cursor.at += 1
        shape = PERCENT
    if here(&cursor) in "）)":
        cursor.at += 1
    return shape if cursor.at == cursor.stop else NO_LABEL


cdef Shape shape_of(int kind, const void* data, Py_ssize_t start, Py_ssize_t stop) noexcept:
    """What kind of label of an axis a stretch can be."""
    cdef Cursor cursor
    if not 0 < stop - start <= LONGEST:
        return NO_LABEL
    cursor.kind, cursor.data, cursor.at, cursor.stop = kind, data, start, stop
    return DATE if is_date(cursor) else number_shape(cursor)


def label_shape(str text not None):
    """What kind of axis label a line can be: percent, date or number; None for words."""
    return SHAPES[shape_of(PyUnicode_KIND(text), PyUnicode_DATA(text), 0, PyUnicode_GET_LENGTH(text))]


cdef double value_of(Cursor cursor) noexcept:
    """The number on an axis; what stands in brackets is less than nothing."""
    cdef double value = 0, share = 1, sign = 1
    cdef bint behind_point = False
    cdef Py_UCS4 c
    while cursor.at < cursor.stop:
        c = here(&cursor)
        if c in "（(-−–":
            sign = -sign
        elif c == ".":
            behind_point = True
        elif Py_UNICODE_ISDECIMAL(c):
            value = 10 * value + Py_UNICODE_TODECIMAL(c)
            share = 10 * share if behind_point else share
        cursor.at += 1
    return sign * value / share


def are_even(list labels not None, double uneven):
    """Numbers at even steps, other than 0; ``uneven`` is the share of a step by which rounded steps may differ."""
    cdef double least = 0, most = 0, value, before = 0, step
    cdef Py_ssize_t number = 0
    cdef Cursor cursor
    for label in labels:
        text = <str?>label
        cursor.kind, cursor.data, cursor.at = PyUnicode_KIND(text), PyUnicode_DATA(text), 0
        cursor.stop = PyUnicode_GET_LENGTH(text)
        value = value_of(cursor)
        step = value - before
        if number == 1:
            least = most = step
        elif number > 1:
            least, most = min(least, step), max(most, step)
        if most - least > uneven * max(most, -least) + 1e-9:
            return False
        before = value
        number += 1
    return most > 0 or least < 0
