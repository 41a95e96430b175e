"""A page of the map: some topics, and in each column what counts there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

from blog.desk.topic_map.found import ASKED, IN_HAND, KINDS, WOULD, MapColumn, begin, names_of, nations_of
from blog.models import Shelf
from members.models import Person
from ukis.tags.models import Tag


@dataclass
class MapCell:
    topic: Tag
    column: MapColumn | None
    published: int = 0
    rows: dict[str, set[int]] = field(
        default_factory=lambda: {kind: set() for kind in (IN_HAND, ASKED, WOULD)}
    )

    in_hand = property(lambda self: len(self.rows[IN_HAND]))
    asked = property(lambda self: len(self.rows[ASKED]))
    would_write = property(lambda self: len(self.rows[WOULD]))

    @property
    def is_gap(self) -> bool:
        """Nothing in the last year, and nothing promised."""
        return not (self.published or self.in_hand or self.asked)

    @property
    def there(self) -> str:
        """Its column, as it stands in the address of its rows."""
        return f'?{urlencode({self.column.param: self.column.value})}' if self.column else ''

    @property
    def wanted(self) -> str:
        """What is missing, as it stands in the address of a commission."""
        column = {self.column.param: self.column.value} if self.column else {}
        return urlencode({'topic': self.topic.slug, **column})


@dataclass(frozen=True)
class MapLine:
    topic: Tag
    everywhere: MapCell
    cells: Sequence[MapCell]


def lines(topics: Sequence[Tag], columns: Sequence[MapColumn], person: Person) -> list[MapLine]:
    """What the numbers cost does not grow with the topics: a few questions for all that are shown."""
    table = [MapLine(tag, MapCell(tag, None), [MapCell(tag, column) for column in columns]) for tag in topics]
    if not table:
        return table
    by_key = {line.topic.pk: line for line in table}
    names = names_of(topics)
    found = {kind: these(person, names) for kind, these in KINDS.items()}
    nations = nations_of(one for some in found.values() for one in some)
    for kind, some in found.items():
        for one in some:
            line = by_key[one.tag]
            line.everywhere.rows[kind].add(one.row)
            for cell in line.cells:
                if cell.column and cell.column.holds(one.places, nations):
                    cell.rows[kind].add(one.row)
    for tag, *counts in _counted(list(by_key), columns, person):
        line = by_key[tag]
        for cell, count in zip((line.everywhere, *line.cells), counts, strict=True):
            cell.published = count or 0
    return table


def _counted(topics: list[int], columns: Sequence[MapColumn], person: Person) -> list[tuple[int, ...]]:
    """What `published` finds, of each topic: everywhere, and in each column. Written out, for there may be tens of
    thousands of posts in a year: once for each post whether it counts in a column, then summed by topic."""
    here, params = _in_columns(columns)
    adapt = connection.ops.adapt_datetimefield_value
    year = [adapt(begin()), adapt(timezone.now())]
    marks = ', '.join(['%s'] * len(topics))
    sums = ''.join(f', SUM(placed.c{number})' for number in range(len(columns)))
    sql = f"""
        SELECT tagged.key, COUNT(*){sums} FROM blog_shelved tagged
        LEFT JOIN (
            SELECT byline.post_id AS post{here} FROM blog_shelved standing
            JOIN blog_byline byline ON byline.post_id = standing.post_id
            LEFT JOIN members_organisation organisation ON organisation.id = byline.organisation_id
            WHERE standing.shelf = {int(Shelf.ALL)} AND standing.key = 0
            AND standing.published_at >= %s AND standing.published_at <= %s
            GROUP BY byline.post_id
        ) placed ON placed.post = tagged.post_id
        WHERE tagged.shelf = {int(Shelf.TAG)} AND tagged.key IN ({marks})
        AND tagged.published_at >= %s AND tagged.published_at <= %s
        AND tagged.post_id NOT IN (
            SELECT post.id FROM blog_authorship mine
            JOIN blog_post post ON post.submission_id = mine.submission_id WHERE mine.person_id = %s
        )
        GROUP BY tagged.key"""  # noqa: S608  # the numbers are ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *year, *topics, *year, person.pk])
        return cursor.fetchall()


def _in_columns(columns: Sequence[MapColumn]) -> tuple[str, list[Any]]:
    sql = ''
    params: list[Any] = []
    for number, column in enumerate(columns):
        if column.organisation is not None:
            test = 'byline.organisation_id = %s'
            params.append(column.organisation)
        else:
            test = 'CAST(organisation.nations AS TEXT) LIKE %s'
            params.append(f'%"{column.value}"%')
        sql += f', MAX(CASE WHEN {test} THEN 1 ELSE 0 END) AS c{number}'
    return sql, params
