from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0009_buffers_carried_over'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Buffer',
        ),
    ]
