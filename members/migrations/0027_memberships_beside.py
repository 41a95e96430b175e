"""What ran at one time under two entries of one holder stays in the books when the two become one: all others are kept
apart, as before."""

from django.db import migrations, models

APART = """
ALTER TABLE members_membership DROP CONSTRAINT memberships_of_{holder}_apart;
ALTER TABLE members_membership ADD CONSTRAINT memberships_of_{holder}_apart EXCLUDE USING gist (
    int8range({holder}_id, {holder}_id, '[]') WITH &&, daterange(joined_on, ended_on, '[]') WITH &&
) WHERE ({where})
"""
HOLDERS = ('person', 'organisation')


def run(where):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == 'postgresql':
            for holder in HOLDERS:
                schema_editor.execute(APART.format(holder=holder, where=where.format(holder=holder)))

    return on_postgresql


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0026_registers_from_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='beside',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(
            run('{holder}_id IS NOT NULL AND NOT beside'), run('{holder}_id IS NOT NULL')
        ),
    ]
