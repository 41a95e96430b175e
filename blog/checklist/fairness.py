"""Where whoever decides on a submission belongs to the same organisation as somebody who writes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from blog.models import Submission
from members.models import Affiliation, Person


@dataclass(frozen=True)
class Shared:
    """One organisation that both belong to today, and the names of those who write."""

    organisation: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f'{" and ".join(self.names)} and you belong to {self.organisation}'


def places_of(submission: Submission, person: Person) -> list[Affiliation]:
    """Where those who are named are today, and this person, the one to be shown of each first: one query."""
    named = {row.person_id for row in submission.authorships.all()}
    rows = Affiliation.objects.current().of_each({*named, person.pk})
    return list(rows.order_by('-main', '-since', 'pk'))


def shared(submission: Submission, person: Person, held: Sequence[Affiliation] | None = None) -> list[Shared]:
    """The organisations at which this person is today, and so is an author, or for which one is named.

    A name counts as it stands on the submission: printed or not, with a sign-in or without. `held`: `places_of` these,
    where it is known.
    """
    names = list(submission.authorships.all())
    people = {row.person_id for row in names if row.person_id}
    places = {row.organisation_id for row in names if row.organisation_id}
    held = places_of(submission, person) if held is None else held
    mine = {one.organisation_id for one in held if one.person_id == person.pk}
    of_both = (
        one
        for one in held
        if one.organisation_id in mine and (one.person_id in people or one.organisation_id in places)
    )
    theirs = sorted(of_both, key=lambda one: (one.organisation.name, one.pk))
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
