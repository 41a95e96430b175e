"""Pictures that nothing shows any more."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.db.models.fields.related import ForeignObjectRel

from ukis.pictures.models import Picture

# Columns of words in which pictures stand by their addresses: ('ukis.page', 'body'). Filled by the apps.
words: list[tuple[str, str]] = [('ukis.page', 'body')]


def let_go(keys: Iterable[int]) -> list[str]:
    """Deletes the rows of those pictures to which nothing leads; the names of their files, to be deleted once this is
    committed. Words are looked through as a whole for each: rare enough, and nothing else knows."""
    unused = [
        picture for picture in Picture.objects.filter(pk__in=keys).order_by('pk') if not _is_shown(picture)
    ]
    names = [name for picture in unused for name in _files_of(picture)]
    Picture.objects.filter(pk__in=[picture.pk for picture in unused]).delete()
    return names


def _is_shown(picture: Picture) -> bool:
    led_to: dict[Any, list[Q]] = {}
    for key in _keys_to_pictures():
        led_to.setdefault(key.model, []).append(Q(**{key.name: picture.pk}))
    by_key = any(model._base_manager.filter(reduce(or_, said)).exists() for model, said in led_to.items())
    return by_key or any(
        apps.get_model(model)._base_manager.filter(**{f'{column}__contains': picture.hash}).exists()
        for model, column in words
    )


def _keys_to_pictures() -> list[Any]:
    there = Picture._meta.get_fields(include_hidden=True)
    return [one.field for one in there if isinstance(one, ForeignObjectRel)]


def _files_of(picture: Picture) -> list[str]:
    return [picture.file.name or '', *(size['name'] for size in picture.sizes)]
