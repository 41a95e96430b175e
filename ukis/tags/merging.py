"""One vocabulary: what carries a tag that was merged carries the other from then on."""

from django.db import transaction

from ukis import changes
from ukis.tags.models import Tag, TaggedItem


def merge(tag: Tag, into: Tag) -> None:
    """Everything tagged `tag` becomes tagged `into`, once; the address of `tag` leads there for ever.

    Tags that were merged into `tag` before follow, so no chain grows. ValueError for a circle.
    """
    if into.merged_into_id is not None or into.pk == tag.pk:
        raise ValueError(f'“{into}” is itself merged. Choose the tag that stands.')
    with transaction.atomic():
        retagged = list(TaggedItem.objects.filter(tag=tag).values_list('content_type', 'object_id'))
        carrying = TaggedItem.objects.filter(tag=into).values_list('content_type', 'object_id')
        both = set(carrying)
        for item in TaggedItem.objects.filter(tag=tag):
            if (item.content_type_id, item.object_id) in both:
                item.delete()
            else:
                item.tag = into
                item.save(update_fields=['tag'])
        Tag.objects.filter(merged_into=tag).update(merged_into=into)
        Tag.objects.filter(pk=tag.pk).update(merged_into=into)
        changes.tell_of_tags(retagged)
