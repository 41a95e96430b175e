"""Who reads what is answered to a letter by email, where a mailbox takes answers in."""

from blog.letters.recipients import Recipient
from blog.models import Message

# Of these there is no conversation, or it is answered to whoever asked.
UNANSWERED = ('discarded', 'question')
# To somebody named who has no part in the conversation yet: what they answer goes to the editor.
OF_NAMED = ('named', 'named_link', 'name_waits', 'vouched', 'your_name_off')
# Of commissions and second readings, whoever was asked, with or without an account.
ANSWERED_BY = str(Message.Audience.EDITORS)
# As the letter says it.
ANSWERED: dict[str, str] = {
    str(
        Message.Audience.AUTHORS
    ): 'You can answer this letter by email too: the author and the editors read it.',
    str(Message.Audience.EDITORS): 'You can answer this letter by email too: the editors alone read it.',
}


def answers_go_to(kind: str, recipient: Recipient, audience: str, *, known: bool) -> str:
    """`audience`: of the message that it brings, if any. An editor who answers what is no message of the author's
    writes to the editors: so nothing reaches the author that was not meant for them. `known`: whether the editors
    see the submission at all."""
    if kind in UNANSWERED or (kind in OF_NAMED and not known):
        return ''
    if recipient.person is None or kind in OF_NAMED:
        return Message.Audience.EDITORS  # without an account nothing is said in the conversation itself
    if recipient.authorship is not None:
        return Message.Audience.AUTHORS
    return audience or Message.Audience.EDITORS
