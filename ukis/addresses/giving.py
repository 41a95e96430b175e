"""Rows get their address when they are first saved, and change it by one verb."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, models, transaction

from ukis.addresses.choosing import field_of, is_free, propose
from ukis.addresses.following import moved
from ukis.addresses.spelling import REFUSED, is_spelt
from ukis.refusals import NotNow

TRIES = 8


class Addressed(models.Model):
    """A model with an AddressField. Saved without an address, a row gets one made from its name or title."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        field = field_of(self)
        if getattr(self, field.attname):
            super().save(*args, **kwargs)
            return
        if kwargs.get('update_fields') is not None:
            kwargs['update_fields'] = {*kwargs['update_fields'], field.name}
        give(self, getattr(self, field.made_from), lambda: super(Addressed, self).save(*args, **kwargs))


def give(row: models.Model, text: str, save: Callable[[], None] | None = None) -> None:
    """Saves the row with an address made from the text. Where somebody else takes that one at the same moment
    the next free one is found; any other refusal of the database is raised."""
    field = field_of(row)
    for attempt in range(TRIES):
        slug = propose(row, text)
        setattr(row, field.attname, slug)
        try:
            with transaction.atomic():
                (save or row.save)()
            return
        except IntegrityError:
            if attempt == TRIES - 1 or not _is_held(row, slug):
                setattr(row, field.attname, '')
                raise


def change(row: models.Model, slug: str, *, remember: bool) -> None:
    """Another address. `remember` it where the public knew the old one: then that leads to the row for ever.

    NotNow where it is no address, or leads or once led to something else.
    """
    field = field_of(row)
    was = getattr(row, field.attname)
    if not is_spelt(slug):
        raise NotNow(REFUSED)
    if not is_free(row, slug):
        raise NotNow(f'“{slug}” is taken, or was once. Choose another address.')
    setattr(row, field.attname, slug)
    try:
        with transaction.atomic():
            row.save(update_fields=[field.name])
            moved(row, was if remember else '')
    except IntegrityError as quicker:
        setattr(row, field.attname, was)
        raise NotNow(f'“{slug}” was taken just now. Choose another address.') from quicker


def _is_held(row: models.Model, slug: str) -> bool:
    others = type(row)._base_manager.exclude(pk=row.pk)
    return others.filter(**{field_of(row).name: slug}).exists()
