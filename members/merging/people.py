"""Two entries of one person become one: everything leads to the kept one, the other is emptied and points there."""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from members import letters, seeing, staffing
from members.letters.recipients import Addressee
from members.merging import of_people, pointing
from members.merging.pointing import Looked
from members.models import MergeRecord, Person
from ukis import addresses, merging, search
from ukis.merging import MergePair

NAMES = ('title', 'name', 'given_names', 'family_name')
VISIBLE = ('page_for', *(f'{part}_for' for part in seeing.PARTS))


def look_at_people(kept: Person, gone: Person, *, by: Person) -> Looked:
    return pointing.look(MergePair(kept, gone, by), _sentences(kept, gone))


@search.gathered()
def merge_people(
    kept: Person, gone: Person, *, by: Person, state: str, answers: Mapping[str, str]
) -> MergeRecord:
    """`state` is what the page showed: NotNow where anything changed since, or where it cannot be done."""
    staffing.lock()
    pointing.lock_memberships(Q(person__in=[kept, gone]) | Q(seats__person__in=[kept, gone]))
    rows = pointing.lock_both(Person, kept, gone)
    looked = look_at_people(rows[kept.pk], rows[gone.pk], by=by)
    pointing.refuse(looked, state, answers)
    pair = looked.pair
    told = _addressees(pair)
    # As the page showed them: settling puts the addresses in another order.
    main, proved = _main_address(pair), of_people.has_proved(pair.kept)
    merging.settle(pair)
    facts = _facts(pair)
    addresses.lead_to(pair.gone, pair.kept)
    _empty(pair)
    lines = merging.point_over(pair)
    if not proved:
        of_people.forget_sign_in(pair.kept)
    _take_over(pair, facts, main)
    merging.finish(pair)
    made = pointing.record(MergeRecord.Kind.PERSON, pair, lines)
    letters.tell(
        'accounts_merged',
        told,
        pair.kept,
        key=f'merging {made.pk}',
        by=by,
        page=letters.address_of('account'),
    )
    return made


def _sentences(kept: Person, gone: Person) -> list[str]:
    said = [
        f'The page address “{gone.slug}” leads to “{kept.slug}” from then on, and so do those it had before.'
    ]
    stricter = [
        str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in (*VISIBLE, 'indexed', 'may_be_asked')
        if getattr(kept, name) != getattr(gone, name)
    ]
    if stricter:
        said.append(f'Where the two chose otherwise, the stricter choice counts: {", ".join(stricter)}.')
    said.append('Names in print stay as they are printed, and lead to the kept entry.')
    if not of_people.has_proved(kept) and (kept.has_usable_password() or of_people.has_proved(gone)):
        said.append(
            'Nobody has confirmed an address of the kept entry: a password set there may be a stranger’s, and works no '
            'more. They set one anew by “Forgotten your password?”.'
        )
    elif not kept.has_usable_password() and gone.has_usable_password():
        said.append('The kept entry has no password: they set one anew by “Forgotten your password?”.')
    elif gone.has_usable_password():
        said.append('The password of the other entry works no more.')
    return said


def _addressees(pair: MergePair) -> list[Addressee]:
    """Both addresses, whoever reads which."""
    found = {row.email: row for row in (pair.gone, pair.kept) if row.email}
    return [Addressee(row.printed_name, address) for address, row in sorted(found.items())]


def _facts(pair: MergePair) -> dict[str, Any]:
    """What the kept row says afterwards, read before the other is emptied."""
    kept, gone = pair.kept, pair.gone
    named = pointing.picked(pair, 'name')
    facts = {name: getattr(named, name) for name in NAMES}
    for name in of_people.FIELDS:
        column = Person._meta.get_field(name).attname  # type: ignore[union-attr]
        facts.setdefault(column, getattr(pointing.picked(pair, name), column))
    order = [value for value, _ in reversed(seeing.Visibility.choices)]
    facts |= {name: min(getattr(kept, name), getattr(gone, name), key=order.index) for name in VISIBLE}
    facts |= {name: getattr(kept, name) and getattr(gone, name) for name in ('indexed', 'may_be_asked')}
    return facts


def _main_address(pair: MergePair) -> str | None:
    found = of_people.addresses_of(pair)
    chosen = pair.answers.get('email')
    if chosen is not None:
        return found[int(chosen)].email
    if len(found) == 1:
        return found[0].email  # the one that is known to reach them
    return pair.kept.email or pair.gone.email


def _empty(pair: MergePair) -> None:
    """Nothing of them is left in the row, and nobody signs in as it."""
    gone = pair.gone
    blank: Iterable[str] = ('title', 'biography', 'orcid', 'nation', 'website', 'postal_address')
    for name in blank:
        setattr(gone, name, '')
    gone.email, gone.photo, gone.name = None, None, pointing.EMPTIED
    gone.given_names, gone.family_name = '', pointing.EMPTIED
    for name in VISIBLE:
        setattr(gone, name, seeing.Visibility.NOBODY)
    gone.indexed = gone.may_be_asked = gone.is_active = False
    gone.slug = f'merged-{gone.pk}'
    gone.merged_into = pair.kept
    gone.set_unusable_password()
    gone.save()


def _take_over(pair: MergePair, facts: Mapping[str, Any], main: str | None) -> None:
    kept = pair.kept
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.email = main
    kept.save()
    rows = EmailAddress.objects.filter(user=kept.pk)
    rows.exclude(email=main).update(primary=False)
    if main and not rows.filter(email=main).update(primary=True):
        EmailAddress.objects.create(user=kept, email=main, primary=True, verified=False)
