"""The staff's roles were made here once. `members.roles` now brings them up to date after every migrate."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [('blog', '0001_blog')]
    operations = []
