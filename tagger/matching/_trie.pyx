"""Words found in a text in one pass: lexicon terms leftmost-longest, cue words class by class.

A trie whose nodes lie together with their siblings. At every place of the text a look at a small table (of the pairs
of characters that words begin with) turns most places away, and one at the pair itself most others; from the rest the
trie is walked, never further than its longest word, so that the pass is linear in the text whatever it holds.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.limits cimport INT_MAX
from libc.stdint cimport int32_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.string cimport memset

cdef enum:
    PLANE = 0x10000
    PAIR_BITS = 18
    FEW = 8  # siblings; more are halved first
    NO_CHARACTER = 0x110000  # behind the end of a text; NUL is a character, which may stand in a word
    WORD = 0x80000000  # the bit of a pair that is a word itself

ctypedef fused Character:
    uint8_t
    uint16_t
    uint32_t


cdef inline uint32_t hashed(uint32_t parent, uint32_t code) noexcept nogil:
    return <uint32_t>((((<uint64_t>parent << 21) | code) * <uint64_t>0x9E3779B97F4A7C15) >> 32)


cdef inline uint32_t pair_of(uint32_t first, uint32_t second) noexcept nogil:
    return (first * <uint32_t>0x9E3779B1 + second * <uint32_t>0x85EBCA6B) >> (32 - PAIR_BITS)


cdef inline uint32_t bit_of(uint32_t code) noexcept nogil:
    return <uint32_t>1 << (code * <uint32_t>0x9E3779B1 >> 27)


cdef class Terms:
    """The terms found in a text: a sequence of (start, end, number)."""

    def __dealloc__(self):
        PyMem_Free(self.items)

    def __len__(self):
        return self.size

    def __getitem__(self, Py_ssize_t place):
        if not 0 <= place < self.size:
            raise IndexError(place)
        cdef Term* term = &self.items[place]
        return term.start, term.end, term.number

    def __iter__(self):
        cdef Py_ssize_t place
        return iter([self[place] for place in range(self.size)])

    cdef int put(self, int start, int end, int number) except -1:
        cdef Py_ssize_t room
        cdef Term* items
        if self.size == self.room:
            room = 2 * self.room + 16
            items = <Term*>PyMem_Realloc(self.items, room * sizeof(Term))
            if items == NULL:
                raise MemoryError
            self.items, self.room = items, room
        self.items[self.size] = Term(start, end, number)
        self.size += 1
        return 0


cdef class Growing:
    """A trie while words are put into it: its edges lie in a hash table, its nodes in the order they were made."""

    def __cinit__(self):
        self.slots, self.room, self.count = 1 << 12, 1 << 11, ROOT + 1
        self.edges = <Edge*>PyMem_Calloc(self.slots, sizeof(Edge))
        self.nodes = <Grown*>PyMem_Calloc(self.room, sizeof(Grown))
        if not (self.edges and self.nodes):
            raise MemoryError
        self.nodes[ROOT] = Grown(0, 0, -1, 0)

    def __dealloc__(self):
        PyMem_Free(self.edges)
        PyMem_Free(self.nodes)

    cdef uint32_t node_of(self, str word) except 0:
        """The node at which a word ends, made where there is none."""
        cdef uint32_t node = ROOT, child, code
        for character in word:
            code = ord(character)
            child = self.step(node, code)
            node = child if child else self.grow(node, code)
        return node

    cdef uint32_t grow(self, uint32_t parent, uint32_t code) except 0:
        cdef uint32_t node = self.count
        cdef Grown* nodes
        if node == self.room:
            nodes = <Grown*>PyMem_Realloc(self.nodes, 2 * self.room * sizeof(Grown))
            if nodes == NULL:
                raise MemoryError
            self.nodes = nodes
            self.room *= 2
        if 2 * self.used >= self.slots:
            self.widen()
        self.count += 1
        self.nodes[node] = Grown(parent, code, -1, 0)
        self.put(Edge(parent, code, node))
        return node

    cdef void put(self, Edge edge) noexcept:
        cdef uint32_t at = hashed(edge.parent, edge.code) & (self.slots - 1)
        while self.edges[at].parent:
            at = (at + 1) & (self.slots - 1)
        self.edges[at] = edge
        self.used += 1

    cdef int widen(self) except -1:
        cdef Edge* old = self.edges
        cdef uint32_t slots = self.slots, at
        cdef Edge* edges = <Edge*>PyMem_Calloc(2 * slots, sizeof(Edge))
        if edges == NULL:
            raise MemoryError
        self.edges, self.slots, self.used = edges, 2 * slots, 0
        for at in range(slots):
            if old[at].parent:
                self.put(old[at])
        PyMem_Free(old)
        return 0

    cdef uint32_t step(self, uint32_t node, uint32_t code) noexcept nogil:
        """The node that an edge leads to; 0 where there is none."""
        cdef uint32_t at = hashed(node, code) & (self.slots - 1)
        while self.edges[at].parent:
            if self.edges[at].parent == node and self.edges[at].code == code:
                return self.edges[at].child
            at = (at + 1) & (self.slots - 1)
        return 0


cdef class Trie:
    """Terms by their number, and cue words by the classes they belong to.

    ``terms`` are folded surfaces, the number of each is its place; ``classes`` are lists of folded words, at most 32.
    """

    def __cinit__(self, terms, classes=()):
        cdef Growing grown = Growing()
        if len(classes) > CLASSES:
            raise ValueError(f"at most {CLASSES} classes of cues")
        for number, term in enumerate(terms):
            if term:
                grown.nodes[grown.node_of(term)].number = number
        for number, words in enumerate(classes):
            for word in words:
                if word:
                    node = grown.node_of(word)
                    grown.nodes[<uint32_t>node].classes |= <uint32_t>1 << <int>number
        self.nodes = <Node*>PyMem_Calloc(grown.count, sizeof(Node))
        self.codes = <uint32_t*>PyMem_Calloc(grown.count, sizeof(uint32_t))
        self.alone = <uint8_t*>PyMem_Calloc(PLANE // 8, 1)
        self.may_pair = <uint8_t*>PyMem_Calloc((1 << PAIR_BITS) // 8, 1)
        if not (self.nodes and self.codes and self.alone and self.may_pair):
            raise MemoryError
        self.lay(grown)
        self.index_pairs()

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.codes)
        PyMem_Free(self.pairs)
        PyMem_Free(self.alone)
        PyMem_Free(self.may_pair)

    cdef int lay(self, Growing grown) except -1:
        """Lay the nodes out level by level, so that those that one leads on to lie together and one look finds them."""
        cdef uint32_t node, place, other, free = ROOT + 1, count = grown.count
        cdef uint32_t* eldest = <uint32_t*>PyMem_Calloc(count, sizeof(uint32_t))  # of the nodes that one leads on to
        cdef uint32_t* next = <uint32_t*>PyMem_Calloc(count, sizeof(uint32_t))  # of those that lie together
        cdef uint32_t* grown_as = <uint32_t*>PyMem_Calloc(count, sizeof(uint32_t))  # by place
        if not (eldest and next and grown_as):
            PyMem_Free(eldest)
            PyMem_Free(next)
            PyMem_Free(grown_as)
            raise MemoryError
        for node in range(count - 1, ROOT, -1):
            next[node], eldest[grown.nodes[node].parent] = eldest[grown.nodes[node].parent], node
        grown_as[ROOT] = ROOT
        for place in range(ROOT, count):  # a node is laid out before it is come to
            node = grown_as[place]
            self.codes[place], self.nodes[place].first = grown.nodes[node].code, free
            self.nodes[place].number, self.nodes[place].classes = grown.nodes[node].number, grown.nodes[node].classes
            node = eldest[node]
            while node:
                # Words are put in nearly in their order, so that few siblings have to make room.
                other = free + self.nodes[place].count
                while other > free and grown.nodes[grown_as[other - 1]].code > grown.nodes[node].code:
                    grown_as[other] = grown_as[other - 1]
                    other -= 1
                grown_as[other] = node
                self.nodes[place].count += 1
                self.nodes[place].onward |= bit_of(grown.nodes[node].code)
                node = next[node]
            free += self.nodes[place].count
        self.count = count
        PyMem_Free(eldest)
        PyMem_Free(next)
        PyMem_Free(grown_as)
        return 0

    cdef int index_pairs(self) except -1:
        """Where every two characters that words begin with lead to, and which characters are words."""
        cdef uint32_t first, second, pair, slot, pairs = 0
        cdef Node* root = &self.nodes[ROOT]
        cdef Node* node
        cdef Node* after
        for first in range(root.first, root.first + root.count):
            node = &self.nodes[first]
            pairs += node.count
            if self.codes[first] < PLANE and is_word(node):
                self.alone[self.codes[first] >> 3] |= 1 << (self.codes[first] & 7)
        self.pair_slots = 1
        while self.pair_slots < 2 * pairs + 1:
            self.pair_slots *= 2
        self.pairs = <Pair*>PyMem_Calloc(self.pair_slots, sizeof(Pair))
        if self.pairs == NULL:
            raise MemoryError
        for first in range(root.first, root.first + root.count):
            node = &self.nodes[first]
            for second in range(node.first, node.first + node.count):
                after = &self.nodes[second]
                pair = pair_of(self.codes[first], self.codes[second])
                self.may_pair[pair >> 3] |= 1 << (pair & 7)
                slot = pair & (self.pair_slots - 1)
                while self.pairs[slot].node:
                    slot = (slot + 1) & (self.pair_slots - 1)
                self.pairs[slot] = Pair(
                    self.codes[first], self.codes[second], after.onward, second | (WORD if is_word(after) else 0)
                )
        return 0

    cdef Node* child(self, Node* node, uint32_t code) noexcept nogil:
        """The node that a character leads to; NULL where there is none."""
        if not node.onward & bit_of(code):
            return NULL
        cdef uint32_t low = node.first, count = node.count, half
        while count > FEW:
            half = count // 2
            if self.codes[low + half] <= code:
                low += half
                count -= half
            else:
                count = half
        for half in range(low, low + count):
            if self.codes[half] == code:
                return &self.nodes[half]
        return NULL

    cdef uint32_t step(self, uint32_t node, uint32_t code) noexcept nogil:
        """The number of the node that a character leads to; 0 where there is none."""
        cdef Node* child = self.child(&self.nodes[node], code)
        return <uint32_t>(child - self.nodes) if child else 0

    cdef Pair* pair_at(self, uint32_t first, uint32_t second, uint32_t pair) noexcept nogil:
        """Where two characters from the root lead, whose hash is ``pair``; NULL where no word begins so."""
        cdef uint32_t slot = pair & (self.pair_slots - 1)
        while self.pairs[slot].node:
            if self.pairs[slot].first == first and self.pairs[slot].second == second:
                return &self.pairs[slot]
            slot = (slot + 1) & (self.pair_slots - 1)
        return NULL

    def number(self, str term not None):
        """The number of a term; None when it is none."""
        cdef uint32_t node = ROOT
        for character in term:
            node = self.step(node, ord(character))
            if not node:
                return None
        return self.nodes[node].number if self.nodes[node].number >= 0 else None

    def longest(self, str text not None, Py_ssize_t start):
        """Where the longest word at a place ends; ``start`` when none begins there."""
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = start, end = start
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef uint32_t node = ROOT
        while 0 <= at < size:
            node = self.step(node, PyUnicode_READ(kind, data, at))
            if not node:
                break
            at += 1
            if self.nodes[node].number >= 0:
                end = at
        return end

    cpdef bint stands(self, str text, Py_ssize_t low, Py_ssize_t high, int number) except -1:
        """Whether a word of a class stands wholly between two places."""
        cdef int kind
        cdef void* data
        cdef Py_ssize_t begin, at
        cdef uint32_t node
        if text is None:
            raise TypeError("no text")
        if not 0 <= number < CLASSES:
            raise IndexError(number)
        kind, data = PyUnicode_KIND(text), PyUnicode_DATA(text)
        low, high = max(0, low), min(high, PyUnicode_GET_LENGTH(text))
        for begin in range(low, high):
            node, at = ROOT, begin
            while at < high:
                node = self.step(node, PyUnicode_READ(kind, data, at))
                if not node:
                    break
                at += 1
                if self.nodes[node].classes >> number & 1:
                    return True
        return False

    def scan(self, str text not None):
        """The terms as (start, end, number), leftmost-longest, and for every class its words as (start, end).

        Within a class words are leftmost-longest too; a class does not see terms or other classes.
        """
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Terms terms = Terms.__new__(Terms)
        cdef list cues = [[] for _ in range(CLASSES)]
        if size > INT_MAX:
            raise OverflowError("a text of 2**31 characters or more")
        if kind == 1:
            scan_characters(self, <const uint8_t*>data, size, terms, cues)
        elif kind == 2:
            scan_characters(self, <const uint16_t*>data, size, terms, cues)
        else:
            scan_characters(self, <const uint32_t*>data, size, terms, cues)
        return terms, cues


cdef inline bint is_word(Node* node) noexcept nogil:
    return node.number >= 0 or node.classes != 0


cdef inline Node* beginning(Trie trie, uint32_t code, uint32_t after, uint32_t third, Py_ssize_t* length) noexcept nogil:
    """The first node from which words at a place are looked for, and its depth; NULL where none begins.

    A character that is a word, or two of them that are one or that a third goes on from.
    """
    cdef Pair* pair
    cdef uint32_t hash
    if code >= PLANE or trie.alone[code >> 3] >> (code & 7) & 1:
        length[0] = 1
        return trie.child(&trie.nodes[ROOT], code)
    hash = pair_of(code, after)
    if not trie.may_pair[hash >> 3] >> (hash & 7) & 1:
        return NULL
    pair = trie.pair_at(code, after, hash)
    if not pair or not (pair.node & WORD or pair.onward & bit_of(third)):
        return NULL
    length[0] = 2
    return &trie.nodes[pair.node & ~<uint32_t>WORD]


cdef int scan_characters(Trie trie, const Character* text, Py_ssize_t size, Terms terms, list cues) except -1:
    """Put what stands in a text on ``terms`` and ``cues``."""
    cdef Py_ssize_t at, length, stop, end = 0, free = 0
    cdef uint32_t code, after, third, classes, some
    cdef Node* here
    cdef int32_t number
    cdef int bit
    cdef Py_ssize_t[CLASSES] taken
    cdef Py_ssize_t[CLASSES] ends
    memset(taken, 0, sizeof(taken))
    after = <uint32_t>text[0] if size else NO_CHARACTER
    third = <uint32_t>text[1] if size > 1 else NO_CHARACTER
    for at in range(size):
        code, after, third = after, third, <uint32_t>text[at + 2] if at + 2 < size else NO_CHARACTER
        here = beginning(trie, code, after, third, &length)
        if not here:
            continue
        stop = at + length
        number, classes = -1, 0
        while here:
            if here.number >= 0:
                number, end = here.number, stop
            if here.classes:
                classes |= here.classes
                some, bit = here.classes, 0
                while some:
                    if some & 1:
                        ends[bit] = stop
                    some >>= 1
                    bit += 1
            if stop >= size:
                break
            here = trie.child(here, <uint32_t>text[stop])
            stop += 1
        if number >= 0 and at >= free:
            free = end
            terms.put(<int>at, <int>end, number)
        bit = 0
        while classes:
            if classes & 1 and at >= taken[bit]:
                taken[bit] = ends[bit]
                (<list>cues[bit]).append((at, ends[bit]))
            classes >>= 1
            bit += 1
    return 0
