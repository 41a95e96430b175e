import django.db.models.deletion
from django.db import migrations, models

KINDS = ('invoice', 'payment')


def as_today(apps, schema_editor):
    """Which it was on their day nobody knows any more."""
    held = apps.get_model('members', 'Membership').objects.filter(pk=models.OuterRef('membership'))
    for kind in KINDS:
        apps.get_model('members', kind).objects.update(category=models.Subquery(held.values('category')[:1]))


def category(kind, **given):
    return {
        'model_name': kind,
        'name': 'category',
        'field': models.ForeignKey(
            editable=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name=f'{kind}s',
            to='members.category',
            **given,
        ),
    }


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0004_left_over_and_vacant'),
    ]

    operations = [
        *(migrations.AddField(**category(kind, null=True)) for kind in KINDS),
        migrations.RunPython(as_today, migrations.RunPython.noop),
        *(migrations.AlterField(**category(kind)) for kind in KINDS),
    ]
