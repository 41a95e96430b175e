"""Addresses that something had."""

from hashlib import sha256

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone

from ukis.addresses.fields import AddressField


class OldAddressQuerySet(models.QuerySet['OldAddress']):
    def of(self, row: models.Model) -> 'OldAddressQuerySet':
        return self.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)

    def not_of(self, row: models.Model) -> 'OldAddressQuerySet':
        if row.pk is None:
            return self
        return self.exclude(content_type=ContentType.objects.get_for_model(row), object_id=row.pk)


class OldAddress(models.Model):
    """A path that something had, and what now answers for it. Never given to something else."""

    path = models.CharField(max_length=300, unique=True, help_text='With both slashes: /blog/an-old-title/')
    view = models.CharField(
        max_length=60, blank=True, editable=False
    )  # whose page it was, of several of one row
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    now = GenericForeignKey('content_type', 'object_id')
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = 'old addresses'
        indexes = [
            models.Index(fields=['content_type', 'object_id']),
            models.Index(fields=['-made_at', '-id'], name='old_address_newest'),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def leads_to(self) -> str:
        """The path today, of the same one of the row's pages; nothing where the row is gone."""
        row = self.now
        if row is None:
            return ''
        field = next((one for one in row._meta.concrete_fields if isinstance(one, AddressField)), None)
        if field is None and self.view:
            return reverse(self.view)
        if field is None or self.view not in field.views[1:]:
            return row.get_absolute_url()
        return reverse(self.view, args=[getattr(row, field.attname)])


class ClosedAddress(models.Model):
    """A path of what is gone for good: it answers so, and is given to nothing else. The path itself may name somebody
    who is to be forgotten, so only its hash is kept."""

    mark = models.CharField(max_length=64, unique=True, editable=False)

    def __str__(self) -> str:
        return self.mark[:12]

    @staticmethod
    def mark_of(path: str) -> str:
        return sha256(path.encode()).hexdigest()
