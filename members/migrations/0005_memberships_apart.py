"""On PostgreSQL the database itself keeps the memberships of one holder apart, so that none runs beside another;
elsewhere `joining` does, by a lock. And it can look at a membership's terms when all are written, so that the
boundary between two may move in one save."""

from django.db import migrations

APART = """
ALTER TABLE members_membership ADD CONSTRAINT memberships_of_{holder}_apart EXCLUDE USING gist (
    int8range({holder}_id, {holder}_id, '[]') WITH &&, daterange(joined_on, ended_on, '[]') WITH &&
) WHERE ({holder}_id IS NOT NULL)
"""
TOGETHER = 'ALTER TABLE members_membership DROP CONSTRAINT memberships_of_{holder}_apart'
TERMS = """
ALTER TABLE members_term DROP CONSTRAINT terms_do_not_overlap;
ALTER TABLE members_term ADD CONSTRAINT terms_do_not_overlap EXCLUDE USING gist (
    int8range(membership_id, membership_id, '[]') WITH &&, daterange("start", "end", '[]') WITH &&
) WHERE (payment <> 'void') {deferrable}
"""
HOLDERS = ('person', 'organisation')
FORWARD = [
    *(APART.format(holder=holder) for holder in HOLDERS),
    TERMS.format(deferrable='DEFERRABLE INITIALLY IMMEDIATE'),
]
BACK = [*(TOGETHER.format(holder=holder) for holder in HOLDERS), TERMS.format(deferrable='')]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == 'postgresql':
            for statement in statements:
                schema_editor.execute(statement)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [('members', '0004_sentences')]
    operations = [migrations.RunPython(run(FORWARD), run(BACK))]
