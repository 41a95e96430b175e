"""Every person and organisation gets an address that can be asked for."""

from django.db import migrations

from ukis.addresses.mending import mend


def mend_all(apps, schema_editor):
    paths = {'person': '/people/{}/', 'author': '/blog/authors/{}/'}
    mend(apps, 'members.Person', paths, lambda person: person.name)
    mend(apps, 'members.Organisation', {'organisation': '/organisations/{}/'}, lambda row: row.short_name or row.name)


class Migration(migrations.Migration):
    dependencies = [('members', '0008_affiliations_sorted'), ('ukis', '0008_tag_folded')]

    operations = [migrations.RunPython(mend_all, migrations.RunPython.noop)]
