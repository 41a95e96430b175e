"""To which text an applicant agrees: the page that staff write, as it was when they agreed, kept word for word. One
that staff changed since is put before them again: nothing is sent under a text that is another by then."""

import hashlib

from members.models import Application
from ukis import days, markup
from ukis.society.models import Page

PAGE = 'principles'  # the address of the staff's page with that text


def page() -> Page | None:
    return Page.objects.published().filter(address=PAGE).first()


def today() -> str:
    """As plain words; nothing where staff have written none."""
    found = page()
    return markup.to_text(found.body) if found else ''


def mark(text: str) -> str:
    """Which text a form shows. A number: what somebody typed is given back to them, and no number is taken for that."""
    return f'{int(hashlib.sha256(text.encode()).hexdigest()[:16], 16):020d}'


def changed_since(row: Application) -> str:
    """Why it cannot be sent as it is; nothing where they agreed to the text of today, or have not agreed yet."""
    now = today()
    if row.agreed_at is None or not now or row.principles == now:
        return ''
    agreed = days.in_words(days.london_day(row.agreed_at))
    return (
        f'The principles of membership are others than those to which you agreed on {agreed}. Go to “Change it”, read '
        'them, and tick that you agree; then send the application.'
    )
