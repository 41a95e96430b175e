"""A gap of the map that is to be commissioned: what the invitation begins with, and who said that they would write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from blog.desk.topic_map.choosing import column_at
from blog.desk.topic_map.found import WOULD, MapColumn, rows_of
from blog.desk.topic_map.lines import MapCell
from blog.models import WouldWrite
from members.models import Person
from ukis.tags.models import Tag

NAMED = 20


@dataclass(frozen=True)
class WantedOnMap:
    topic: Tag
    column: MapColumn | None
    would_write: Sequence[WouldWrite]
    chosen: Person | None

    @property
    def of(self) -> MapCell:
        return MapCell(self.topic, self.column)

    @property
    def initial(self) -> dict[str, Any]:
        whom = {'name': self.chosen.printed_name, 'email': self.chosen.email} if self.chosen else {}
        return {'tag_words': [self.topic.name], **whom}


def wanted(params: Mapping[str, str], person: Person) -> WantedOnMap | None:
    """What an address of the map asks for; None where it names no topic that stands. A person is chosen only from
    those who said it: an address that names anybody else gives nothing away."""
    topic = Tag.objects.filter(slug=params.get('topic', '')[:200], merged_into=None).first()
    if topic is None:
        return None
    try:
        column = column_at(params)
    except LookupError:
        column = None
    keys = rows_of(WOULD, person, topic, column)
    rows = WouldWrite.objects.filter(pk__in=keys).exclude(person=person).order_by('said_at', 'pk')
    said = rows.select_related('person')
    chosen = next((one.person for one in said if str(one.person_id) == params.get('person', '')), None)
    return WantedOnMap(topic, column, list(said[:NAMED]), chosen)
