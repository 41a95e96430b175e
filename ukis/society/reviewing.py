"""The verb of the accessibility statement: it is kept, and a page shows it from the first time on."""

from typing import Any

from django.db import transaction

from ukis import addresses, search
from ukis.society import ordering, writing
from ukis.society.accessibility import ADDRESS, AccessibilityStatement, StatementReview
from ukis.society.models import Page


@transaction.atomic
def kept(statement: AccessibilityStatement, *, by: Any) -> Page | None:
    """After its facts were saved: another day of review is written down, and its page is made where there is none.
    The page; None where its address leads elsewhere by now."""
    StatementReview.objects.get_or_create(
        statement=statement, reviewed_on=statement.reviewed_on, defaults={'by': by}
    )
    page = Page.objects.filter(address=ADDRESS).first()
    if page is None:
        page = Page(title='Accessibility statement', address=ADDRESS, position=ordering.next_place())
        if not addresses.is_free(page, ADDRESS):
            return None
        page.save()
        version = writing.begin(page, by=by)
        writing.publish(page, by=by, number=version.number)
        page.refresh_from_db()
    search.changed('ukis.page', [page.pk])
    return page
