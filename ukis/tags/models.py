"""One vocabulary for everything, and what carries it."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from taggit.models import GenericTaggedItemBase, TagBase


class Tag(TagBase):
    """One vocabulary for posts, people and organisations."""

    description = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        'self', on_delete=models.PROTECT, null=True, blank=True, related_name='merged'
    )

    class Meta:
        ordering = ['name']
        indexes = [models.Index(Lower('name'), 'id', name='tag_by_name')]

    def get_absolute_url(self) -> str:
        return reverse('tag', args=[self.slug])


class TaggedItem(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name='items')

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['tag', 'content_type', 'object_id'], name='tagged_once'),
        ]
