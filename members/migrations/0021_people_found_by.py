"""The folded names by which people are found and put in order, of those who are there already."""

from django.db import migrations

from ukis.folding import folded


def fill(apps, schema_editor):
    person = apps.get_model('members', 'Person')
    rows = []
    for row in person.objects.filter(found_by='').only('name', 'family_name').iterator(chunk_size=1000):
        row.found_by = folded(f'{row.family_name} {row.name}')[:900]
        rows.append(row)
    person.objects.bulk_update(rows, ['found_by'], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [('members', '0020_meeting')]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
