"""What shows a picture: the rows that lead to it, and the words in which it stands."""

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.fields.related import ForeignObjectRel
from django.db.models.functions import Cast

from ukis.pictures.models import Picture

# Columns of words in which pictures stand by their addresses: ('ukis.page', 'body'). Filled by the apps.
words: list[tuple[str, str]] = [
    ('ukis.page', 'body'),
    ('ukis.pageversion', 'body'),
    ('ukis.society', 'mission'),
    ('ukis.buffer', 'fields'),
]
# Columns of values that name pictures by their keys, as `"picture": 12`, or by a form's `lead_kept`.
named: list[tuple[str, str]] = [('ukis.buffer', 'fields')]
# Whose words stay as they were first written: what is there was looked through, and only what is newer need be again.
written_once: set[str] = {'ukis.pageversion'}

_HASH = re.compile(r'/media/pictures/[^"\\\s]*?([0-9a-f]{64})')
_KEY = re.compile(r'"picture": ?(\d{1,18})\b|[_-]kept": ?\["(\d{1,18}):')


def let_go(keys: Iterable[int]) -> list[str]:
    """Deletes the rows of those pictures to which nothing leads; the names of their files, to be deleted once this is
    committed. Words are looked through as a whole for each: rare enough, and nothing else knows. That a former byline
    named one keeps none: whoever asks wants it gone."""
    asked = Picture.objects.filter(pk__in=keys).order_by('pk')
    unused = [picture for picture in asked if not (_is_led_to(picture) or _stands_in_words(picture, {}))]
    names = [name for picture in unused for name in files_of(picture)]
    Picture.objects.filter(pk__in=[picture.pk for picture in unused]).delete()
    return names


def is_shown(picture: Picture, newest: Mapping[str, int]) -> bool:
    """`newest`: up to which key each kind of row was looked through already."""
    return _is_led_to(picture) or _stands_in_words(picture, newest) or _is_named(picture, newest)


def _is_led_to(picture: Picture) -> bool:
    led_to: dict[Any, list[Q]] = {}
    for key in keys_to_pictures():
        led_to.setdefault(key.model, []).append(Q(**{key.name: picture.pk}))
    return any(model._base_manager.filter(reduce(or_, said)).exists() for model, said in led_to.items())


def _stands_in_words(picture: Picture, newest: Mapping[str, int]) -> bool:
    return any(
        _as_text(model, column, newest).filter(as_text__contains=picture.hash).exists()
        for model, column in words
    )


def _is_named(picture: Picture, newest: Mapping[str, int]) -> bool:
    said = Q()
    for wording in (f'"picture": {picture.pk}', f'_kept": ["{picture.pk}:', f'-kept": ["{picture.pk}:'):
        said |= Q(as_text__contains=wording)
    return any(
        picture.pk in keys_in(text)
        for model, column in named
        for text in _as_text(model, column, newest).filter(said).values_list('as_text', flat=True)
    )


def _as_text(model: str, column: str, newest: Mapping[str, int]) -> Any:
    rows = apps.get_model(model)._base_manager.filter(pk__gt=newest.get(model, 0))
    return rows.annotate(as_text=Cast(column, models.TextField()))


def hashes_in(text: str) -> set[str]:
    return set(_HASH.findall(text))


def keys_in(text: str) -> set[int]:
    return {int(one or other) for one, other in _KEY.findall(text)}


def keys_to_pictures() -> list[Any]:
    there = Picture._meta.get_fields(include_hidden=True)
    return [one.field for one in there if isinstance(one, ForeignObjectRel)]


def files_of(picture: Picture) -> list[str]:
    made = (size['name'] for size in picture.sizes)
    return list(dict.fromkeys([picture.file.name or '', *made, *(name for name, _ in picture.outdated)]))
