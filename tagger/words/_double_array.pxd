from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    NO_LETTER = 0xFFFF  # of an empty unit; letters are 1, 2 …, and 0 is a character that no word has
    NO_WORD = 0  # the weight of a prefix that is no word
    SIZES = 32  # of families that are told apart; larger ones are alike

cdef struct Unit:  # of a prefix
    uint32_t base  # of the units of those prefixes that are a letter longer; 0 when there are none
    uint16_t letter  # that leads here
    uint16_t weight  # the place of its weight; NO_WORD where no word ends


cdef class Growing:
    cdef Unit* units
    cdef uint8_t* based  # whether a base is taken
    cdef uint16_t* family  # the letters in hand
    cdef uint32_t* begins  # the first word of each
    cdef uint32_t[SIZES] reached  # how far bases were looked for, by the size of the family
    cdef uint32_t letters, size, highest

    cdef int widen(self) except -1
    cdef uint32_t base_for(self, uint32_t count) except 0
    cdef bint fits(self, uint32_t base, uint32_t count) noexcept
