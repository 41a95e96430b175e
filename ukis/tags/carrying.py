"""What a row carries of the one vocabulary: taggit's field, with our rule for what a name stands for."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from taggit.managers import TaggableManager

from ukis import changes
from ukis.tags import finding
from ukis.tags.forms import TagsField
from ukis.tags.models import Tag, TaggedItem

# The class has no public name but this attribute of its field.
Manager: Any = TaggableManager().manager


class Carried(Manager):
    """`post.tags`: takes names and tags alike, and carries the ones that stand for them. Whoever follows what rows
    carry hears of it (`ukis.changes`)."""

    def add(self, *tags: Tag | str, waiting: bool | None = None, **kwargs: Any) -> None:
        """`waiting`: the row is not out yet, and a new word becomes public only with it. Unless it is said, the row's
        model says so (`tags_wait`): what people offer is theirs to show."""
        found = self._standing(tags, self._waits(waiting))
        with transaction.atomic():
            # PostgreSQL looks at foreign keys when the transaction ends: until then only this lock keeps a merge out.
            list(Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in found]).order_by('pk'))
            super().add(*found, **kwargs)
            self._follow_merges()
            self._tell()

    def set(self, tags: Iterable[Tag | str], *, waiting: bool | None = None, **kwargs: Any) -> None:
        waits = self._waits(waiting)
        with transaction.atomic():
            super().set(self._standing(tags, waits), waiting=waits, **kwargs)

    def _waits(self, said: bool | None) -> bool:
        return getattr(self.instance, 'tags_wait', False) if said is None else said

    def remove(self, *tags: Tag | str) -> None:
        if not tags:
            return
        known = finding.known(tag for tag in tags if isinstance(tag, str)).values()
        with transaction.atomic():
            super().remove(*[tag.name for tag in [*known, *(tag for tag in tags if isinstance(tag, Tag))]])
            self._tell()

    def clear(self) -> None:
        with transaction.atomic():
            super().clear()
            self._tell()

    def _tell(self) -> None:
        kind = ContentType.objects.get_for_model(self.instance)
        changes.tell_of_tags([(kind.pk, self.instance.pk)])

    @staticmethod
    def _standing(tags: Iterable[Tag | str], waiting: bool) -> list[Tag]:
        given = list(tags)
        made = finding.find_or_make([tag for tag in given if isinstance(tag, str)], waiting=waiting)
        found = list(dict.fromkeys([*made, *(tag.standing for tag in given if isinstance(tag, Tag))]))
        found.sort(key=lambda tag: tag.pk)  # in the order in which a merge locks them
        if not waiting:
            finding.make_public(found)
        return found

    def _follow_merges(self) -> None:
        """A tag may have been merged while we waited for its row; a merge that began later sees what we wrote."""
        mine = TaggedItem.objects.filter(**TaggedItem.lookup_kwargs(self.instance))
        for item in mine.filter(tag__merged_into__isnull=False).select_related('tag__merged_into'):
            TaggedItem.objects.get_or_create(
                tag=item.tag.standing, content_type=item.content_type, object_id=item.object_id
            )
            item.delete()


class Tags(TaggableManager):
    """`tags = Tags(blank=True)` on a model."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{'through': TaggedItem, 'manager': Carried, **kwargs})

    def deconstruct(self) -> tuple:
        """For the database it is the package's own field."""
        name, _, args, kwargs = super().deconstruct()
        return name, 'taggit.managers.TaggableManager', args, kwargs

    def formfield(self, form_class: Any = TagsField, **kwargs: Any) -> Any:
        return super().formfield(form_class, **kwargs)
