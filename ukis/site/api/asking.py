"""What may be asked: each parameter is one row, by which a query is read and of which the description is made."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from ukis.addresses.spelling import PATTERN, WIDTH
from ukis.public import reading_query
from ukis.site.api.refusing import NotAnswered, refusal

A_PAGE, MOST = 20, 50
MOST_TAGS = 5
ALLOWED = 'GET, HEAD, OPTIONS'
SHOWN_OF_A_NAME = 40
WHOLE_NUMBER = re.compile('[1-9][0-9]{0,8}', re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """`schema` is what its value may be, in JSON Schema; `says`, in our words; `most`, how often it is given."""

    name: str
    words: str
    says: str
    schema: dict[str, Any]
    most: int = 1

    @property
    def default(self) -> Any:
        return [] if self.most > 1 else self.schema.get('default', '')

    def read(self, typed: str) -> Any:
        if self.schema['type'] == 'integer':
            if not WHOLE_NUMBER.fullmatch(typed) or int(typed) > self.schema['maximum']:
                raise self._refused()
            return int(typed)
        allowed = self.schema.get('enum')
        if allowed is None:
            fits = len(typed) <= self.schema['maxLength'] and re.fullmatch(self.schema['pattern'], typed)
        else:
            fits = typed in allowed
        if not fits:
            raise self._refused()
        return typed

    def _refused(self) -> NotAnswered:
        return NotAnswered(400, f'“{self.name}” is {self.says}.')


def address(name: str, of: str, words: str, most: int = 1) -> Parameter:
    says = f'the last part of the address of {of}, in small letters, digits and single hyphens'
    schema = {'type': 'string', 'pattern': f'^{PATTERN}$', 'maxLength': WIDTH}
    return Parameter(name, words, says, schema, most)


def number(name: str, words: str, most: int, default: int | None = None) -> Parameter:
    schema = {'type': 'integer', 'minimum': 1, 'maximum': most}
    return Parameter(
        name,
        words,
        f'a whole number from 1 to {most:,}',
        schema | ({'default': default} if default else {}),
    )


# In the order in which links of the API give them: others in this order are kept (`ukis.public.reading_query`).
TAG = address('tag', 'a tag', 'Posts that carry this tag; given several times, all of them.', MOST_TAGS)
AUTHOR = address('author', 'an author', 'Posts by this author.')
ORGANISATION = address('organisation', 'an organisation', 'Posts that name this organisation.')
FULL = Parameter(
    'full',
    'Whether each post comes with its whole text.',
    '“yes” or “no”',
    {'type': 'string', 'enum': ['yes', 'no'], 'default': 'no'},
)
SIZE = number('size', 'How many on one page.', MOST, A_PAGE)
PAGE = number('page', 'Which page, newest posts first.', 1_000_000, 1)
AFTER = number('after', 'Where a page begins: as “next” of the page before it has it.', 999_999_999)


def read(given: QueryDict, parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    """Every parameter by its name. NotAnswered for one that is unknown, repeated or not what it may be."""
    known = {one.name: one for one in parameters}
    asked: dict[str, Any] = {name: one.default for name, one in known.items()}
    for name, typed in given.lists():
        parameter = known.get(name)
        if parameter is None:
            there = f'There are: {", ".join(known)}' if known else 'There is none'
            raise NotAnswered(400, f'There is no parameter “{name[:SHOWN_OF_A_NAME]}” here. {there}.')
        if len(typed) > parameter.most:
            often = f'at most {parameter.most} times' if parameter.most > 1 else 'once'
            raise NotAnswered(400, f'Give “{name}” {often}.')
        values = [parameter.read(value) for value in typed]
        asked[name] = list(dict.fromkeys(values)) if parameter.most > 1 else values[0]
    return asked


def api_page(*parameters: Parameter) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page of the API: `view(request, asked, …)`. Kept for visitors as pages are (`ukis.public.public_page`)."""

    def made(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def shown(request: HttpRequest, **keys: Any) -> HttpResponse:
            if request.method == 'OPTIONS':
                return HttpResponse(status=204, headers={'Allow': ALLOWED})
            if request.method not in ('GET', 'HEAD'):
                return refusal(405, 'Everything here is only to be read, by GET.', Allow=ALLOWED)
            try:
                response = view(request, read(request.GET, parameters), **keys)
            except NotAnswered as refused:
                return refusal(refused.status, refused.sentence)
            if not response.has_header('Cache-Control'):
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            return response

        return reading_query(*(one.name for one in parameters))(shown)

    return made
