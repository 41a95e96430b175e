from django.db import migrations, models

from ukis.search import on_postgresql, on_sqlite


def _body(schema_editor):
    return on_postgresql if schema_editor.connection.vendor == 'postgresql' else on_sqlite


def make(apps, schema_editor):
    for statement in _body(schema_editor).MAKE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in _body(schema_editor).UNMAKE:
        schema_editor.execute(statement)


def away_with_the_old(apps, schema_editor):
    """What it held is made anew by the clock, of what there is."""
    if schema_editor.connection.vendor == 'sqlite':
        schema_editor.execute('DROP TABLE ukis_document_words')


class Migration(migrations.Migration):

    dependencies = [
        ('ukis', '0009_notices'),
    ]

    operations = [
        migrations.RunPython(away_with_the_old),
        migrations.DeleteModel(name='Document'),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.PositiveSmallIntegerField()),
                ('row', models.PositiveIntegerField()),
                ('language', models.CharField(blank=True, max_length=10)),
                ('facets', models.TextField()),
                ('weights', models.BinaryField()),
                ('first', models.TextField()),
                ('rest', models.TextField()),
                ('first_stems', models.TextField()),
                ('stems', models.TextField()),
            ],
            options={
                'db_table': 'ukis_document',
                'constraints': [models.UniqueConstraint(fields=('kind', 'row'), name='document_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.PositiveSmallIntegerField(choices=[(0, 'a stem'), (1, 'a word as it stands')])),
                ('word', models.CharField(max_length=64)),
                ('documents', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'ukis_word',
                'constraints': [models.UniqueConstraint(fields=('form', 'word'), name='word_counted_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(blank=True, max_length=40)),
                ('documents', models.PositiveIntegerField(default=0)),
                ('whole', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'ukis_search_state',
            },
        ),
        migrations.CreateModel(
            name='Synonyms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='Two or more words or phrases with commas between them: SEN, special educational needs. Whoever looks for one of them finds the others too.', max_length=300, verbose_name='mean the same')),
            ],
            options={
                'verbose_name': 'words that mean the same in search',
                'verbose_name_plural': 'words that mean the same in search',
                'db_table': 'ukis_synonyms',
                'ordering': ['words'],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
