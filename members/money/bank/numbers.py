"""The number of an invoice in what a payer wrote: with or without prefix and zeros, run together with words, cut off
at the bank's eighteenth letter; and the payer's name in it."""

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

CUT_AT = 18
LONGEST = 9  # digits of a number of ours, zeros before it aside
_MONEY = re.compile(r'£\s?[\d,]+(?:\.\d{2})?|\d[\d,]*\.\d{2}(?!\d)')
_THOUSANDS = re.compile(r'(?<!\d)(\d{1,3}),(\d{3})(?!\d)')
# Of which there are many: they tell nobody from another.
_COMMON = {
    'the', 'and', 'for', 'with', 'of', 'university', 'universities', 'college', 'institute',
    'institution', 'society', 'council', 'trust', 'health', 'board', 'limited', 'plc', 'charity',
    'foundation', 'centre', 'center', 'school', 'department', 'national', 'royal', 'services', 'service',
    'association', 'group', 'scotland', 'scottish', 'england', 'english', 'wales', 'welsh', 'northern',
    'ireland', 'irish', 'british', 'payment', 'membership', 'invoice', 'subscription', 'fee', 'fees',
    'bacs', 'transfer', 'faster', 'ref', 'reference', 'from',
}  # fmt: skip


@dataclass(frozen=True)
class Numbered:
    """`plain`: numbers that stand there as such, in their order. The rest may hide one."""

    plain: tuple[int, ...]
    runs: tuple[str, ...]  # all digits that stand together
    cut: str = ''  # digits with which the words end, where the bank cut them off

    def hides(self, number: int) -> bool:
        """Whether this number stands inside other digits, or is cut off at the end."""
        said = str(number)
        inside = any(said in run for run in self.runs if len(run) <= 20)
        return inside or (len(self.cut) >= 3 and said.startswith(self.cut))


def numbers_in(text: str) -> Numbered:
    words = unicodedata.normalize('NFKC', text)
    bare = _MONEY.sub(' ', words)
    joined = [first + last for first, last in _THOUSANDS.findall(bare)]
    runs = re.findall(r'[0-9]+', bare)
    runs += joined
    plain = [int(run) for run in runs if len(run.lstrip('0')) in range(1, LONGEST + 1)]
    end = re.search(r'([0-9]+)$', bare)
    cut = end[1].lstrip('0') if end and len(words.strip()) >= CUT_AT else ''
    return Numbered(tuple(dict.fromkeys(plain)), tuple(runs), cut)


def names_in(text: str, name: str) -> bool:
    """Whether a word that tells this payer from others stands in the text, whole or cut off after four letters."""
    theirs = _telling(name)
    return any(mine.startswith(word) or word.startswith(mine) for word in _telling(text) for mine in theirs)


def _telling(text: str) -> set[str]:
    words = re.findall(r'[a-z]{4,}', anyascii(text).lower())
    return {word for word in words if word not in _COMMON}
