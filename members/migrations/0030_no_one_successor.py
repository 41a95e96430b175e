from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0029_what_followed'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='organisation',
            name='successor',
        ),
    ]
