"""What stands on the pages of a plain text but is not its text: told by its form, its words and its place."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.unicode cimport Py_UNICODE_ISDECIMAL
from libc.string cimport memset

from tagger.ingest._cursor cimport Cursor
from tagger.ingest._labels cimport NO_LABEL, Shape, is_axis, is_page_number
from tagger.ingest._lines cimport Line, Lines
from tagger.ingest._traits cimport DIGIT, PAGE, PAGE_BEGIN, SPACE, TERMINAL, uint32_t

from tagger.ingest.reading import Dropped

cdef enum:
    SHORT = 60  # characters; furniture is shorter
    FEW = 4  # lines; fewer have no furniture
    AXIS_RUN = 4  # so many numbers on end can be the ticks of an axis
    CONTENTS_RUN = 3  # lines with leaders in a table of contents
    CONTENTS_GAP = 4  # lines between two of them
    LEADERS = 6  # dots that lead to a page number
    OFTEN = 3  # times; a header comes again so often
    MANY_PAGES = 2  # more have headers that come again
    PAGE_HEAD = 5  # lines after a page mark in which a header may stand
    ALIKE = 2048  # kinds of lines that are told apart at a glance

cdef enum Reason:
    KEPT
    REPEATED
    RUNNING
    PAGE_NUMBER
    PAGE_TAG  # [P3]: where pages are numbered so, every page number is furniture
    LABEL
    CONTENTS

REASONS = (
    None,
    "header repeated on many pages",
    "running header or footer",
    "page number",
    "page number",
    "label of a chart",
    "table of contents",
)


def take_furniture(Lines lines not None, running, uint32_t in_running, uint32_t in_leaders):
    """Take page marks, running headers and axis labels off the lines; what was taken is the answer.

    ``running`` is a pattern of what running headers say, ``in_running`` and ``in_leaders`` are the traits of lines that
    may hold this and leaders.
    """
    if lines.size < FEW:
        return []
    cdef Furniture furniture = Furniture.__new__(Furniture, lines)
    furniture.mark_page_numbers()
    if furniture.tags > MANY_PAGES:
        furniture.mark_repeated()
    furniture.mark_running(running, in_running)
    furniture.mark_axes()
    furniture.mark_contents(in_leaders)
    return furniture.take()


cdef class Furniture:
    """The lines of a text with the reasons for which they may be left out."""

    cdef Lines lines
    cdef unsigned char* reasons
    cdef Py_ssize_t tags  # pages that are numbered by a mark of their own

    def __cinit__(self, Lines lines):
        self.lines = lines
        self.reasons = <unsigned char*>PyMem_Calloc(lines.size + 1, 1)
        if self.reasons == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.reasons)

    cdef inline bint is_short(self, Py_ssize_t number) noexcept:
        cdef Line* line = &self.lines.lines[number]
        return line.end - line.start < SHORT

    cdef inline str words(self, Py_ssize_t number):
        return self.lines.words(&self.lines.lines[number])

    cdef inline Cursor cursor(self, Py_ssize_t number) noexcept:
        cdef Cursor cursor
        cdef Line* line = &self.lines.lines[number]
        cursor.kind, cursor.data, cursor.at, cursor.stop = self.lines.kind, self.lines.data, line.start, line.end
        return cursor

    # --- page numbers and headers ---------------------------------------------------------------------------------

    cdef void mark_page_numbers(self) noexcept:
        cdef Py_ssize_t number, start
        cdef uint32_t needed = PAGE_BEGIN | PAGE
        for number in range(self.lines.size):
            if self.lines.lines[number].traits & needed != needed or not self.is_short(number):
                continue
            if not is_page_number(self.cursor(number)):
                continue
            start = self.lines.lines[number].start
            if self.lines.at(start) == "[" and self.lines.at(start + 1) == "P":
                self.reasons[number] = PAGE_TAG
                self.tags += 1
            else:
                self.reasons[number] = PAGE_NUMBER

    cdef mark_repeated(self):
        """The short lines at the head of many pages. A line is read only where a head is of its length, ends and all."""
        cdef Py_ssize_t number
        cdef unsigned char[ALIKE] may_be
        cdef dict counts = {}
        cdef list heads = self.heads()
        memset(may_be, 0, sizeof(may_be))
        for number in heads:
            may_be[self.likeness(number)] = 1
        for number in range(self.lines.size):
            if may_be[self.likeness(number)] and self.is_short(number):
                words = self.words(number)
                counts[words] = counts.get(words, 0) + 1
        for number in heads:
            if self.reasons[number] == KEPT and counts[self.words(number)] >= OFTEN:
                self.reasons[number] = REPEATED

    cdef list heads(self):
        """The short lines behind the tags of pages."""
        cdef Py_ssize_t number, since = PAGE_HEAD + 1
        cdef list found = []
        for number in range(self.lines.size):
            if since <= PAGE_HEAD and self.is_short(number):
                found.append(number)
            since = 1 if self.reasons[number] == PAGE_TAG else since + 1
        return found

    cdef inline uint32_t likeness(self, Py_ssize_t number) noexcept:
        """What lines of the same words have in common: length, first and last character, mixed."""
        cdef Line* line = &self.lines.lines[number]
        cdef uint32_t first = <uint32_t>self.lines.at(line.start), last = <uint32_t>self.lines.at(line.end - 1)
        return (first * 31 + last * 7 + <uint32_t>(line.end - line.start) * 131) % ALIKE

    cdef mark_running(self, running, uint32_t traits):
        """The short lines that say what running headers say, and are no sentences."""
        cdef Py_ssize_t number
        cdef Line* line
        for number in range(self.lines.size):
            line = &self.lines.lines[number]
            if not line.traits & traits or self.reasons[number] > RUNNING or not self.is_short(number):
                continue
            if running.search(self.lines.text, line.start, line.end) is None:
                continue
            if not (self.lines.trait(line.end - 1) & TERMINAL and self.lines.has(line.start, line.end, 0xFF0C)):
                self.reasons[number] = RUNNING

    # --- figures --------------------------------------------------------------------------------------------------

    cdef mark_axes(self):
        """The lines on end of one shape that are the ticks of an axis or the figures on its bars."""
        cdef Py_ssize_t number, begin = 0
        cdef Shape shape, before = NO_LABEL
        cdef bint sure = False
        for number in range(self.lines.size + 1):
            shape = self.lines.shape(&self.lines.lines[number]) if number < self.lines.size else NO_LABEL
            if shape == before:
                continue
            if before != NO_LABEL and number - begin >= AXIS_RUN and self.are_axis(begin, number):
                sure = sure or self.has_figures()
                if not sure:
                    return
                memset(self.reasons + begin, LABEL, number - begin)
            begin, before = number, shape

    cdef bint are_axis(self, Py_ssize_t begin, Py_ssize_t end) except -1:
        cdef Py_ssize_t number
        cdef Cursor* labels = <Cursor*>PyMem_Malloc((end - begin) * sizeof(Cursor))
        if labels == NULL:
            raise MemoryError
        for number in range(begin, end):
            labels[number - begin] = self.cursor(number)
        cdef bint answer = is_axis(labels, end - begin)
        PyMem_Free(labels)
        return answer

    cdef bint has_figures(self) except -1:
        """Enough short lines end in different figures for one of them to be a tick; a few years head a table."""
        cdef Py_ssize_t number, end
        cdef set ending = set()
        for number in range(self.lines.size):
            end = self.lines.lines[number].end - 1
            if self.is_short(number) and (self.lines.trait(end) & DIGIT or self.lines.at(end) == "%"):
                ending.add(self.words(number))
                if len(ending) >= AXIS_RUN:
                    return True
        return False

    # --- tables of contents ---------------------------------------------------------------------------------------

    cdef mark_contents(self, uint32_t traits):
        """The lines of a table of contents: those with leaders, and what stands between two of them."""
        cdef Py_ssize_t number, before = -1, following
        cdef list marked = [
            number
            for number in range(self.lines.size)
            if self.lines.lines[number].traits & traits and self.has_leaders(&self.lines.lines[number])
        ]
        if len(marked) < CONTENTS_RUN:
            return
        for following in marked:
            if before >= 0 and following - before <= CONTENTS_GAP:
                memset(self.reasons + before, CONTENTS, following - before + 1)
            before = following

    cdef bint has_leaders(self, Line* line) noexcept:
        """Words, leaders, a page: dots stand before the number with which it ends, three full stops among them."""
        cdef Py_ssize_t at = line.end, dots = 0, number
        while at > line.start and Py_UNICODE_ISDECIMAL(self.lines.at(at - 1)):
            at -= 1
        while at > line.start and self.lines.trait(at - 1) & SPACE:
            at -= 1
        for number in range(LEADERS):
            if at == line.start or self.lines.at(at - 1) not in ".…·．":
                return False
            at -= 1
            if at > line.start and self.lines.trait(at - 1) & SPACE:
                at -= 1
        for at in range(line.start, line.end):
            dots = dots + 1 if self.lines.at(at) == "." else 0
            if dots == 3:
                return True
        return False

    # --- taking ---------------------------------------------------------------------------------------------------

    cdef list take(self):
        """Leave out what may be: page numbers at the edge of a page, headers at its head, the others anywhere."""
        cdef Py_ssize_t number, last_tag = -PAGE_HEAD - 1, last = -1
        cdef unsigned char reason
        cdef list taken = [], dropped = []
        for number in range(self.lines.size):
            reason = self.reasons[number]
            if reason == KEPT:
                continue
            if reason == PAGE_TAG:
                last_tag = number
            elif reason == PAGE_NUMBER and not (self.tags or self.lines.lines[number].gap or last == number - 1):
                continue
            elif reason == REPEATED and number - last_tag > PAGE_HEAD:
                continue
            last = number
            taken.append(number)
            dropped.append(Dropped(self.words(number), REASONS[reason]))
        self.lines.leave_out(taken)
        return dropped
