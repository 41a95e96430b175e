"""A new name for an organisation. The earlier one is kept with its days: letters, lists and people go on using it."""

from datetime import date, timedelta

from django.db.models import Q

from members import judging
from members.models import EarlierName, Organisation, Person
from ukis import days, history, search


@search.gathered()
def rename(
    organisation: Organisation,
    *,
    by: Person | None,
    name: str,
    on: date | None = None,
    slip: bool = False,
    asked_by: Person | None = None,
) -> Organisation:
    """From the day `on` it has this name. `slip`: the old one was a typing error and is not kept.

    Bylines in print and the page's address stay as they are.
    """
    row = Organisation.objects.locked(organisation.pk)
    old, row.name = row.name, name
    if name == old:
        return row
    judging.check(row)
    row.save(update_fields=['name'])
    if not slip:
        _keep(row, old, until=(on or days.today()) - timedelta(days=1))
    line = history.changed('name', history.said(old), history.said(name))
    history.note(row, by=by, lines=[f'{line}, as {asked_by} proposed' if asked_by else line])
    return row


def _keep(organisation: Organisation, name: str, until: date) -> None:
    """With the day after the name before it, where that is known. One that staff wrote down already stays."""
    lately = Q(until=None) | Q(until__gt=until - timedelta(days=366))
    if organisation.earlier_names.filter(lately, name=name).exists():
        return
    before = organisation.earlier_names.filter(until__isnull=False, until__lt=until).first()
    since = before.until + timedelta(days=1) if before and before.until else None
    EarlierName.objects.create(organisation=organisation, name=name, since=since, until=until)
