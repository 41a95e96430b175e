"""What is told of a document: what was left out and what came in changed, by kind and number, what only its author can
judge, and the proof that no word went without being told."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ukis import markup
from ukis.markup.parsing import scrub
from ukis.markup.telling import KINDS, Kind, Told

_UNSEEN = ('deletion', 'hidden')  # a reader did not see these words either
SHOWN = 12  # words for which nothing accounts, as they are named
_NOTE = re.compile(r'<a href="#fn[^"]*"[^>]*>.*?</a>')


def _left(one: str, many: str) -> Kind:
    return Kind(one, many, counts_words=True)


def _changed(one: str, many: str) -> Kind:
    return Kind(one, many, left_out=False)


# In the order in which they are told; what pasting tells too has its words there.
OF_DOCUMENTS = {
    'around': _left('header or footer', 'headers or footers'),
    'watermark': Kind('watermark', 'watermarks'),
    'contents': _left('table of contents', 'tables of contents'),
    'author': _left('line with an author’s name or a date', 'lines with authors’ names or dates'),
    'prompt': _left('prompt that nobody filled in', 'prompts that nobody filled in'),
    'field code': _left('field’s code', 'fields’ codes'),
    'inserted file': _left('inserted file', 'inserted files'),
    'covered cell': _left('covered cell of a table', 'covered cells of tables'),
    'chart': _left('chart', 'charts'),
    'unseen picture': Kind(
        'picture in a format that cannot be shown here', 'pictures in formats that cannot be shown here'
    ),
    'too many pictures': Kind('picture beyond the first hundred', 'pictures beyond the first hundred'),
    'ruby': _left('reading aid above words', 'reading aids above words'),
    'symbol': Kind('sign of a symbol font that is not known', 'signs of symbol fonts that are not known'),
    'lost note': Kind('mark of a note that is not in the file', 'marks of notes that are not in the file'),
    'heading of references': Kind(
        'heading of the references, for their place has one', 'headings of the references, for their place has one'
    ),
    'heading number': Kind('automatic number of a heading', 'automatic numbers of headings'),
    'capitals': Kind('use of capitals as a style', 'uses of capitals as a style'),
    'equation': Kind(
        'equation is a place to be filled', 'equations are places to be filled', left_out=False, counts_words=True
    ),
    'SmartArt': _changed('SmartArt is a place and its words now', 'SmartArt drawings are places and their words now'),
    'note without a mark': _changed(
        'note on the title or the subtitle stands among the notes without its mark',
        'notes on the title or the subtitle stand among the notes without their marks',
    ),
    'move': _changed('moved passage stands at its new place', 'moved passages stand at their new places'),
    'text box': _changed(
        'text box stands after its paragraph', 'text boxes stand after their paragraphs'
    ),
    'citation': _changed('citation is plain text now', 'citations are plain text now'),
    'page number': _changed('reference to a page is plain text now', 'references to pages are plain text now'),
    'list number': _changed('item of a list has a plain number now', 'items of lists have plain numbers now'),
    'inner link': _changed(
        'link within the document is plain text now', 'links within the document are plain text now'
    ),
}  # fmt: skip
_TO_LOOK_AT = {
    'bold paragraph': (
        '1 paragraph is all bold: make it a heading if it is one',
        '{} paragraphs are all bold: make them headings if they are some',
    ),
    'list by hand': (
        '1 line has a number or a bullet typed by hand',
        '{} lines have numbers or bullets typed by hand',
    ),
    'highlight': ('1 passage was highlighted', '{} passages were highlighted'),
    'layout table': (
        '1 table seems made to put things side by side',
        '{} tables seem made to put things side by side',
    ),
    'right-to-left': ('1 paragraph runs from right to left', '{} paragraphs run from right to left'),
    'another language': (
        '1 other language is marked in the document',
        '{} other languages are marked in the document',
    ),
}


def sentences(
    answer: Mapping[str, Any], cleaned: Told, result: Iterable[str], stored: Iterable[str]
) -> list[str]:
    """`result`: the plain texts that came of it; `stored`: those that came as HTML."""
    told = Told(Counter(answer['counts']), _words_left(answer)) + cleaned
    kinds = KINDS | OF_DOCUMENTS
    proof = _proof(answer, [*result, *(markup.to_text(_NOTE.sub('', html)) for html in stored)])
    return [proof[0], *told.sentences(kinds), *_to_look_at(answer), *proof[1:]]


def _words_left(answer: Mapping[str, Any]) -> Counter[str]:
    return Counter({kind: len(_words('\n'.join(texts))) for kind, texts in answer['words'].items()})


def _to_look_at(answer: Mapping[str, Any]) -> list[str]:
    told = []
    for kind, (one, many) in _TO_LOOK_AT.items():
        if count := answer['counts'].get(kind, 0):
            examples = answer['examples'].get(kind, [])
            shown = ', '.join(f'“{words}”' for words in examples)
            said = one if count == 1 else many.format(f'{count:,}')
            told.append(f'Please look at: {said}{f" ({shown})" if shown else ""}.')
    return told


def _proof(answer: Mapping[str, Any], result: Sequence[str]) -> list[str]:
    """The two counts, and what stands between them once all that is told is taken off."""
    seen = _words(answer['seen'])
    left = [
        word
        for kind, texts in answer['words'].items()
        if kind not in _UNSEEN
        for word in _words('\n'.join(texts))
    ]
    here = Counter(_words('\n'.join(result))) - Counter(_words('\n'.join(answer['added'])))
    missing = Counter(seen) - Counter(left) - here
    extra = here + Counter(left) - Counter(seen)
    # Words that are only parted otherwise have all their letters on the other side.
    lost = _letters(missing) - _letters(extra)
    unaccounted = [word for word in missing.elements() if set(word) & set(lost)] if lost else []
    standing = here.total()
    told = [f'Words of the document as its reader sees it: {len(seen):,}; here: {standing:,}.']
    if parted := len(seen) - len(left) - len(unaccounted) - standing:
        told.append(f'Written together or apart otherwise than there: {number(abs(parted))}.')
    if unaccounted:
        shown = ', '.join(f'“{word}”' for word in unaccounted[:SHOWN])
        told.append(
            f'Not accounted for: {number(len(unaccounted))} ({shown}{" …" if len(unaccounted) > SHOWN else ""}). '
            'Please compare with your document.'
        )
    return told


def _letters(words: Counter[str]) -> Counter[str]:
    return Counter(letter for letter in ''.join(words.elements()) if letter.isalnum())


def _words(text: str) -> list[str]:
    """As a word processor counts them."""
    return [word for word in scrub(text).split() if any(letter.isalnum() for letter in word)]


def number(count: int) -> str:
    return f'{count:,} word{"" if count == 1 else "s"}'
