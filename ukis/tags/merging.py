"""One vocabulary: what carries a tag that was merged carries the other from then on. Tags in use do not vanish."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, Model, OuterRef

from ukis import addresses, changes, search
from ukis.refusals import NotNow
from ukis.tags.models import Tag, TaggedItem

# Tables of the apps with a `tag`, each with the name of whose it is: one row of a tag for each.
_besides: list[tuple[type[Model], str]] = []
# What makes room among such rows before a tag is merged into another.
_before: list[Callable[[Tag, Tag], object]] = []


def carried_by(model: type[Model], of: str, before: Callable[[Tag, Tag], object] | None = None) -> None:
    """Called from `AppConfig.ready()`: what such rows say of a tag follows it when it is merged."""
    _besides.append((model, of))
    if before is not None:
        _before.append(before)


def carried_besides(tag: Tag) -> int:
    return sum(model._base_manager.filter(tag=tag).count() for model, _ in _besides)


def merge(tag: Tag, into: Tag) -> None:
    """Everything tagged `tag` becomes tagged `into`, once; the address and the name of `tag` lead there for ever.

    Tags that were merged into `tag` before follow, so no chain grows. NotNow for a circle.
    """
    with search.gathered():
        # Both rows against everybody: who is tagging something with them right now is waited for, or waits.
        both = Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by('pk')
        rows = {row.pk: row for row in both}
        _refuse_circle(rows.get(tag.pk), rows.get(into.pk))
        items = TaggedItem.objects.filter(tag=tag)
        retagged = list(items.values_list('content_type', 'object_id'))
        twice = TaggedItem.objects.filter(
            tag=into, content_type=OuterRef('content_type'), object_id=OuterRef('object_id')
        )
        items.filter(Exists(twice)).delete()
        items.update(tag=into)
        for make_room in _before:
            make_room(tag, into)
        for model, of in _besides:
            carried = model._base_manager.filter(tag=tag)
            same = model._base_manager.filter(tag=into, **{of: OuterRef(of)})
            carried.filter(Exists(same)).delete()
            carried.update(tag=into)
        Tag.objects.filter(merged_into=tag).update(merged_into=into)
        Tag.objects.filter(pk=tag.pk).update(merged_into=into)
        addresses.follow_on(tag, into)
        if not rows[tag.pk].waiting:
            Tag.objects.filter(pk=into.pk).update(waiting=False)
        changes.tell_of_tags(retagged)


def _refuse_circle(tag: Tag | None, into: Tag | None) -> None:
    if tag is None or into is None:
        raise NotNow('One of the two tags is gone meanwhile.')
    if tag.merged_into_id is not None:
        raise NotNow(f'“{tag}” is merged already, and stays so.')
    if into.merged_into_id is not None or into.pk == tag.pk:
        raise NotNow(f'“{into}” is itself merged, or this very tag. Choose one that stands.')


def is_needed(tag: Tag) -> bool:
    """Whether something carries it, or an address or a name leads through it."""
    return (
        tag.merged_into_id is not None
        or tag.items.exists()
        or tag.merged.exists()
        or carried_besides(tag) > 0
    )


def delete(tag: Tag) -> None:
    """Only what nothing needs: anything else is merged. NotNow says so."""
    with transaction.atomic():
        row = Tag.objects.select_for_update().get(pk=tag.pk)
        if is_needed(row):
            raise NotNow(
                f'“{row}” is in use. Merge it into another, so that its address goes on leading somewhere.'
            )
        addresses.forget(row)
        row.delete()
