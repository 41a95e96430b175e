"""The verbs that move an application: the applicant's, and the staff's. Each is one transaction with its letters."""

from datetime import date, timedelta

from django.db import transaction

from members import joining, judging, leaving, letters, mail_choices, moving
from members.applying import engine, welcoming
from members.applying.engine import MovingApplication
from members.applying.proving import person_of
from members.letters import recipients
from members.models import (
    Affiliation,
    Application,
    Category,
    Membership,
    Office,
    Organisation,
    Person,
    Registration,
    Term,
)
from members.money import billing, money_letters, renewing
from members.places import asking, placing, seats
from members.status import Status
from ukis import days, history
from ukis import letters as outbox
from ukis.limits import DAY, Limit
from ukis.refusals import NotNow

# What one organisation's contacts are asked by strangers.
SEATS_ASKED = Limit('seats_asked_of', 10, DAY)
AGAIN = 'Joined again, after a gap'


def submit(application: Application, *, by: Person | None) -> Application:
    """By the private link (`by=None`) or signed in: either proves the address. The first makes the account."""
    with engine.moving('submit', application, by=by) as made:
        _prove(made)
        made.application.submitted_at = made.at
        _say_which_letters(made.application)
    return application


@transaction.atomic
def ask_seat(application: Application, *, by: Person | None) -> Application:
    """Instead of a membership beside the one that there is: its main contacts are asked for a place in that."""
    with engine.moving('ask_seat', application, by=by) as made:
        _prove(made)
        _say_which_letters(made.application)
        membership = running(made.application.organisation)
        if membership is None:
            raise NotNow('This organisation is no member today. Send the application itself.')
        if not SEATS_ASKED.take(membership.pk):
            raise NotNow('Many people asked this organisation today. Try again tomorrow, or write to us.')
        if made.application.person is not None:
            asking.ask(membership, by=made.application.person)
    assert made.step is not None
    letters.tell(
        'seat_asked',
        recipients.of_main(membership),
        membership,
        key=f'application step {made.step.pk}',
        by=made.application.person,
        applicant=made.application,
        organisation=made.application.organisation,
    )
    return application


def send_again(application: Application, *, by: Person | None) -> Application:
    with engine.moving('send_again', application, by=by):
        pass
    return application


def withdraw(application: Application, *, by: Person | None) -> Application:
    with engine.moving('withdraw', application, by=by):
        pass
    return application


def ask(application: Application, *, by: Person, note: str) -> Application:
    with engine.moving('ask', application, by=by, note=note) as made:
        made.application.asked = made.note
    return application


def decline(application: Application, *, by: Person, note: str) -> Application:
    with engine.moving('decline', application, by=by, note=note):
        pass
    return application


def reopen(application: Application, *, by: Person, note: str) -> Application:
    with engine.moving('reopen', application, by=by, note=note) as made:
        made.application.decided_by = made.application.decided_at = None
        made.application.decided_why = ''
    return application


def approve(
    application: Application,
    *,
    by: Person,
    category: Category | None = None,
    first: date | None = None,
    same_as: Organisation | None = None,
) -> Application:
    """Membership, first term, invoice, office, seat and welcome, or nothing of it: what fails gives its numbers back.

    `same_as`: the organisation that it is; none, and a new one is made.
    """
    with engine.moving('approve', application, by=by) as made:
        row = made.application
        row.category = category or row.category
        holder = _organisation(row, by, same_as) if row.is_of_organisation else _person(row, by)
        _end_former(holder, by=by, first=first or days.today())
        membership = joining.admit(holder, by=by, category=row.category, joined_on=first)
        term = _first_term(membership, by)
        if isinstance(holder, Organisation):
            _seat_applicant(row, membership, by)  # before the invoice goes to whoever speaks for it
        if term.fee:
            invoice = billing.bill(term, by=by, po_number=row.po_number, attention=row.name, tell=False)
            money_letters.issued(invoice, by=by, hold=engine.HOLD)  # as long as the welcome that names it
        row.membership = membership
        made.facts = welcoming.facts(term)
    return application


def running(organisation: Organisation | None) -> Membership | None:
    """The membership in which an organisation gives places, if it counts as a member."""
    if organisation is None or not Organisation.objects.members().filter(pk=organisation.pk).exists():
        return None
    return placing.open_places(organisation)


def _prove(made: MovingApplication) -> None:
    if made.application.person is None:
        made.application.person = person_of(made.application)


def _say_which_letters(row: Application) -> None:
    """Their address is proved: what they said of letters holds from now on. A box left empty takes nothing back."""
    said = {}
    if row.news:
        said[mail_choices.NEWS.name] = (True, row.news_wording)
    if row.notes_wording:
        notes = {mail_choices.INTRODUCTIONS.name: not row.no_notes}
        for name, agreed in outbox.not_undoing(row.email, notes, row.person).items():
            said[name] = (agreed, row.notes_wording)
    for name, (agreed, wording) in said.items():
        outbox.choose(
            row.email,
            {name: agreed},
            form='application',
            source=f'application {row.pk}',
            person=row.person,
            wording=wording,
        )


def _organisation(row: Application, by: Person, same_as: Organisation | None) -> Organisation:
    """The one that it is, or a new one; what we did not know of it is written, and nothing over what we did."""
    if same_as is None:
        made = Organisation(
            name=row.organisation_name,
            kind=row.organisation_kind,
            nations=row.nations,
            website=row.website,
            billing_address=row.address,
        )
        judging.check(made, ['slug'])
        made.save()
        history.note(made, by=by, lines=[f'Made from the application of {row.name}'], added=True)
    else:
        made = Organisation.objects.locked(same_as.pk)
        if not made.billing_address.strip() and row.address.strip():
            made.billing_address = row.address
            made.save(update_fields=['billing_address'])
            history.note(
                made, by=by, lines=[f'Address for invoices taken from the application of {row.name}']
            )
    for register, number in row.numbers.items():
        Registration.objects.get_or_create(organisation=made, register=register, number=number)
    row.organisation = made
    return made


def _person(row: Application, by: Person) -> Person:
    """Where they live is theirs to say, and they have just said it: the invoice goes there."""
    person = row.person
    assert person is not None
    moving.lock(person)
    person.refresh_from_db()
    said = {'postal_address': row.address, 'nation': row.nation}
    given = {name: value for name, value in said.items() if value and value != getattr(person, name)}
    for name, value in given.items():
        setattr(person, name, value)
    person.save(update_fields=list(given))
    if given:
        history.note(person, by=by, lines=['Where they live is as their application says'])
    return person


def _end_former(holder: Person | Organisation, *, by: Person, first: date) -> None:
    """Who was a member long ago can only apply anew: the membership of then ends before this one begins."""
    for old in holder.memberships.running_between(first, None).in_status(Status.FORMER):
        leaving.end(old, by=by, on=days.day_before(first), why=AGAIN)


def _first_term(membership: Membership, by: Person) -> Term:
    """From the day of joining. One that costs nothing is free; any other is promised for the category's days."""
    category = membership.category
    start, end = category.term_from(membership.joined_on)
    fee = category.fee_of(start, end)
    if not fee:
        return renewing.add_term(membership, by=by, start=start, end=end, payment=Term.Payment.FREE, fee=fee)
    promised = max(start, days.today()) + timedelta(days=category.promise_days)
    return renewing.add_term(
        membership,
        by=by,
        start=start,
        end=end,
        fee=fee,
        payment=Term.Payment.PROMISED if category.promise_days else Term.Payment.UNPAID,
        promised_until=min(promised, end) if category.promise_days else None,
    )


def _seat_applicant(row: Application, membership: Membership, by: Person) -> None:
    """The applicant works there, has its first seat and speaks for it."""
    person, organisation = row.person, membership.organisation
    assert person is not None
    assert organisation is not None
    if not person.affiliations.current().filter(organisation=organisation).exists():
        has_main = person.affiliations.filter(main=True, until=None).exists()
        here = Affiliation(
            person=person, organisation=organisation, job_title=row.job_title, main=not has_main
        )
        moving.work_at(here, by=by)
    main = Office.Role.MAIN
    _, new = Office.objects.get_or_create(
        organisation=organisation, person=person, role=main, until=None, defaults={'since': days.today()}
    )
    if new:
        history.note(organisation, by=by, lines=[f'{person} is main contact'])
    if membership.category.seats:
        seats.give(membership, by=by, person=person, since=membership.joined_on)
