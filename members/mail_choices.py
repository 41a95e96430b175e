"""Which letters somebody can do without. Everything else is service: what they asked for, owe, decide, or must know of
to keep their account safe."""

from ukis.letters.choosing import MailChoice

NEWS = MailChoice(
    'news',
    'News of the Society',
    'A few times a year: what members write, and what the Society does.',
    asked_first=True,
)
INTRODUCTIONS = MailChoice(
    'introductions',
    'Notes from members who ask to be introduced to you',
    'Without the letter you find them under Introductions.',
    asked_first=False,
)
CHOICES = (NEWS, INTRODUCTIONS)
# Kinds of letters that follow one of them.
OF_INTRODUCTIONS = {'introduction_asked': INTRODUCTIONS.name}
OF_MAILINGS = {'mailing': NEWS.name}
# By what letters are about.
REFUSABLE = {'members.mailing': OF_MAILINGS}
