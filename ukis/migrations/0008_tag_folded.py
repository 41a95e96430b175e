import django.db.models.deletion
from django.db import migrations, models

import ukis.addresses.fields
import ukis.tags.models


class Migration(migrations.Migration):
    """Room for one rule of addresses and names; what is there already is put right by the next one."""

    dependencies = [('ukis', '0007_by_name')]

    operations = [
        migrations.AddField(
            'tag', 'folded', models.CharField(default='', editable=False, max_length=200), preserve_default=False
        ),
        migrations.AddField('tag', 'waiting', models.BooleanField(default=False, editable=False)),
        migrations.AlterField(
            'tag', 'name', models.CharField(max_length=100, validators=[ukis.tags.models.check_name])
        ),
        migrations.AlterField(
            'tag',
            'slug',
            ukis.addresses.fields.AddressField(blank=True, max_length=120, unique=True, verbose_name='address'),
        ),
        migrations.AlterField(
            'page',
            'address',
            ukis.addresses.fields.AddressField(
                blank=True,
                help_text='“about” stands at /about/, every other page below it: /about/principles/. '
                'Left empty, it is made from the title.',
                max_length=120,
                unique=True,
            ),
        ),
        migrations.AlterField(
            'taggeditem',
            'tag',
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name='items', to='ukis.tag'
            ),
        ),
    ]
