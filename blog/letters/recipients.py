"""To whom a letter about a submission goes."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from blog.models import Authorship, Holder, Submission
from blog.models.series import guests_of
from members.models import Person


class Whom(StrEnum):
    """Those to whom a letter goes, as the table of moves names them."""

    AUTHORS = 'the authors with edit right'
    CORRESPONDING = 'the corresponding author'
    COAUTHORS = 'those named who were not told yet'
    EVERYBODY = 'everybody named'
    AGREED = 'everybody named who said yes'
    EDITOR = 'the editor, or whoever decides where there is none'
    CHIEFS = 'whoever decides as Commissioning Editor'
    EDITOR_AND_CHIEFS = 'both'
    GUESTS = 'the guest editors of its series'
    DESK = 'every editor who is not writing it'
    OLD_EDITOR = 'the editor who was'
    HOLDER = 'whoever holds it now'
    OTHER_SIDE = 'the editor for an author, the authors for an editor'


@dataclass(frozen=True)
class Recipient:
    person: Person | None
    name: str
    address: str
    authorship: Authorship | None = None

    @property
    def key(self) -> str:
        return str(self.person.pk) if self.person else self.address.lower()


def by_account(person: Person, authorship: Authorship | None = None) -> Recipient:
    return Recipient(
        person, authorship.name if authorship else person.printed_name, person.email or '', authorship
    )


def by_name(authorships: Iterable[Authorship]) -> list[Recipient]:
    return [
        by_account(one.person, one) if one.person else Recipient(None, one.name, one.email, one)
        for one in authorships
    ]


# Those to whom a letter goes because they are named.
NAMED: dict[Whom, Callable[[Authorship], object]] = {
    Whom.AUTHORS: lambda one: one.can_edit,
    Whom.CORRESPONDING: lambda one: one.corresponding,
    Whom.COAUTHORS: lambda one: not one.corresponding and one.told_at is None,
    Whom.EVERYBODY: lambda one: True,
    Whom.AGREED: lambda one: one.has_agreed,
}


def people(
    whom: Whom, submission: Submission, by: Person | None, old_editor: Person | None = None
) -> list[Recipient]:
    authorships = list(submission.authorships.select_related('person').order_by('order', 'pk'))
    named = {authorship.person_id for authorship in authorships}
    writers = [authorship for authorship in authorships if authorship.can_edit]
    if whom in NAMED:
        return by_name(one for one in authorships if NAMED[whom](one) and not one.came_off_at)
    match whom:
        case Whom.EDITOR:
            return _editor(submission, named)
        case Whom.CHIEFS:
            return _chiefs(submission)
        case Whom.EDITOR_AND_CHIEFS:
            return _editor(submission, named) + _chiefs(submission)
        case Whom.GUESTS:
            return [by_account(person) for person in guests_of(submission)] if submission.series_id else []
        case Whom.DESK:
            return [by_account(person) for person in submission.editors_not_writing()]
        case Whom.OLD_EDITOR:
            return [by_account(old_editor)] if old_editor else []
        case Whom.HOLDER:
            by_authors = submission.holder == Holder.AUTHOR
            return by_name(writers) if by_authors else _editor(submission, named)
        case Whom.OTHER_SIDE:
            of_authors = by is not None and by.pk in named
            return _editor(submission, named) if of_authors else by_name(writers)
    raise LookupError(whom)


def _chiefs(submission: Submission) -> list[Recipient]:
    """Of a draft that was not promised nobody: it is its authors' own, and the editors hear nothing of it."""
    return [by_account(person) for person in submission.chiefs()] if submission.is_known_to_editors else []


def _editor(submission: Submission, named: Collection[int | None]) -> list[Recipient]:
    if submission.editor and submission.editor_id not in named:
        return [by_account(submission.editor)]
    return _chiefs(submission)
