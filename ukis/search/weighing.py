"""How much words count in a document: kept small, read in a moment, and in whole numbers, so that the order is the same
on every database and machine.

`weights` is the number of words, the hashes of all stems and words in their order, and for each how much it counts.
"""

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from zlib import crc32

TITLE, NAMES, TAGS, LEAD, BODY = 12, 10, 8, 5, 1
_MOST = 65_535
STEP = 16  # what a word tells is in sixteenths of a bit


def stem_hash(stem: str) -> int:
    return crc32(stem.encode())


def word_hash(word: str) -> int:
    return crc32(b'=' + word.encode())


def packed(counted: Counter[int], length: int) -> bytes:
    hashes = sorted(counted)
    return (
        _bytes(array('I', [length, len(hashes)]))
        + _bytes(array('I', hashes))
        + _bytes(array('H', [min(counted[one], _MOST) for one in hashes]))
    )


def _bytes(numbers: array) -> bytes:
    if sys.byteorder == 'big':
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _array(kind: str, given: bytes) -> array:
    numbers = array(kind)
    numbers.frombytes(given)
    if sys.byteorder == 'big':
        numbers.byteswap()
    return numbers


class Weights:
    __slots__ = ('_counts', '_hashes', 'length')

    def __init__(self, given: bytes) -> None:
        self.length, count = _array('I', given[:8])
        end = 8 + 4 * count
        self._hashes = _array('I', given[8:end])
        self._counts = _array('H', given[end:])

    def of(self, hashed: int) -> int:
        at = bisect_left(self._hashes, hashed)
        return self._counts[at] if at < len(self._hashes) and self._hashes[at] == hashed else 0


def telling(documents: int, having: int) -> int:
    """How much a word tells that stands in so many of so many documents: 1 for one that is everywhere."""
    return 1 + max(0, _log(documents + 1) - _log(having + 1))


def _log(number: int) -> int:
    """To base two, in sixteenths, exactly: no machine's floats are asked."""
    return (number**STEP).bit_length() - 1


def value(weight: int, tells: int, length: int) -> int:
    """The first time a word stands there says more than the second; in a short text each says more."""
    return tells * weight * 64 // (weight + 6 + length // 200)
