"""Where a date may begin: few places that hold none, and every one that does."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_ISSPACE

cdef enum:
    LONGEST_YEAR = 4


cdef inline bint is_digit(Py_UCS4 c) noexcept:
    return c"0" <= c <= c"9"


cdef inline bint is_han_digit(Py_UCS4 c) noexcept:
    return (
        c == u"一" or c == u"二" or c == u"三" or c == u"四" or c == u"五" or c == u"六" or c == u"七" or c == u"八"
        or c == u"九" or c == u"十" or c == u"〇" or c == u"零"
    )


cdef inline bint is_dash(Py_UCS4 c) noexcept:
    return c == u"-" or c == u"—" or c == u"–" or c == u"~" or c == u"～" or c == u"至" or c == u"到" or c == u"─"


cdef inline bint is_unit(Py_UCS4 c) noexcept:
    return c == u"年" or c == u"月" or c == u"日"


cdef class _Text:
    """A text whose characters are read by their place; 0 outside it."""

    cdef int kind
    cdef void* data
    cdef Py_ssize_t size

    cdef inline Py_UCS4 at(self, Py_ssize_t place) noexcept:
        return PyUnicode_READ(self.kind, self.data, place) if 0 <= place < self.size else 0

    cdef inline Py_ssize_t blank(self, Py_ssize_t place) noexcept:
        """The place behind one blank, if there is one."""
        return place + (place < self.size and Py_UNICODE_ISSPACE(self.at(place)))

    cdef bint numeral_dated(self, Py_ssize_t end) noexcept:
        """Whether the digits that end here may be of a date, by what follows: 年, 5日, q3, -6月, .3-."""
        cdef Py_ssize_t behind = self.blank(end), at
        cdef Py_UCS4 c = self.at(behind)
        cdef int count
        if is_unit(c) or c == c"q" or c == c"h":
            return True
        if c"1" <= c <= c"4" and (self.at(behind + 1) == c"q" or self.at(behind + 1) == c"h"):
            return True
        if is_dash(c) and self.range_dated(behind):
            return True
        if (c == c"-" or c == c"." or c == c"/") and self.four_digits(end) and is_digit(self.at(self.blank(behind + 1))):
            return True
        c = self.at(end)
        if c == c"e" or c == c"a":
            return True
        if c == c".":
            for count in range(1, 3):
                if not is_digit(self.at(end + count)):
                    return False
                if is_dash(self.at(self.blank(end + count + 1))):
                    return True
        return False

    cdef bint four_digits(self, Py_ssize_t end) noexcept:
        cdef int count
        for count in range(1, LONGEST_YEAR + 1):
            if not is_digit(self.at(end - count)):
                return False
        return True

    cdef bint range_dated(self, Py_ssize_t dash) noexcept:
        """Whether a dash leads to up to four numerals and 年, 月, 日 or 号."""
        cdef int dashes, count
        cdef Py_ssize_t at
        for dashes in range(1, 3):
            if dashes == 2 and (self.at(dash) != u"—" or self.at(dash + 1) != u"—"):
                return False
            at = self.blank(dash + dashes)
            for count in range(LONGEST_YEAR):
                if not (is_digit(self.at(at)) or is_han_digit(self.at(at))):
                    break
                at += 1
                if is_unit(self.at(self.blank(at))) or self.at(self.blank(at)) == u"号":
                    return True
        return False

    cdef bint han_dated(self, Py_ssize_t at) noexcept:
        """Whether a Han numeral may begin a date: 二〇二五年, 三季度, 十四五."""
        cdef Py_UCS4 c = self.at(at + 1)
        cdef int count
        cdef Py_ssize_t behind = at + 1
        if c == u"季":
            return True
        if self.at(at + 2) == u"五" and (
            c == u"一" or c == u"二" or c == u"三" or c == u"四" or c == u"五" or c == u"六"
        ):
            return True
        for count in range(4):
            c = self.at(self.blank(behind))
            if c == u"年" or c == u"月":
                return True
            if not is_han_digit(self.at(behind)):
                return False
            behind += 1
        return False


def places(str text not None, list words not None):
    """Where a date may begin, in order. ``words`` are the spans of words that a date may begin with."""
    cdef _Text read = _Text.__new__(_Text)
    read.kind, read.data, read.size = PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)
    cdef Py_ssize_t at = 0, end, word = 0, start
    cdef Py_UCS4 c
    cdef list found = []
    cdef Py_ssize_t next_word = (<tuple>words[0])[0] if words else read.size
    while at < read.size:
        if at >= next_word:
            found.append(at)
            word += 1
            next_word = (<tuple>words[word])[0] if word < len(words) else read.size
            if not is_digit(read.at(at)):
                at += 1
                continue
        c = read.at(at)
        if is_digit(c):
            end = at + 1
            while is_digit(read.at(end)):
                end += 1
            if read.numeral_dated(end):
                start = max(at, end - LONGEST_YEAR)  # 日期12024年 tells the year 2024
                if not found or found[len(found) - 1] != start:
                    found.append(start)
            at = end
            continue
        if is_han_digit(c) and read.han_dated(at):
            found.append(at)
        at += 1
    return found
