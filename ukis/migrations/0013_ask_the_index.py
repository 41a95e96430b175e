import django.utils.timezone
from django.db import migrations, models

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
        ('ukis', '0012_pictures_are_made_anew'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToWriteAnew',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facet', models.CharField(max_length=20)),
                ('after', models.BigIntegerField(default=-1)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('once_more', models.BooleanField(default=True)),
            ],
            options={
                'db_table': 'ukis_to_write_anew',
            },
        ),
        migrations.RunPython(make, unmake),
    ]
