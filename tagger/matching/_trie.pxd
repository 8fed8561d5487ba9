from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

cdef enum:
    ROOT = 1  # node 0 is none
    CLASSES = 32  # of cue words at most: the bits of a node

cdef struct Node:
    uint32_t first  # of the nodes that lead on, which lie together in the order of their codes
    uint32_t count
    int32_t number  # of the term that ends here; -1 where none does
    uint32_t classes  # of the cue word that ends here, a bit each
    uint32_t onward  # a bit for every character that leads on, hashed

cdef struct Pair:
    uint32_t first
    uint32_t second
    uint32_t onward
    uint32_t node  # where two characters from the root lead, and a bit where they are a word; 0 is an empty slot

cdef struct Term:
    int start
    int end
    int number


cdef class Terms:
    cdef Term* items
    cdef Py_ssize_t size, room

    cdef int put(self, int start, int end, int number) except -1


cdef class Trie:
    cdef Node* nodes
    cdef uint32_t* codes  # by node: the character that leads there
    cdef Pair* pairs
    cdef uint32_t count, pair_slots
    cdef uint8_t* alone  # a bit for every character that is a word
    cdef uint8_t* may_pair  # a bit for every two characters that a word begins with, hashed

    cdef int lay(self, Growing grown) except -1
    cdef int index_pairs(self) except -1
    cdef Node* child(self, Node* node, uint32_t code) noexcept nogil
    cdef uint32_t step(self, uint32_t node, uint32_t code) noexcept nogil
    cpdef bint stands(self, str text, Py_ssize_t low, Py_ssize_t high, int number) except -1
    cdef Pair* pair_at(self, uint32_t first, uint32_t second, uint32_t pair) noexcept nogil


cdef struct Edge:
    uint32_t parent  # 0 is an empty slot
    uint32_t code
    uint32_t child

cdef struct Grown:
    uint32_t parent
    uint32_t code
    int32_t number
    uint32_t classes


cdef class Growing:
    cdef Edge* edges
    cdef Grown* nodes
    cdef uint32_t slots, used, count, room

    cdef uint32_t node_of(self, str word) except 0
    cdef uint32_t grow(self, uint32_t parent, uint32_t code) except 0
    cdef void put(self, Edge edge) noexcept
    cdef int widen(self) except -1
    cdef uint32_t step(self, uint32_t node, uint32_t code) noexcept nogil
