"""What leads to nobody, so that people can lead to it: tags, pages, pictures, the clock, the page cache."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import ukis.addresses.fields
import ukis.tags.models
import uuid
from django.db import migrations, models

from ukis.migrations._at_once import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='OldAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(help_text='With both slashes: /blog/an-old-title/', max_length=300, unique=True)),
                    ('view', models.CharField(blank=True, editable=False, max_length=60)),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                    ('object_id', models.PositiveBigIntegerField()),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'verbose_name_plural': 'old addresses',
                    'indexes': [models.Index(fields=['content_type', 'object_id'], name='ukis_oldadd_content_c15da3_idx'), models.Index(fields=['-made_at', '-id'], name='old_address_newest')],
                },
            ),
            migrations.CreateModel(
                name='ClosedAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mark', models.CharField(editable=False, max_length=64, unique=True)),
                ],
            ),
            migrations.CreateModel(
                name='ClockRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(editable=False, max_length=100, unique=True)),
                    ('last_run_at', models.DateTimeField(editable=False, null=True)),
                    ('last_error', models.TextField(blank=True, editable=False)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Heartbeat',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('worker', models.CharField(editable=False, max_length=120)),
                    ('loop', models.CharField(editable=False, max_length=40)),
                    ('beat_at', models.DateTimeField(editable=False)),
                    ('turned_at', models.DateTimeField(editable=False)),
                    ('doing', models.CharField(blank=True, editable=False, max_length=120)),
                    ('trouble', models.TextField(blank=True, editable=False)),
                ],
                options={
                    'ordering': ['loop', 'worker'],
                    'constraints': [models.UniqueConstraint(fields=('worker', 'loop'), name='one_heartbeat_for_each_loop_of_a_worker')],
                },
            ),
            migrations.CreateModel(
                name='DayOff',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('name', models.CharField(max_length=120)),
                    ('nation', models.CharField(blank=True, choices=[('england', 'England'), ('scotland', 'Scotland'), ('wales', 'Wales'), ('northern-ireland', 'Northern Ireland')], help_text='Empty: all four.', max_length=20)),
                    ('is_off', models.BooleanField(default=True, help_text='Untick where a holiday on the list is none.', verbose_name='no work on that day')),
                ],
                options={
                    'verbose_name': 'correction of the bank holidays',
                    'verbose_name_plural': 'corrections of the bank holidays',
                    'ordering': ['-day'],
                    'constraints': [models.UniqueConstraint(fields=('day', 'nation'), name='one_correction_a_day_and_nation', violation_error_message='There is a correction for this day already.')],
                },
            ),
            migrations.CreateModel(
                name='Reminded',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('plan', models.CharField(editable=False, max_length=40)),
                    ('content_type', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, to='contenttypes.contenttype')),
                    ('object_id', models.PositiveBigIntegerField(editable=False)),
                    ('whom', models.CharField(blank=True, editable=False, max_length=200)),
                    ('step', models.CharField(editable=False, max_length=20)),
                    ('due_on', models.DateField(editable=False)),
                    ('outcome', models.CharField(choices=[('sent', 'written'), ('skipped', 'left out'), ('unheard', 'reached nobody')], editable=False, max_length=8)),
                    ('why', models.CharField(blank=True, editable=False, max_length=300)),
                    ('letters', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ],
                options={
                    'verbose_name': 'reminder',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['-at', '-id'], name='reminded_newest'), models.Index(condition=models.Q(('outcome', 'unheard')), fields=['plan', 'object_id'], name='reminded_unheard')],
                    'constraints': [models.UniqueConstraint(fields=('plan', 'content_type', 'object_id', 'step'), name='one_of_a_step', violation_error_message='This step stands in the ledger already.')],
                },
            ),
            migrations.CreateModel(
                name='Picture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hash', models.CharField(editable=False, max_length=64, unique=True)),
                    ('file', models.FileField(editable=False, max_length=200, upload_to='')),
                    ('format', models.CharField(editable=False, max_length=8)),
                    ('width', models.PositiveIntegerField(editable=False)),
                    ('height', models.PositiveIntegerField(editable=False)),
                    ('size', models.PositiveIntegerField(editable=False, verbose_name='bytes')),
                    ('focal_x', models.FloatField(default=0.5)),
                    ('focal_y', models.FloatField(default=0.5)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('sizes', models.JSONField(default=list, editable=False)),
                    ('sized_at', models.DateTimeField(editable=False, null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='tries at its sizes')),
                    ('try_again_at', models.DateTimeField(editable=False, null=True)),
                    ('last_error', models.CharField(blank=True, editable=False, max_length=500)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('sized_at', None)), fields=['id'], name='picture_unsized')],
                },
            ),
            migrations.CreateModel(
                name='Page',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200)),
                    ('address', ukis.addresses.fields.AddressField(blank=True, help_text='“about” stands at /about/, every other page below it: /about/principles/. Left empty, it is made from the title.', max_length=120, unique=True)),
                    ('body', models.TextField()),
                    ('published', models.BooleanField(default=False)),
                    ('in_footer', models.BooleanField(default=True)),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                ],
                options={
                    'ordering': ['position', 'title'],
                    'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('address'), models.Value('abcdefghijklmnopqrstuvwxyz0123456789-'), function='LTRIM', output_field=models.CharField()), models.Value('')), models.Q(('address', ''), ('address__startswith', '-'), ('address__endswith', '-'), _connector='OR', _negated=True), models.Q(('address__contains', '--'), _negated=True)), name='page_address_well_formed', violation_error_message='Write it with small letters, digits and single hyphens, as in careful-change-2027.')],
                },
            ),
            migrations.CreateModel(
                name='Generation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('n', models.BigIntegerField(default=0)),
                    ('era', models.UUIDField(default=uuid.uuid4)),
                    ('open', models.BooleanField(default=False)),
                    ('installed', models.CharField(blank=True, max_length=64)),
                    ('floor', models.BigIntegerField(default=0)),
                    ('lease', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'verbose_name': 'generation of the page cache',
                    'db_table': 'ukis_generation',
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('subject', models.CharField(max_length=140, primary_key=True, serialize=False)),
                    ('n', models.BigIntegerField(db_index=True)),
                ],
                options={
                    'verbose_name': 'change for the page cache',
                    'db_table': 'ukis_change',
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=100, validators=[ukis.tags.models.check_name])),
                    ('folded', models.CharField(editable=False, help_text='What names that count as one have in common.', max_length=200, unique=True)),
                    ('slug', ukis.addresses.fields.AddressField(blank=True, max_length=120, unique=True, verbose_name='address')),
                    ('description', models.TextField(blank=True)),
                    ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='ukis.tag')),
                    ('waiting', models.BooleanField(default=False, editable=False)),
                ],
                options={
                    'ordering': ['name'],
                    'indexes': [models.Index(django.db.models.functions.text.Lower('name'), models.F('id'), name='tag_by_name')],
                    'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('slug'), models.Value('abcdefghijklmnopqrstuvwxyz0123456789-'), function='LTRIM', output_field=models.CharField()), models.Value('')), models.Q(('slug', ''), ('slug__startswith', '-'), ('slug__endswith', '-'), _connector='OR', _negated=True), models.Q(('slug__contains', '--'), _negated=True)), name='tag_address_well_formed', violation_error_message='Write it with small letters, digits and single hyphens, as in careful-change-2027.'), models.CheckConstraint(condition=models.Q(models.Q(('name__contains', ','), _negated=True), models.Q(('name__contains', ';'), _negated=True)), name='tag_name_without_separator', violation_error_message='A comma or a semicolon stands between tags and cannot be part of one. Use “and”, or a dash.')],
                },
            ),
            migrations.CreateModel(
                name='TaggedItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_tagged_items', to='contenttypes.contenttype', verbose_name='content type')),
                    ('object_id', models.IntegerField(db_index=True, verbose_name='object ID')),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='ukis.tag')),
                ],
                options={
                    'indexes': [models.Index(fields=['content_type', 'object_id', 'tag'], name='tagged_by_row')],
                    'constraints': [models.UniqueConstraint(fields=('tag', 'content_type', 'object_id'), name='tagged_once')],
                },
            ),
        ]),
    ]
