"""The one place where HTML becomes safe: what people type, paste or send goes through `clean` at save.

A text is made of paragraphs, headings (h2 to h4), lists, quotations, tables, figures, preformatted text and
rules, with strong, em, sub, sup, code, links and footnotes in them; all else is left out, its words are kept.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from ukis.pictures.models import Picture

from .breaking import breakable
from .describing import described, descriptions, undescribed
from .footnotes import renamed
from .languages import OF_PAGES, in_language, with_languages
from .never import for_the_browser
from .notes_shown import REFERENCES, with_ways_back, without_names
from .numbering import number
from .parsing import BLOCKS, VOID, Element, read, scrub
from .passing import TextPart, addresses, minutes, parts, with_links_to_parts, with_names
from .plain_copy import plain_copy
from .rendering import (
    absolute,
    blocks,
    count_words,
    picture_hashes,
    pictures_in,
    pictures_left_out,
    render,
    to_text,
    undescribed_pictures,
)
from .serialising import sanitise, write
from .shaping import Shaper
from .telling import KINDS, Told, word_count

__all__ = [
    'KINDS',
    'MAX_LENGTH',
    'OF_PAGES',
    'REFERENCES',
    'Cleaned',
    'TextPart',
    'Told',
    'absolute',
    'addresses',
    'blocks',
    'clean',
    'cleaned',
    'count_words',
    'described',
    'descriptions',
    'for_reading',
    'for_the_browser',
    'in_language',
    'minutes',
    'parts',
    'pasted',
    'picture_hashes',
    'pictures_in',
    'pictures_left_out',
    'plain_copy',
    'render',
    'shaped',
    'to_text',
    'undescribed',
    'undescribed_pictures',
    'with_languages',
    'with_links_to_parts',
    'with_ways_back',
    'without_names',
    'word_count',
]

MAX_LENGTH = 1_000_000  # characters, a long book; with its pictures elsewhere, no post comes near
MAX_SIGNS = 50_000  # of & < > among the words; nobody writes so, and parsers slow down with their square
LONG_LINE = 120  # nobody breaks lines by hand at this length: such a line is a paragraph

_TAGS = {
    *BLOCKS,
    *VOID,
    *re.findall(
        r'\w+',
        'a abbr acronym audio b bdi bdo big blink button canvas cite code data datalist del dfn em font '
        'iframe i ins kbd label map mark math meter noscript object output picture progress q rp rt '
        'ruby s samp script select slot small span strike strong style sub sup svg template time title '
        'tt u var video ',
    ),
}
_A_TAG = re.compile(
    r'<(?:!--|!doctype|/?([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])|/?[a-z][a-z0-9]*:[a-z])', re.IGNORECASE
)
_BARE_ADDRESS = re.compile(r'<(?=https?://|mailto:|[^\s<>"\'=/]{1,100}@[^\s<>"\'=]{1,200}>)', re.IGNORECASE)


class Cleaned(NamedTuple):
    html: str
    told: Told  # what was left out of it and what came in changed


def clean(source: str) -> str:
    """Safe, minimal, valid HTML of anybody's HTML or plain text; '' where there are no words and no pictures.

    `clean(clean(x)) == clean(x)`. No word is lost untold. Raises ValueError, with a sentence for the person,
    where it is longer than MAX_LENGTH, as sent or as written.
    """
    return cleaned(source).html


def cleaned(source: str) -> Cleaned:
    """The same, with what is to be told of it."""
    _check_length(source)
    if not _is_html(source):
        source = _paragraphs(source)
    return _shaped(read(_BARE_ADDRESS.sub('&lt;', source)), Shaper())


def pasted(source: str, *, beside: str = '', taken: Iterable[str] = ()) -> Cleaned:
    """HTML of a clipboard, to be put into a text whose notes have the ids `taken`. Raises as `clean` does.

    `beside`: the plain text that came with it.
    """
    _check_length(source)
    body = read(source)
    number(body, beside)
    made = _shaped(body, Shaper(fragment=True))
    return Cleaned(renamed(made.html, set(taken)), made.told)


def shaped(body: Element) -> Cleaned:
    """The same of a tree that somebody else read."""
    return _shaped(body, Shaper())


def for_reading(
    stored: str,
    *,
    language: str,
    part: str = '',
    from_level: int = 2,
    pictures: Sequence[Picture] | None = None,
) -> SafeString:
    """As `render` shows it, with named ways back from its notes, headings that can be linked to, and addresses in which
    a line may end. `part`: a word of its own for each of several texts on one page."""
    shown = with_ways_back(render(stored, from_level=from_level, pictures=pictures), language, part)
    return mark_safe(breakable(with_names(shown) if not part else shown))  # noqa: S308 - what `render` gave, and names


def _shaped(body: Element, shaper: Shaper) -> Cleaned:
    written = write(shaper.shape(body), shaper.told, fragment=shaper.fragment)
    _check_length(written)
    return Cleaned(sanitise(written), shaper.told)


def _check_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ValueError(
            f'The text is too long ({len(text):,} characters; the most is {MAX_LENGTH:,}). '
            'Pictures pasted into it may be the reason: add them with the picture button instead.'
        )
    if text.count('&amp;') + text.count('&lt;') + text.count('&gt;') > MAX_SIGNS:
        raise ValueError('This does not look like a text: it has too many of the signs &, < and >.')


def _is_html(source: str) -> bool:
    return any(not found[1] or found[1].lower() in _TAGS for found in _A_TAG.finditer(source))


def _paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line parts paragraphs; where there is none, every line is one.

    So is every long line.
    """
    lines = [line.strip() for line in scrub(text).split('\n')]
    spaced = '' in lines[1:-1]
    written = ['']
    for line in lines:
        if not line or not spaced or len(line) > LONG_LINE or len(written[-1]) > LONG_LINE:
            written.append(html.escape(line, quote=False))
        else:
            written[-1] += ('<br>' if written[-1] else '') + html.escape(line, quote=False)
    return ''.join(f'<p>{paragraph}</p>' for paragraph in written if paragraph)
