from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0035_merged_by_few'),
    ]

    operations = [
        migrations.AlterField(
            model_name='changeproposal',
            name='field',
            field=models.CharField(choices=[('name', 'name'), ('short_name', 'short name'), ('website', 'website'), ('description', 'description'), ('nations', 'nations'), ('topics', 'topics'), ('logo', 'logo'), ('billing_address', 'billing address')], editable=False, max_length=20),
        ),
    ]
