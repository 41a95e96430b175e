from django.db import migrations

from ukis.search import on_postgresql


def make(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for statement in on_postgresql.ASK:
            schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for statement in on_postgresql.ASK_NO_MORE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ('ukis', '0010_search'),
    ]

    operations = [
        migrations.RunPython(make, unmake),
    ]
