"""From names as people type them to the tags that stand."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from ukis import addresses
from ukis.tags.models import Tag
from ukis.tags.naming import checked, fold


def known(names: Iterable[str], *, waiting: bool = True) -> dict[str, Tag]:
    """The tags that stand for those of the names that are tags already, by folded name; one question for all.

    Where anybody may read the answer, say waiting=False: then those that are not public yet are no tags.
    """
    wanted = {fold(name) for name in names}
    found = Tag.objects.filter(folded__in=wanted).select_related('merged_into')
    return {tag.folded: tag.standing for tag in found if waiting or not tag.standing.waiting}


def as_they_stand(names: Iterable[str], *, waiting: bool = True) -> list[str]:
    """The names, each once: as the tag is called that stands for it, else tidied as typed."""
    typed = [checked(name) for name in names]
    tags = known(typed, waiting=waiting)
    spelt: dict[str, str] = {}
    for name in typed:
        tag = tags.get(fold(name))
        spelt.setdefault(tag.folded if tag else fold(name), tag.name if tag else name)
    return list(spelt.values())


def find_or_make(names: Iterable[str], *, waiting: bool = False) -> list[Tag]:
    """The tags that stand for these names, each once, in their order; a name that no tag has becomes one, which
    is `waiting` where it is for something that is not out yet."""
    wanted = {fold(name): checked(name) for name in names}
    tags = known(wanted.values())
    # Always in one order: two who make the same ones at the same time then never wait for each other in a circle.
    for folded in sorted(set(wanted) - set(tags)):
        tags[folded] = _made(wanted[folded], folded, waiting=waiting)
    return list(dict.fromkeys(tags[folded] for folded in wanted))


def make_public(tags: Iterable[Tag]) -> None:
    """What is used in the open waits no longer."""
    Tag.objects.filter(pk__in=[tag.pk for tag in tags if tag.waiting]).update(waiting=False)


def _made(name: str, folded: str, *, waiting: bool) -> Tag:
    tag = Tag(name=name, waiting=waiting)
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError:
        # Somebody made it at the same moment, and it may have been merged by now.
        return Tag.objects.select_related('merged_into').get(folded=folded).standing
    return tag


def standing_at(slugs: Iterable[str]) -> dict[str, str]:
    """Where tags that had these addresses, or were merged, stand today: former address to today's."""
    wanted = set(slugs)
    moved = addresses.formerly_at('tag', wanted)
    merged = Tag.objects.filter(slug__in=wanted, merged_into__isnull=False).select_related('merged_into')
    rows = {**moved, **{tag.slug: tag for tag in merged}}
    return {slug: tag.standing.slug for slug, tag in rows.items()}
