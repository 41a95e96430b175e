"""What a request costs in steps of a database, not in seconds: a machine's mood does not change it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

# What grows with the Society. Reading all of one of these is never right; walking along its index may be.
GROWING = (
    'blog_post|blog_byline|blog_version|blog_correction|blog_shelved|blog_shelfcount|ukis_tag|ukis_taggeditem|'
    'ukis_picture|ukis_oldaddress|members_person|members_organisation|members_affiliation|members_membership|'
    'members_term|members_seat|members_override|members_earliername|blog_submission|blog_authorship|blog_step|'
    'blog_message|ukis_letter'
)
EVERY = 10  # the steps of SQLite's machine between two looks at the count


@dataclass
class Cost:
    queries: int = 0
    steps: int = 0
    # Tables of those that grow that were read from one end to the other, with the question.
    read_whole: list[str] = field(default_factory=list)
    # How rows were found, in the words of the database: 'blog_post by post_newest' on PostgreSQL.
    found_by: list[str] = field(default_factory=list)

    def uses(self, index: str) -> bool:
        return any(re.search(rf'\b{index}', line) for line in self.found_by)


@contextmanager
def costing() -> Iterator[Cost]:
    """On SQLite the steps of its machine, on PostgreSQL the rows that its plans visit with every index allowed."""
    cost = Cost()
    asked: list[tuple] = []

    def note(execute, sql, params, many, context):
        cost.queries += 1
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        if connection.vendor == 'sqlite':
            with _steps_of_sqlite(cost):
                yield cost
        else:
            yield cost
    for sql, params in asked:
        if sql.lstrip().upper().startswith('SELECT'):
            (_plan_of_sqlite if connection.vendor == 'sqlite' else _plan_of_postgresql)(cost, sql, params)


@contextmanager
def _steps_of_sqlite(cost: Cost) -> Iterator[None]:
    def step() -> int:
        cost.steps += EVERY
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(step, EVERY)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, EVERY)


def _plan_of_sqlite(cost: Cost, sql: str, params: tuple) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'EXPLAIN QUERY PLAN {sql}', params)
        plan = [row[-1] for row in cursor.fetchall()]
    cost.found_by += plan
    aliases = re.findall(rf'\b(?:{GROWING})"? "?([A-Za-z]\w*)', sql)
    # The last row by its key is found at once, though it is called a scan.
    if not sql.endswith('LIMIT 1') and (
        found := [line for line in plan if re.fullmatch(f'SCAN ({"|".join([GROWING, *aliases])})', line)]
    ):
        cost.read_whole.append(f'{found}: {sql}')


def _plan_of_postgresql(cost: Cost, sql: str, params: tuple) -> None:
    with connection.cursor() as cursor:
        # Tables of a test are small enough to be read whole: asked for is what happens when they are not.
        for what_reads_all in ('seqscan', 'hashjoin', 'mergejoin'):
            cursor.execute(f'SET LOCAL enable_{what_reads_all} = off')
        cursor.execute(f'EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) {sql}', params)
        plan = cursor.fetchone()[0]
        plan = json.loads(plan) if isinstance(plan, str) else plan
        nodes = list(_nodes(plan[0]['Plan']))
        # Where all rows lie in one block the plan may well read them all: it is one step either way.
        cursor.execute(
            'SELECT relname FROM pg_class WHERE relname = ANY(%s) AND pg_relation_size(oid) <= 8192',
            [[node['Relation Name'] for node in nodes if 'Relation Name' in node]],
        )
        of_one_block = {name for (name,) in cursor.fetchall()}
    for node in nodes:
        if 'Index Name' in node:
            cost.found_by.append(f'{node.get("Relation Name", "")} by {node["Index Name"]}')
        if 'Scan' in node['Node Type']:
            visited = node['Actual Rows'] + node.get('Rows Removed by Filter', 0)
            visited += node.get('Rows Removed by Index Recheck', 0) + 1
            cost.steps += round(
                (1 if node.get('Relation Name') in of_one_block else visited) * node['Actual Loops']
            )
        if node['Node Type'] == 'Seq Scan' and re.fullmatch(GROWING, node['Relation Name']):
            cost.read_whole.append(f'{node["Relation Name"]}: {sql}')


def _nodes(node: dict) -> Iterator[dict]:
    yield node
    for below in node.get('Plans', ()):
        yield from _nodes(below)
