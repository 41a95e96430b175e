import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def one_row_a_renewal(apps, schema_editor):
    """Who wrote which part nobody knows any more: they are taken for those of whoever answered."""
    wishes = apps.get_model('members', 'RenewalWish')
    for renewal in apps.get_model('members', 'Renewal').objects.exclude(wishes='').iterator():
        wishes.objects.create(
            renewal=renewal,
            by_id=renewal.by_id,
            letter_id=renewal.letter_id,
            at=renewal.prepared_at,
            words=renewal.wishes,
            met_at=renewal.wishes_met_at,
        )


def one_text_a_renewal(apps, schema_editor):
    for wish in apps.get_model('members', 'RenewalWish').objects.order_by('at', 'pk').iterator():
        renewal = wish.renewal
        renewal.wishes = f'{renewal.wishes}\n\n{wish.words}'.strip()
        renewal.save(update_fields=['wishes'])


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_plain_words'),
        ('ukis', '0016_what_would_become_of_a_letter'),
    ]

    operations = [
        migrations.CreateModel(
            name='RenewalWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(editable=False)),
                ('words', models.TextField(blank=True, editable=False)),
                ('met_at', models.DateTimeField(editable=False, null=True)),
                (
                    'by',
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    'letter',
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to='ukis.letter',
                    ),
                ),
                (
                    'renewal',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='wishes_of_it',
                        to='members.renewal',
                    ),
                ),
            ],
            options={'ordering': ['at', 'pk']},
        ),
        migrations.AddIndex(
            model_name='renewalwish',
            index=models.Index(
                condition=models.Q(('met_at', None), models.Q(('words', ''), _negated=True)),
                fields=['renewal'],
                name='renewal_wish_waiting',
            ),
        ),
        migrations.RunPython(one_row_a_renewal, one_text_a_renewal),
        migrations.RemoveIndex(model_name='renewal', name='renewal_with_wishes'),
        migrations.RemoveField(model_name='renewal', name='wishes'),
        migrations.RemoveField(model_name='renewal', name='wishes_met_at'),
        migrations.AlterField(
            model_name='renewalwish',
            name='renewal',
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name='wishes', to='members.renewal'
            ),
        ),
    ]
