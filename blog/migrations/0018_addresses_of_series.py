import django.db.models.lookups
from django.db import migrations, models

import ukis.addresses.fields
from ukis.addresses.spelling import stem

SHELVES = [
    (0, 'all posts'),
    (1, 'a tag’s posts'),
    (2, 'a person’s posts'),
    (3, 'an organisation’s posts'),
    (4, 'a series’ posts'),
]
HELP = 'Left empty, it is made from the title. The page is public once a post of it is out.'


def give(apps, schema_editor):
    """An address for every series that is there. Their posts are put on their shelves after every migrate."""
    taken: set[str] = set()
    for series in apps.get_model('blog', 'Series').objects.order_by('pk'):
        begins = stem(series.title) or 'series'
        numbered = (begins if number == 1 else f'{begins}-{number}' for number in range(1, 10_000))
        series.slug = next(slug for slug in numbered if slug not in taken)
        taken.add(series.slug)
        series.save(update_fields=['slug'])


class Migration(migrations.Migration):
    dependencies = [
        ('blog', '0017_feed_ids'),
    ]

    operations = [
        migrations.AddField(
            model_name='series',
            name='slug',
            field=ukis.addresses.fields.AddressField(
                blank=True, null=True, max_length=120, unique=True, verbose_name='address', help_text=HELP
            ),
        ),
        migrations.RunPython(give, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='series',
            name='slug',
            field=ukis.addresses.fields.AddressField(
                blank=True, max_length=120, unique=True, verbose_name='address', help_text=HELP
            ),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('slug'), models.Value('abcdefghijklmnopqrstuvwxyz0123456789-'), function='LTRIM', output_field=models.CharField()), models.Value('')), models.Q(('slug', ''), ('slug__startswith', '-'), ('slug__endswith', '-'), _connector='OR', _negated=True), models.Q(('slug__contains', '--'), _negated=True)), name='series_address_well_formed', violation_error_message='Write it with small letters, digits and single hyphens, as in careful-change-2027.'),
        ),
        migrations.AddField(
            model_name='serieseditor',
            name='named',
            field=models.BooleanField(
                'named on its page',
                default=False,
                help_text='Tick it where they said that everybody may read that they look after it.',
            ),
        ),
        migrations.AlterField(
            model_name='shelfcount',
            name='shelf',
            field=models.PositiveSmallIntegerField(choices=SHELVES),
        ),
        migrations.AlterField(
            model_name='shelved',
            name='shelf',
            field=models.PositiveSmallIntegerField(choices=SHELVES),
        ),
    ]
