"""Words as they are looked for: folded, and cut back to their stem. One function for what is kept and what is typed,
before either database sees any of it, so that both find the same.

Nothing is left out: a word that says little in one sentence is a name in another.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from typing import NamedTuple

from snowballstemmer.english_stemmer import EnglishStemmer

# What is kept was made by this; another asks for all of it anew.
VERSION = f'2 snowball {version("snowballstemmer")}'
LONGEST = 64
# Stands between two texts: no word, so that no phrase runs across.
EDGE = '·'

_APOSTROPHES = "'’‘`´ʼ′＇"
_HYPHENS = '\u00ad\\-‐‑'
_CHUNK = re.compile(rf'[\w\u0300-\u036f]+(?:[{_APOSTROPHES}{_HYPHENS}]+[\w\u0300-\u036f]+)*|&')
_POSSESSIVE = re.compile(rf'[{_APOSTROPHES}]s$', re.IGNORECASE)
_SIGNS = re.compile(rf'[{_APOSTROPHES}\u00ad]')
_PARTS = re.compile(r'[^\W_]+')
# Written without spaces between words.
_UNSPACED = re.compile('[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+')
_LETTERS = str.maketrans(
    {'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i', 'ħ': 'h'}
)
_IZE = re.compile('(?<=[a-z]{2})([iy])z(e[sdr]?|ing|ations?|ers?|able|ational)$')
_OUR = re.compile('(?<=[a-z]{3})our(s|ed|ing|ful|able|ite|ites|hood|ist|less|er|ers)?$')
_RE = re.compile('(?<=cent|heat)re(s|d)?$')
_OTHERWISE = {'programme': 'program', 'programmes': 'programs', 'defence': 'defense', 'licence': 'license'}
# Plurals that the stemmer does not know.
_IRREGULAR = {
    'children': 'child',
    'men': 'man',
    'women': 'woman',
    'feet': 'foot',
    'teeth': 'tooth',
    'mice': 'mous',
    'criteria': 'criterion',
    'phenomena': 'phenomenon',
    'analysi': 'analys',
    'hypothesi': 'hypothes',
    'synthesi': 'synthes',
}
UNSTEMMED = ('cy', 'gd', 'ga')


class Chunk(NamedTuple):
    """What stands between two spaces, or nearly: its words, and all of them in one where a hyphen joins them."""

    words: tuple[str, ...]
    joined: str


def chunks(text: str) -> Iterator[tuple[int, int, Chunk]]:
    """Each with where it stands."""
    for found in _CHUNK.finditer(text):
        yield found.start(), found.end(), chunk(found.group())


@lru_cache(maxsize=50_000)
def chunk(written: str) -> Chunk:
    if written == '&':
        return Chunk(('and',), '')
    plain = _folded(_SIGNS.sub('', _POSSESSIVE.sub('', written)))
    parts = _PARTS.findall(plain)
    words: list[str] = []
    for part in parts:
        words += _pairs(part) if _UNSPACED.search(part) else [part[:LONGEST]]
    joined = ''.join(parts)[:LONGEST] if len(parts) > 1 and len(parts) == len(words) else ''
    return Chunk(tuple(words), joined)


def _folded(text: str) -> str:
    plain = unicodedata.normalize('NFKC', text).casefold()
    apart = unicodedata.normalize('NFD', plain)
    bare = ''.join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize('NFC', bare).translate(_LETTERS)


def _pairs(part: str) -> list[str]:
    """Of what is written without spaces each two signs that follow one another."""
    found: list[str] = []
    last = 0
    for run in _UNSPACED.finditer(part):
        if before := part[last : run.start()]:
            found.append(before[:LONGEST])
        signs = run.group()
        found += [signs[at : at + 2] for at in range(len(signs) - 1)] or [signs]
        last = run.end()
    if rest := part[last:]:
        found.append(rest[:LONGEST])
    return found


def in_words(text: str) -> tuple[list[str], list[str]]:
    """The words in their order, and those that hyphens make of several."""
    words: list[str] = []
    joined: list[str] = []
    for _, _, one in chunks(text):
        words += one.words
        if one.joined:
            joined.append(one.joined)
    return words, joined


class _Stemmers(threading.local):
    """It keeps the word it is at: one for each thread."""

    def __init__(self) -> None:
        self.english = EnglishStemmer()


_stemmers = _Stemmers()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    if not word.isascii() or not word.isalpha():
        return word
    word = _OTHERWISE.get(word, word)
    word = _RE.sub(r'er\1', _OUR.sub(r'or\1', _IZE.sub(r'\1s\2', word)))
    found = _stemmers.english.stemWord(word)
    return _IRREGULAR.get(found, found)


def stems(word: str, language: str) -> str:
    """Its stem, in a text of this language: nobody has made one for Welsh or Gaelic."""
    return word if language.partition('-')[0] in UNSTEMMED else stem(word)
