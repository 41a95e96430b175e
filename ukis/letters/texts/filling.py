"""Flat words with `{variables}`: filled with values and nothing else, and looked through before they are kept."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ukis.letters.texts.house import House, Passage, Values, Variable

PLACED = re.compile(r'\{([a-z][a-z0-9_]*)\}')
# Whatever begins or ends like a variable, to the next brace or the end of its line.
_BRACES = re.compile(r'\{[^{}\n]*\}|[{}]')
MOST = 20_000


class _Everything:
    def __contains__(self, name: object) -> bool:
        return True


EVERYTHING = _Everything()


@dataclass
class Texts:
    """What an editor may say otherwise: by its key each passage that they changed."""

    subject: str
    body: str
    passages: dict[str, str] = field(default_factory=dict)

    @property
    def as_data(self) -> dict[str, Any]:
        return {'subject': self.subject, 'body': self.body, 'passages': self.passages}


class Fails(Exception):
    """The words cannot be filled: in a sentence for staff, why."""


def of_house(house: House) -> Texts:
    return Texts(house.subject, house.body)


def fill(house: House, texts: Texts, values: Values) -> tuple[str, str]:
    """Subject and body. Fails where anything has no value, or nothing is left."""
    subject = ' '.join(_fill(house, texts, texts.subject, values).split())
    body = re.sub(r'\n{3,}', '\n\n', _fill(house, texts, texts.body, values).strip())
    if not subject or not body:
        raise Fails('Its subject or its words would have been empty.')
    return subject, body + '\n'


def _fill(house: House, texts: Texts, text: str, values: Values) -> str:
    def put_in(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            raise Fails(f'{found[0]} has no value.')
        value = values[name]
        if isinstance(value, str):
            return value
        return _passage(house, texts, f'{name}.{value}', values) if value else ''

    return PLACED.sub(put_in, text)


def _passage(house: House, texts: Texts, key: str, values: Values) -> str:
    passage = house.passages.get(key)
    if passage is None:
        raise Fails(f'The passage {key} is not there any more.')
    text = texts.passages.get(key, passage.text)
    if not text and passage.text:
        return ''
    return passage.before + _fill(house, texts, text, values) + passage.after


def examples(house: House, texts: Texts) -> tuple[str, str]:
    """As it reads where no letter is there to take the values from: by the variables' names."""

    def shown(text: str) -> str:
        return PLACED.sub(lambda found: f'‹{found[1].replace("_", " ")}›', text)

    return shown(texts.subject), shown(texts.body)


# --- Looking through ------------------------------------------------------------------------------------


def faults(house: House, texts: Texts, *, knew: Container[str] = EVERYTHING) -> dict[str, list[str]]:
    """By field ('subject', 'body', or a passage's key): what keeps it from being kept, each naming the place.

    `knew`: the variables that there were when it was kept: it need not hold what the house has come to say since."""
    found = {
        'subject': _in_subject(house, texts.subject),
        'body': _empty(texts.body) or _placed_wrongly(texts.body, house.variables),
    }
    if not found['subject'] and not found['body']:
        found['body'] = _missing(_of(knew, house.variables), texts.body, texts.subject)
    for key, text in texts.passages.items():
        passage = house.passages.get(key)
        if passage is not None and text != passage.text:
            wrong = _placed_wrongly(text, _in_reach(house, passage))
            found[key] = wrong or _missing(_of(knew, passage.variables), text)
    return {name: said for name, said in found.items() if said}


def placed_in(texts: Mapping[str, Any]) -> frozenset[str]:
    """The variables of a house's text as it was kept beside an edited one."""
    several = [texts.get('subject', ''), texts.get('body', ''), *texts.get('passages', {}).values()]
    return frozenset(name for text in several for name in PLACED.findall(text))


def _of(knew: Container[str], variables: Mapping[str, Variable]) -> list[Variable]:
    return [variable for name, variable in variables.items() if name in knew]


def _empty(text: str) -> list[str]:
    return [] if text.strip() else ['Fill this in.']


def _in_subject(house: House, text: str) -> list[str]:
    if '\n' in text or '\r' in text:
        return ['A subject is one line.']
    wrong = _empty(text) or _placed_wrongly(text, house.variables)
    codes = [house.variables[name].placed for name in PLACED.findall(text) if not wrong]
    return wrong or [
        f'{placed} has its place in the letter, not in its subject.'
        for placed in codes
        if house.variables[placed[1:-1]].is_code
    ]


def _in_reach(house: House, passage: Passage) -> dict[str, Variable]:
    """A passage may name its own, and each value of the letter and of the passages around it."""
    name = passage.key.rpartition('.')[0]
    around = next((one for one in house.passages.values() if name in one.variables), None)
    reach = _in_reach(house, around) if around else house.variables
    return {one: variable for one, variable in reach.items() if not variable.texts} | passage.variables


def _placed_wrongly(text: str, known: Mapping[str, Variable]) -> list[str]:
    said = []
    for number, line in enumerate(text.split('\n'), 1):
        for found in _BRACES.finditer(line):
            if why := _why_wrong(found[0], known):
                near = line[max(0, found.start() - 20) : found.end() + 20].strip()
                said.append(f'Line {number}, at “{near}”: {why}')
    return said


def _why_wrong(placed: str, known: Mapping[str, Variable]) -> str:
    if len(placed) == 1:
        return (
            f'a “{placed}” stands alone. Braces stand around the name of a variable, both on one line, '
            'and nowhere else.'
        )
    name = placed[1:-1]
    if name in known:
        return ''
    bare = re.sub(r'[^a-z0-9_]', '', name.lower())
    if bare in known:
        return f'{{{bare}}} is cut in two, or has something in it that does not belong there. Type it anew.'
    like = get_close_matches(bare, known, 1)
    meant = f' Did you mean {{{like[0]}}}?' if like else ''
    return f'there is no variable {placed} here.{meant}'


def _missing(wanted: Iterable[Variable], *texts: str) -> list[str]:
    there = {name for text in texts for name in PLACED.findall(text)}
    in_body = set(PLACED.findall(texts[0]))
    return [
        f'{one.placed} is missing: {one.meaning}. It must stand in this letter.'
        for one in wanted
        if one.is_required and one.name not in (in_body if one.is_code else there)
    ]
