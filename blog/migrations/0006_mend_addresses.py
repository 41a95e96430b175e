"""Every post gets an address that can be asked for."""

from django.db import migrations

from ukis.addresses.mending import mend


def mend_posts(apps, schema_editor):
    mend(
        apps,
        'blog.Post',
        {'post': '/blog/{}/'},
        lambda post: post.submission.working_title,
        reserved=['feed', 'tags', 'authors', 'archive', 'contribute', 'search', 'subscribe'],
    )


def empty_shelves(apps, schema_editor):
    """Where tags were folded, posts stand elsewhere: after migrating the shelves are put up anew."""
    apps.get_model('blog', 'Shelved').objects.all().delete()
    apps.get_model('blog', 'ShelfCount').objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [('blog', '0005_shelves'), ('ukis', '0009_fold_twins')]

    operations = [
        migrations.RunPython(mend_posts, migrations.RunPython.noop),
        migrations.RunPython(empty_shelves, migrations.RunPython.noop),
    ]
