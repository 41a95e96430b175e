"""Whoever is asked could not be reached: their editor hears of it, once for each letter."""

from blog.letters import commission_letters
from blog.letters.commission_letters import editors_of, invitee
from blog.models import Commission
from ukis.letters.models import Letter

SUPPRESSED = 'this address takes no letters of ours.'


def given_up(letter: Letter) -> None:
    row = Commission.objects.select_related('editor', 'invitee').filter(pk=letter.object_id).first()
    if row is None or not row.is_open or letter.to_address != invitee(row).address:
        return
    for editor in editors_of(row):
        commission_letters.tell(
            'commission_not_reached',
            editor,
            row,
            key=f'letter {letter.pk}',
            by=None,
            why=letter.last_error or SUPPRESSED,
        )
