"""The numbers that a word processor writes before items of lists, and the text does not hold."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ukis.documents.styles import Styles
from ukis.documents.trees import child, value

LEVELS = 9
_KINDS = {'lowerLetter': 'a', 'upperLetter': 'A', 'lowerRoman': 'i', 'upperRoman': 'I'}


@dataclass(frozen=True)
class Item:
    level: int
    ordered: bool
    number: int = 1
    kind: str = ''  # as HTML's `type` says: a, A, i, I
    goes_on: bool = False
    is_as_shown: bool = True  # whether HTML can number it so: not ‘1st’, not ‘2.1’


@dataclass(frozen=True)
class _Level:
    form: str
    start: int
    is_shown: bool = True
    is_single: bool = True  # it shows its own number, without those of the levels above it


class ListNumbers:
    def __init__(self, tree: Element | None, styles: Styles) -> None:
        self.abstract: dict[str, dict[int, _Level]] = {}
        self.links: dict[str, str] = {}  # to the style that says what this list is
        self.lists: dict[str, str] = {}
        self.overrides: dict[str, dict[int, int]] = {}
        self.counted: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        self.styles = styles
        for one in tree if tree is not None else ():
            if one.tag == 'w:abstractNum':
                self._take_abstract(one)
            elif one.tag == 'w:num':
                self._take(one)

    def _take_abstract(self, one: Element) -> None:
        key = one.get('w:abstractNumId', '')
        self.links[key] = value(one, 'w:numStyleLink') or ''
        self.abstract[key] = {
            _number(level.get('w:ilvl'), 0): _level(level) for level in one if level.tag == 'w:lvl'
        }

    def _take(self, one: Element) -> None:
        key = one.get('w:numId', '')
        self.lists[key] = value(one, 'w:abstractNumId') or ''
        self.overrides[key] = {
            _number(level.get('w:ilvl'), 0): _number(value(level, 'w:startOverride'), 1)
            for level in one
            if level.tag == 'w:lvlOverride' and child(level, 'w:startOverride') is not None
        }

    def next(self, key: str, level: int) -> Item | None:
        """The item that this paragraph is; None where it is in no list. Where nothing is shown before it, it goes on
        with the item above."""
        abstract = self.lists.get(key)
        if abstract is None:
            return None
        level = min(level, LEVELS - 1)
        form = self._level(abstract, level)
        counted = self.counted.setdefault(abstract, {})
        if level in self.overrides[key] and (key, level) not in self.begun:
            counted[level] = self.overrides[key][level]
        else:
            counted[level] = counted.get(level, form.start - 1) + 1
        self.begun.add((key, level))
        for deeper in range(level + 1, LEVELS):
            counted.pop(deeper, None)
        if not form.is_shown:
            return Item(level, ordered=False, goes_on=True)
        if form.form == 'bullet':
            return Item(level, ordered=False)
        plain = form.is_single and (form.form == 'decimal' or form.form in _KINDS)
        kind = _KINDS.get(form.form, '')
        return Item(level, ordered=True, number=counted[level], kind=kind, is_as_shown=plain)

    def _level(self, abstract: str, level: int) -> _Level:
        if link := self.links.get(abstract):
            abstract = self.lists.get(self.styles.numbering.get(link, ''), abstract)
        return self.abstract.get(abstract, {}).get(level, _Level('decimal', 1))


def _level(level: Element) -> _Level:
    form, shown = value(level, 'w:numFmt') or 'decimal', value(level, 'w:lvlText')
    is_shown = form != 'none' and (shown is None or shown.strip() != '')
    return _Level(form, _number(value(level, 'w:start'), 1), is_shown, (shown or '').count('%') < 2)


def _number(said: str | None, default: int) -> int:
    return int(said) if said and re.fullmatch('[0-9]{1,4}', said) else default
