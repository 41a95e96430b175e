"""The blocks that a post is made of, and how neighbours among them come together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .parsing import HEADINGS
from .runs import SPACE, Run, merged, paragraphs


@dataclass(slots=True)
class Block:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)  # of p, headings, figcaption, pre
    children: list['Block'] = field(default_factory=list)  # of everything that holds blocks


def item(children: list[Block], name: str = '') -> Block:
    """An item takes over the id of its first paragraph, whose tag may not be written."""
    name = name or children[0].attrs.pop('id', '')
    return Block('li', {'id': name} if name else {}, children=children)


def joined(blocks: Iterable[Block]) -> list[Run]:
    """The words of all these blocks in one line."""
    runs: list[Run] = []
    for block in blocks:
        inner = [Run(SPACE.sub(' ', run.text), run.marks) for run in block.runs] or joined(block.children)
        runs += [Run(' ')] * bool(runs and inner) + inner
    return next(iter(paragraphs(runs)), [])


def parted(blocks: list[Block]) -> list[Block]:
    """A rule stands between two blocks or nowhere."""
    found: list[Block] = []
    for block in blocks:
        if block.tag != 'hr' or (found and found[-1].tag != 'hr'):
            found.append(block)
    if found and found[-1].tag == 'hr':
        found.pop()
    return found


def gathered(blocks: list[Block], items: bool = True) -> list[Block]:
    """Loose items in lists, Word's numbered paragraphs in nested ones, its quoted paragraphs in quotations."""
    found: list[Block] = []
    word: list[tuple[int, Block]] = []  # the open lists, outermost first
    for block in blocks:
        if block.tag == 'word-item':
            _add_word_item(found, word, block)
            continue
        word = []
        if block.tag == 'li' and items:
            _add(found, 'ul', [block])
        elif block.tag == 'word-quote':
            _add(found, 'blockquote', block.children)
        else:
            found.append(block)
    for block in found:
        block.attrs.pop('loose', None)
    return found


def _add(found: list[Block], tag: str, children: list[Block]) -> None:
    if not (found and found[-1].tag == tag and found[-1].attrs.get('loose')):
        found.append(Block(tag, {'loose': '1'}))
    found[-1].children += children


def _add_word_item(found: list[Block], word: list[tuple[int, Block]], block: Block) -> None:
    level, kind = int(block.attrs['level']), block.attrs['kind']
    while word and (word[-1][0] > level or (word[-1][0] == level and word[-1][1].tag != kind)):
        word.pop()
    if not word or word[-1][0] < level:
        start = {'start': block.attrs['start']} if 'start' in block.attrs else {}
        fresh = Block(kind, start)
        (word[-1][1].children[-1].children if word else found).append(fresh)
        word.append((level, fresh))
    word[-1][1].children.append(item(block.children))


def demoted(blocks: list[Block]) -> list[Block]:
    for block in blocks:
        if block.tag in HEADINGS:
            block.tag = 'p'
            block.runs = merged([Run(run.text, run.marks | {'strong'}) for run in block.runs])
    return blocks


def levelled(blocks: list[Block], fragment: bool) -> list[Block]:
    """No heading skips a level, and the first is an h2; that of a `fragment` keeps its own."""
    last = 4 if fragment else 1
    for block in blocks:
        if block.tag in HEADINGS:
            last = min(int(block.tag[1]), last + 1)
            block.tag = f'h{last}'
    return blocks
