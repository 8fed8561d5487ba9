"""What a line is as a heading: its words, and the rank and path of the number before them."""

from cython import final
from cpython.unicode cimport Py_UNICODE_ISDECIMAL, Py_UNICODE_ISSPACE, Py_UNICODE_TODECIMAL

from tagger.ingest._cursor cimport Cursor, blanks, cursor_of, digits, here, step

from tagger.ingest.reflow import CAPTION

cdef enum Rank:
    CHAPTER  # 第一章
    HAN  # 一、
    BRACKETED  # （一）
    PATH  # 2.1
    COMMA  # 1、
    ITEM  # （1）, ①
    NONE

LOWEST_OF_CHAPTERS, LOWEST_OF_PARTS = <int>HAN, <int>COMMA


@final
cdef class Heading:
    """A line that can be a heading: its words, the rank and path of its number, and how large it is set."""

    cdef readonly str name
    cdef readonly object rank  # None where it has no number
    cdef readonly tuple path
    cdef readonly double prominence


def heading_of(str line not None, double prominence=0.0):
    """What a line is as a heading; None for running text."""
    cdef Cursor cursor = cursor_of(line)
    cdef Py_ssize_t end = cursor.stop, begin
    cdef Rank rank
    cdef Heading heading
    while end and character(&cursor, end - 1) in "：: 】":
        end -= 1
    if not end or character(&cursor, end - 1) in "。；！？，、" or is_running(cursor):
        return None
    if here(&cursor) in "图表" and CAPTION.match(line):
        return None
    skip_bullets(&cursor)
    begin = cursor.at
    rank = skip_number(&cursor)
    if cursor.at >= end:
        return None
    heading = Heading.__new__(Heading)
    heading.name, heading.prominence = line[cursor.at : end], prominence
    heading.rank = None if rank == NONE else <int>rank
    heading.path = path_of(cursor, begin) if rank == PATH or rank == COMMA else ()
    return heading


def behind_mark(str line not None):
    """Where the words begin behind bullets and a number."""
    cdef Cursor cursor = cursor_of(line)
    skip_bullets(&cursor)
    skip_number(&cursor)
    return cursor.at


cdef inline Py_UCS4 character(const Cursor* cursor, Py_ssize_t at) noexcept:
    cdef Cursor there = cursor[0]
    there.at = at
    return here(&there)


cdef bint is_running(Cursor cursor) noexcept:
    """A sentence ends in it, or it is a row of a table."""
    while cursor.at < cursor.stop:
        if here(&cursor) in "。\t":
            return True
        cursor.at += 1
    return False


cdef void skip_bullets(Cursor* cursor) noexcept:
    cdef Py_UCS4 c
    while cursor.at < cursor.stop:
        c = here(cursor)
        if not (Py_UNICODE_ISSPACE(c) or c in "■□●○◆◇▶►▲•⚫◼◾❖➢➤✓※#*【" or 0xF000 <= c <= 0xF0FF):
            return
        cursor.at += 1


cdef Rank skip_number(Cursor* cursor) noexcept:
    """Step over a number with what parts it from the words."""
    if skip_chapter(cursor):
        return CHAPTER
    if skip_han(cursor):
        return HAN
    if skip_bracketed(cursor):
        return BRACKETED
    cdef Rank rank = skip_path(cursor)
    if rank != NONE:
        return rank
    return ITEM if skip_item(cursor) else NONE


cdef inline int han_digits(Cursor* cursor, int most) noexcept:
    cdef int count = 0
    while count < most and here(cursor) in "一二三四五六七八九十":
        cursor.at += 1
        count += 1
    return count


cdef bint skip_chapter(Cursor* cursor) noexcept:
    """第一章, 第12节."""
    cdef Cursor ahead = cursor[0]
    cdef Py_ssize_t begin
    if not step(&ahead, "第", "第"):
        return False
    begin = ahead.at
    while here(&ahead) in "一二三四五六七八九十百" or Py_UNICODE_ISDECIMAL(here(&ahead)):
        ahead.at += 1
    if ahead.at == begin or here(&ahead) not in "章节部篇":
        return False
    ahead.at += 1
    blanks(&ahead)
    cursor.at = ahead.at
    return True


cdef bint skip_han(Cursor* cursor) noexcept:
    """一、"""
    cdef Cursor ahead = cursor[0]
    if not han_digits(&ahead, 3) or here(&ahead) not in "、.．":
        return False
    ahead.at += 1
    blanks(&ahead)
    cursor.at = ahead.at
    return True


cdef bint skip_bracketed(Cursor* cursor) noexcept:
    """（一）"""
    cdef Cursor ahead = cursor[0]
    if not (step(&ahead, "（", "(") and han_digits(&ahead, 3) and step(&ahead, "）", ")")):
        return False
    blanks(&ahead)
    cursor.at = ahead.at
    return True


cdef Rank skip_path(Cursor* cursor) noexcept:
    """2.1, 1、 before what is no figure, unit or day."""
    cdef Cursor ahead = cursor[0], behind
    if not digits(&ahead, 2):
        return NONE
    behind = ahead
    while step(&behind, ".", ".") and digits(&behind, 2):
        ahead = behind
    behind = ahead
    if step(&behind, "、", "、"):
        cursor.at = ahead.at  # where a figure follows, the mark is one between two figures, and no comma of a heading
        if skip_joint(&behind):
            cursor.at = behind.at
            return COMMA
        return PATH
    if skip_joint(&behind):
        cursor.at = behind.at
        return PATH
    return NONE


cdef bint skip_joint(Cursor* cursor) noexcept:
    """Step over the stops and blanks before words; a wide stop may be the first of the words itself."""
    cdef Py_ssize_t wide = -1
    while here(cursor) in ".．" or (cursor.at < cursor.stop and Py_UNICODE_ISSPACE(here(cursor))):
        if here(cursor) == "．":
            wide = cursor.at
        cursor.at += 1
    if cursor.at < cursor.stop and not Py_UNICODE_ISDECIMAL(here(cursor)) and here(cursor) not in "%,，年月日":
        return True
    cursor.at = wide
    return wide >= 0


cdef bint skip_item(Cursor* cursor) noexcept:
    """（1）, 1）, ①."""
    cdef Cursor ahead = cursor[0]
    if 0x2460 <= here(&ahead) <= 0x2473:
        ahead.at += 1
    else:
        step(&ahead, "（", "(")
        if not (digits(&ahead, 2) and step(&ahead, "）", ")")):
            return False
    blanks(&ahead)
    cursor.at = ahead.at
    return True


cdef tuple path_of(Cursor cursor, Py_ssize_t begin):
    """The numbers between full stops with which a line begins there."""
    cdef int number = 0
    cdef list path = []
    cursor.stop, cursor.at = cursor.at, begin
    while True:
        number = 0
        while Py_UNICODE_ISDECIMAL(here(&cursor)):
            number = 10 * number + Py_UNICODE_TODECIMAL(here(&cursor))
            cursor.at += 1
        path.append(number)
        if not step(&cursor, ".", ".") or not Py_UNICODE_ISDECIMAL(here(&cursor)):
            return tuple(path)
