"""The words of everything that is looked for. The migration made their index, and the databases keep it."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Mod

KINDS = 16  # how many there is room for


class DocumentQuerySet(models.QuerySet['Document']):
    def of(self, kind: int) -> 'DocumentQuerySet':
        return self.annotate(kind=Mod(F('number'), KINDS)).filter(kind=kind)


class Document(models.Model):
    """`number` says what it is, key and kind in one: what is found needs no second look."""

    number = models.BigIntegerField(primary_key=True)
    words = models.TextField(editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        db_table = 'ukis_document'

    def __str__(self) -> str:
        return f'words of {self.number}'
