"""What the API says of itself: a page for people, and the OpenAPI document that programs are made from."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver, reverse

from ukis.public import public_page, site_url
from ukis.site.api import organisations, people, posts, schemas, tags
from ukis.site.api.answering import answer
from ukis.site.api.asking import Parameter, api_page
from ukis.society.models import Society

VERSION = '1.0'
EXAMPLE = 'what-it-is-called'
GONE = 'It was here and has been taken away for good.'


@dataclass(frozen=True)
class Endpoint:
    """`of` is what an item of it is called; one that is a list holds several of them."""

    view: str
    of: str
    words: str
    parameters: tuple[Parameter, ...] | None = None

    @property
    def is_list(self) -> bool:
        return self.parameters is not None

    @property
    def path(self) -> str:
        """As the URL list has it: /api/v1/posts/{address}/."""
        return '/' + get_resolver().reverse_dict.getlist(self.view)[0][0][0][0].replace(
            '%(slug)s', '{address}'
        )


ENDPOINTS = (
    Endpoint(
        'api_posts', 'Post', 'Posts, newest first; those in the archive only one by one.', posts.PARAMETERS
    ),
    Endpoint('api_post', 'Post', 'One post with its whole text.'),
    Endpoint('api_tags', 'Tag', 'Tags that posts carry.', tags.PARAMETERS),
    Endpoint('api_tag', 'Tag', 'One tag.'),
    Endpoint(
        'api_organisations',
        'Organisation',
        'Members that are listed, and organisations that a post names.',
        organisations.PARAMETERS,
    ),
    Endpoint('api_organisation', 'Organisation', 'One organisation.'),
    Endpoint(
        'api_people',
        'Person',
        'People who show their page to everybody and let search engines list it.',
        people.PARAMETERS,
    ),
    Endpoint(
        'api_person', 'Person', 'Somebody who shows their page to everybody: what they show of themselves.'
    ),
)
THINGS = {
    'Post': posts.SCHEMA,
    'Tag': tags.SCHEMA,
    'Organisation': organisations.SCHEMA,
    'Person': people.SCHEMA,
    'Refusal': schemas.REFUSAL,
}


@public_page
def api(request: HttpRequest) -> HttpResponse:
    return render(request, 'api.html', {'endpoints': ENDPOINTS})


@api_page()
def openapi(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    return answer(document(Society.shown(), site_url(request)))


def document(society: Society, site_url: str) -> dict[str, Any]:
    return {
        'openapi': '3.1.0',
        'info': {
            'title': f'What the {society.name} publishes',
            'version': VERSION,
            'description': 'Read only, without a key. Answers carry an ETag: ask again with If-None-Match. What is '
            'taken down, hidden or erased is gone from them at once.',
        },
        'servers': [{'url': site_url}],
        'externalDocs': {'url': site_url + reverse('api'), 'description': 'The same for people.'},
        'paths': {one.path: {'get': _operation(one)} for one in ENDPOINTS},
        'components': {'schemas': THINGS},
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    answers = {
        '200': _json('What was asked for.', _list_of(one) if one.is_list else _called(one.of)),
        '304': {'description': 'It is as it was: If-None-Match named it.'},
        '400': _json('The query is not as it should be.', _called('Refusal')),
    }
    if not one.is_list:
        answers |= {
            '301': {'description': 'It has another address now.'},
            '404': _json('There is nothing at this address.', _called('Refusal')),
            '410': _json(GONE, _called('Refusal')),
        }
    return {
        'operationId': one.view.removeprefix('api_'),
        'summary': one.words,
        'parameters': [_parameter(given) for given in one.parameters]
        if one.parameters
        else [
            {
                'name': 'address',
                'in': 'path',
                'required': True,
                'description': 'The last part of its address on the site.',
                'schema': {'type': 'string'},
            }
        ],
        'responses': dict(sorted(answers.items())),
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = one.schema
    if one.most > 1:
        schema = {'type': 'array', 'items': one.schema, 'maxItems': one.most}
    return {'name': one.name, 'in': 'query', 'description': one.words, 'schema': schema}


def _list_of(one: Endpoint) -> dict[str, Any]:
    more: dict[str, Any] = {'next': schemas.ONWARDS}
    if one.view == 'api_posts':
        numbers = {'page': schemas.COUNT, 'pages': schemas.COUNT, 'total': schemas.COUNT}
        more |= {'previous': schemas.ONWARDS} | numbers
    return schemas.thing(needed={'items': schemas.several(_called(one.of))} | more)


def _called(name: str) -> dict[str, Any]:
    return {'$ref': f'#/components/schemas/{name}'}


def _json(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {'description': words, 'content': {'application/json': {'schema': schema}}}
