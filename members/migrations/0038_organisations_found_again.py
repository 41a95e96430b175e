"""The folded names and web hosts by which organisations are found, of those who are there already."""

from django.db import migrations

from members.spelling import folded, host_of


def fill(apps, schema_editor):
    organisation = apps.get_model('members', 'Organisation')
    rows = []
    for row in organisation.objects.only('name', 'short_name', 'website').iterator(chunk_size=1000):
        row.folded_name, row.folded_short_name = folded(row.name), folded(row.short_name)
        row.web_host = host_of(row.website)
        rows.append(row)
    fields = ['folded_name', 'folded_short_name', 'web_host']
    organisation.objects.bulk_update(rows, fields, batch_size=300)

    earlier = apps.get_model('members', 'EarlierName')
    names = list(earlier.objects.only('name'))
    for name in names:
        name.folded_name = folded(name.name)
    earlier.objects.bulk_update(names, ['folded_name'], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [('members', '0037_organisations_found_by')]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
