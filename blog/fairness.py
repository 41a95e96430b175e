"""Where whoever decides on a submission belongs to the same organisation as somebody who writes it."""

from dataclasses import dataclass

from django.db.models import Q

from blog.models import Submission
from members.models import Affiliation, Person


@dataclass(frozen=True)
class Shared:
    """One organisation that both belong to today, and the names of those who write."""

    organisation: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f'{" and ".join(self.names)} and you belong to {self.organisation}'


def shared(submission: Submission, person: Person) -> list[Shared]:
    """The organisations at which this person is today, and so is an author, or for which one is named.

    A name counts as it stands on the submission: printed or not, with a sign-in or without.
    """
    names = list(submission.authorships.all())
    people = {row.person_id for row in names if row.person_id}
    places = {row.organisation_id for row in names if row.organisation_id}
    mine = Affiliation.objects.current().filter(person=person).values('organisation')
    theirs = (
        Affiliation.objects.current()
        .filter(Q(person__in=people) | Q(organisation__in=places, person=person), organisation__in=mine)
        .select_related('organisation')
        .order_by('organisation__name', 'pk')
    )
    at: dict[int, str] = {}
    who: dict[int, dict[str, None]] = {}
    for row in theirs:
        at[row.organisation_id] = row.organisation.shown_name
        those = [
            one.name
            for one in names
            if one.organisation_id == row.organisation_id or one.person_id == row.person_id
        ]
        who.setdefault(row.organisation_id, {}).update(dict.fromkeys(those))
    return [Shared(at[place], tuple(who[place])) for place in at]


def sentence(found: list[Shared]) -> str:
    """'Ada Author and you belong to the Institute.', or nothing."""
    return '; '.join(map(str, found)) + '.' if found else ''


def asked(found: list[Shared]) -> str:
    """What a decision without a note is answered with."""
    return f'{sentence(found)} Say why it was fair that you decided: the other editors read it, the author does not.'
