"""Footnotes as a page shows them: each place that cites one can be found again, each has a named way back to it."""

import re

# Written HTML is written by `writing` alone, so it may be read by pattern here.
_LINK = re.compile(r'<a ([^>]*)>(.*?)</a>', re.DOTALL)
_THERE = re.compile(r'href="#fn-([a-z0-9-]+)"')
_BACK = re.compile(r'href="#fnref-([a-z0-9-]+)"')
_NAMED = re.compile(r'( id="| href="#)fn(ref)?-([a-z0-9-]+)"')
_ID = re.compile(r' ?\bid="[^"]*"')
_NAME = re.compile(r' id="fn(?:ref)?-[a-z0-9_-]+"')
_TAG = re.compile(r'<[^>]*>')
_BLOCK = re.compile(r'<(/?)(p|li)\b[^>]*>')

REFERENCES = 'r'  # the part of a page's names that is theirs, wherever they stand below a body

BACK = {
    'en': 'Back to the text',
    'cy': 'Yn ôl i’r testun',
    'gd': 'Air ais dhan teacsa',
    'ga': 'Ar ais chuig an téacs',
    'sco': 'Back tae the text',
}


def with_ways_back(shown: str, language: str, part: str = '') -> str:
    """`part` as for `named_apart`."""
    if '#fn' not in shown:
        return shown
    shown = named_apart(shown, part)
    places: dict[str, int] = {}
    shown = _LINK.sub(lambda link: _there(link, places), shown)
    arrows: set[str] = set()
    words = BACK.get(language.partition('-')[0], BACK['en'])
    shown = _LINK.sub(lambda link: _back(link, places, words, arrows), shown)
    for name, count in places.items():
        if name not in arrows and not (count == 1 and _is_named(shown, name)):
            shown = _at_its_end(shown, name, f' {_ways(name, count, words)}')
    return shown


def named_apart(shown: str, part: str) -> str:
    """`part`: a word for one of several texts of a page, whose notes may have the same names as another's; none for
    the first."""
    return _NAMED.sub(lambda one: f'{one[1]}fn{one[2] or ""}-{part}-{one[3]}"', shown) if part else shown


def without_names(shown: str) -> str:
    """For a letter, in which several texts stand one after the other: its links lead to the pages of the posts, and a
    name that stood there twice would be none."""
    return _NAME.sub('', shown)


def _there(link: re.Match[str], places: dict[str, int]) -> str:
    found = _THERE.search(link[1])
    if found is None:
        return link[0]
    name = found[1]
    places[name] = count = places.get(name, 0) + 1
    attributes = _ID.sub('', link[1]).strip()
    return f'<a {attributes} id="{_place(name, count)}" role="doc-noteref">{link[2]}</a>'


def _back(link: re.Match[str], places: dict[str, int], words: str, arrows: set[str]) -> str:
    """An arrow alone says nothing: words come in its place, once for each note."""
    found = _BACK.search(link[1])
    if found is None or found[1] not in places or 'id="' in link[1] or _letters(link[2]):
        return link[0]
    if found[1] in arrows:
        return ''
    arrows.add(found[1])
    return _ways(found[1], places[found[1]], words)


def _ways(name: str, count: int, words: str) -> str:
    return ' '.join(
        f'<a href="#{_place(name, number)}" role="doc-backlink">↩ {words}{f" ({number})" if count > 1 else ""}</a>'
        for number in range(1, count + 1)
    )


def _place(name: str, number: int) -> str:
    """An underscore is in no name that a writer can give."""
    return f'fnref-{name}' if number == 1 else f'fnref-{name}_{number}'


def _is_named(shown: str, name: str) -> bool:
    """Whether words lead back already, and not a number alone."""
    links = (link for link in _LINK.finditer(shown) if f'href="#fnref-{name}"' in link[1])
    return any(re.search(r'[^\W\d_]{2}', _TAG.sub('', link[2])) for link in links)


def _letters(words: str) -> bool:
    return any(letter.isalnum() for letter in _TAG.sub('', words))


def _at_its_end(shown: str, name: str, more: str) -> str:
    """At the end of the item or paragraph that is the note or holds its name; of an item's last paragraph."""
    found = re.search(rf'<(p|li|a)\b[^>]*? id="fn-{name}"', shown)
    if found is None:
        return shown
    depth = 0 if found[1] == 'a' else 1
    for tag in _BLOCK.finditer(shown, found.end()):
        depth += -1 if tag[1] else 1
        if depth <= 0:
            at = tag.start()
            before = shown[:at]
            if tag[2] == 'li' and before.endswith('</p>'):
                at -= len('</p>')
            return shown[:at] + more + shown[at:]
    return shown
