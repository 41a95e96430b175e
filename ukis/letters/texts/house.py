"""The house's text of each kind of letter, read out of its template as flat words with named variables.

What stands between the tags is words; what a tag prints is a variable; what stands in an `if` is a passage of its own.
So every letter can be edited without any of its logic, and its flat text says exactly what its template says.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.template import Context, engines
from django.template.base import Node, NodeList, Template, TextNode, VariableNode
from django.template.defaulttags import AutoEscapeControlNode, IfNode, LoadNode
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader_tags import BlockNode, ExtendsNode

from ukis.letters.models import without_places
from ukis.letters.texts import meanings

# Where templates stand, in the order in which a kind is looked for: the words, or the subject and the words apart.
_patterns: list[tuple[str, ...]] = []

# By the names of their variables: what was printed; of a passage which of its texts stood, or 0.
type Values = dict[str, str | int]


def stand_in(*patterns: tuple[str, ...]) -> None:
    """Called from `AppConfig.ready()`: ('blog/letters/{}.txt',), or the subject's and the words' templates."""
    _patterns.extend(patterns)


@dataclass
class Variable:
    """`texts`: the passages of which at most one stands; none where it prints a value."""

    name: str
    node: Node
    meaning: str
    is_required: bool
    # A link, or what somebody wrote: it goes in at sending, and has no place in a subject.
    is_code: bool = False
    texts: list['Passage'] = field(default_factory=list)

    @property
    def placed(self) -> str:
        return f'{{{self.name}}}'


@dataclass
class Passage:
    """Words that stand at times. The blanks before and after them stay the house's."""

    key: str
    when: str
    text: str
    before: str
    after: str
    variables: dict[str, Variable]
    condition: Any


@dataclass
class House:
    """`subject` and `body` are flat; `passages` are all there are, by their keys, the outer ones first."""

    kind: str
    subject: str
    body: str
    variables: dict[str, Variable]
    passages: dict[str, Passage]
    templates: list[Template]

    @property
    def texts(self) -> dict[str, Any]:
        return {
            'subject': self.subject,
            'body': self.body,
            'passages': {key: passage.text for key, passage in self.passages.items()},
        }

    @property
    def mark(self) -> str:
        """Another as soon as a word of it is another."""
        return hashlib.sha256(json.dumps(self.texts, sort_keys=True).encode()).hexdigest()[:32]

    def values(self, given: Mapping[str, Any]) -> Values:
        """What its variables print where a template would be given this."""
        context = Context(dict(given), autoescape=False)
        found: Values = {}
        template = self.templates[-1]
        with context.render_context.push_state(template), context.bind_template(template):
            _evaluate(self.variables, context, found)
        return found


def _evaluate(variables: Mapping[str, Variable], context: Context, found: Values) -> None:
    for name, variable in variables.items():
        if name in found:
            continue
        if not variable.texts:
            printed = str(variable.node.render_annotated(context))
            found[name] = printed if variable.is_code else without_places(printed)
            continue
        number, passage = _standing(variable, context)
        found[name] = number
        if passage is not None:
            _evaluate(passage.variables, context, found)


def _standing(variable: Variable, context: Context) -> tuple[int, Passage | None]:
    for number, passage in enumerate(variable.texts, 1):
        try:
            holds = passage.condition is None or passage.condition.eval(context)
        except Exception:  # noqa: BLE001 - as Django's own `if`: what is not there is not so
            holds = False
        if holds:
            return number, passage
    return 0, None


@cache
def of(kind: str) -> House | None:
    """None for a kind whose words are typed anew each time."""
    for pattern in _patterns:
        templates = [_template(name.format(kind)) for name in pattern]
        if all(templates):
            return _read(kind, [one for one in templates if one])
    return None


def _template(name: str) -> Template | None:
    try:
        return engines['django'].get_template(name).template  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None


def _read(kind: str, templates: list[Template]) -> House:
    names = _Names()
    if len(templates) == 2:
        subject, body = (_flat(_nodes(one), names) for one in templates)
        variables = subject[1] | body[1]
        words = ' '.join(subject[0].split()), body[0]
    else:
        text, variables = _flat(_nodes(templates[0]), names)
        first, _, rest = text.strip().partition('\n')
        words = first.strip(), rest
    return House(
        kind,
        words[0],
        re.sub(r'\n{3,}', '\n\n', words[1].strip()) + '\n',
        variables,
        names.passages,
        templates,
    )


def _nodes(template: Template) -> list[Node]:
    """All of it in a row, with the blocks of what it extends filled in."""
    blocks: dict[str, BlockNode] = {}
    while True:
        nodes: NodeList = template.nodelist
        for block in nodes.get_nodes_by_type(BlockNode):
            assert isinstance(block, BlockNode)
            blocks.setdefault(block.name, block)
        extends = next((node for node in nodes if isinstance(node, ExtendsNode)), None)
        if extends is None:
            return list(_in_a_row(nodes, blocks))
        name = extends.parent_name.resolve(Context())  # type: ignore[union-attr]
        template = engines['django'].get_template(name).template  # type: ignore[attr-defined]


def _in_a_row(nodes: NodeList, blocks: Mapping[str, BlockNode]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, BlockNode):
            yield from _in_a_row(blocks[node.name].nodelist, blocks)  # type: ignore[attr-defined]
        elif isinstance(node, AutoEscapeControlNode):
            yield from _in_a_row(node.nodelist, blocks)
        elif not isinstance(node, LoadNode):
            yield node


class _Names:
    """Each variable's name, one for all places in which the same is printed; and the passages, as they come."""

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}  # by name: what it stands for
        self.passages: dict[str, Passage] = {}

    def of(self, says: str, *, alone: bool) -> str:
        wanted = meanings.name_of(says)
        for name in (wanted, *(f'{wanted}_{number}' for number in range(2, 100))):
            if name not in self.taken or (self.taken[name] == says and not alone):
                self.taken[name] = says
                return name
        raise ValueError(f'Too many variables are like {wanted}.')


def _flat(nodes: list[Node], names: _Names) -> tuple[str, dict[str, Variable]]:
    text, variables = '', {}
    for node in nodes:
        if isinstance(node, TextNode):
            text += node.s
        else:
            variable = _variable(node, names)
            variables[variable.name] = variable
            text += variable.placed
    return _on_lines_of_their_own(text, variables), variables


def _on_lines_of_their_own(text: str, variables: Mapping[str, Variable]) -> str:
    """A passage that is a paragraph stands as one, to be read. It brings its blanks with it, and of many in a row one
    is left, so that the letter reads the same."""
    for one in variables.values():
        if one.texts and all(passage.after.startswith('\n\n') for passage in one.texts):
            text = re.sub(rf'(?<=\n\n){re.escape(one.placed)}(?=[^\n])', f'{one.placed}\n\n', text)
        if one.texts and all(passage.before.startswith('\n\n') for passage in one.texts):
            text = re.sub(rf'(?<=[^\n]){re.escape(one.placed)}(?=\n\n)', f'\n\n{one.placed}', text)
    return text


def _variable(node: Node, names: _Names) -> Variable:
    if isinstance(node, VariableNode):
        says = node.filter_expression.token
        is_code = meanings.is_code(says)
        return Variable(
            names.of(says, alone=False), node, meanings.meaning_of(says), meanings.is_required(says), is_code
        )
    assert node.token is not None
    says = node.token.contents
    if not isinstance(node, IfNode):
        # A list or an address: facts, as a whole.
        return Variable(names.of(says, alone=False), node, meanings.meaning_of(says), True)
    name = names.of(says, alone=True)
    variable = Variable(name, node, meanings.meaning_of(says), False)
    earlier: list[str] = []
    for number, (condition, nodes) in enumerate(node.conditions_nodelists, 1):
        said = meanings.said(condition)
        passage = Passage(f'{name}.{number}', meanings.when(said, earlier), '', '', '', {}, condition)
        earlier.append(said)
        names.passages[passage.key] = passage
        text, passage.variables = _flat(list(nodes), names)
        passage.text = text.strip()
        passage.before = text[: len(text) - len(text.lstrip())] if passage.text else text
        passage.after = text[len(text.rstrip()) :] if passage.text else ''
        variable.texts.append(passage)
        inner = passage.variables.values()
        variable.is_required |= any(one.is_required for one in inner)
        variable.is_code |= any(one.is_code for one in inner)
    return variable
