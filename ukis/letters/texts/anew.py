"""The words of a letter that has waited, with the values that its variables have by now."""

from typing import Any

from ukis.letters.models import Letter
from ukis.letters.queueing import one_line
from ukis.letters.subjects import values_now
from ukis.letters.texts import filling, house
from ukis.letters.texts.filling import Fails, Texts
from ukis.letters.texts.models import LetterText
from ukis.letters.texts.writing import texts_of

MOST_OF_SUBJECT = 250


def of_today(letter: Letter) -> dict[str, Any]:
    """What of a reminder that waited reads otherwise by now; nothing where it leaves as it stands. One that may have
    arrived goes again word for word."""
    values = None if letter.in_doubt else values_now(letter)
    if values is None or values == letter.filled_with:
        return {}
    words = with_values(letter, values)
    return {'subject': words[0], 'body': words[1], 'filled_with': values} if words else {}


def with_values(letter: Letter, values: house.Values) -> tuple[str, str] | None:
    """Its subject and its words in the text that stood when it was written; nothing where staff changed it by hand, or
    where nobody can tell any more which text that was: then it keeps its words."""
    of_house = house.of(letter.kind)
    if of_house is None:
        return None
    for texts in _stood(of_house, letter):
        try:
            if _filled(of_house, texts, letter.filled_with) == (letter.subject, letter.body):
                return _filled(of_house, texts, values)
        except Fails:
            continue
    return None


def _stood(of_house: house.House, letter: Letter) -> list[Texts]:
    """The edited one of that day, and the house's, which went where the edited one could not be filled."""
    editions = LetterText.objects.filter(kind=letter.kind, at__lte=letter.queued_at)
    edited = editions.order_by('-number').first()
    mine = [texts_of(edited)] if edited is not None and not edited.is_of_house else []
    return [*mine, filling.of_house(of_house)]


def _filled(of_house: house.House, texts: Texts, values: house.Values) -> tuple[str, str]:
    subject, body = filling.fill(of_house, texts, values)
    return one_line(subject, MOST_OF_SUBJECT), body
