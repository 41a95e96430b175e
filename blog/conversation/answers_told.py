"""What is told of an answer by email: to its writer, what of it is not kept; to the editor, what somebody answers who
cannot say it in the conversation. Never to a machine, nor to a stranger."""

from datetime import timedelta
from typing import Any

from blog import letters
from blog.letters import commission_letters, reading_letters
from blog.letters.recipients import Recipient, Whom, people
from blog.models import Commission, IncomingLetter, Reading, Submission
from ukis import letters as outbox
from ukis.letters.models import Letter
from ukis.letters.queueing import UNSENT
from ukis.mail_in.reading import MailRead

# Of several answers that follow one another one letter tells: it waits a little, and then no other for a while.
WAITS, BURST = timedelta(minutes=10), timedelta(hours=1)
KINDS = {
    'answer_in_part': 'Not all of an answer by email came in',
    'answer_by_email': 'An answer by email from somebody outside the conversation (to the editor)',
}
OF_COMMISSIONS = {
    f'commission_{kind}': f'Commission: {words[0].lower()}{words[1:]}' for kind, words in KINDS.items()
}
OF_READINGS = {f'reading_{kind}': f'Reading: {words[0].lower()}{words[1:]}' for kind, words in KINDS.items()}

type About = Submission | Commission | Reading


def tell_left_out(row: IncomingLetter, mail: MailRead) -> None:
    """In the transaction in which it came in, to whom we had written: the sender is theirs."""
    about, letter = row.about, row.answered
    if about is None or letter is None or not (mail.worth_telling or mail.shortened):
        return
    kind = _kind('answer_in_part', about)
    since = row.at - BURST
    told = Letter.objects.about(about).filter(kind=kind, to_address=letter.to_address, queued_at__gte=since)
    if told.exclude(state__in=(*UNSENT, Letter.State.RECALLED)).exists():
        return
    outbox.cancel(about=about, kinds=[kind], to_address=letter.to_address)
    lately = IncomingLetter.objects.filter(from_address=row.from_address, at__gte=since, answered=letter)
    names = [name for one in lately.order_by('at', 'pk') for name in one.attachments]
    _tell(kind, _writer(letter, about), about, row, files=', '.join(names), shortened=row.shortened)


def tell_the_editor(row: IncomingLetter) -> None:
    about = row.about
    if about is None:
        return
    match about:
        case Commission():
            editors = commission_letters.editors_of(about)
        case Reading():
            editors = reading_letters.editors_of(about)
        case _:
            editors = people(Whom.EDITOR, about, None)
    for one in editors:
        _tell(_kind('answer_by_email', about), one, about, row, words=row.words, name=row.guest)


def _kind(kind: str, about: About) -> str:
    prefix = {Commission: 'commission_', Reading: 'reading_'}.get(type(about), '')
    return f'{prefix}{kind}'


def _writer(letter: Letter, about: About) -> Recipient:
    named = about.authorships.select_related('person') if isinstance(about, Submission) else ()
    theirs = next((one for one in named if one.person_id == letter.to_id and letter.to_id), None) or next(
        (one for one in named if not letter.to_id and one.email.lower() == letter.to_address.lower()), None
    )
    return Recipient(letter.to, letter.to_name, letter.to_address, theirs)


def _tell(kind: str, to: Recipient, about: About, row: IncomingLetter, **facts: Any) -> None:
    key = f'came in {row.pk}'
    hold = WAITS if kind.endswith('in_part') else timedelta(0)
    if isinstance(about, Commission):
        commission_letters.tell(kind, to, about, key=key, by=None, hold=hold, **facts)
    elif isinstance(about, Reading):
        reading_letters.tell(kind, to, about, key=key, by=None, hold=hold, **facts)
    else:
        letters.write(kind, to, about, by=None, key=key, hold=hold, facts=letters.Facts(**facts))
