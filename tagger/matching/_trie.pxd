from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

cdef enum:
    ROOT = 1  # node 0 is none

cdef struct Edge:
    uint32_t parent  # 0 is an empty slot
    uint32_t code
    uint32_t child

cdef struct Node:
    int32_t number  # of the term that ends here; -1 where none does
    uint32_t classes  # of the cue word that ends here, a bit each
    uint64_t onward  # a bit for every character that an edge may lead on by, hashed

cdef struct Pair:
    uint32_t first  # 0 is an empty slot
    uint32_t second
    uint32_t node
    Node copy  # of the node, so that one look tells all


cdef struct Term:
    int start
    int end
    int number


cdef class Terms:
    cdef Term* items
    cdef Py_ssize_t size, room

    cdef int put(self, int start, int end, int number) except -1


cdef class Trie:
    cdef Edge* edges
    cdef Node* nodes
    cdef Pair* pairs  # what the first two edges of a word lead to
    cdef uint32_t slots, used, count, room, pair_slots
    cdef uint8_t* begins  # by character; 1: a word begins with it, 2: a word is it
    cdef uint8_t* may_pair  # a bit for every two characters that a word begins with, hashed

    cdef uint32_t node_of(self, str word) except? 0
    cdef uint32_t grow(self, uint32_t parent, uint32_t code) except 0
    cdef void put(self, Edge edge) noexcept
    cdef int widen(self) except -1
    cdef int index_pairs(self) except -1
    cdef uint32_t step(self, uint32_t node, uint32_t code) noexcept nogil
    cdef Pair* pair_at(self, uint32_t first, uint32_t second) noexcept nogil
