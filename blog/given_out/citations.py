"""How a post is cited: by people in words (APA, Harvard), by their programs as a file (BibTeX, RIS)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from blog.given_out.cited_names import CitedName, of_line
from blog.models.words import in_a_row
from blog.post_page import PostPage
from ukis.markup.languages import in_language

# Of longer lists APA names the first nineteen and the last.
MOST_NAMES = 20

_BLANKS = re.compile(r'\s+')
_ENDS = ('?', '!', '.', '…')
_LATEX = str.maketrans(
    {
        '\\': r'\textbackslash{}',
        '{': r'\textbraceleft{}',
        '}': r'\textbraceright{}',
        '~': r'\textasciitilde{}',
        '^': r'\textasciicircum{}',
        **{sign: f'\\{sign}' for sign in '&%$#_'},
    }
)
_IN_AN_ADDRESS = str.maketrans({'{': '%7B', '}': '%7D', '\\': '%5C', ' ': '%20'})


@dataclass(frozen=True)
class Citation:
    title: str
    names: tuple[CitedName, ...]
    on: date
    blog: str
    publisher: str
    address: str
    language: str
    standfirst: str
    tags: tuple[str, ...]
    elsewhere: str

    @property
    def apa(self) -> SafeString:
        """Its seventh edition's way with blogs: the title plain, the blog's name leaning."""
        names = _ended(_apa_names(self.names))
        on = f'({self.on.year}, {self.on:%B} {self.on.day})'
        title = format_html('{}{}', self._marked_title, _ended(self.title)[len(self.title) :])
        order = (names, f'{on}.', title) if names else (title, f'{on}.')
        return format_html(
            '{} <cite>{}</cite>. {}',
            format_html_join(' ', '{}', ((one,) for one in order)),
            self.blog,
            self.address,
        )

    @property
    def _marked_title(self) -> SafeString:
        return in_language(self.title, self.language)

    @property
    def harvard(self) -> SafeString:
        """As “Cite them right” has it. Only whoever cites knows on which day they read it."""
        who = in_a_row(_harvard_name(one) for one in self.names) or self.publisher
        return format_html(
            '{} ({}) ‘{}’, <cite>{}</cite>, {} {}. Available at: {} (Accessed: [date]).',
            who,
            self.on.year,
            self._marked_title,
            self.blog,
            self.on.day,
            f'{self.on:%B}',
            self.address,
        )

    @property
    def bibtex(self) -> str:
        fields = {
            'author': ' and '.join(_bibtex_name(one) for one in self.names),
            'title': f'{{{self.title.translate(_LATEX)}}}',  # twice in braces, so that no style makes letters small
            'howpublished': self.blog.translate(_LATEX),
            'organization': self.publisher.translate(_LATEX),
            'year': str(self.on.year),
            'month': f'{self.on:%m}'.lstrip('0'),
            'date': self.on.isoformat(),
            'url': self.address.translate(_IN_AN_ADDRESS),
            'language': self.language,
            'keywords': ', '.join(self.tags).translate(_LATEX),
            'note': f'First published at {self.elsewhere}'.translate(_LATEX) if self.elsewhere else '',
        }
        lines = [f'  {name} = {{{value}}}' for name, value in fields.items() if value]
        return f'@misc{{{self.key},\n' + ',\n'.join(lines) + '\n}\n'

    @property
    def ris(self) -> str:
        rows: list[tuple[str, str]] = [
            ('TY', 'BLOG'),
            *(('AU', _without_comma(one.family) if one.undivided else one.turned) for one in self.names),
            ('TI', self.title),
            ('T2', self.blog),
            ('PB', self.publisher),
            ('PY', str(self.on.year)),
            ('DA', f'{self.on:%Y/%m/%d}/'),
            ('LA', self.language),
            ('AB', self.standfirst),
            *(('KW', tag) for tag in self.tags),
            ('UR', self.address),
            ('N1', f'First published at {self.elsewhere}' if self.elsewhere else ''),
        ]
        lines = [f'{name}  - {_one_line(value)}' for name, value in rows if value]
        return '\r\n'.join([*lines, 'ER  - ', ''])

    @property
    def key(self) -> str:
        """By which it is cited in a text: 'lee2026readiness'."""
        family = self.names[0].family.split()[-1] if self.names and self.names[0].family else self.publisher
        word = next((one for one in self.title.split() if len(one) > 4), self.title)
        return _letters(family)[:30] + str(self.on.year) + _letters(word)[:20]


def of_post(post_page: PostPage, url: str) -> Citation:
    assert post_page.post is not None, 'only a post is cited'
    return Citation(
        title=_one_line(post_page.title),
        names=tuple(of_line(line) for line in post_page.bylines),
        on=post_page.post.published_on,
        blog=post_page.society.blog_name,
        publisher=post_page.society.name,
        address=url,
        language=post_page.language,
        standfirst=_one_line(post_page.standfirst),
        tags=tuple(tag.name for tag in post_page.tags),
        elsewhere=post_page.elsewhere_url,
    )


def _apa_names(names: Iterable[CitedName]) -> str:
    said = [f'{one.family}, {one.initials}' if one.given else one.family for one in names]
    if len(said) > MOST_NAMES:
        return f'{", ".join(said[: MOST_NAMES - 1])}, … {said[-1]}'
    if len(said) < 2:
        return ''.join(said)
    return f'{", ".join(said[:-1])}, & {said[-1]}'


def _harvard_name(one: CitedName) -> str:
    return f'{one.family}, {one.initials.replace(". ", ".")}' if one.given else one.family


def _bibtex_name(one: CitedName) -> str:
    """What has no parts stands in braces; so does a family name of several words, which would be parted else."""
    family = one.family.translate(_LATEX)
    if not one.given:
        return f'{{{family}}}'
    family = f'{{{family}}}' if ' ' in family else family
    return f'{family}, {one.given.translate(_LATEX)}'


def _ended(words: str) -> str:
    return words if not words or words.endswith(_ENDS) else f'{words}.'


def _without_comma(name: str) -> str:
    """A comma parts a name from those given with it."""
    return name.replace(', ', ' – ').replace(',', ' ')


def _letters(words: str) -> str:
    return re.sub(r'[^a-z0-9]', '', anyascii(words).lower()) or 'post'


def _one_line(words: str) -> str:
    return _BLANKS.sub(' ', words).strip()
