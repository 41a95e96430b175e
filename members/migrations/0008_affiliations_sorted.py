"""What stands in `sorted_as` of affiliations that were there before it."""

from django.db import migrations


def sort(apps, schema_editor):
    affiliations = apps.get_model('members', 'Affiliation').objects.select_related('person')
    for row in affiliations.only('person__family_name', 'person__name').iterator():
        row.sorted_as = f'{row.person.family_name} {row.person.name}'.lower()
        row.save(update_fields=['sorted_as'])


class Migration(migrations.Migration):
    dependencies = [('members', '0007_by_name')]
    operations = [migrations.RunPython(sort, migrations.RunPython.noop)]
