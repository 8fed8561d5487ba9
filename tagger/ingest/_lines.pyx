"""The lines of a plain text in columns of C: found, measured, joined to paragraphs and copied in straight passes."""

from cython import final
from libc.string cimport memcpy

from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH, PyUnicode_KIND

from tagger.ingest._labels cimport NO_LABEL, Shape, shape_of
from tagger.ingest._traits cimport (
    AXIS, BREAK, CLAUSE, CLOSED, COMMA, DIGIT, INK, MARK, NOTE, PRINTABLE, SPACE, STOP, TERMINAL, UNREADABLE, WIDE,
    WORD, Traits, trait_of, uint32_t,
)

from tagger.ingest.reading import Passage

cdef enum:
    LONGEST_MARK = 6  # characters of the longest mark that stands alone on its line: 2.1.10
    ROOM = 8  # columns that may stay free at the end of a full line
    BRIM = 3  # columns that stay free in a line that is full to the brim
    BROAD = 80  # columns; no label or title is so wide by chance twice on end
    LONGEST_FIGURE = 60  # lines
    LONGEST_WORDS = 40  # characters on one line of a figure
    LINE_OF_SPEECH = 18  # characters; a shorter line tells nothing of the wrap
    LONG_LINE = 150  # characters; a longer one is a paragraph
    STRETCH = 100  # lines on end that are measured of a long text
    HALVES = 256  # pairs of columns that are told apart


@final
cdef class Lines:
    """The lines of a text that hold something."""

    def __cinit__(self, str text not None, Traits traits not None, uint32_t label, template_mark):
        self.text = text
        self.traits = traits
        self.plane = traits.plane
        self.label = label
        self.kind = PyUnicode_KIND(text)
        self.data = PyUnicode_DATA(text)
        self.find(template_mark)

    def __dealloc__(self):
        PyMem_Free(self.lines)

    def __len__(self):
        return self.size

    # --- finding ------------------------------------------------------------------------------------------------

    cdef find(self, template_mark):
        """One pass over the text. Marks of templates are taken off the lines they stand before."""
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(self.text), begin, start, end, stop = 0, after
        cdef bint gap = False
        cdef Py_UCS4 last
        cdef Line* line
        while stop < size:
            begin = stop
            while stop < size and not self.trait(stop) & BREAK:
                stop += 1
            start, end, after = begin, stop, stop
            last = 0x0A
            if stop < size:
                last = self.at(stop)
                stop += 1
                if last == 0x0D and stop < size and self.at(stop) == 0x0A:
                    last = 0x0A
                    stop += 1
            while start < end and self.trait(start) & SPACE:
                start += 1
            while start < end and self.trait(end - 1) & SPACE:
                end -= 1
            if start < end and self.at(start) == 0x5B:  # [
                mark = template_mark.match(self.text, start, end)
                if mark is not None:
                    start = mark.end()
            if start == end:
                gap = True
                continue
            line = self.next_line()
            line.traits = self.traits.stretch(self.kind, self.data, start, end, &line.columns)
            if not line.traits & INK:
                gap = True
                continue
            line.start, line.end, line.indent, line.gap = start, end, start - begin, gap
            line.row = line.cut = False
            if line.traits & SPACE or end < after:
                line.row = self.has(start, after, 0x09)
            self.size += 1
            gap = last == 0x0C

    cdef Line* next_line(self) except NULL:
        cdef Line* lines
        if self.size == self.room:
            lines = <Line*>PyMem_Realloc(self.lines, (2 * self.room + 64) * sizeof(Line))
            if lines == NULL:
                raise MemoryError
            self.lines, self.room = lines, 2 * self.room + 64
        return &self.lines[self.size]

    cdef bint has(self, Py_ssize_t start, Py_ssize_t stop, Py_UCS4 char) noexcept:
        cdef Py_ssize_t at
        for at in range(start, stop):
            if self.at(at) == char:
                return True
        return False

    # --- what others ask of them --------------------------------------------------------------------------------

    def words_of(self, Py_ssize_t number):
        """The line without the blanks around it."""
        return self.words(&self.lines[number]) if 0 <= number < self.size else ""

    cdef Shape shape(self, Line* line) noexcept:
        return shape_of(self.kind, self.data, line.start, line.end) if line.traits & AXIS else NO_LABEL

    def leave_out(self, list numbers):
        """Take away the lines of these numbers, which are in order. They leave a gap behind.

        Raises RuntimeError when they are put together already.
        """
        cdef Py_ssize_t number, kept = 0
        cdef bint gap = False
        if self.joined:
            raise RuntimeError("lines that are put together to paragraphs stay")
        left_out = iter(numbers)
        following = next(left_out, -1)
        for number in range(self.size):
            if number == following:
                following = next(left_out, -1)
                gap = True
                continue
            self.lines[kept] = self.lines[number]
            if gap:
                self.lines[kept].gap = self.lines[kept].cut = True
            gap = False
            kept += 1
        self.size = kept

    # --- measuring ----------------------------------------------------------------------------------------------

    cdef Py_ssize_t step(self, Py_ssize_t sample) except? -1:
        """All lines of a short text are measured, of a long one a stretch of every so many."""
        return STRETCH * self.size // sample if self.size > 2 * sample else STRETCH

    def sample(self, Py_ssize_t sample):
        """How many lines are measured, how many of them are long, and whether any ends as a sentence does."""
        cdef Py_ssize_t begin, number, measured = 0, long = 0
        cdef bint ends = False
        cdef Line* line
        for begin in range(0, self.size, self.step(sample)):
            for number in range(begin, min(begin + STRETCH, self.size)):
                line = &self.lines[number]
                measured += 1
                long += line.end - line.start >= LONG_LINE
                ends = ends or self.trait(line.end - 1) & TERMINAL or self.at(line.end - 1) == 0x2E
        return measured, long, ends

    def broad(self, Py_ssize_t sample, Py_ssize_t least, Py_ssize_t most):
        """How many of the lines that are measured have a width between these, in columns."""
        cdef Py_ssize_t begin, number, found = 0
        for begin in range(0, self.size, self.step(sample)):
            for number in range(begin, min(begin + STRETCH, self.size)):
                found += least <= self.lines[number].columns <= most
        return found

    def wrapped(self, Py_ssize_t sample, uint32_t leaders):
        """Widths, in pairs of columns, of lines that end open and have a neighbour as wide: what only a wrap does.

        As a dictionary to how many they are, in the order in which they come. Lines that have ``leaders`` are none.
        """
        cdef Py_ssize_t begin, number, before = 0, width, half, length
        cdef Line* line
        cdef int counts[HALVES]
        for half in range(HALVES):
            counts[half] = 0
        order = []
        for begin in range(0, self.size, self.step(sample)):
            for number in range(begin, min(begin + STRETCH, self.size)):
                line = &self.lines[number]
                length = line.end - line.start
                width = 0
                if LINE_OF_SPEECH <= length < LONG_LINE and not self.trait(line.end - 1) & CLOSED:
                    if not (line.traits & leaders and self.leads(line)):
                        width = line.columns
                        if before and -BRIM <= width - before <= BRIM:
                            half = min(width // 2, HALVES - 1)
                            if not counts[half]:
                                order.append(half)
                            counts[half] += 1
                before = width
        return {one: counts[<Py_ssize_t>one] for one in order}

    cdef bint leads(self, Line* line) noexcept:
        """Dots lead from the words to a page number."""
        cdef Py_ssize_t at, dots = 0
        for at in range(line.start, line.end):
            dots = dots + 1 if self.at(at) == 0x2E else 0
            if dots == 4 or (self.at(at) == 0x2026 and at + 1 < line.end and self.at(at + 1) == 0x2026):
                return True
        return False

    # --- joining ------------------------------------------------------------------------------------------------

    def paragraphs(self, list widths, rules):
        """The lines put together to paragraphs, for a text that is wrapped at these widths, if at any."""
        cdef Paragraphs made = Paragraphs.__new__(Paragraphs)
        cdef Joining joining = Joining.__new__(Joining, self, widths, rules)
        cdef Py_ssize_t begin = 0, number
        made.lines, self.joined = self, True
        made.allot(self.size)
        for number in range(1, self.size + 1):
            if number == self.size or not joining.goes_on(begin, number):
                made.add(begin, number)
                begin = number
        for number in range(made.size - 2):
            made.bridge(number, joining)
        return made


@final
cdef class Joining:
    """Tells whether a line goes on with the paragraph before it.

    ``rules`` look at the few lines that begin as a bullet, label or caption might: ``begins_anew``, ``is_note`` and
    ``is_lone_mark`` say whether they do.
    """

    cdef Lines lines
    cdef list widths
    cdef object rules

    def __cinit__(self, Lines lines, list widths, rules):
        self.lines, self.widths, self.rules = lines, widths, rules

    cdef bint goes_on(self, Py_ssize_t begin, Py_ssize_t number) except -1:
        """Whether line ``number`` continues the paragraph of the lines from ``begin`` on."""
        cdef Line* line = &self.lines.lines[number]
        cdef Line* last = line - 1
        cdef Line* first = &self.lines.lines[begin]
        cdef uint32_t end = self.lines.trait(last.end - 1)
        cdef bint alone = first == last and last.end - last.start <= LONGEST_MARK
        cdef bint marked, joins
        if not (len(self.widths) or line.gap or last.end - last.start <= LONGEST_MARK):
            return False
        joins = self.joins(begin, number, end)
        if alone:  # perhaps a bullet before what it marks
            marked = not line.gap and (not end & DIGIT or self.lines.trait(line.start) & WIDE)
            if (marked or joins) and self.is_lone_mark(first):
                return marked
        return joins and not self.is_note(last) and not self.begins_anew(line)

    cdef bint joins(self, Py_ssize_t begin, Py_ssize_t number, uint32_t end) except -1:
        """The last line so far, whose last character is such, leaves room for no more, and this one may go on."""
        cdef Line* line = &self.lines.lines[number]
        cdef Line* last = line - 1
        if line.row or last.row:
            return False
        if not len(self.widths):
            return not end & CLOSED and self.ends_sentence(line) and self.reads_on(begin, number)
        if line.indent >= 2 and line.indent > last.indent:
            return False
        if not self.is_full(last, line, 0) and not (
            number - begin == 2 and self.is_full(last, line, ROOM) and self.is_lone_mark(last - 1)
        ):
            return False
        if end & TERMINAL:  # as a rule only the last line of a paragraph leaves room
            return not line.gap and self.is_full(last, NULL, BRIM - ROOM)
        if line.gap:  # what goes on behind it fills a line or ends; a label of a chart does neither
            if not self.lines.trait(line.end - 1) & TERMINAL and not self.is_full(line, NULL, 0):
                return False
            return not end & CLOSED and self.reads_on(begin, number)
        return True

    cdef bint resumes(self, Py_ssize_t begin, Py_ssize_t number, Py_ssize_t after) except -1:
        """Whether line ``after`` goes on with the lines from ``begin`` to ``number``, though a figure parts them."""
        cdef Line* line = &self.lines.lines[after]
        cdef Line* last = &self.lines.lines[number - 1]
        if line.row or last.row or self.lines.trait(last.end - 1) & CLOSED or not self.reads_on(begin, number):
            return False
        if len(self.widths) and (not self.is_full(last, line, 0) or (line.indent >= 2 and line.indent > last.indent)):
            return False
        return not self.is_note(last) and not self.begins_anew(line)

    cdef Py_ssize_t behind_figure(self, Py_ssize_t number) except -1:
        """The line behind the words of a figure that begin at line ``number``; 0 where no figure is.

        The first of them is a caption, a source, a figure, or stands behind the labels of an axis; they are short and
        no sentences.
        """
        cdef Line* line = &self.lines.lines[number]
        cdef Py_ssize_t at
        if not line.cut and self.lines.shape(line) == NO_LABEL and not self.is_note(line):
            return 0
        for at in range(number, min(number + LONGEST_FIGURE, self.lines.size)):
            line = &self.lines.lines[at]
            if self.lines.shape(line) != NO_LABEL or self.is_note(line):
                continue
            if (
                line.end - line.start > LONGEST_WORDS
                or self.lines.at(line.end - 1) in "。；：:"
                or self.begins_anew(line)
            ):
                return at
        return 0

    cdef bint is_lone_mark(self, Line* line) except -1:
        return line.traits & MARK and self.rules.is_lone_mark(self.lines.words(line))

    cdef bint is_note(self, Line* line) except -1:
        return line.traits & NOTE and self.rules.is_note(self.lines.words(line))

    cdef bint begins_anew(self, Line* line) except -1:
        if line.traits & (MARK | NOTE | self.lines.label):
            return self.rules.begins_anew(self.lines.words(line))
        return self.lines.shape(line) != NO_LABEL

    cdef bint ends_sentence(self, Line* line) noexcept:
        """It may go on a sentence begun before: it has clauses and ends one."""
        return line.traits & CLAUSE and self.lines.trait(line.end - 1) & TERMINAL

    cdef bint reads_on(self, Py_ssize_t begin, Py_ssize_t number) noexcept:
        """The last lines are running text that is cut in the middle: they have clauses and end in a word."""
        cdef Py_ssize_t at, length = 0
        cdef uint32_t some = 0
        cdef Line* lines = self.lines.lines
        cdef Py_UCS4 end = self.lines.at(lines[number - 1].end - 1)
        if not trait_of(self.lines.plane, end) & WORD and end not in "，、“（《":
            return False
        for at in range(max(begin, number - 3), number):
            length += lines[at].end - lines[at].start
            some |= lines[at].traits
        return length >= 20 and (some & STOP or (length > 45 and some & COMMA))

    cdef bint is_full(self, Line* line, Line* after, int spare) except -1:
        """The line reaches one of the widths: the word that the next line begins with had no room.

        ``spare`` columns more (or less) than usual may stay free.
        """
        cdef Py_ssize_t width = line.columns, needed = ROOM + spare, at, peak
        if after != NULL:
            at = after.start
            while at < after.end and 0x21 <= self.lines.at(at) <= 0x7E:
                at += 1
            if at > after.start:
                needed = max(needed, at - after.start + 1)
        if width > BROAD and not self.lines.trait(line.end - 1) & CLOSED:
            return True  # so long a line does not end open of itself in a wrapped text
        for peak in self.widths:
            if peak - needed <= width <= peak + ROOM:
                return True
        return False


cdef struct Stretch:
    Py_ssize_t begin  # the first line of the paragraph
    Py_ssize_t end  # behind its last
    Py_ssize_t more  # the stretch that goes on with it behind a figure; 0 is none
    bint taken  # it goes on with one before it


@final
cdef class Paragraphs:
    """Lines of a text put together to paragraphs."""

    cdef Lines lines
    cdef Stretch* stretches
    cdef Py_ssize_t size

    def __dealloc__(self):
        PyMem_Free(self.stretches)

    def __len__(self):
        return self.size

    cdef allot(self, Py_ssize_t most):
        self.stretches = <Stretch*>PyMem_Malloc((most + 1) * sizeof(Stretch))
        if self.stretches == NULL:
            raise MemoryError

    cdef void add(self, Py_ssize_t begin, Py_ssize_t end) noexcept:
        cdef Stretch* stretch = &self.stretches[self.size]
        stretch.begin, stretch.end, stretch.more, stretch.taken = begin, end, 0, False
        self.size += begin < end

    cdef bridge(self, Py_ssize_t number, Joining joining):
        """Put the halves of a paragraph together that a figure parts."""
        cdef Stretch* first = &self.stretches[number]
        cdef Py_ssize_t behind, at = number + 2
        if not joining.reads_on(first.begin, first.end) or not self.has_sentence(first):
            return
        behind = joining.behind_figure(first.end)
        if not behind or behind == self.lines.size:
            return
        while at < self.size and self.stretches[at].begin < behind:
            at += 1
        if at == self.size or self.stretches[at].begin != behind or self.stretches[at].taken:
            return
        if not self.lines.trait(self.lines.lines[self.stretches[at].end - 1].end - 1) & TERMINAL:
            return
        if joining.resumes(first.begin, first.end, behind):
            first.more, self.stretches[at].taken = at, True

    cdef bint has_sentence(self, Stretch* stretch) noexcept:
        """Running text, which a heading is not: a sentence of it is over, or it fills a line."""
        cdef Line* line = &self.lines.lines[stretch.begin]
        return stretch.end - stretch.begin > 1 or self.lines.has(line.start, line.end, 0x3002)

    def copy(self):
        """The reading text, where its runs come from, and its passages."""
        cdef Copy copy = Copy.__new__(Copy, self.lines)
        cdef Py_ssize_t number, part, before
        for number in range(self.size):
            if self.stretches[number].taken:
                continue
            copy.begin()
            part = number
            copy.paragraph(self.stretches[part].begin, self.stretches[part].end, -1)
            while self.stretches[part].more:
                before = self.stretches[part].end - 1
                part = self.stretches[part].more
                copy.paragraph(self.stretches[part].begin, self.stretches[part].end, before)
            copy.end(self.lines.lines[self.stretches[number].begin].row)
        return copy.result()


@final
cdef class Copy:
    """A reading text in the making. It is never longer than its source: what joins two lines replaces a line end."""

    cdef Lines lines
    cdef char* copied
    cdef Py_ssize_t size
    cdef Py_ssize_t start  # of the passage that is open
    cdef Py_ssize_t run_start, run_source  # of the run that is open
    cdef list origins
    cdef list passages

    def __cinit__(self, Lines lines not None):
        self.lines = lines
        self.origins, self.passages = [], []
        self.copied = <char*>PyMem_Malloc((PyUnicode_GET_LENGTH(lines.text) + 1) * lines.kind)
        if self.copied == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.copied)

    cdef begin(self):
        if self.passages:
            self.join(0x0A)
        self.start = self.size

    cdef end(self, bint row):
        if row:
            self.passages.append(Passage(self.start, self.size, None, "body", False, True))
        else:
            self.passages.append(Passage(self.start, self.size))

    cdef paragraph(self, Py_ssize_t begin, Py_ssize_t end, Py_ssize_t before):
        """Take these lines; ``before`` is the line with which they go on, -1 for none."""
        cdef Line* lines = self.lines.lines
        cdef Py_ssize_t number
        cdef Py_UCS4 between
        for number in range(begin, end):
            if before >= 0:
                between = self.joint(lines[before].end - 1, lines[number].start)
                if between:
                    self.join(between)
            before = number
            if lines[number].traits & UNREADABLE:
                self.take_readable(lines[number].start, lines[number].end)
            else:
                self.take(lines[number].start, lines[number].end)

    cdef Py_UCS4 joint(self, Py_ssize_t left, Py_ssize_t right) noexcept:
        """What stands between two lines that are one paragraph: a blank between Latin words, nothing at Han."""
        cdef Py_UCS4 before = self.lines.at(left), after = self.lines.at(right)
        if (self.lines.trait(left) | self.lines.trait(right)) & WIDE or before in "-/(（" or after in ",.;:%)":
            return 0
        return 0x20 if self.lines.trait(left) & PRINTABLE else 0

    cdef join(self, Py_UCS4 char):
        """A joiner maps to the place just behind what it follows, so it belongs to the run before it."""
        cdef void* place = self.copied + self.size * self.lines.kind
        if self.lines.kind == 1:
            (<unsigned char*>place)[0] = <uint32_t>char
        elif self.lines.kind == 2:
            (<unsigned short*>place)[0] = <uint32_t>char
        else:
            (<Py_UCS4*>place)[0] = <uint32_t>char
        self.size += 1

    cdef take_readable(self, Py_ssize_t start, Py_ssize_t end):
        cdef Py_ssize_t at
        while start < end:
            at = start
            while at < end and not self.lines.trait(at) & UNREADABLE:
                at += 1
            if at > start:
                self.take(start, at)
            start = at + 1

    cdef take(self, Py_ssize_t start, Py_ssize_t end):
        cdef int kind = self.lines.kind
        if start != self.run_source + self.size - self.run_start or not self.size:
            self.close()
            self.run_start, self.run_source = self.size, start
        memcpy(self.copied + self.size * kind, <char*>self.lines.data + start * kind, (end - start) * kind)
        self.size += end - start

    cdef close(self):
        if self.size > self.run_start:
            self.origins.append((self.run_start, self.run_source, self.size - self.run_start, None))

    cdef result(self):
        self.close()
        return PyUnicode_FromKindAndData(self.lines.kind, self.copied, self.size), self.origins, self.passages
