"""One vocabulary for everything, and what carries it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from taggit.models import GenericTaggedItemBase, TagBase

from ukis import addresses, changes
from ukis.tags.naming import LONGEST, NO_SEPARATOR, WIDTH, checked, fold


def check_name(name: str) -> None:
    checked(name)


class Tag(addresses.Addressed, TagBase):  # type: ignore[django-manager-missing]  # taggit has no types
    """One vocabulary for posts, people and organisations.

    A `waiting` one was made for something that is not out yet: no page, list, feed or suggestion knows it.
    """

    name = models.CharField(max_length=LONGEST, validators=[check_name])
    folded = models.CharField(
        max_length=WIDTH,
        unique=True,
        editable=False,
        help_text='What names that count as one have in common.',
    )
    slug = addresses.AddressField('address', blank=True, views=('tag',), made_from='name')
    description = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        'self', on_delete=models.PROTECT, null=True, blank=True, related_name='merged'
    )
    waiting = models.BooleanField(default=False, editable=False)

    objects = models.Manager['Tag']()

    class Meta:
        ordering = ['name']
        indexes = [models.Index(Lower('name'), 'id', name='tag_by_name')]
        constraints = [
            addresses.well_formed('tag_address_well_formed'),
            models.CheckConstraint(
                condition=~Q(name__contains=',') & ~Q(name__contains=';'),
                name='tag_name_without_separator',
                violation_error_message=NO_SEPARATOR,
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """ValidationError for a name that no tag can have, by whichever way it came."""
        self.name = checked(self.name)
        self.folded = fold(self.name)
        if kwargs.get('update_fields') is not None and 'name' in kwargs['update_fields']:
            kwargs['update_fields'] = {*kwargs['update_fields'], 'folded'}
        with transaction.atomic():
            stood = Tag.objects.filter(pk=self.pk) if self.pk else Tag.objects.none()
            was = stood.values_list('folded', flat=True).first()
            super().save(*args, **kwargs)
            if was and was != self.folded:
                changes.tell_of_names(was, self.folded)

    def clean(self) -> None:
        """Names that count as one are one tag."""
        other = Tag.objects.filter(folded=fold(self.name)).exclude(pk=self.pk).first()
        if other is None:
            return
        if other.merged_into:
            raise ValidationError(
                {'name': f'“{other.name}” was merged into “{other.merged_into}”, which stands in its place.'}
            )
        raise ValidationError(
            {'name': f'There is “{other.name}” already, and it would count as the same tag.'}
        )

    def get_absolute_url(self) -> str:
        return addresses.path_of('tag', self.slug)

    @property
    def standing(self) -> 'Tag':
        """The tag that stands for this one today: itself, or what it was merged into. Chains are flattened."""
        return self.merged_into or self


class Uses(models.Func):
    """How many carry the tag of a key; one more than `MOST` where there are more, for nobody counts so many."""

    MOST = 1_000
    output_field = models.IntegerField()

    def as_sql(self, compiler: Any, connection: Any, *rest: Any, **context: Any) -> tuple[str, Any]:
        key, params = compiler.compile(self.get_source_expressions()[0])
        some = f'SELECT 1 FROM ukis_taggeditem WHERE ukis_taggeditem.tag_id = {key} LIMIT {self.MOST + 1}'  # noqa: S608
        return f'(SELECT COUNT(*) FROM ({some}) carried)', params  # noqa: S608  # the numbers are ours


class TaggedItem(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name='items')

    objects = models.Manager['TaggedItem']()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['tag', 'content_type', 'object_id'], name='tagged_once'),
        ]
        indexes = [models.Index(fields=['content_type', 'object_id', 'tag'], name='tagged_by_row')]
