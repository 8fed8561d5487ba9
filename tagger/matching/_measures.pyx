"""The quick way through the grammar of measures: a number in Arabic digits right before its unit.

Most numbers are of that form, or count nothing. All others (ranges, signs, Han numerals, units behind a blank,
letters that may be sizes, shares in tenths) are handed to the grammar in ``measures``, which reads every form; what
is read here it would read the same.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.stdint cimport uint8_t

from tagger.matching._bounds cimport BoundWords
from tagger.matching._found cimport Candidate
from tagger.matching._text cimport Text, char_at, is_digit, is_latin, past_blank, text_of
from tagger.matching._trie cimport ROOT, Trie

cdef enum:
    PLANE = 0x10000
    LONGEST_NUMERAL = 24
    MOST_DIGITS = 24
    # What a character may be.
    UNIT = 1  # the beginning of a unit
    DOUBTFUL = 2  # … of one that has more meanings than one
    DASH = 4
    NUMERAL = 8  # the beginning of a number in Han numerals
    IN_NUMERAL = 16  # … or a part of one
    SIGN = 32  # a currency sign
    LEADS = 64  # a word that a bare multiplier may follow: 近千亿
    MONEY = 128  # the beginning of a currency
    RANK = 3  # of a measure among candidates

MARKS = {"unit": UNIT, "doubtful": DOUBTFUL, "dash": DASH, "numeral": NUMERAL, "in numeral": IN_NUMERAL, "sign": SIGN,
         "leads": LEADS, "money": MONEY}


cdef inline int power_of(Py_UCS4 c) noexcept:
    """The power of ten of a multiplier; 0 for other characters."""
    if c == u"十":
        return 1
    if c == u"百":
        return 2
    if c == u"千":
        return 3
    if c == u"万":
        return 4
    return 8 if c == u"亿" else 0


cdef inline bint is_vague(Py_UCS4 c) noexcept:
    return c == u"多" or c == u"余"


cdef inline bint is_thin(Py_UCS4 c) noexcept:
    """A blank that parts the thousands of a number."""
    return c == 0x20 or c == 0xA0 or c == 0x2009


cdef Py_ssize_t digits_end(Text* text, Py_ssize_t at) noexcept:
    while is_digit(char_at(text, at)):
        at += 1
    return at


cdef bint three_digits(Text* text, Py_ssize_t at) noexcept:
    return is_digit(char_at(text, at)) and is_digit(char_at(text, at + 1)) and is_digit(char_at(text, at + 2))


cdef Py_ssize_t thousands_end(Text* text, Py_ssize_t at, bint thin) noexcept:
    """Where groups of three digits end that begin at a comma, or at a blank."""
    cdef Py_UCS4 c = char_at(text, at)
    while (is_thin(c) if thin else (c == c"," or c == u"，")) and three_digits(text, at + 1):
        at += 4
        c = char_at(text, at)
    return at


cdef bint is_money(Text* text, Py_ssize_t at) noexcept:
    """元 follows, behind multipliers at most: what a number with blanks between its thousands needs."""
    cdef int count = 0
    at = past_blank(text, at)
    while count < 2 and (char_at(text, at) == u"万" or char_at(text, at) == u"亿"):
        at += 1
        count += 1
    return char_at(text, at) == u"元"


cdef Py_ssize_t arabic_end(Text* text, Py_ssize_t start) noexcept:
    """Where the number ends that begins with the digit at ``start``: 1,200 · 5 000万元 · 2.5个亿 · 3亿5千万 · 100多."""
    cdef Py_ssize_t end = digits_end(text, start), stop
    cdef bint grouped = False
    if end - start <= 3:
        stop = thousands_end(text, end, True)
        if stop > end and is_money(text, stop):
            return scaled_end(text, stop)
        stop = thousands_end(text, end, False)
        if stop > end:
            end = stop
    if char_at(text, end) == c"." and is_digit(char_at(text, end + 1)):
        end = digits_end(text, end + 1)
    return scaled_end(text, end)


cdef Py_ssize_t scaled_end(Text* text, Py_ssize_t end) noexcept:
    """Where the multipliers end that follow a number: 万, 个亿, 亿5千万, 多万, 千多."""
    cdef Py_ssize_t at = end, next
    cdef Py_UCS4 c = char_at(text, at)
    cdef int count = 0
    if c == u"个":
        c = char_at(text, at + 1)
        at += c == u"亿" or (c == u"万" and char_at(text, at + 2) == u"亿")
    elif is_vague(c) or c == u"几":
        at += 1
    while count < 3 and power_of(char_at(text, at)):
        at += 1
        count += 1
    if count:
        while True:
            next = at + (char_at(text, at) == u"零")
            if not is_digit(char_at(text, next)):
                break
            while is_digit(char_at(text, next)) or char_at(text, next) == c".":
                next += 1
            if not power_of(char_at(text, next)):
                break
            at = next + 1 + (power_of(char_at(text, next + 1)) > 0)
        next = digits_end(text, at + (char_at(text, at) == u"零"))
        if char_at(text, next) == u"元" and 0 < next - at - (char_at(text, at) == u"零") <= 4:
            at = next
        end = at
    return end + is_vague(char_at(text, end))


cdef str plain_value(Text* text, Py_ssize_t start, Py_ssize_t end, int power):
    """A number times a power of ten, written out; None when it is not of the plain form 1,234.5千万亿."""
    cdef char[MOST_DIGITS] digits
    cdef int count = 0, point = -1, last, at
    cdef Py_UCS4 c
    cdef int before = 0, own
    while start < end:
        c = char_at(text, start)
        if is_digit(c):
            if count == MOST_DIGITS:
                return None
            digits[count] = <char>c
            count += 1
        elif c == c".":
            if point >= 0:
                return None
            point = count
        elif not (c == c"," or c == u"，"):
            break
        start += 1
    if point < 0:
        point = count
    while start < end:
        own = power_of(char_at(text, start))
        # 十百千 first, then 万, then 亿
        if own == 0 or (own < 4 and before) or (own == 4 and before >= 4) or (own == 8 and before == 8):
            return None
        before = own
        point += own
        start += 1
    point += power
    # The value is 0.d₁d₂… times ten to the power of ``point``.
    at = 0
    while at < count and digits[at] == c"0":
        at += 1
    last = count
    while last > at and digits[last - 1] == c"0":
        last -= 1
    if at == last:
        return "0"
    point -= at
    written = (<bytes>digits[at:last]).decode("ascii")
    if point <= 0:
        return "0." + "0" * -point + written
    if last - at <= point:
        return written + "0" * (point - (last - at))
    return written[:point] + "." + written[point:]


def number_end(str text not None, Py_ssize_t start):
    """Where the number ends that begins with the digit at ``start``, multipliers included."""
    cdef Text read = text_of(text)
    return arabic_end(&read, start)


cdef class Surfaces:
    """Words of which the longest at a place counts; one in Latin letters ends where no letter or digit follows."""

    cdef Trie words

    def __cinit__(self, words):
        self.words = Trie(words)

    def end(self, str text not None, Py_ssize_t start):
        """Where the longest word at a place ends; ``start`` when none begins there."""
        cdef Text read = text_of(text)
        cdef Py_ssize_t stop
        return stop if longest(self.words, &read, start, &stop) >= 0 else start


cdef class QuickMeasures:
    """Finds the measures of a text; ``grammar`` reads what is not of the quick form.

    ``units`` are (surface, unit, power of ten of its scale) and ``currencies`` (surface, code); where the last is
    None the grammar decides. ``counter`` is the surface that may stand before a unit proper (280万个GPU小时),
    ``no_units`` are words that begin with the last character of a unit, ``characters`` tells what may be what (see
    MARKS); ``value`` makes the value of a measure.
    """

    cdef uint8_t* marks
    cdef Trie units, currencies, no_units
    cdef list unit_of, code_of
    cdef BoundWords bounds
    cdef object grammar, value
    cdef int counter
    cdef Py_UCS4 counter_char

    def __cinit__(
        self, grammar, value, BoundWords bounds, list units, str counter, list currencies, no_units,
        dict characters,
    ):
        self.marks = <uint8_t*>PyMem_Calloc(PLANE, 1)
        if self.marks == NULL:
            raise MemoryError
        for what, members in characters.items():
            for character in members:
                if ord(character) < PLANE:
                    self.marks[<Py_ssize_t>ord(character)] |= <int>MARKS[what]
        self.grammar, self.value, self.bounds = grammar, value, bounds
        surfaces = [surface for surface, _, _ in units]
        self.unit_of = [(unit, power) for _, unit, power in units]
        self.units = Trie(surfaces)
        self.counter = surfaces.index(counter) if counter in surfaces else -1
        self.counter_char = ord(counter)
        self.code_of = [code for _, code in currencies]
        self.currencies = Trie([surface for surface, _ in currencies])
        self.no_units = Trie(no_units)

    def __dealloc__(self):
        PyMem_Free(self.marks)

    cdef inline int mark(self, Text* text, Py_ssize_t at) noexcept:
        cdef Py_UCS4 c = char_at(text, at)
        return self.marks[c] if c < PLANE else 0

    def find(self, str text not None, list taken not None):
        """The measures in order, leaving out numbers that begin in one of the ``taken`` spans (in order, apart)."""
        cdef Text read = text_of(text)
        cdef Py_ssize_t at = 0, end, begin, stop = 0, number, next = 0
        cdef int mark
        cdef Py_UCS4 c
        cdef list found = []
        begin = read.size + 1
        if taken:
            begin, stop = taken[0]
        else:
            stop = begin
        while at < read.size:
            c = char_at(&read, at)
            mark = self.marks[c] if c < PLANE else 0
            if is_digit(c):
                end = self.counted_number(&read, at)
                if not end:
                    at = digits_end(&read, at)
                    continue
            elif mark & NUMERAL and self.may_be_numeral(&read, at) or mark & SIGN and is_digit(
                char_at(&read, past_blank(&read, at + 1))
            ):
                end = 0
            else:
                at += 1
                continue
            while stop <= at:
                next += 1
                if next < len(taken):
                    begin, stop = taken[next]
                else:
                    begin = stop = read.size + 1
            if begin <= at:
                at = end if end else at + 1
                continue
            if end:
                measure = self.quick(text, &read, at, end)
                if measure is NotImplemented:
                    measure = self.grammar.read(text, at, end, False)
            elif mark & SIGN:
                number = past_blank(&read, at + 1)
                end = arabic_end(&read, number)
                measure = self.grammar.read(text, number, end, False)
            else:
                end = self.grammar.numeral_end(text, at)
                if end < 0:
                    at += 1
                    continue
                measure = self.grammar.read(text, at, end, True)
            at = max(at + 1, end)
            if measure is not None:
                found.append(measure)
                at = max(at, <Py_ssize_t>measure.end)
        return found

    cdef Py_ssize_t counted_number(self, Text* text, Py_ssize_t start) noexcept:
        """Where the number that begins with the first digit of a run ends; 0 when it cannot count anything.

        It stands within another number (1.5, 2^10, 3-4), or nothing that could be counted follows.
        """
        cdef Py_UCS4 before = char_at(text, start - 1)
        cdef Py_ssize_t end
        if before == c"." or before == c"^":
            return 0
        if (before == c"-" or before == c"/") and is_digit(char_at(text, start - 2)):
            return 0
        end = arabic_end(text, start)
        if self.mark(text, end) & (UNIT | DASH) or char_at(text, end - 1) == u"亿":
            return end
        if past_blank(text, end) > end and self.mark(text, end + 1) & (UNIT | DASH):
            return end
        return 0

    cdef bint may_be_numeral(self, Text* text, Py_ssize_t at) noexcept:
        """Whether Han numerals that begin here may count something: a unit, a dash or 分之 stands behind them."""
        cdef Py_UCS4 c = char_at(text, at), before = char_at(text, at - 1), after = char_at(text, at + 1)
        cdef int count
        if power_of(c):
            if is_digit(before) or is_vague(before) or before == u"几":
                return False
        if after == u"分" and char_at(text, at + 2) == u"之":
            return True
        if power_of(c) > 1 and not (self.mark(text, at + 1) & IN_NUMERAL or self.mark(text, at - 1) & LEADS):
            return False
        if (
            c == u"一"
            and not self.mark(text, at + 1) & (IN_NUMERAL | DASH | MONEY | DOUBTFUL)
            and not self.mark(text, at + 2) & DOUBTFUL
        ):
            return False  # 一个, 一家 count nothing; 一个百分点 does
        if c == u"上" or c == u"成":  # 上百, 成千
            if not 2 <= power_of(after) <= 4:
                return False
        elif (c == u"数" or c == u"几") and not power_of(after):  # 数十, 几百
            return False
        for count in range(1, LONGEST_NUMERAL + 2):
            if self.mark(text, at + count) & (UNIT | DASH):
                return True
            if not self.mark(text, at + count) & IN_NUMERAL:
                return False
        return False

    cdef object quick(self, str source, Text* text, Py_ssize_t start, Py_ssize_t end):
        """The measure at a number; None when there is none, NotImplemented when it takes the whole grammar to tell."""
        cdef Py_UCS4 c = char_at(text, end), before = char_at(text, start - 1)
        cdef Py_ssize_t stop
        cdef int number, power = 0
        cdef str number_text, unit, kind
        if self.mark(text, start - 1) & SIGN:
            return NotImplemented
        if (before == c" " or before == 0xA0) and self.mark(text, start - 2) & SIGN:
            return NotImplemented
        if c == c"%":
            kind, unit, stop = "percent", "%", end + 1
        else:
            number = longest(self.currencies, text, end, &stop)
            if number >= 0:
                kind, unit = "amount", self.code_of[number]
                if unit is None:
                    return NotImplemented
            elif past_blank(text, end) > end and c != c" " and c != c"\t" and c != 0xA0:  # no unit stands on another line
                return NotImplemented if self.goes_on(text, end) or char_at(text, end - 1) == u"亿" else None
            elif char_at(text, end - 1) == u"亿" or past_blank(text, end) > end:
                return NotImplemented
            elif self.mark(text, end) & DASH:
                return NotImplemented if self.goes_on(text, end) else None
            elif self.mark(text, end) & DOUBTFUL and not self.is_code(text, end):
                return NotImplemented
            elif c == self.counter_char and self.mark(text, end + 1) & DOUBTFUL:
                return NotImplemented
            else:
                number = longest(self.units, text, end, &stop)
                if number < 0 or before == u"第":
                    return None
                unit, scale = self.unit_of[number]
                if c"a" <= before <= c"z" and (is_latin(c) or unit == "参数"):  # FP8参数: the number is part of a name
                    return None
                if scale is None:
                    return NotImplemented
                if self.is_word(text, stop - 1):
                    return None
                if number == self.counter and self.mark(text, past_blank(text, stop)) & UNIT:
                    return NotImplemented
                kind, power = "quantity", scale
        if self.goes_on(text, stop):
            return NotImplemented
        number_text = plain_value(text, start, end, power)
        if number_text is None:
            return NotImplemented
        if kind != "quantity" and self.is_signed(text, start):
            start -= 1
            if before == c"-":
                number_text = "-" + number_text
        qualifier = self.bounds.read(source, start, stop, "exact")
        value = self.value(kind, unit, number_text, number_text, qualifier)
        cdef Candidate found = Candidate.__new__(Candidate)
        found.start, found.end, found.kind, found.rank = start, stop, kind, RANK
        found.by, found.value = "grammar", value
        return found

    cdef bint is_code(self, Text* text, Py_ssize_t at) noexcept:
        """Whether letters behind a number are no unit, and go on as neither a size (72B) nor points (bp, pct) would."""
        cdef Py_UCS4 c = char_at(text, at), after = char_at(text, at + 1)
        cdef Py_ssize_t stop
        if not (c"a" <= c <= c"z" and is_latin(after)) or c == c"b" and after == c"p" or c == c"p" and after == c"c":
            return False
        return longest(self.units, text, at, &stop) < 0

    cdef bint is_signed(self, Text* text, Py_ssize_t start) noexcept:
        """Whether a sign stands before a number that is no dash behind a Latin letter, a digit or a percent."""
        cdef Py_UCS4 sign = char_at(text, start - 1), before = char_at(text, start - 2)
        if not (sign == c"+" or sign == c"-" or sign == u"±"):
            return False
        return not (is_latin(before) or before == c"%")

    cdef bint is_word(self, Text* text, Py_ssize_t at) noexcept:
        """Whether a word begins here that holds the end of what looks like a unit: 个 of 5个月, 部 of 3部门."""
        cdef Py_ssize_t stop
        return longest(self.no_units, text, at, &stop) >= 0

    cdef bint goes_on(self, Text* text, Py_ssize_t at) noexcept:
        """Whether a dash and a second number follow."""
        cdef Py_ssize_t dash = at + (is_thin(char_at(text, at)) or char_at(text, at) == c"\t")
        if not self.mark(text, dash) & DASH:
            return False
        if char_at(text, dash) == u"—" and char_at(text, dash + 1) == u"—":
            dash += 1
        dash = past_blank(text, dash + 1)
        return is_digit(char_at(text, dash)) or self.mark(text, dash) & NUMERAL


cdef int longest(Trie trie, Text* text, Py_ssize_t at, Py_ssize_t* stop) noexcept:
    """The number of the longest word at a place, and where it ends; -1 without one.

    A word in Latin letters ends where no letter or digit follows.
    """
    cdef int number = -1
    cdef unsigned int node = ROOT
    cdef Py_UCS4 c, after
    while True:
        c = char_at(text, at)
        if not c:
            return number
        node = trie.step(node, c)
        if not node:
            return number
        at += 1
        if trie.nodes[node].number >= 0:
            after = char_at(text, at)
            if not (is_latin(c) and is_latin(after)):
                number, stop[0] = trie.nodes[node].number, at
