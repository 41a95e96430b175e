"""Which words of two texts are the same, at a price that is known beforehand."""

from collections.abc import Sequence
from itertools import pairwise

MOST_STEPS = 4_000_000
SENTENCE_ENDS = {'.', '?', '!', '…'}

# A run of words (or other things) that both have: where it begins in the one, in the other, and how long it is.
type Run = tuple[int, int, int]
# As difflib's opcodes: what became of old[i1:i2] and new[j1:j2].
type Code = tuple[str, int, int, int, int]


class Budget:
    """What comparing two versions may cost, over all their texts together. A step is 64 pairs of words compared, or
    one word looked at to find a paragraph's earlier self. What is not paid for counts as replaced."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps
        self.is_short = False

    def pays(self, steps: int) -> bool:
        if steps > self.left:
            self.is_short = True
            return False
        self.left -= steps
        return True


def common(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Run]:
    """As many as there can be, in order; what is the same at both ends costs nothing."""
    from rapidfuzz.distance import LCSseq  # in C, and of use to nobody but those who compare

    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    runs: list[Run] = [(0, 0, head)]
    numbers: dict[str, int] = {}
    one, other = (
        [numbers.setdefault(word, len(numbers)) for word in words[head : len(words) - tail]]
        for words in (old, new)
    )
    if one and other and budget.pays(len(one) * (len(other) // 64 + 1)):
        runs += [
            (code.src_start + head, code.dest_start + head, code.src_end - code.src_start)
            for code in LCSseq.opcodes(one, other)
            if code.tag == 'equal'
        ]
    return [run for run in [*runs, (len(old) - tail, len(new) - tail, tail)] if run[2]]


def codes(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Code]:
    """Words alone are matched; a blank is the same where the words beside it are."""
    at_old = [n for n, word in enumerate(old) if not word.isspace()]
    at_new = [n for n, word in enumerate(new) if not word.isspace()]
    words_old, words_new = [old[n] for n in at_old], [new[n] for n in at_new]
    runs = common(words_old, words_new, budget)
    runs = _slid(_without_strays(runs, words_old, words_new), words_old, words_new)
    out: list[Code] = []
    i = j = 0
    same = [(at_old[a + n], at_new[b + n]) for a, b, length in runs for n in range(length)]
    for p, q in [*same, (len(old), len(new))]:
        shortest = min(p - i, q - j)
        before = next((n for n in range(shortest) if old[i + n] != new[j + n]), shortest)
        left = shortest - before
        after = next((n for n in range(left) if old[p - 1 - n] != new[q - 1 - n]), left)
        _add(out, i, i + before, j, j + before)
        _add(out, i + before, p - after, j + before, q - after, changed=True)
        _add(out, p - after, p, q - after, q)
        i, j = min(p + 1, len(old)), min(q + 1, len(new))
        _add(out, p, i, q, j)
    return out


def _add(out: list[Code], i1: int, i2: int, j1: int, j2: int, *, changed: bool = False) -> None:
    if i1 == i2 and j1 == j2:
        return
    if changed:
        out.append(('insert' if i1 == i2 else 'delete' if j1 == j2 else 'replace', i1, i2, j1, j2))
    elif out and out[-1][0] == 'equal':
        out[-1] = ('equal', out[-1][1], i2, out[-1][3], j2)
    else:
        out.append(('equal', i1, i2, j1, j2))


def _without_strays(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Two or three words that happen to be the same in sentences that are not help nobody to read them."""
    kept: list[Run] = []
    end_old = end_new = 0
    for (a, b, length), (c, d, _) in pairwise([*runs, (len(old), len(new), 0)]):
        before, after = max(a - end_old, b - end_new), max(c - a - length, d - b - length)
        stray = length <= 3 and 2 * length <= min(before, after)
        if stray and not any(word.startswith('<') for word in old[a : a + length]):
            continue
        kept.append((a, b, length))
        end_old, end_new = a + length, b + length
    return kept


def _slid(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """What only came, or only went, may often be said to begin at several words: at a sentence's is best."""
    out: list[Run] = []
    for a, b, length in runs:
        if out:
            c, d, before = out[-1]
            gone, come = a - c - before, b - d - before
            if bool(gone) != bool(come):
                words, start, wide = (old, c + before, gone) if gone else (new, d + before, come)
                by = _best(words, start, wide, before, length)
                out[-1] = (c, d, before + by)
                a, b, length = a + by, b + by, length - by
        out.append((a, b, length))
    return [run for run in out if run[2]]


def _best(words: Sequence[str], start: int, wide: int, before: int, after: int) -> int:
    """By how many words words[start:start + wide] is best moved, where it reads the same."""
    left = next((n for n in range(before) if words[start - 1 - n] != words[start + wide - 1 - n]), before)
    right = next((n for n in range(after) if words[start + n] != words[start + wide + n]), after)

    def reads(by: int) -> tuple[bool, bool, int]:
        at = start + by
        begins = at == 0 or words[at - 1] in SENTENCE_ENDS
        return begins, words[at + wide - 1] in SENTENCE_ENDS, -abs(by)

    return max(range(-left, right + 1), key=reads)
