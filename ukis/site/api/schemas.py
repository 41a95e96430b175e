"""What may stand in an answer, in the words of JSON Schema. Nothing else may: the tests hold every answer to it."""

from typing import Any

type Schema = dict[str, Any]

ADDRESS: Schema = {'type': 'string', 'format': 'uri', 'pattern': '^https?://'}
MOMENT: Schema = {'type': 'string', 'format': 'date-time'}
DAY: Schema = {'type': 'string', 'format': 'date'}
COUNT: Schema = {'type': 'integer', 'minimum': 0}
YES_OR_NO: Schema = {'type': 'boolean'}


def text(words: str = '') -> Schema:
    return {'type': 'string'} | ({'description': words} if words else {})


def one_of(values: list[str]) -> Schema:
    return {'type': 'string', 'enum': values}


def several(of: Schema) -> Schema:
    return {'type': 'array', 'items': of}


def thing(needed: dict[str, Schema], else_: dict[str, Schema] | None = None) -> Schema:
    return {
        'type': 'object',
        'properties': needed | (else_ or {}),
        'required': list(needed),
        'additionalProperties': False,
    }


PICTURE = thing(needed={'url': ADDRESS, 'width': COUNT, 'height': COUNT}, else_={'alt': text()})
# The address of another page of the same list, null where there is none.
ONWARDS: Schema = {'type': ['string', 'null'], 'format': 'uri'}
REFUSAL = thing(needed={'status': {'type': 'integer'}, 'error': text('A sentence that says why.')})
