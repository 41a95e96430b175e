"""What a typo is, and what is more: a slip put right, by which nothing is said that was not said before."""

import html
import re
from collections import Counter
from collections.abc import Sequence

from blog.models import Version, Words
from blog.models.words import LINES, TEXTS, WORDS
from ukis.differences.comparing import Budget, codes

MOST = 5
RULE = (
    f'A typo is a slip in spelling, capitals, spacing or punctuation, at most {MOST} words and signs in all. '
    'A word stays the same word: at most two letters of it differ. A small word (such as “the” or “of”) may be put in, '
    'left out or exchanged, and one said twice said once. No number and no “not” comes or goes, and paragraphs, links '
    'and pictures stay as they are. Whatever is more is a revision, which the author approves.'
)
SMALL = set(
    re.findall(r'\w+', 'a an the of to in on at for is are was were be been has have had it its that and as')
)
NUMBERS = set(
    re.findall(
        r'\w+',
        'one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty '
        'ninety hundred thousand million billion half third quarter twice percent',
    )
)
NEGATIONS = {'no', 'not', 'never', 'none', 'nor', 'neither', 'nobody', 'nothing', 'without', 'cannot'}
PREFIXES = ('un', 'in', 'im', 'ir', 'il', 'dis', 'non', 'non-', 'mis')


def why_more(before: Version, after: Words) -> str:
    """Why these words are more than a typo put right in those of `before`: a sentence, or nothing."""
    if _kept_apart(before.words()) != _kept_apart(after):
        return _more('The lead picture, the tags or the language is another.')
    old, new = _tokens(before.words()), _tokens(after)
    if any(_tags(getattr(before, name)) != _tags(getattr(after, name)) for name in TEXTS):
        return _more('Paragraphs, headings, links, pictures or notes were changed.')
    budget, count = Budget(), 0
    for kind, i1, i2, j1, j2 in codes(old, new, budget):
        if kind == 'equal':
            continue
        gone, come = old[i1:i2], new[j1:j2]
        count += max(len(gone), len(come))
        if count <= MOST and (why := _why_not(gone, come, old[:i1])):
            return _more(why)
    if budget.is_short or count > MOST:
        return _more(f'More than {MOST} words or signs were changed.')
    return ''


def _more(why: str) -> str:
    return f'This is more than a typo. {why} Such a change goes to the author for approval.'


def _kept_apart(words: Words) -> list:
    return [getattr(words, name) for name in WORDS if name not in (*LINES, *TEXTS)]


def _tags(said: str) -> list[str]:
    return re.findall('<[^>]*>', said)


def _tokens(words: Words) -> list[str]:
    """Words and signs of all texts, parted so that none runs into the next."""
    texts = [getattr(words, name) for name in LINES]
    texts += [html.unescape(re.sub('<[^>]*>', ' ', getattr(words, name))) for name in TEXTS]
    found: list[str] = []
    for text in texts:
        found += [*re.findall(r"\w+(?:[’'-]\w+)*|[^\w\s]", text), '\n']
    return found


def _why_not(gone: Sequence[str], come: Sequence[str], before: Sequence[str]) -> str:
    old, new = ([word.lower() for word in run if word[0].isalnum()] for run in (gone, come))
    said = ' '.join(gone) or 'nothing', ' '.join(come) or 'nothing'
    if '\n' in (*gone, *come):
        return 'A whole text was put in or taken out.'
    if Counter(filter(_is_number, old)) != Counter(filter(_is_number, new)):
        return f'A number was changed: “{said[0]}” became “{said[1]}”.'
    if sum(map(_negates, old)) != sum(map(_negates, new)) or _is_turned(''.join(old), ''.join(new)):
        return f'The sense was turned round: “{said[0]}” became “{said[1]}”.'
    if ''.join(old) == ''.join(new) or SMALL.issuperset([*old, *new]):
        return ''
    if not new and [word.lower() for word in before[-len(gone) :]] == [word.lower() for word in gone]:
        return ''  # said twice
    if old and new and _is_alike(''.join(old), ''.join(new), len(new)):
        return ''
    return f'It says something else: “{said[0]}” became “{said[1]}”.'


def _is_number(word: str) -> bool:
    return word in NUMBERS or any(letter.isdigit() for letter in word)


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", 'n’t'))


def _is_turned(old: str, new: str) -> bool:
    shorter, longer = sorted((old, new), key=len)
    return bool(shorter) and any(longer == f'{prefix}{shorter}' for prefix in PREFIXES)


def _is_alike(old: str, new: str, words: int) -> bool:
    from rapidfuzz.distance import OSA

    distance = OSA.distance(old, new)
    return distance <= 2 * words and distance <= max(len(old), len(new)) / 2
