"""A reader could not be reached: the editor hears of it, once for each letter, and not only once the advice is late."""

from blog.letters import reading_letters
from blog.letters.reading_letters import editors_of, reader
from blog.models import Reading
from ukis.letters.models import Letter

SUPPRESSED = 'this address takes no letters of ours.'


def given_up(letter: Letter) -> None:
    row = Reading.objects.whole().filter(pk=letter.object_id).first()
    if row is None or not row.is_open or row.is_decided or letter.to_address != reader(row).address:
        return
    for editor in editors_of(row):
        reading_letters.tell(
            'reading_not_reached',
            editor,
            row,
            key=f'letter {letter.pk}',
            by=None,
            why=letter.last_error or SUPPRESSED,
        )
