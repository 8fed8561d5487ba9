from libc.stdint cimport uint16_t, uint32_t

cpdef enum:
    # What a stretch has where it has one such character.
    SPACE = 1 << 0
    UNREADABLE = 1 << 1
    INK = 1 << 2  # neither blank nor unreadable
    CLAUSE = 1 << 3  # parts clauses
    STOP = 1 << 4  # parts sentences or the items of a list
    COMMA = 1 << 5
    # What its first character tells.
    MARK = 1 << 6  # may begin a bullet or number
    NOTE = 1 << 7  # may begin the caption or source of a figure
    PAGE_BEGIN = 1 << 8
    # What all its characters must be.
    PAGE = 1 << 9  # may stand in a page mark
    AXIS = 1 << 10  # may stand in the label of an axis
    # What is asked of single characters only.
    BREAK = 1 << 16  # ends a line
    WIDE = 1 << 17  # Han and its punctuation
    WORD = 1 << 18  # a letter or digit
    DIGIT = 1 << 19
    PRINTABLE = 1 << 20
    TERMINAL = 1 << 21  # ends a sentence
    CLOSED = 1 << 22  # a paragraph may well end after it
    TRAILING = 1 << 23  # may stand behind a heading
    LEADING = 1 << 24  # may stand before one, in a bullet or number

    SOME = SPACE | UNREADABLE | INK | CLAUSE | STOP | COMMA
    FIRST = MARK | NOTE | PAGE_BEGIN
    EVERY = PAGE | AXIS
    WORDS = 11  # the traits of a stretch from this bit on are classes of words
    BYTES = 30  # the two highest bits of a character: how many bytes more than one it takes in UTF-8


cdef uint32_t in_general(Py_UCS4 c) noexcept


cdef inline uint32_t trait_of(const uint32_t* plane, Py_UCS4 c) noexcept:
    """What a character is; ``plane`` knows those of the basic plane."""
    return plane[c] if c < 0x10000 else in_general(c)


cdef class Traits:
    cdef uint32_t* plane
    cdef uint16_t* pairs
    cdef uint16_t anywhere
    cdef uint16_t beginning
    cdef uint16_t ending
    cdef uint16_t always

    cdef uint32_t stretch(self, int kind, const void* data, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t* columns) noexcept
