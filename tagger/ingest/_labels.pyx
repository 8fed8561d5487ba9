"""What is told by its form alone: labels of chart axes (12.5%, （3,400）, 2024-08, 24Q3, 2026E) and page numbers."""

from cpython.unicode cimport (
    Py_UNICODE_ISDECIMAL, Py_UNICODE_TODECIMAL, PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ,
)

from tagger.ingest._cursor cimport Cursor, blanks, cursor_of, digits, here, step

cdef enum:
    LONGEST = 12  # characters of a label
    FIGURES_RUN = 8  # so many percentages on end that no table has them

SHAPES = (None, "date", "number", "percent")

cdef double UNEVEN = 0.12  # share of a step by which steps may differ that were rounded


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


cdef bint are_even(const Cursor* labels, Py_ssize_t count) noexcept:
    """Numbers at even steps, other than 0."""
    cdef double least = 0, most = 0, value, before = 0, step
    cdef Py_ssize_t number
    for number in range(count):
        value = value_of(labels[number])
        step = value - before
        if number == 1:
            least = most = step
        elif number > 1:
            least, most = min(least, step), max(most, step)
        if most - least > UNEVEN * max(most, -least) + 1e-9:
            return False
        before = value
    return most > 0 or least < 0


cdef bint are_in_order(const Cursor* labels, Py_ssize_t count) noexcept:
    """Each stands behind the one before it in the order of strings."""
    cdef Py_ssize_t number
    for number in range(1, count):
        if not stands_before(labels[number - 1], labels[number]):
            return False
    return True


cdef bint stands_before(Cursor one, Cursor other) noexcept:
    while one.at < one.stop and other.at < other.stop:
        if here(&one) != here(&other):
            return here(&one) < here(&other)
        one.at += 1
        other.at += 1
    return other.at < other.stop


cdef bint holds_percent(Cursor cursor) noexcept:
    while cursor.at < cursor.stop:
        if here(&cursor) == "%":
            return True
        cursor.at += 1
    return False


cdef bint is_axis(const Cursor* labels, Py_ssize_t count) noexcept:
    """Labels of one shape are the ticks of an axis: numbers at even steps, or days and months in their order.

    So many percentages on end that no table has them are the figures on its bars.
    """
    if is_date(labels[0]):
        return are_in_order(labels, count)
    return (count >= FIGURES_RUN and holds_percent(labels[0])) or are_even(labels, count)


# --- page numbers -----------------------------------------------------------------------------------------------------


cdef inline bint number(Cursor* cursor) noexcept:
    """Step over a number of any length."""
    cdef bint found = False
    while digits(cursor, LONGEST):
        found = True
    return found


cdef bint is_page_of_pages(Cursor cursor) noexcept:
    """3, 第 3 页, 3/35, 第3页 共35页."""
    step(&cursor, "第", "第")
    blanks(&cursor)
    if not digits(&cursor, 4):
        return False
    blanks(&cursor)
    step(&cursor, "页", "页")
    if cursor.at == cursor.stop:
        return True
    blanks(&cursor)
    if here(&cursor) not in "/|共-":
        return False
    while here(&cursor) in "/|共-":
        cursor.at += 1
    blanks(&cursor)
    step(&cursor, "共", "共")
    blanks(&cursor)
    if not digits(&cursor, 4):
        return False
    blanks(&cursor)
    step(&cursor, "页", "页")
    return cursor.at == cursor.stop


cdef bint is_dashed(Cursor cursor) noexcept:
    """- 3 -."""
    if not step(&cursor, "-", "—"):
        return False
    blanks(&cursor)
    if not digits(&cursor, 4):
        return False
    blanks(&cursor)
    return step(&cursor, "-", "—") and cursor.at == cursor.stop


cdef bint is_lettered(Cursor cursor) noexcept:
    """P3, [P3]."""
    cdef bint bracketed = step(&cursor, "[", "[")
    if not step(&cursor, "P", "p"):
        return False
    if bracketed:
        return number(&cursor) and step(&cursor, "]", "]") and cursor.at == cursor.stop
    return digits(&cursor, 4) and cursor.at == cursor.stop


cdef bint is_in_latin(Cursor cursor) noexcept:
    """Page 3, page 3 of 35."""
    if not (
        step(&cursor, "P", "p") and step(&cursor, "A", "a") and step(&cursor, "G", "g") and step(&cursor, "E", "e")
    ):
        return False
    blanks(&cursor)
    if not number(&cursor):
        return False
    if cursor.at == cursor.stop:
        return True
    blanks(&cursor)
    if not (step(&cursor, "O", "o") and step(&cursor, "F", "f")):
        return False
    blanks(&cursor)
    return number(&cursor) and cursor.at == cursor.stop


cdef bint is_page_number(Cursor cursor) noexcept:
    """A page number in any of its dresses."""
    return is_page_of_pages(cursor) or is_dashed(cursor) or is_lettered(cursor) or is_in_latin(cursor)


def is_page_mark(str text not None):
    """A page number in any of its dresses: 第 3 页 / 共 35 页, - 3 -, [P3]."""
    return is_page_number(cursor_of(text))
