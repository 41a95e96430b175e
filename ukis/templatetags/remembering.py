"""`{% remember post=post level=3 %}…{% endremember %}`: drawn once for all that these names hold.

Inside, nothing else is known: what is not named is not there, so that no part can show what its key does not hold.
What cannot be told by its values, as a sample that is no row, is drawn each time.
"""

import re
from collections.abc import Hashable
from itertools import count

from django import template
from django.template.base import FilterExpression, NodeList, Parser, TextNode, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from ukis.remembered import PARTS, values_of

register = template.Library()

# Before and after these a blank shows nowhere, however they are styled: they stand in lines of their own, beside one
# another in boxes, or in the head of a page.
_LISTED = (
    'address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6',
    'header hr legend li link main meta nav ol optgroup option p script section summary table tbody td th thead title',
    'tr ul',
)
_APART = frozenset(' '.join(_LISTED).split())
_NAME = re.compile(r'</?([a-z][a-z0-9]*)')
# Of what keeps its lines nothing is touched.
_KEPT = re.compile(r'(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)', re.DOTALL)

_number = count()


class RememberNode(template.Node):
    def __init__(self, given: dict[str, FilterExpression], inside: NodeList) -> None:
        self.given, self.inside = given, inside
        self.number = next(_number)

    def render(self, context: Context) -> SafeString:
        given = {name: value.resolve(context, ignore_failures=True) for name, value in self.given.items()}
        try:
            key = (self.number, *_around(context), *(values_of(value) for value in given.values()))
        except TypeError:
            return self.draw(context, given)
        return PARTS.drawn(key, lambda: self.draw(context, given))

    def draw(self, context: Context, given: dict[str, object]) -> SafeString:
        return SafeString(without_indents(self.inside.render(context.new(given))))


def without_indents(drawn: str) -> str:
    """Templates are indented for whoever writes them, and their tags leave empty lines."""
    if '<pre' not in drawn and '<textarea' not in drawn:
        return _close(drawn)
    return ''.join(part if at % 2 else _close(part) for at, part in enumerate(_KEPT.split(drawn)))


def _close(drawn: str) -> str:
    first, *lines = drawn.split('\n')
    if not lines:
        return drawn
    last = lines.pop().lstrip()
    closed = [first := first.rstrip()]
    apart = _ends_apart(first)
    for line in (*filter(None, map(str.strip, lines)), last):
        if not (apart or _begins_apart(line)):
            closed.append('\n')
        closed.append(line)
        apart = _ends_apart(line)
    return ''.join(closed)


def _begins_apart(line: str) -> bool:
    return line[:1] == '<' and (found := _NAME.match(line)) is not None and found[1] in _APART


def _ends_apart(line: str) -> bool:
    return (
        line[-1:] == '>' and (found := _NAME.match(line, line.rfind('<'))) is not None and found[1] in _APART
    )


def _around(context: Context) -> tuple[Hashable, ...]:
    """What shows in every part without being named."""
    return context.autoescape, get_language(), get_current_timezone()


@register.tag
def remember(parser: Parser, token: Token) -> RememberNode:
    words = token.split_contents()[1:]
    given = token_kwargs(words, parser)
    if words or not given:
        raise TemplateSyntaxError('“remember” names what it draws: {% remember post=post level=3 %}.')
    inside = parser.parse(('endremember',))
    parser.delete_first_token()
    return RememberNode(given, inside)


class ClosedNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


@register.tag
def closed(parser: Parser, token: Token) -> ClosedNode:
    """`{% closed %}…{% endclosed %}`: lines of its own without their indents, once and for all as it is read; what its
    blocks are filled with is left as it is."""
    inside = parser.parse(('endclosed',))
    parser.delete_first_token()
    for node in inside.get_nodes_by_type(TextNode):
        if isinstance(node, TextNode):
            node.s = without_indents(node.s)
    return ClosedNode(inside)
