"""What a byline says otherwise than its people's profiles of today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blog.models import Authorship
from members.models import Affiliation
from members.seeing import Visibility


@dataclass(frozen=True)
class Apart:
    """One thing that the byline says, and the profile otherwise."""

    label: str
    here: str
    there: str


def apart(rows: Sequence[Authorship], held: Iterable[Affiliation] | None = None) -> dict[int, list[Apart]]:
    """Of each name by its key; one query for all, none where it is known where they are today (`held`, the one to be
    shown of each first). A biography that its person does not show to everybody is not compared."""
    people = {row.person_id for row in rows if row.person_id}
    if held is None:
        held = Affiliation.objects.current().of_each(people).order_by('-main', '-since') if people else []
    by_person: dict[int, list[Affiliation]] = {}
    for affiliation in held:
        by_person.setdefault(affiliation.person_id, []).append(affiliation)
    return {row.pk: _apart(row, by_person.get(row.person_id or 0, [])) for row in rows}


def _apart(row: Authorship, affiliations: Sequence[Affiliation]) -> list[Apart]:
    person = row.person
    if person is None:
        return []
    same = [one for one in affiliations if one.organisation_id == row.organisation_id]
    printed = next(iter([*same, *affiliations]), None)
    there = printed.organisation.name if printed else ''
    facts = [
        Apart('Name', row.name, person.printed_name),
        Apart('Job title', row.role, printed.job_title if printed else ''),
        Apart('Organisation', row.affiliation, there if not same else row.affiliation),
    ]
    if person.biography_for == Visibility.PUBLIC:
        facts.append(Apart('Biography', row.biography, person.biography))
    return [one for one in facts if ' '.join(one.here.split()) != ' '.join(one.there.split())]
