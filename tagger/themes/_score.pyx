"""The scores of a document's paragraphs in one walk over its characters and words, with no feature written down.

What a feature is, ``features`` says in numpy; this is the same for texts that are only to be labelled, and tests hold
the two together.
"""

cimport cython
from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.math cimport isfinite, pow, sqrt
from libc.stdint cimport int32_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from tagger.lexicon._fold cimport View
from tagger.schema import KINDS
from tagger.themes import hashes

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4 c)
    const Py_ssize_t PY_SSIZE_T_MAX

cdef extern from *:
    """
    #ifdef __GNUC__
    #define FETCH(place) __builtin_prefetch(place)
    #else
    #define FETCH(place)
    #endif
    """
    void FETCH(const void* place) noexcept

cdef enum:
    WORDS, PAIRS, CHARACTERS, BLOCKS  # in the order of hashes.BLOCKS
    LANES = 8  # numbers of a row that are added up at a time
    LINE = 64  # bytes that a processor's cache fetches at one go
    BATCH = 64  # features that are fetched before the first is read, so that memory is waited for once
    LAST_BLANK = 0x3000

cdef uint64_t MIX = hashes.MIX, BASE = hashes.BASE, A_NUMERAL = hashes.A_NUMERAL
cdef uint64_t[BLOCKS] SALTS = [hashes.SALTS[block] for block in hashes.BLOCKS]
cdef uint32_t BUCKETS = hashes.BUCKETS
cdef int SHIFT = 64 - hashes.BITS


cdef struct Columns:  # sixty-four neighbours
    uint64_t kept  # a bit for each: whether training kept the feature
    uint64_t before  # how many kept ones lie before them


cdef struct Found:  # of one block in one paragraph
    Py_ssize_t size
    uint32_t columns[BATCH]


cdef inline int ones(uint64_t bits) noexcept:
    """How many bits are set: counted in pairs, fours and bytes, and the bytes added up by a multiplication."""
    bits -= (bits >> 1) & 0x5555555555555555ULL
    bits = (bits & 0x3333333333333333ULL) + ((bits >> 2) & 0x3333333333333333ULL)
    return <int>((((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0FULL) * 0x0101010101010101ULL) >> 56)


cdef inline bint is_blank(Py_UCS4 c) noexcept:
    return c <= LAST_BLANK and Py_UNICODE_ISSPACE(c)


cdef inline bint is_numeral(uint64_t c) noexcept:
    return 0x30 <= c <= 0x39 or c == 0x2E or c == 0x2C


cdef inline Py_ssize_t original(View view, Py_ssize_t at) noexcept:
    """Where a character of the folded text stands in the original."""
    return at if view.places == NULL else view.places[at]


cdef uint64_t number_of(int kind, void* data, Py_ssize_t begin, Py_ssize_t end) noexcept:
    """The hash of a word; a numeral has one hash whatever its digits."""
    cdef uint64_t number = 0, power = 1, spread, c
    cdef bint numeral = True
    cdef Py_ssize_t at
    for at in range(begin, end):
        c = PyUnicode_READ(kind, data, at)
        numeral = numeral and is_numeral(c)
        spread = c * MIX
        number += (spread ^ spread >> 32) * power
        power *= BASE
    return A_NUMERAL if numeral else (number ^ number >> 32) * MIX


def token_of(str word not None):
    """The hash of a word by itself."""
    return number_of(PyUnicode_KIND(word), PyUnicode_DATA(word), 0, len(word))


cdef dict TOKENS = {kind: token_of(f"<{kind}>") for kind in KINDS}  # what mentions are in the stream of tokens


@cython.final
cdef class Held:
    """The memory of an array of numbers."""

    cdef Py_buffer buffer

    def __cinit__(self, numbers):
        PyObject_GetBuffer(numbers, &self.buffer, PyBUF_SIMPLE)

    def __dealloc__(self):
        PyBuffer_Release(&self.buffer)


@cython.final
cdef class Scorer:
    """Adds up what the features of paragraphs weigh in a model.

    ``columns`` are those of the kept features, in order (32-bit integers); ``idf`` (32-bit floats) and ``weights``
    (32-bit floats, one for every label) are what they count and weigh. ``bias`` is that of the labels, ``means`` (by
    block) and ``power`` are those of ``features.divisor``. Raises ValueError for what no training made.
    """

    cdef Columns* index
    cdef float* room
    cdef float* rows  # of a feature: idf, weights, noughts up to a multiple of LANES; the first begins a line
    cdef Py_ssize_t width
    cdef Py_ssize_t labels
    cdef double* bias
    cdef double[BLOCKS] means
    cdef double power

    def __cinit__(self, columns, idf, weights, bias, means, double power):
        cdef Held the_columns = Held(columns), the_idf = Held(idf), the_weights = Held(weights)
        cdef Py_ssize_t size = the_columns.buffer.len // <Py_ssize_t>sizeof(int32_t), number
        self.labels, self.power, self.means = len(bias), power, means
        if (
            the_idf.buffer.len != size * <Py_ssize_t>sizeof(float)
            or the_weights.buffer.len != size * self.labels * <Py_ssize_t>sizeof(float)
        ):
            raise ValueError("not as many weights as features and labels")
        if not (0 <= power <= 1 and all([isfinite(mean) and mean > 0 for mean in self.means])):
            raise ValueError("a mean or power that divides nothing")
        self.width = (1 + self.labels + LANES - 1) // LANES * LANES
        self.bias = <double*>PyMem_Calloc(self.labels, sizeof(double))
        self.index = <Columns*>PyMem_Calloc(BLOCKS * BUCKETS // 64, sizeof(Columns))
        self.room = <float*>PyMem_Calloc(size * self.width + LINE, sizeof(float))
        if self.bias == NULL or self.index == NULL or self.room == NULL:
            raise MemoryError
        self.rows = self.room + (-<size_t>self.room % LINE) // sizeof(float)
        for number in range(self.labels):
            self.bias[number] = bias[number]
            if not isfinite(self.bias[number]):
                raise ValueError("a bias that is no number")
        self.keep(<const int32_t*>the_columns.buffer.buf, size)
        self.weigh(<const float*>the_idf.buffer.buf, <const float*>the_weights.buffer.buf, size)

    def __dealloc__(self):
        PyMem_Free(self.index)
        PyMem_Free(self.room)
        PyMem_Free(self.bias)

    cdef int keep(self, const int32_t* columns, Py_ssize_t size) except -1:
        """Note which features were kept."""
        cdef Py_ssize_t number, before = -1
        for number in range(size):
            if not before < columns[number] < <Py_ssize_t>BLOCKS * BUCKETS:
                raise ValueError("its columns are none of this version's features")
            before = columns[number]
            self.index[before >> 6].kept |= <uint64_t>1 << (before & 63)
        for number in range(1, BLOCKS * BUCKETS // 64):
            self.index[number].before = self.index[number - 1].before + ones(self.index[number - 1].kept)
        return 0

    cdef int weigh(self, const float* idf, const float* weights, Py_ssize_t size) except -1:
        """Note what they weigh."""
        cdef Py_ssize_t number, label
        cdef float* row = self.rows
        cdef bint finite = True
        for number in range(size):
            row[0] = idf[number]
            memcpy(row + 1, weights + number * self.labels, self.labels * sizeof(float))
            for label in range(1 + self.labels):
                finite &= isfinite(row[label])
            row += self.width
        if not finite:
            raise ValueError("a weight that is no number")
        return 0

    def scores(self, View view not None, bytes bounds not None, tuple paragraphs not None, mentions):
        """The scores of paragraphs before calibration: 64-bit floats, label by label.

        ``bounds`` are where words of the folded text begin and end. Paragraphs and mentions are spans of the original,
        in order and apart. Raises ValueError for the bounds of another text.
        """
        cdef Walk walk = Walk(self, view, bounds, mentions)
        cdef Py_ssize_t row
        answer = bytearray(len(paragraphs) * self.labels * sizeof(double))
        for row in range(len(paragraphs)):
            walk.characters(paragraphs[row].start, paragraphs[row].end)
            walk.words_and_pairs()
            walk.add_up(<double*>PyByteArray_AS_STRING(answer) + row * self.labels)
        return answer

    cdef inline void find(self, int block, uint64_t number, Walk walk) noexcept:
        """Note a feature. Whether training kept it is looked at later, when its part of the index has been fetched."""
        cdef uint32_t column = block * BUCKETS + <uint32_t>(((number ^ SALTS[block]) * MIX) >> SHIFT)
        cdef Found* found = &walk.found[block]
        FETCH(&self.index[column >> 6])
        found.columns[found.size] = column
        found.size += 1
        if found.size == BATCH:
            self.add(found, walk.sums + block * self.width)

    cdef void add(self, Found* found, double* sums) noexcept:
        """Add what the kept ones weigh: squared idf, and for every label weight · idf."""
        cdef const float* rows[BATCH]
        cdef const float* row
        cdef Columns* columns
        cdef uint64_t kept
        cdef double[LANES] lanes
        cdef double idf
        cdef Py_ssize_t size = 0, start = 0, lane, number
        for number in range(found.size):
            columns = &self.index[found.columns[number] >> 6]
            kept = columns.kept << (63 - (found.columns[number] & 63))  # it in the highest bit, below it those before
            row = self.rows + (columns.before + ones(kept << 1)) * self.width
            FETCH(row)
            rows[size] = row
            size += kept >> 63  # no branch, since whether it was kept would be guessed wrong too often
        while start < self.width:
            memcpy(lanes, sums + start, sizeof(lanes))
            for number in range(size):
                row = rows[number]
                idf = row[0]
                for lane in range(LANES):
                    lanes[lane] += idf * row[start + lane]
            memcpy(sums + start, lanes, sizeof(lanes))
            start += LANES
        found.size = 0


@cython.final
cdef class Walk:
    """One way through a document, paragraph by paragraph."""

    cdef Scorer scorer
    cdef View view
    cdef Py_ssize_t begin, end  # the paragraph in hand
    cdef bytes bounds
    cdef const char* marks  # the bounds
    cdef Py_ssize_t until  # where the next word begins
    cdef object mentions
    cdef Py_ssize_t first, last  # the mention in hand, in the original
    cdef uint64_t kind
    cdef bint told  # whether it stands in the stream of tokens
    cdef double* sums
    cdef Found[BLOCKS] found

    def __cinit__(self, Scorer scorer, View view, bytes bounds, mentions):
        if PyBytes_GET_SIZE(bounds) != view.size + 1 or not PyBytes_AS_STRING(bounds)[view.size]:
            raise ValueError("the bounds of another text")
        self.scorer, self.view, self.bounds, self.mentions = scorer, view, bounds, iter(mentions)
        self.marks = PyBytes_AS_STRING(bounds)
        self.next_mention()
        self.sums = <double*>PyMem_Calloc(BLOCKS * scorer.width, sizeof(double))
        if self.sums == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.sums)

    cdef int next_mention(self) except -1:
        mention = next(self.mentions, None)
        self.told = False
        if mention is None:
            self.first = self.last = PY_SSIZE_T_MAX
        else:
            self.first, self.last, self.kind = mention.start, mention.end, TOKENS[mention.kind]
        return 0

    cdef void characters(self, Py_ssize_t start, Py_ssize_t end) noexcept:
        """Go through the characters of the next paragraph, two by two; a digit is a digit."""
        cdef int kind = PyUnicode_KIND(self.view.text)
        cdef void* data = PyUnicode_DATA(self.view.text)
        cdef Py_ssize_t size = self.view.size, begin = self.end, at
        cdef uint64_t c, before = 0
        while begin < size and original(self.view, begin) < start:
            begin += 1
        at = begin
        while at < size and original(self.view, at) < end:
            c = PyUnicode_READ(kind, data, at)
            if 0x30 <= c <= 0x39:
                c = 0x30
            if at > begin:
                self.scorer.find(CHARACTERS, before << 32 | c, self)
            before = c
            at += 1
        self.begin, self.end = begin, at

    cdef int words_and_pairs(self) except -1:
        """Go through the words of the paragraph; of those of a mention, its kind alone makes pairs."""
        cdef int kind = PyUnicode_KIND(self.view.text)
        cdef void* data = PyUnicode_DATA(self.view.text)
        cdef Py_ssize_t until = self.until, end = self.end, begin, where
        cdef const char* marks = self.marks
        cdef uint64_t token, before = 0
        cdef bint paired = False
        while until < end:  # which is no further than the text's, where the last word ends
            begin = until
            until += 1
            while not marks[until]:
                until += 1
            if begin < self.begin or is_blank(PyUnicode_READ(kind, data, begin)):
                continue
            token = number_of(kind, data, begin, until)
            self.scorer.find(WORDS, token, self)
            where = original(self.view, begin)
            while self.last <= where:
                self.next_mention()
            if self.first <= where:
                if self.told:
                    continue
                self.told = True
                token = self.kind
                self.scorer.find(WORDS, token, self)
            if paired:
                self.scorer.find(PAIRS, before * MIX ^ token, self)
            before, paired = token, True
        self.until = until
        return 0

    @cython.cdivision(True)  # no mean is nought, so that nothing else is
    cdef void add_up(self, double* scores) noexcept:
        """The scores of the paragraph, a block's sums over what ``features.divisor`` says; then nothing is left."""
        cdef int block
        cdef Py_ssize_t label
        cdef double mean, under
        cdef double* sums
        memcpy(scores, self.scorer.bias, self.scorer.labels * sizeof(double))
        for block in range(BLOCKS):
            sums = self.sums + block * self.scorer.width
            self.scorer.add(&self.found[block], sums)
            if sums[0] > 0:
                mean = self.scorer.means[block]
                under = sqrt(mean) * pow(max(sums[0] / mean, 1e-9), self.scorer.power)
                for label in range(self.scorer.labels):
                    scores[label] += sums[1 + label] / under
            memset(sums, 0, self.scorer.width * sizeof(double))
