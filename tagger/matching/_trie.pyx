"""Words found in a text in one pass: lexicon terms leftmost-longest, cue words class by class.

A trie whose edges lie in a hash table. At every place of the text two looks (at the characters and the pairs of
characters that words begin with) turn most places away; from the others the trie is walked, never further than
its longest word, so that the pass is linear in the text whatever it holds.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t
from libc.string cimport memset

cdef enum:
    PLANE = 0x10000
    PAIR_BITS = 18
    CLASSES = 32


cdef inline uint32_t hashed(uint32_t parent, uint32_t code) noexcept nogil:
    return <uint32_t>((((<uint64_t>parent << 21) | code) * <uint64_t>0x9E3779B97F4A7C15) >> 32)


cdef inline uint32_t pair_of(uint32_t first, uint32_t second) noexcept nogil:
    return (first * <uint32_t>0x9E3779B1 + second * <uint32_t>0x85EBCA6B) >> (32 - PAIR_BITS)


cdef inline uint64_t bit_of(uint32_t code) noexcept nogil:
    return <uint64_t>1 << (code * <uint32_t>0x9E3779B1 >> 26)


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


cdef class Trie:
    """Terms by their number, and cue words by the classes they belong to.

    ``terms`` are folded surfaces, the number of each is its place; ``classes`` are lists of folded words, at most 32.
    """

    def __cinit__(self, terms, classes=()):
        self.slots, self.room = 1 << 12, 1 << 11
        self.edges = <Edge*>PyMem_Calloc(self.slots, sizeof(Edge))
        self.nodes = <Node*>PyMem_Calloc(self.room, sizeof(Node))
        self.begins = <uint8_t*>PyMem_Calloc(PLANE, 1)
        self.may_pair = <uint8_t*>PyMem_Calloc((1 << PAIR_BITS) // 8, 1)
        if not (self.edges and self.nodes and self.begins and self.may_pair):
            raise MemoryError
        if len(classes) > CLASSES:
            raise ValueError(f"at most {CLASSES} classes of cues")
        self.nodes[ROOT] = Node(-1, 0, 0)
        self.count = ROOT + 1
        for number, term in enumerate(terms):
            if term:
                self.nodes[self.node_of(term)].number = number
        for number, words in enumerate(classes):
            for word in words:
                if word:
                    self.nodes[self.node_of(word)].classes |= <uint32_t>1 << <int>number
        self.index_pairs()

    def __dealloc__(self):
        PyMem_Free(self.edges)
        PyMem_Free(self.nodes)
        PyMem_Free(self.pairs)
        PyMem_Free(self.begins)
        PyMem_Free(self.may_pair)

    cdef uint32_t node_of(self, str word) except? 0:
        """The node at which a word ends, made where there is none."""
        cdef uint32_t node = ROOT, child, code, first = ord(word[0])
        for character in word:
            code = ord(character)
            child = self.step(node, code)
            node = child if child else self.grow(node, code)
        if first < PLANE:
            self.begins[first] |= 1 if len(word) > 1 else 2
        return node

    cdef uint32_t grow(self, uint32_t parent, uint32_t code) except 0:
        cdef uint32_t node = self.count
        if node == self.room:
            nodes = <Node*>PyMem_Realloc(self.nodes, 2 * self.room * sizeof(Node))
            if nodes == NULL:
                raise MemoryError
            self.nodes = nodes
            self.room *= 2
        if 2 * self.used >= self.slots:
            self.widen()
        self.count += 1
        self.nodes[node] = Node(-1, 0, 0)
        self.nodes[parent].onward |= bit_of(code)
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

    cdef int index_pairs(self) except -1:
        """Where every two characters that words begin with lead to."""
        cdef uint32_t at, pairs = 0, pair, slot, second, node
        cdef uint32_t* firsts = <uint32_t*>PyMem_Calloc(self.count, sizeof(uint32_t))  # by node of the root's edges
        if firsts == NULL:
            raise MemoryError
        for at in range(self.slots):
            if self.edges[at].parent == ROOT:
                firsts[self.edges[at].child] = self.edges[at].code
        for at in range(self.slots):
            pairs += firsts[self.edges[at].parent] != 0
        self.pair_slots = 1
        while self.pair_slots < 2 * pairs + 1:
            self.pair_slots *= 2
        self.pairs = <Pair*>PyMem_Calloc(self.pair_slots, sizeof(Pair))
        if self.pairs == NULL:
            PyMem_Free(firsts)
            raise MemoryError
        for at in range(self.slots):
            if not firsts[self.edges[at].parent]:
                continue
            second = self.edges[at].code
            pair = pair_of(firsts[self.edges[at].parent], second)
            self.may_pair[pair >> 3] |= 1 << (pair & 7)
            slot = pair & (self.pair_slots - 1)
            while self.pairs[slot].first:
                slot = (slot + 1) & (self.pair_slots - 1)
            node = self.edges[at].child
            self.pairs[slot] = Pair(firsts[self.edges[at].parent], second, node, self.nodes[node])
        PyMem_Free(firsts)
        return 0

    cdef uint32_t step(self, uint32_t node, uint32_t code) noexcept nogil:
        """The node that an edge leads to; 0 where there is none."""
        cdef uint32_t at = hashed(node, code) & (self.slots - 1)
        while self.edges[at].parent:
            if self.edges[at].parent == node and self.edges[at].code == code:
                return self.edges[at].child
            at = (at + 1) & (self.slots - 1)
        return 0

    cdef Pair* pair_at(self, uint32_t first, uint32_t second) noexcept nogil:
        """What two edges from the root lead to; NULL where no word begins so."""
        cdef uint32_t pair = pair_of(first, second), slot
        if not self.may_pair[pair >> 3] >> (pair & 7) & 1:
            return NULL
        slot = pair & (self.pair_slots - 1)
        while self.pairs[slot].first:
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
        while at < size:
            node = self.step(node, PyUnicode_READ(kind, data, at))
            if not node:
                break
            at += 1
            if self.nodes[node].number >= 0:
                end = at
        return end

    def stands(self, str text not None, Py_ssize_t low, Py_ssize_t high, int number):
        """Whether a word of a class stands wholly between two places."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t begin, at
        cdef uint32_t node
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
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at, stop, end = 0, free = 0
        cdef int kind = PyUnicode_KIND(text), bit
        cdef void* data = PyUnicode_DATA(text)
        cdef uint32_t code, after, node, classes
        cdef Pair* pair
        cdef Node* here
        cdef int32_t number
        cdef uint8_t how
        cdef Py_ssize_t[CLASSES] taken
        cdef Py_ssize_t[CLASSES] ends
        cdef Terms terms = Terms.__new__(Terms)
        cdef list cues = [[] for _ in range(CLASSES)]
        memset(taken, 0, sizeof(taken))
        after = PyUnicode_READ(kind, data, 0) if size else 0
        for at in range(size):
            code = after
            after = PyUnicode_READ(kind, data, at + 1) if at + 1 < size else 0
            how = self.begins[code] if code < PLANE else 3
            if how == 0:
                continue
            number, classes = -1, 0
            if how & 2:
                node, stop = self.step(ROOT, code), at + 1
                if not node:
                    continue
                here = &self.nodes[node]
            else:
                pair = self.pair_at(code, after)
                if pair == NULL:
                    continue
                node, stop, here = pair.node, at + 2, &pair.copy
            while True:
                if here.number >= 0:
                    number, end = here.number, stop
                if here.classes:
                    classes |= here.classes
                    for bit in range(CLASSES):
                        if here.classes >> bit & 1:
                            ends[bit] = stop
                if stop >= size:
                    break
                code = PyUnicode_READ(kind, data, stop)
                if not here.onward & bit_of(code):
                    break
                node = self.step(node, code)
                if not node:
                    break
                here = &self.nodes[node]
                stop += 1
            if number >= 0 and at >= free:
                free = end
                terms.put(<int>at, <int>end, number)
            if classes:
                for bit in range(CLASSES):
                    if classes >> bit & 1 and at >= taken[bit]:
                        taken[bit] = ends[bit]
                        (<list>cues[bit]).append((at, ends[bit]))
        return terms, cues
