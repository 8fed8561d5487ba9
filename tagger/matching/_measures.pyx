"""The quick way through the grammar of measures: plain numbers before their units, and ranges of two.

Most numbers are of that form, or count nothing. All others (currency signs, longer Han numerals, letters that may be
sizes, shares in tenths, sums whose words around tell that they are money) are handed to the grammar in ``measures``,
which reads every form; what is read here it would read the same.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_DecodeASCII
from libc.stdint cimport uint8_t, uint16_t
from libc.string cimport memcmp

from tagger.matching._bounds cimport BoundWords
from tagger.matching._found cimport Candidate, candidate_at
from tagger.matching._text cimport (
    PLANE, SET, Text, char_at, is_digit, is_latin, next_of, past_blank, put, text_of
)
from tagger.matching._trie cimport ROOT, Trie

cdef enum:
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
    COUNTER = 256  # the beginning of a unit that stays one before another unit
    RANK = 3  # of a measure among candidates
    # What a number may count.
    NOTHING = 0
    PERCENT = 1
    AMOUNT = 2
    QUANTITY = 3
    ASK = 4  # the grammar, which reads more of the text around
    # The names of shares, which stand before those of currencies and units.
    HUNDREDTHS = 0
    THOUSANDTHS = 1
    POINTS = 2
    BASIS_POINTS = 3

MARKS = {"unit": UNIT, "doubtful": DOUBTFUL, "dash": DASH, "numeral": NUMERAL, "in numeral": IN_NUMERAL, "sign": SIGN,
         "leads": LEADS, "money": MONEY, "counter": COUNTER}
KINDS = ("", "percent", "amount", "quantity")
SHARES = ("%", "‰", "pp", "bp")
SIZE = "参数"  # the unit of what names of models hold

cdef struct Plain:
    # The value 0.d₁d₂… times ten to the power of ``point``, of ``count`` digits with no noughts around them.
    char[MOST_DIGITS] digits
    int count
    int point
    bint over  # 多 or 余 says that it is more
    bint great  # holds 万 or 亿
    bint small  # holds 十, 百 or 千

cdef struct Unit:
    int name  # by its number; -1 where the grammar decides
    int power  # of ten, to the unit it is given in

cdef struct Counted:
    int kind
    Unit unit
    Py_ssize_t end


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


cdef inline int digit_of(Py_UCS4 c) noexcept:
    """The value of a digit in Han numerals; -1 for other characters."""
    if c == u"一":
        return 1
    if c == u"二" or c == u"两":
        return 2
    if c == u"三":
        return 3
    if c == u"四":
        return 4
    if c == u"五":
        return 5
    if c == u"六":
        return 6
    if c == u"七":
        return 7
    if c == u"八":
        return 8
    if c == u"九":
        return 9
    return 0 if c == u"零" or c == u"〇" else -1


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


cdef bint read_arabic(Text* text, Py_ssize_t start, Py_ssize_t end, Plain* number) noexcept:
    """Read a number of the plain form 1,234.5千万亿, or with 多 or 余 among its multipliers; whether it is of it."""
    cdef int point = -1, last, first = 0
    cdef Py_UCS4 c
    number.count = 0
    while start < end:
        c = char_at(text, start)
        if is_digit(c):
            if number.count == MOST_DIGITS:
                return False
            number.digits[number.count] = <char>c
            number.count += 1
        elif c == c".":
            if point >= 0:
                return False
            point = number.count
        elif not (c == c"," or c == u"，"):
            break
        start += 1
    number.point = point if point >= 0 else number.count
    if not read_multipliers(text, start, end, number):
        return False
    last = number.count
    while first < last and number.digits[first] == c"0":
        first += 1
    while last > first and number.digits[last - 1] == c"0":
        last -= 1
    number.count = last - first
    number.point -= first
    if first:
        for last in range(number.count):
            number.digits[last] = number.digits[first + last]
    return True


cdef bint read_multipliers(Text* text, Py_ssize_t start, Py_ssize_t end, Plain* number) noexcept:
    """Read multipliers in the order 十百千, 万, 亿; whether nothing else stands there but 多 and 余."""
    cdef int before = 0, own
    cdef Py_UCS4 c
    number.over = number.great = number.small = False
    while start < end:
        c = char_at(text, start)
        start += 1
        if is_vague(c):
            number.over = True
            continue
        own = power_of(c)
        if own == 0 or (own < 4 and before) or (own == 4 and before >= 4) or (own == 8 and before == 8):
            return False
        if own < 4:
            number.small = True
        else:
            number.great = True
        before = own
        number.point += own
    return True


cdef bint read_han(Text* text, Py_ssize_t start, Py_ssize_t end, Plain* number) noexcept:
    """Read a number in Han numerals of the form 三, 十五, 二十三, 三百万 or 千万; whether it is of it."""
    cdef int digit = digit_of(char_at(text, start)), ones = digit_of(char_at(text, end - 1))
    cdef Py_ssize_t at = start + (digit >= 0)
    number.digits[0] = c"1" if digit < 0 else <char>(c"0" + digit)
    number.count = number.point = digit != 0
    if digit == 0:
        return end == at and read_multipliers(text, at, end, number)
    if end == at + 2 and char_at(text, at) == u"十" and ones > 0:
        number.digits[1], number.count, end = <char>(c"0" + ones), 2, end - 1
    return read_multipliers(text, at, end, number)


cdef bint is_at_most(Plain* low, Plain* high) noexcept:
    cdef int order
    if not low.count or not high.count:
        return not low.count
    if low.point != high.point:
        return low.point < high.point
    order = memcmp(low.digits, high.digits, min(low.count, high.count))
    return order < 0 or (order == 0 and low.count <= high.count)


cdef str written(Plain* number, int power):
    """A number times a power of ten, written out."""
    cdef int point = number.point + power
    if not number.count:
        return "0"
    digits = PyUnicode_DecodeASCII(number.digits, number.count, NULL)
    if point <= 0:
        return "0." + "0" * -point + digits
    if number.count <= point:
        return digits + "0" * (point - number.count)
    return digits[:point] + "." + digits[point:]


def number_end(str text not None, Py_ssize_t start):
    """Where the number ends that begins with the digit at ``start``, multipliers included."""
    cdef Text read = text_of(text)
    return arabic_end(&read, start)


cdef Py_ssize_t share_end(Text* text, Py_ssize_t at, int* name) noexcept:
    """Where a word for a share ends: %, ‰, 百分点, pct, bp, 基点, the longer ones maybe behind 个; ``at`` without one."""
    cdef Py_UCS4 c = char_at(text, at)
    cdef Py_ssize_t begin = at
    if c == c"%" or c == u"‰":
        name[0] = HUNDREDTHS if c == c"%" else THOUSANDTHS
        return at + 1
    name[0] = BASIS_POINTS
    if c == c"b" and char_at(text, at + 1) == c"p":
        at += 2 + (char_at(text, at + 2) == c"s")
        return begin if is_latin(char_at(text, at)) else at
    if c == u"个":
        at += 1
        c = char_at(text, at)
    if c == u"基" and char_at(text, at + 1) == u"点":
        return at + 2
    name[0] = POINTS
    if c == u"百" and char_at(text, at + 1) == u"分" and char_at(text, at + 2) == u"点":
        return at + 3
    if c == c"p" and char_at(text, at + 1) == c"c" and char_at(text, at + 2) == c"t":
        return at + 3
    return begin


cdef inline bint is_unit_blank(Py_UCS4 c) noexcept:
    """A blank that may stand before a unit."""
    return c == c" " or c == c"\t" or c == 0xA0


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

    cdef uint16_t* marks
    cdef uint8_t[SET] openings  # the characters that a measure begins with
    cdef Trie units, currencies, no_units
    cdef Unit* units_by_number
    cdef Unit* currencies_by_number
    cdef list names
    cdef BoundWords bounds
    cdef object grammar, value
    cdef int counter, size

    def __cinit__(
        self, grammar, value, BoundWords bounds, list units, str counter, list currencies, no_units,
        dict characters,
    ):
        self.marks = <uint16_t*>PyMem_Calloc(PLANE, sizeof(uint16_t))
        self.units_by_number = <Unit*>PyMem_Calloc(len(units) + 1, sizeof(Unit))
        self.currencies_by_number = <Unit*>PyMem_Calloc(len(currencies) + 1, sizeof(Unit))
        if not (self.marks and self.units_by_number and self.currencies_by_number):
            raise MemoryError
        for what, members in characters.items():
            for character in members:
                if ord(character) < PLANE:
                    self.marks[<Py_ssize_t>ord(character)] |= <int>MARKS[what]
        for character in "0123456789" + characters["numeral"] + characters["sign"]:
            put(self.openings, ord(character))
        self.grammar, self.value, self.bounds = grammar, value, bounds
        names = {name: number for number, name in enumerate(SHARES)}
        for number, (_, unit, power) in enumerate(units):
            name = names.setdefault(unit, len(names))
            self.units_by_number[<Py_ssize_t>number] = Unit(-1, 0) if power is None else Unit(name, power)
        for number, (_, code) in enumerate(currencies):
            name = -1 if code is None else names.setdefault(code, len(names))
            self.currencies_by_number[<Py_ssize_t>number] = Unit(name, 0)
        self.names, self.size = list(names), names.get(SIZE, -1)
        surfaces = [surface for surface, _, _ in units]
        self.units = Trie(surfaces)
        self.counter = surfaces.index(counter) if counter in surfaces else -1
        self.currencies = Trie([surface for surface, _ in currencies])
        self.no_units = Trie(no_units)

    def __dealloc__(self):
        PyMem_Free(self.marks)
        PyMem_Free(self.units_by_number)
        PyMem_Free(self.currencies_by_number)

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
        while True:
            at = next_of(&read, at, read.size, self.openings)
            if at >= read.size:
                return found
            c = char_at(&read, at)
            mark = self.marks[c]
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
                measure = self.quick(text, &read, at, end, False)
                if measure is NotImplemented:
                    measure = self.grammar.read(text, at, end, False)
            elif mark & SIGN:
                number = past_blank(&read, at + 1)
                end = arabic_end(&read, number)
                measure = self.grammar.read(text, number, end, False)
            else:
                measure, end = NotImplemented, self.han_end(&read, at)
                if end:
                    measure = self.quick(text, &read, at, end, True)
                else:
                    end = self.grammar.numeral_end(text, at)
                    if end < 0:
                        at += 1
                        continue
                if measure is NotImplemented:
                    measure = self.grammar.read(text, at, end, True)
            at = max(at + 1, end)
            if measure is not None:
                found.append(measure)
                at = max(at, (<Candidate?>measure).end)

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

    cdef Py_ssize_t han_end(self, Text* text, Py_ssize_t start) noexcept:
        """Where the numerals end that begin here and are all of a number; 0 when it takes more to tell.

        Digits and multipliers only, and behind them what a number counts, so that no shorter number is meant.
        """
        cdef Py_UCS4 c = char_at(text, start)
        cdef Py_ssize_t end = start
        while power_of(char_at(text, end)) or digit_of(char_at(text, end)) >= 0:
            end += 1
        if end == start or power_of(c) > 1 and (end == start + 1 or self.mark(text, start - 1) & LEADS):
            return 0
        c = char_at(text, end)
        if is_vague(c) or c == u"几" or c == u"点":
            return 0
        if c"a" <= c <= c"z" or c == c"%" or self.mark(text, end) & DASH or c > 127 and self.mark(text, end) & UNIT:
            return end
        return 0

    cdef object quick(self, str source, Text* text, Py_ssize_t start, Py_ssize_t end, bint han):
        """The measure at a number; None when there is none, NotImplemented when it takes the whole grammar to tell."""
        cdef Py_UCS4 before = char_at(text, start - 1)
        cdef Plain low, high
        cdef Counted own, last
        cdef Py_ssize_t second
        cdef int borrowed = 0
        if self.mark(text, start - 1) & SIGN or (before == c" " or before == 0xA0) and self.mark(text, start - 2) & SIGN:
            return NotImplemented
        if not (read_han(text, start, end, &low) if han else read_arabic(text, start, end, &low)):
            return NotImplemented
        own = self.counted(text, start, end, &low, han)
        if own.kind == ASK:
            return NotImplemented
        second = self.second(text, own.end)
        if second:
            if not is_digit(char_at(text, second)):
                return NotImplemented
            end = arabic_end(text, second)
            if not read_arabic(text, second, end, &high):
                return NotImplemented
            last = self.counted(text, second, end, &high, False)
            if last.kind == ASK:
                return NotImplemented
            if last.kind != NOTHING and (own.kind == NOTHING or is_same(&own, &last)) and is_at_most(&low, &high):
                if own.kind == NOTHING and not low.great:  # 5-10亿
                    if high.small:
                        return NotImplemented
                    borrowed = great_power(text, second, end)
                return self.measure(
                    source, text, start, &last, written(&low, last.unit.power + borrowed),
                    written(&high, last.unit.power), low.over or high.over
                )
        if own.kind == NOTHING:
            return None
        return self.measure(source, text, start, &own, written(&low, own.unit.power), None, low.over)

    cdef object measure(
        self, str source, Text* text, Py_ssize_t start, Counted* counted, str low, str high, bint over
    ):
        """The measure of what is counted from ``low`` to ``high``, which is None where there is one number only."""
        cdef str kind = KINDS[counted.kind]
        cdef Candidate found
        if counted.kind != QUANTITY and self.is_signed(text, start):
            start -= 1
            if char_at(text, start) == c"-" and low != "0":
                low = "-" + low
        qualifier = self.bounds.read(source, start, counted.end, "over" if over else "exact")
        found = candidate_at(start, counted.end, kind, RANK, "grammar")
        found.value = self.value(kind, self.names[counted.unit.name], low, low if high is None else high, qualifier)
        return found

    cdef Counted counted(self, Text* text, Py_ssize_t start, Py_ssize_t end, Plain* number, bint han) noexcept:
        """What a number counts; where nothing, it ends with the number."""
        cdef Py_ssize_t stop, begin = end + is_unit_blank(char_at(text, end))
        cdef int name, found = longest(self.currencies, text, end, &stop)
        cdef Py_UCS4 c
        if found >= 0:
            return Counted(ASK if self.currencies_by_number[found].name < 0 else AMOUNT, self.currencies_by_number[found], stop)
        stop = share_end(text, begin, &name)
        if stop > begin:
            return Counted(PERCENT, Unit(name, 0), stop)
        c = char_at(text, begin)
        found = longest(self.units, text, begin, &stop)
        if c == u"成" or is_size(c) and not han and not is_latin(char_at(text, begin + 1)) and (found < 0 or stop == begin + 1):
            return Counted(ASK, Unit(0, 0), end)
        if (
            found >= 0
            and not (han and (number.count == 0 or number.point == 1 and number.count == 1 and number.digits[0] == c"1"))
            and char_at(text, start - 1) != u"第"
            and not self.is_word(text, stop - 1)
        ):
            return self.quantity(text, start, end, begin, stop, found, number)
        return Counted(ASK if char_at(text, end - 1) == u"亿" else NOTHING, Unit(0, 0), end)

    cdef Counted quantity(
        self, Text* text, Py_ssize_t start, Py_ssize_t end, Py_ssize_t begin, Py_ssize_t stop, int found, Plain* number
    ) noexcept:
        """What a number before a unit counts: nothing where it is part of a name, or too small or too special for it."""
        cdef Py_UCS4 c, before = char_at(text, start - 1)
        cdef Py_ssize_t proper, proper_stop
        cdef int other
        cdef Unit unit
        if found == self.counter:  # 280万个GPU小时
            proper = stop + is_unit_blank(char_at(text, stop))
            other = longest(self.units, text, proper, &proper_stop)
            if other >= 0 and not self.mark(text, proper) & COUNTER:
                begin, stop, found = proper, proper_stop, other
        unit = self.units_by_number[found]
        c = char_at(text, begin)
        if unit.name < 0:
            return Counted(ASK, unit, end)
        if c"a" <= before <= c"z" and (c < 128 or unit.name == self.size):  # FP8参数
            return Counted(NOTHING, unit, end)
        if stop == end + is_unit_blank(char_at(text, end)) + 1:
            if c == c"p" or c == c"e":
                return Counted(ASK, unit, end)
            if c == c"g" and number.point == 1 and number.count == 1 and c"2" <= number.digits[0] <= c"6":  # 5G
                return Counted(NOTHING, unit, end)
            if (c == u"度" or c == u"点" or c == u"级") and (number.point <= 0 or number.count == 0):
                return Counted(NOTHING, unit, end)
        return Counted(QUANTITY, unit, stop)

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

    cdef Py_ssize_t second(self, Text* text, Py_ssize_t at) noexcept:
        """Where the second number of a range begins, behind a dash; 0 when there is none."""
        cdef Py_ssize_t dash = at + (is_thin(char_at(text, at)) or char_at(text, at) == c"\t")
        if not self.mark(text, dash) & DASH:
            return 0
        if char_at(text, dash) == u"—" and char_at(text, dash + 1) == u"—":
            dash += 1
        dash = past_blank(text, dash + 1)
        return dash if is_digit(char_at(text, dash)) or self.mark(text, dash) & NUMERAL else 0


cdef bint is_same(Counted* own, Counted* other) noexcept:
    return own.kind == other.kind and own.unit.name == other.unit.name and own.unit.power == other.unit.power


cdef inline bint is_size(Py_UCS4 c) noexcept:
    """A letter that may tell the size of a model, or how many tokens it read."""
    return c == c"k" or c == c"m" or c == c"b" or c == c"t"


cdef int great_power(Text* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """The power of ten of 万 and 亿 at the end of a number, 多 and 余 aside."""
    cdef int power = 0
    while end > start and is_vague(char_at(text, end - 1)):
        end -= 1
    while end > start and power_of(char_at(text, end - 1)) >= 4:
        end -= 1
        power += power_of(char_at(text, end))
    return power


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
