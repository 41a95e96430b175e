"""One tag becomes two: of each row that carries it somebody says whether it keeps the tag, changes it or has both."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Model

from ukis import search
from ukis.refusals import NotAllowed, NotNow
from ukis.tags.carrying import Tags
from ukis.tags.finding import known
from ukis.tags.models import Tag, TaggedItem
from ukis.tags.naming import checked, fold

A_PAGE = 50

# How a row of a model gets other tags, where that is somebody's to decide: `verb(row, by=…, tags=[names])`.
_deciders: dict[type[Model], Callable[..., Any]] = {}


# Takes along who follows a tag to what was parted from it; says how many.
_following: list[Callable[[Tag, Tag], int]] = []


def followed_by(take_along: Callable[[Tag, Tag], int]) -> None:
    """Called from `AppConfig.ready()`."""
    _following.append(take_along)


def decided_by(model: type[Model], verb: Callable[..., Any]) -> None:
    """Called from `AppConfig.ready()`: such rows are given other tags by this verb, with its rights and its record."""
    _deciders[model] = verb


class Carries(models.TextChoices):
    KEEPS = 'keeps', 'Keeps it'
    CHANGES = 'changes', 'The other instead'
    BOTH = 'both', 'Both'


@dataclass
class Parted:
    changed: int = 0
    followers: int = 0  # who follow the other newly, for they follow this one
    left: list[tuple[Any, str]] = field(default_factory=list)  # rows that stay as they are, and why


def carriers(tag: Tag, *, below: int | None = None, among: Collection[int] | None = None) -> list[TaggedItem]:
    """What carries the tag, newest first, each with its `content_object`: a page of them, and one more where there
    are more. `below` is the key of the last one that was shown; `among` are the keys of those that were asked for."""
    items = TaggedItem.objects.filter(tag=tag).select_related('content_type').order_by('-pk')
    if below is not None:
        items = items.filter(pk__lt=below)
    if among is not None:
        items = items.filter(pk__in=among)
    kinds = ContentType.objects.filter(pk__in=items.order_by().values('content_type').distinct())
    managers: Iterable[Any] = (one.model_class()._default_manager for one in kinds)  # type: ignore[union-attr]
    called = [rows.with_title() for rows in managers if hasattr(rows, 'with_title')]
    return list(items.prefetch_related(GenericPrefetch('content_object', called))[: A_PAGE + 1])


def split(tag: Tag, name: str, *, by: Model, answers: Mapping[int, str], take_along: bool = False) -> Parted:
    """Gives the tag called `name`, made where there is none, to those carriers of `tag` that `answers` names by the
    keys of their items. Each is a transaction of its own; what somebody may not decide, or what stands otherwise by
    now, is left and told. `take_along`: who follows `tag` follows the other too. NotNow where the two are one tag or
    `tag` is merged."""
    name = _other(tag, name)
    wanted = {key: answer for key, answer in answers.items() if answer != Carries.KEEPS}
    items = TaggedItem.objects.filter(tag=tag, pk__in=wanted).order_by('pk')
    done = Parted()
    for item in items.select_related('content_type').prefetch_related('content_object'):
        row: Any = item.content_object
        if row is None:
            continue
        try:
            _give(row, tag, name, by=by, instead=wanted[item.pk] == Carries.CHANGES)
        except (NotAllowed, NotNow) as refusal:
            done.left.append((row, str(refusal)))
        else:
            done.changed += 1
    into = known([name]).get(fold(name))
    if take_along and done.changed and into:
        done.followers = sum(follow(tag, into) for follow in _following)
    return done


def _other(tag: Tag, name: str) -> str:
    tag.refresh_from_db(fields=['merged_into'])
    if tag.merged_into_id is not None:
        raise NotNow(f'“{tag}” was merged meanwhile: nothing carries it any more.')
    name = checked(name)
    standing = known([name]).get(fold(name))
    if standing == tag:
        raise NotNow(f'“{name}” is this very tag, or leads to it. Write another name.')
    return standing.name if standing else name


def _give(row: Any, tag: Tag, name: str, *, by: Model, instead: bool) -> None:
    model = type(row)
    with search.gathered():
        carried = getattr(row, _field_of(model))
        if verb := _deciders.get(model):
            names = [one for one in carried.names() if not (instead and one == tag.name)]
            verb(row, by=by, tags=[*names, name])
            return
        model._base_manager.select_for_update().get(pk=row.pk)
        carried.add(name)
        if instead:
            carried.remove(tag)


def _field_of(model: type[Model]) -> str:
    return next(field.name for field in model._meta.get_fields() if isinstance(field, Tags))
