"""From a tree of anybody's elements to the few blocks and marks that a post is made of."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from . import styles
from .block import Block, demoted, gathered, levelled, parted
from .flow import Flow, Place
from .footnotes import note_id
from .never import prune
from .parsing import HEADINGS, Element
from .tables import shape_table
from .telling import Told


class Shaper:
    """One pass over one tree. `told` counts what a person would want to know of.

    A `fragment` is put into another text: its first heading keeps its level, and its notes may wait there.
    """

    def __init__(self, *, fragment: bool = False) -> None:
        self.told = Told()
        self.looks = styles.Looks()
        self.fragment = fragment
        self.heading_shift = 0
        self.notes: set[str] = set()  # the ids of notes in the tree

    def shape(self, body: Element) -> list[Block]:
        prune(body, self.told)
        self._look_through(body)
        blocks = levelled(self.flow(body.children, Place()), self.fragment)
        looks = self.looks
        self.told.add('colour', max(len(looks.colours) - 1, 0) + len(looks.grounds))
        self.told.add('font', max(len(looks.fonts) - 1, 0))
        return blocks

    def _look_through(self, node: Element) -> None:
        for child in node.children:
            if isinstance(child, Element):
                self.heading_shift |= child.tag == 'h1'
                self.notes |= {note_id(child.attrs.get(name, '')) for name in ('id', 'name')}
                self._look_through(child)

    def flow(self, nodes: Sequence[Element | str], place: Place) -> list[Block]:
        """The blocks that these nodes make; loose words become paragraphs."""
        flow = Flow(self)
        flow.walk(nodes, place)
        flow.end_paragraph()
        tags = ['', *(block.tag for block in flow.blocks)]
        self.told.add('loose list', sum(pair[0] != 'li' == pair[1] for pair in pairwise(tags)))
        return parted(gathered(flow.blocks))

    def contained(self, nodes: Sequence[Element | str], place: Place) -> list[Block]:
        """As `flow`, for lists, quotations and cells, where a heading is only a bold paragraph."""
        return self.demoted(self.flow(nodes, replace(place, listed=False)))

    def table(self, node: Element, place: Place) -> list[Block]:
        return shape_table(self, node, place)

    def demoted(self, blocks: list[Block]) -> list[Block]:
        self.told.add('inner heading', sum(block.tag in HEADINGS for block in blocks))
        return demoted(blocks)

    def restyled(self, place: Place, node: Element) -> Place:
        """What the style says of bold, italic, raised and lowered; the rest of it is left out."""
        if node.tag != 'font' and 'style' not in node.attrs:
            return place
        said = styles.said(node)
        self.looks.see(node, said)
        return replace(place, marks=styles.restyled(place.marks, said))
