"""Somebody is asked for something at an address, with an account or without one, and does it by a private link: how
letters go to them, and to the editor who asks. What these say is each asking's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from blog.letters.answered import ANSWERED_BY
from blog.letters.recipients import Recipient
from members.models import Person
from ukis import letters as outbox
from ukis.erasing import ERASED
from ukis.letters.models import Letter
from ukis.limits import DAY, Limit
from ukis.society.models import Society

# A link lives while something is owed, and for years after, to say what became of it.
LINK_DAYS = 1_000
FRESH = Limit('fresh_private_link', 3, DAY)


class AskedOfSomebody(Protocol):
    """A row of which somebody is asked something."""

    pk: int
    name: str
    email: str


@dataclass(frozen=True)
class ByAddress:
    """One kind of asking. `purpose`: of its links, and the name of the page to which they lead; `person`: the column
    of the person who is asked; `asks`: the letter that asks; `answers`: those that tell the editor of an answer;
    `page`: where an editor looks at the row."""

    purpose: str
    person: str
    asks: str
    answers: tuple[str, ...]
    kinds: Mapping[str, str]
    page: Any

    def link_to(self, row: AskedOfSomebody) -> dict[str, Any]:
        """A private link to the page of whoever is asked, as the outbox has it."""
        kind = ContentType.objects.get_for_model(type(row)).pk  # type: ignore[arg-type]
        return {'view': self.purpose, 'purpose': self.purpose, 'days': LINK_DAYS, 'about': [kind, row.pk]}

    def whom(self, row: AskedOfSomebody) -> Recipient:
        """Under the address at which they were asked."""
        return Recipient(getattr(row, self.person), row.name, row.email)

    def is_asked(self, recipient: Recipient, row: AskedOfSomebody) -> bool:
        return recipient.address == row.email

    def words(
        self,
        kind: str,
        recipient: Recipient,
        row: AskedOfSomebody,
        *,
        by: Person | None,
        note: str,
        **facts: Any,
    ) -> outbox.LetterWords:
        """With the private link for whoever is asked, and for an editor the way to the row."""
        society = Society.get()
        link = outbox.LINK if self.is_asked(recipient, row) else settings.LETTERS_URL + self.page(row)
        given = {
            'recipient': recipient,
            'society': society,
            'by': by,
            'link': link,
            'conversation': link,
            'note': outbox.NOTE if note else '',
        }
        return outbox.written(kind, {**facts, **given}, society=society)

    def queue(
        self,
        kind: str,
        recipient: Recipient,
        row: AskedOfSomebody,
        *,
        words: outbox.LetterWords,
        key: str,
        by: Person | None,
        hold: timedelta,
        note: str,
        judged_by: dict[str, Any] | None,
        languages: dict[str, list[str]] | None = None,
    ) -> Letter | None:
        """One letter about it, in the caller's transaction; `key` says which occasion, so that none goes twice."""
        is_asked = self.is_asked(recipient, row)
        assert isinstance(row, Model)
        return outbox.queue(
            kind=kind,
            key=f'{key} {kind} {recipient.key}',
            about=row,
            to=recipient.person,
            to_name=recipient.name,
            to_address=recipient.address,
            words=words,
            reply_to=Society.get().contributions_address,
            answers=ANSWERED_BY if is_asked else '',
            hold=hold,
            by=by,
            link=self.link_to(row) if is_asked else None,
            note=note if outbox.NOTE in words.body else '',
            note_key=key,
            judged_by=judged_by,
            languages=languages,
        )

    def overtaken(self, row: AskedOfSomebody, *, but_answers: bool = False) -> set[str]:
        """What waits about it is true no more: recalled; of which kinds anything was. `but_answers`: another editor
        acts, and its own has still to hear what was answered."""
        assert isinstance(row, Model)
        kinds = [kind for kind in self.kinds if not (but_answers and kind in self.answers)]
        return outbox.cancel(row, kinds)

    def nobody_heard(self, row: AskedOfSomebody, recalled: set[str]) -> bool:
        """Whether the last letter that asks never left: recalled just now, or by hand in the outbox."""
        if self.asks in recalled:
            return True
        assert isinstance(row, Model)
        last = Letter.objects.about(row).filter(kind=self.asks).order_by('-pk').first()
        return last is not None and last.state == Letter.State.RECALLED

    def send_link[Row: AskedOfSomebody](
        self, row: Row, *, locked: Callable[[Row], Row], tell: Callable[..., Letter | None]
    ) -> None:
        """A fresh one to the address we have, for whoever holds one that has run out; a few a day, and silently no
        more."""
        if not FRESH.take(f'{self.purpose} {row.pk}'):
            return
        with transaction.atomic():
            held = locked(row)
            if held.email != ERASED:
                kind = f'{self.purpose}_link'
                tell(kind, self.whom(held), held, key=f'{kind} {row.pk} {timezone.now()}', by=None)
