"""What people had typed and not saved moves to where all forms keep it now; the table of old goes."""

from django.db import migrations


def carry_over(apps, schema_editor):
    old, new = apps.get_model('blog', 'Buffer'), apps.get_model('ukis', 'Buffer')
    if not old.objects.exists():
        return
    content_type, _ = apps.get_model('contenttypes', 'ContentType').objects.get_or_create(
        app_label='blog', model='submission'
    )
    for row in old.objects.iterator():
        new.objects.create(
            writer_id=row.writer_id,
            form='Text',
            content_type=content_type,
            object_id=row.submission_id,
            page=f'/write/{row.submission_id}/edit/',
            tab='carried over',
            fields=as_lists(row.data),
            started_from=str(row.base),
            typed_at=int(row.saved_at.timestamp() * 1000),
            kept_at=row.saved_at,
        )


def as_lists(data):
    """A name had one value; now it has as many as were sent."""
    return {name: [value] for name, value in data.items()}


def bring_back(apps, schema_editor):
    """Of several texts the newest: the table of old held one for each writer."""
    old, new = apps.get_model('blog', 'Buffer'), apps.get_model('ukis', 'Buffer')
    kept = new.objects.filter(form='Text', content_type__app_label='blog', state='kept')
    for row in kept.order_by('kept_at', 'pk'):
        old.objects.update_or_create(
            submission_id=row.object_id,
            writer_id=row.writer_id,
            defaults={
                'base': int(row.started_from or 0),
                'data': {name: values[-1] for name, values in row.fields.items() if values},
                'saved_at': row.kept_at,
            },
        )
    kept.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0008_on_behalf'),
        ('ukis', '0012_buffers'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(carry_over, bring_back),
    ]
