"""The words of a letter as it is written: those that an Administrator gave its kind, or the house's."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from ukis.letters.texts import filling, house
from ukis.letters.texts.filling import Fails, Texts
from ukis.letters.texts.models import FailedText, LetterText
from ukis.society.models import Society

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LetterWords:
    """`values`: by the names of the variables what they printed, for whoever looks later how another text would read.
    `failed`, `why`: the edited text in whose place these stand."""

    subject: str
    body: str
    values: house.Values
    failed: int | None = None
    why: str = ''


def written(kind: str, given: Mapping[str, Any], *, society: Society | None = None) -> LetterWords:
    """What a letter of this kind says where its template would be given this. Writes nothing: what failed is noted with
    the letter, once it is queued (`note_failure`)."""
    of_house = house.of(kind)
    if of_house is None:
        raise LookupError(f'There is no text for letters of kind {kind}.')
    values = of_house.values(given)
    edited = _edited(society or Society.get()).get(kind)
    if edited is not None:
        key, texts, knew = edited
        try:
            return LetterWords(*_filled(of_house, texts, knew, values), values)
        except Fails as error:
            why = str(error)[:300]
            log.error('The edited text of letters “%s” fails, the house’s goes instead: %s', kind, why)
            return LetterWords(*filling.fill(of_house, filling.of_house(of_house), values), values, key, why)
    return LetterWords(*filling.fill(of_house, filling.of_house(of_house), values), values)


def _filled(
    of_house: house.House, texts: Texts, knew: frozenset[str], values: house.Values
) -> tuple[str, str]:
    """The house may have changed since: what it lost cannot be filled, what it has come to say need not be there."""
    if wrong := filling.faults(of_house, texts, knew=knew):
        raise Fails(next(iter(wrong.values()))[0])
    return filling.fill(of_house, texts, values)


def note_failure(words: LetterWords) -> None:
    """In the caller's transaction; `ukis.site.warnings` tells staff."""
    if words.failed is None:
        return
    with transaction.atomic():
        again = FailedText.objects.filter(text=words.failed).update(times=F('times') + 1, why=words.why)
        if not again:
            FailedText.objects.bulk_create(
                [FailedText(text_id=words.failed, why=words.why)], ignore_conflicts=True
            )


# The edited texts as they stood at one mark of the Society's row, which is another after each edit.
_known: dict[str, tuple[str, dict[str, tuple[int, Texts, frozenset[str]]]]] = {}


def _edited(society: Society) -> dict[str, tuple[int, Texts, frozenset[str]]]:
    """By kind, each with the variables that there were then. Asks the database only after somebody edited one."""
    mark = society.letter_texts
    if not mark:
        return {}
    name = str(connection.settings_dict['NAME'])
    known = _known.get(name)
    if known is None or known[0] != mark:
        rows = LetterText.objects.current().filter(is_of_house=False)
        known = _known[name] = (
            mark,
            {row.kind: (row.pk, texts_of(row), filling.placed_in(row.house)) for row in rows},
        )
    return known[1]


def texts_of(row: LetterText) -> Texts:
    return Texts(row.subject, row.body, dict(row.passages))
