"""The verbs of letter texts. Each takes the Society's row first: of two who edit at once the second is told."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ukis import lately
from ukis.letters.texts import filling, house
from ukis.letters.texts.filling import Texts
from ukis.letters.texts.house import House
from ukis.letters.texts.models import LetterText
from ukis.refusals import NotNow, Stale
from ukis.society.models import Society


def current(kind: str) -> LetterText | None:
    """Its newest edition, which may be 'the house's again'; none where nobody ever edited it."""
    return LetterText.objects.filter(kind=kind).select_related('by', 'failed').order_by('-number').first()


@transaction.atomic
def save(kind: str, texts: Texts, *, by: Any, number: int) -> LetterText:
    """Another edition, after the one with this number. Stale where somebody saved one since; ValidationError, by field,
    for words that could not be filled."""
    of_house = _house(kind)
    _held(kind, number)
    texts = Texts(
        texts.subject.strip(),
        _lines(texts.body),
        {
            key: _lines(text)
            for key, text in texts.passages.items()
            if _lines(text) != of_house.passages[key].text
        },
    )
    if wrong := filling.faults(of_house, texts):
        raise ValidationError({name: list(said) for name, said in wrong.items()})
    if texts == filling.of_house(of_house) or (texts.body + '\n' == of_house.body and _same(texts, of_house)):
        raise NotNow('It says the same as the house’s text. To have that again, use the button for it.')
    return _add(of_house, number + 1, by, **texts.as_data)


@transaction.atomic
def back_to_house(kind: str, *, by: Any, number: int) -> LetterText:
    """Stale where somebody saved one since; NotNow where the house's stands already."""
    of_house = _house(kind)
    standing = _held(kind, number)
    if standing is None or standing.is_of_house:
        raise NotNow('The house’s text stands already.')
    return _add(of_house, number + 1, by, is_of_house=True)


def _same(texts: Texts, of_house: House) -> bool:
    return texts.subject == of_house.subject and not texts.passages


def _add(of_house: House, number: int, by: Any, **words: Any) -> LetterText:
    row = LetterText.objects.create(
        kind=of_house.kind,
        number=number,
        house=of_house.texts,
        house_mark=of_house.mark,
        by=by,
        at=timezone.now(),
        **words,
    )
    Society.objects.filter(pk=1).update(letter_texts=uuid.uuid4().hex)
    transaction.on_commit(lately.forget)
    return row


def _held(kind: str, number: int) -> LetterText | None:
    """Its newest edition, which nobody changes meanwhile. Stale where it is not the one with this number."""
    Society.objects.get_or_create(pk=1)
    list(Society.objects.select_for_update(no_key=True).filter(pk=1).values_list('pk'))
    standing = current(kind)
    if number != (standing.number if standing else 0):
        raise Stale(standing)
    return standing


def _house(kind: str) -> House:
    found = house.of(kind)
    if found is None:
        raise NotNow('Letters of this kind are written anew each time: there is no text to edit.')
    return found


def _lines(text: str) -> str:
    return '\n'.join(line.rstrip() for line in text.strip().splitlines())
