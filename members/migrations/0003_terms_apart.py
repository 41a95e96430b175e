"""On PostgreSQL the database itself keeps the terms of a membership apart; elsewhere `Term.save` does, by a lock."""

from django.db import migrations

# Ranges of one number each stand for the key: GiST knows ranges without an extension.
ADD = """
ALTER TABLE members_term ADD CONSTRAINT terms_do_not_overlap EXCLUDE USING gist (
    int8range(membership_id, membership_id, '[]') WITH &&, daterange("start", "end", '[]') WITH &&
) WHERE (payment <> 'void')
"""
DROP = 'ALTER TABLE members_term DROP CONSTRAINT terms_do_not_overlap'


def run(sql):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == 'postgresql':
            schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [('members', '0002_membership')]
    operations = [migrations.RunPython(run(ADD), run(DROP))]
