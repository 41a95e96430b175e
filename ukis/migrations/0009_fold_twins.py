"""Every tag and page gets an address that can be asked for, and tags whose names count as one become one."""

import re

from django.db import migrations

from ukis.addresses.mending import content_type, mend, remember
from ukis.tags.naming import LONGEST, fold, tidied


def fold_twins(apps, schema_editor):
    Tag = apps.get_model('ukis', 'Tag')
    mend(apps, 'ukis.Tag', {'tag': '/blog/tags/{}/'}, lambda tag: tag.name)
    groups = {}
    for tag in Tag.objects.order_by('pk'):
        name = re.sub(r'\s*[,;\n\r]+\s*', '/', tag.name.strip(' ,;\n\r'))
        tag.name = tidied(name)[:LONGEST].strip()
        if not fold(tag.name):
            tag.name = tag.slug
        tag.folded = fold(tag.name)
        groups.setdefault(tag.folded, []).append(tag)
    items = apps.get_model('ukis', 'TaggedItem').objects
    for twins in groups.values():
        # The one that stands and is most in use, the first of those.
        twins.sort(key=lambda tag: (tag.merged_into_id is not None, -items.filter(tag=tag).count(), tag.pk))
        kept = twins[0]
        for twin in twins[1:]:
            absorb(apps, kept, twin)
        kept.save(update_fields=['name', 'folded', 'description'])
        absorbed = [twin.pk for twin in twins[1:]]
        Tag.objects.filter(pk=kept.pk, merged_into__in=absorbed).update(merged_into=None)
        Tag.objects.filter(pk__in=absorbed).update(merged_into=None)
        Tag.objects.filter(pk__in=absorbed).delete()
    for tag in Tag.objects.filter(merged_into__merged_into__isnull=False).select_related('merged_into'):
        Tag.objects.filter(pk=tag.pk).update(merged_into=tag.merged_into.merged_into_id)


def absorb(apps, kept, twin):
    """What carried the twin carries the other, and its addresses lead there."""
    items = apps.get_model('ukis', 'TaggedItem').objects
    carried = set(items.filter(tag=kept).values_list('content_type_id', 'object_id'))
    for item in items.filter(tag=twin):
        if (item.content_type_id, item.object_id) in carried:
            item.delete()
        else:
            items.filter(pk=item.pk).update(tag=kept)
    apps.get_model('ukis', 'Tag').objects.filter(merged_into=twin).exclude(pk=kept.pk).update(merged_into=kept)
    apps.get_model('ukis', 'OldAddress').objects.filter(
        content_type=content_type(apps, 'ukis.Tag'), object_id=twin.pk
    ).update(object_id=kept.pk)
    remember(apps, 'ukis.Tag', kept.pk, {'tag': f'/blog/tags/{twin.slug}/'})
    kept.description = kept.description or twin.description


def mend_pages(apps, schema_editor):
    mend(apps, 'ukis.Page', {'page': '/about/{}/'}, lambda page: page.title, field='address', reserved=['about'])


class Migration(migrations.Migration):
    dependencies = [('ukis', '0008_tag_folded'), ('contenttypes', '0002_remove_content_type_name')]

    operations = [
        migrations.RunPython(fold_twins, migrations.RunPython.noop),
        migrations.RunPython(mend_pages, migrations.RunPython.noop),
    ]
