"""Runs: words that wear the same, and what stands between them."""

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mammoth.docx.dingbats import dingbats

from ukis.documents.paragraphs import LineWritten
from ukis.documents.trees import NO_WORDS, child, chosen, value

if TYPE_CHECKING:
    from ukis.documents.body import Body

_PRIVATE = re.compile('[\uf020-\uf0ff]')
_SYMBOLS = ('Symbol', 'Wingdings', 'Webdings', 'Wingdings 2', 'Wingdings 3')
_POINTED_OUT = {
    'highlight': 'highlight',
    'underlined': 'underlining',
    'coloured': 'colour',
    'capitals': 'capitals',
}
_CHARACTERS = {'tab': ' ', 'ptab': ' ', 'noBreakHyphen': '\u2011'}
_NO_COLOUR = ('', 'auto', '000000', 'FFFFFF')


class Runs:
    def __init__(self, body: 'Body') -> None:
        self.body, self.found = body, body.found
        self.main_language = body.styles.language
        self.font = ''
        self.style: str | None = None  # of the paragraph

    def write(self, run: Element, line: LineWritten) -> None:
        properties = child(run, 'w:rPr')
        worn = self.body.styles.worn(properties, self.style) | _looks(properties, bool(line.link))
        self._point_out(run, worn, line)
        line.worn = worn
        line.language = value(properties, 'w:lang') or self.main_language
        self.font = font_of(properties)
        left = 'hidden' if 'hidden' in worn else 'struck' if 'struck' in worn else ''
        self.body.dropping += [left] if left else []
        self._pieces(run, line)
        del self.body.dropping[len(self.body.dropping) - bool(left) :]

    def _point_out(self, run: Element, worn: set[str], line: LineWritten) -> None:
        """Each once, however many runs it goes over."""
        words = ''.join(word.text or '' for word in run.iter('w:t'))
        if not words.strip() or self.body.is_left_out:
            return
        for what, kind in _POINTED_OUT.items():
            if what in worn and what not in line.worn:
                self.found.tell(kind, shown=words if kind == 'highlight' else '')
        for kind in ('hidden', 'struck'):
            self.found.tell(kind, kind in worn and kind not in line.worn)

    def _pieces(self, node: Element, line: LineWritten) -> None:
        body = self.body
        for one in node:
            name = one.tag.removeprefix('w:')
            if name == 't':
                self._text(one.text or '', line)
            elif name in _CHARACTERS:
                line.text(_CHARACTERS[name], body.why_left_out)
            elif name in ('br', 'cr'):
                line.line_break(body.why_left_out)
            elif name == 'fldChar':
                body.begin_result(body.fields.mark(one), line)
            elif name == 'instrText':
                body.fields.read(one.text or '')
            elif name in ('footnoteReference', 'endnoteReference'):
                self._note(name.removesuffix('Reference'), one.get('w:id', ''), line)
            else:
                self._rare(name, one, line)

    def _rare(self, name: str, one: Element, line: LineWritten) -> None:
        if name == 'sym':
            self._symbol(one.get('w:font', ''), one.get('w:char', ''), line)
        elif name == 'ruby':
            self._ruby(one, line)
        elif name == 'mc:AlternateContent':
            self._pieces(chosen(one), line)
        elif one.tag in self.body.known:
            self.body.known[one.tag](one, line)
        elif name not in NO_WORDS:
            self._pieces(one, line)  # what nobody knows is looked into

    def _text(self, words: str, line: LineWritten) -> None:
        if self.font in _SYMBOLS or _PRIVATE.search(words):
            for letter in words:
                if _PRIVATE.match(letter) or self.font in _SYMBOLS:
                    self._symbol(self.font, f'{ord(letter):04X}', line)
                else:
                    self._text_as_it_is(letter, line)
        else:
            self._text_as_it_is(words, line)

    def _text_as_it_is(self, words: str, line: LineWritten) -> None:
        body = self.body
        link = line.link
        line.link = link or body.fields.link
        line.text(words.replace('\xad', ''), body.why_left_out)
        line.link = link
        if not body.is_left_out and line.language:
            self.found.languages[line.language] += len(words.split())

    def _symbol(self, font: str, code: str, line: LineWritten) -> None:
        character = symbol(font, code)
        if not character:
            self.found.tell('symbol')
        line.text(character, self.body.why_left_out)

    def _ruby(self, one: Element, line: LineWritten) -> None:
        base, above = child(one, 'w:rubyBase'), child(one, 'w:rt')
        if base is not None:
            self.body.inline(base, line)
        words = ''.join(word.text or '' for word in above.iter('w:t')) if above is not None else ''
        self.found.tell('ruby')
        self.found.leave_out('ruby', words)

    def _note(self, kind: str, key: str, line: LineWritten) -> None:
        if self.body.in_notes:
            return
        note = self.body.known_notes.get((kind, key))
        if note and self.body.is_left_out:
            line.text(
                f' {" ".join(word.text or "" for word in note[1].iter("w:t"))} ', self.body.why_left_out
            )
        elif self.body.is_left_out:
            return
        elif (number := self.body.notes.get((kind, key))) is not None:
            self._note_again(kind, key, number, line)
        elif note:
            self.body.notes[kind, key] = len(self.body.notes) + 1
            line.note(kind, key)
        else:
            self.found.tell('lost note')

    def _note_again(self, kind: str, key: str, number: int, line: LineWritten) -> None:
        """A second mark leads to the note that the first one has."""
        (link, line.link), (worn, line.worn) = (line.link, f'#{kind}-{key}'), (line.worn, {'raised'})
        line.text(f'[{number}]', '')
        line.link, line.worn = link, worn


def font_of(properties: Element | None) -> str:
    font = child(properties, 'w:rFonts')
    return font.get('w:ascii', '') if font is not None else ''


def shown_in(font: str, words: str) -> str:
    """Words as their font shows them."""
    if font not in _SYMBOLS and not _PRIVATE.search(words):
        return words
    return ''.join(
        symbol(font, f'{ord(letter):04X}') if font in _SYMBOLS or _PRIVATE.match(letter) else letter
        for letter in words
    )


def symbol(font: str, code: str) -> str:
    """The character that a sign of a symbol font shows; '' where nobody knows."""
    try:
        number = int(code, 16)
    except ValueError:
        return ''
    found = dingbats.get((font, number)) or dingbats.get((font, number & 0xFF))
    if found is None and not 0xF000 <= number <= 0xF0FF and number < 0x110000:
        return chr(number)
    return chr(found) if found else ''


def _looks(properties: Element | None, is_link: bool) -> set[str]:
    found = set()
    ground = child(properties, 'w:shd')
    fill = ground.get('w:fill', '') if ground is not None else ''
    if value(properties, 'w:highlight') not in (None, '', 'none') or fill not in _NO_COLOUR:
        found.add('highlight')
    if not is_link and value(properties, 'w:u') not in (None, '', 'none'):
        found.add('underlined')
    if not is_link and value(properties, 'w:color') not in (None, *_NO_COLOUR):
        found.add('coloured')
    return found
