"""The database tells of every change that public pages show, whoever makes it: a verb, the admin, a statement typed by
hand. On SQLite at once, on PostgreSQL last in the transaction, so that nobody else waits for the row of the number.

While tables are changed by `migrate` there are no triggers, and the generation is closed.
"""

import hashlib
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from ukis.changes import SHOWN, Shown
from ukis.pagecache.models import Change, Generation

PREFIX = 'ukis_tell'
KEPT = 20_000  # changes
LOCK = 7355608  # who holds it may be about to move the number


def close(plan: Any = (), **kwargs: Any) -> None:
    """Before the tables are changed, where there is anything to do."""
    if plan and Generation._meta.db_table in connection.introspection.table_names():
        with transaction.atomic():
            _wait_for_leases(max(Generation.objects.values_list('lease', flat=True), default=0))
            Generation.objects.update(open=False, installed='')
            drop()


def install(**kwargs: Any) -> None:
    """After it. Pages kept from before are no longer those of this era."""
    if Generation._meta.db_table not in connection.introspection.table_names():
        return
    made, mark = _made(), made_for()
    with transaction.atomic():
        row, _ = Generation.objects.select_for_update().get_or_create(pk=1)
        if row.open and row.installed == mark and row.lease == settings.PAGE_CACHE_LEASE:
            return
        if not _is_migrated():
            return  # tables and columns are not all there
        _wait_for_leases(row.lease)
        drop()
        with connection.cursor() as cursor:
            for statement in made:
                cursor.execute(statement)
        row.open, row.installed, row.era, row.lease = True, mark, uuid4(), settings.PAGE_CACHE_LEASE
        row.save()


def made_for() -> str:
    """Which tables and columns this release tells of and how, in a few letters."""
    return hashlib.sha256('\n'.join(sorted(_made())).encode()).hexdigest()


def forget_old_changes(now: Any = None) -> None:
    """Of rows long gone or long unchanged: whoever has not read that yet begins anew."""
    with transaction.atomic():
        row = Generation.objects.select_for_update().filter(pk=1).first()
        if row is not None and row.n > KEPT:
            Change.objects.filter(n__lte=row.n - KEPT).delete()
            Generation.objects.filter(pk=1).update(floor=row.n - KEPT)


def _is_migrated() -> bool:
    loader = MigrationLoader(connection)
    return all(leaf in loader.applied_migrations for leaf in loader.graph.leaf_nodes())


def _wait_for_leases(lease: int) -> None:
    """Until no reader goes by a number that it was given before."""
    if lease and connection.vendor == 'postgresql':
        with connection.cursor() as cursor:
            cursor.execute(
                'SELECT pg_advisory_xact_lock_shared(%s), pg_sleep(%s)', [LOCK, (lease * 1.1 + 2) / 1000]
            )


def drop() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == 'sqlite':
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f'{PREFIX}%']
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute(
                'SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s', [f'{PREFIX}%']
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER {name} ON {table}')


def _made() -> list[str]:
    if connection.vendor == 'sqlite':
        return [one for shown in SHOWN.values() for one in _for_sqlite(shown)]
    return [
        *(FUNCTION, LAST, TOLD_LAST, LEASED),
        *(one for shown in SHOWN.values() for one in _for_postgresql(shown)),
    ]


def _owner(shown: Shown) -> str:
    """The table to whose row a row belongs; empty where it is of any table, by its content type."""
    field = next(field for field in shown.model._meta.concrete_fields if field.column == shown.of)
    return field.related_model._meta.db_table if field.related_model else ''


# --- SQLite -------------------------------------------------------------------------------------------


def _for_sqlite(shown: Shown) -> list[str]:
    table, key = shown.table, shown.key
    there = [f"'{table}+'"]
    row = f'\'{table} \' || OLD."{key}"'
    columns = [
        f'CASE WHEN OLD."{one}" IS NOT NEW."{one}" THEN \'{table}.{one}\' END' for one in shown.columns
    ]
    differs = ' OR '.join(f'OLD."{one}" IS NOT NEW."{one}"' for one in shown.columns)
    old, new = _owner_on_sqlite(shown, 'OLD'), _owner_on_sqlite(shown, 'NEW')
    return [
        _trigger(table, 'INSERT', '', [*there, *new]),
        _trigger(table, 'DELETE', '', [row, *there, *old]),
        _trigger(table, 'UPDATE', f'WHEN {differs}', [row, *columns, *old, *new]),
    ]


def _owner_on_sqlite(shown: Shown, row: str) -> list[str]:
    if not shown.of:
        return []
    owner = _owner(shown)
    named = f"'{owner}'" if owner else _TABLE_BY_TYPE.format(row=row)
    return [f'{named} || \' \' || {row}."{shown.of}"']


_TABLE_BY_TYPE = (
    "(SELECT app_label || '_' || model FROM django_content_type WHERE id = {row}.content_type_id)"
)


def _trigger(table: str, event: str, when: str, subjects: list[str]) -> str:
    # Deleted and put in anew: an upsert would take the words for conflicts of the statement that set it off.
    return f"""CREATE TRIGGER "{PREFIX}_{table}_{event.lower()}" AFTER {event} ON "{table}" {when} BEGIN
        UPDATE ukis_generation SET n = n + 1;
        DELETE FROM ukis_change WHERE subject IN ({', '.join(subjects)});
        INSERT INTO ukis_change (subject, n)
            SELECT DISTINCT told.column1, g.n
            FROM (VALUES {', '.join(f'({one})' for one in subjects)}) AS told, ukis_generation AS g
            WHERE told.column1 IS NOT NULL;
    END"""  # noqa: S608  # tables and columns of ours


# --- PostgreSQL ---------------------------------------------------------------------------------------


def _for_postgresql(shown: Shown) -> list[str]:
    unseen = ','.join(sorted({shown.key, *shown.unseen}))
    owner = _owner(shown) if shown.of else ''
    return [
        f'CREATE CONSTRAINT TRIGGER {PREFIX} AFTER INSERT OR UPDATE OR DELETE ON "{shown.table}" '
        f'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {PREFIX}'
        f"('{shown.key}', '{{{unseen}}}', '{shown.of}', '{owner}')",
        f'CREATE TRIGGER {PREFIX}_emptied AFTER TRUNCATE ON "{shown.table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}()',
    ]


# In two stages. At the end of the transaction each row says what changed in it, and puts down that there is something
# to tell; that is told when all else is done which is left for the end, the checks of keys above all. For whoever moves
# the number holds its row until the commit, and must not wait for anybody meanwhile: they would wait for each other.
# Whoever changes very much tells nothing of it in particular: then all is forgotten (`floor`).
MUCH = 50_000  # characters of subjects
FUNCTION = f"""CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_it jsonb; after_it jsonb; one jsonb; owner_table text; subjects text[] := '{{}}'; told text; more text;
BEGIN
    told := coalesce(current_setting('ukis.told', true), '');
    IF told = '*' THEN RETURN NULL; END IF;
    IF TG_OP = 'TRUNCATE' THEN
        more := '*';
    ELSE
        IF TG_OP <> 'INSERT' THEN before_it := to_jsonb(OLD); END IF;
        IF TG_OP <> 'DELETE' THEN after_it := to_jsonb(NEW); END IF;
        IF TG_OP = 'UPDATE' THEN
            subjects := ARRAY(
                SELECT TG_TABLE_NAME || '.' || changed.key FROM jsonb_each(after_it) AS changed
                WHERE changed.value IS DISTINCT FROM before_it -> changed.key
                AND changed.key <> ALL (TG_ARGV[1]::text[]));
            IF cardinality(subjects) = 0 THEN RETURN NULL; END IF;
        ELSE
            subjects := ARRAY[TG_TABLE_NAME || '+'];
        END IF;
        IF TG_OP <> 'INSERT' THEN
            subjects := subjects || (TG_TABLE_NAME || ' ' || (before_it ->> TG_ARGV[0]));
        END IF;
        IF TG_ARGV[2] <> '' THEN
            FOREACH one IN ARRAY ARRAY[before_it, after_it] LOOP
                CONTINUE WHEN one IS NULL;
                owner_table := TG_ARGV[3];
                IF owner_table = '' THEN
                    SELECT app_label || '_' || model INTO owner_table FROM django_content_type
                    WHERE id = (one ->> 'content_type_id')::integer;
                END IF;
                subjects := subjects || (owner_table || ' ' || (one ->> TG_ARGV[2]));
            END LOOP;
        END IF;
        IF cardinality(subjects) = 0 THEN RETURN NULL; END IF;
        more := told || E'\n' || array_to_string(subjects, E'\n');
    END IF;
    PERFORM set_config('ukis.told', CASE WHEN length(more) > {MUCH} THEN '*' ELSE more END, true);
    IF told = '' THEN
        INSERT INTO ukis_change (subject, n) VALUES ('to be told by ' || txid_current(), 0);
    END IF;
    RETURN NULL;
END $$"""  # noqa: S608  # names of ours

# Numbers are seen in their order, for their row is held until the commit, which follows at once. A lease that some
# reader may hold has run out by then (`generation.py`).
LAST = f"""CREATE OR REPLACE FUNCTION {PREFIX}_last() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told text := current_setting('ukis.told', true);
    number bigint := nullif(current_setting('ukis.generation', true), '')::bigint;
    wait_for integer;
BEGIN
    DELETE FROM ukis_change WHERE subject = NEW.subject;
    PERFORM set_config('ukis.told', '', true);
    IF number IS NULL THEN
        SELECT lease INTO wait_for FROM ukis_generation;
        IF wait_for > 0 THEN
            PERFORM pg_advisory_xact_lock_shared({LOCK});
            PERFORM pg_sleep((wait_for + 2 + wait_for / 10.0) / 1000.0);
        END IF;
        UPDATE ukis_generation SET n = n + 1 RETURNING n INTO number;
        IF number IS NULL THEN RETURN NULL; END IF;
        PERFORM set_config('ukis.generation', number::text, true);
    END IF;
    IF told = '*' THEN
        UPDATE ukis_generation SET floor = number;
    ELSE
        INSERT INTO ukis_change (subject, n)
            SELECT DISTINCT unnest(string_to_array(ltrim(told, E'\n'), E'\n')), number
        ON CONFLICT (subject) DO UPDATE SET n = EXCLUDED.n WHERE ukis_change.n < EXCLUDED.n;
    END IF;
    RETURN NULL;
END $$"""  # noqa: S608  # names of ours
TOLD_LAST = f"""CREATE CONSTRAINT TRIGGER {PREFIX}_last AFTER INSERT ON ukis_change DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.n = 0) EXECUTE FUNCTION {PREFIX}_last()"""

# The lock and the number in two statements of their own: in one, the number would be as of before the lock was had.
LEASED = f"""CREATE OR REPLACE FUNCTION ukis_leased(
    OUT era uuid, OUT n bigint, OUT open boolean, OUT lease integer, OUT had boolean
) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    had := pg_try_advisory_xact_lock({LOCK});
    SELECT g.era, g.n, g.open, g.lease INTO era, n, open, lease FROM ukis_generation AS g;
    had := had AND lease > 0;
END $$"""  # noqa: S608  # a number of ours
