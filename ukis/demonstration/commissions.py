"""Invitations to write, one in each state, made by the moves that lead there, as of days gone by."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from blog import commissioning
from blog.chasers.commissions import OfAnswers
from blog.commissioning import ByLink, Suggested
from blog.models import Commission
from ukis import days
from ukis.clock import ledger
from ukis.clock.models import Reminded
from ukis.demonstration.staging import Stage
from ukis.demonstration.work_in_progress import deliver_what_is_old, on_day

# What is asked: title, name, address, brief, days since it was asked, and the answer.
ASKED: tuple[tuple[str, str, str, str, int, str], ...] = (
    (
        'What a winter of staff shortages taught one ward',
        'Morag Finlayson',
        'morag.finlayson@wards.lochbrae.example',
        'For those who keep an improvement alive while half the team is away. What was let go, what was kept, and how '
        'the ward decided.',
        3,
        'sent',
    ),
    (
        'Coaching over the telephone: what is lost, what is gained',
        'Tomos Gethin',
        'tomos.gethin@hyfforddi.example',
        'A plain account of a year of coaching at a distance, with one thing that did not work.',
        9,
        'propose',
    ),
    (
        'A council that measures less',
        'Bríd Ní Cheallaigh',
        'brid@countyworks.example',
        'Why one council cut its indicators from forty to six, and what its teams said of it.',
        21,
        'accept',
    ),
    (
        'When parents sit on the implementation team',
        'Harriet Osei-Bonsu',
        'h.oseibonsu@familiesfirst.example',
        'What changed in meetings, minutes and decisions once parents had a vote.',
        16,
        'decline',
    ),
    (
        'Five questions before you adapt a programme',
        'Callum Auchterlonie',
        'callum@adaptations.example',
        'A checklist from practice, with a case for each question.',
        30,
        'expire',
    ),
    (
        'The second year of a national roll-out',
        'Gethsemane Wren',
        'g.wren@rollout.example',
        'Where the money went, and what was still standing when it had gone.',
        12,
        'take_back',
    ),
    (
        'What schools can learn from stroke units',
        'Ifeoma Drummond',
        'ifeoma.drummond@crossings.example',
        'One idea that travelled, and what had to be changed on the way.',
        8,
        'suggest',
    ),
)

# In the same order.
TAGS = (
    ('Implementation teams', 'Primary care'),
    ('Coaching', 'Digital tools'),
    ('Measurement', 'Evidence in policy'),
    ('Co-production', 'Maternity and early years'),
    ('Fidelity and adaptation', 'Evaluation'),
    ('Scaling up', 'Sustainability'),
    ('Schools', 'Readiness'),
)


def stage_commissions(stage: Stage) -> None:
    known = set(Commission.objects.values_list('working_title', flat=True))
    stage.say('Commissions in each state')
    for number, given in enumerate(ASKED):
        if given[0] not in known:
            _tell(stage, number, *given)
    deliver_what_is_old()


def _tell(
    stage: Stage, number: int, title: str, name: str, email: str, brief: str, days_ago: int, answer: str
) -> None:
    editor, asked_at = stage.people['editor'], timezone.now() - timedelta(days=days_ago)
    on = days.london_day(asked_at)
    with on_day(asked_at):
        row = commissioning.draft(
            by=editor,
            working_title=title,
            name=name,
            email=email,
            brief=brief,
            angle='What you would tell a colleague on the way to the train.' if number % 2 else '',
            words_from=700,
            words_to=1_000,
            tag_words=list(TAGS[number]),
            answer_by=on + timedelta(days=14),
            deadline=on + timedelta(days=60),
            letter='We met at the spring gathering, and what you said there has stayed with me.',
        )
        commissioning.send(row, by=editor)
    with on_day(asked_at + timedelta(days=2)):
        deliver_what_is_old()
        _answer(row, answer, editor)


def _answer(row: Commission, answer: str, editor: Any) -> None:
    link = ByLink()
    match answer:
        case 'propose':
            day = row.deadline + timedelta(days=30)
            commissioning.propose(row, by=link, day=day, words='After our inspection, gladly.')
        case 'accept':
            commissioning.accept(row, by=link, words='With pleasure.')
        case 'decline':
            again = days.today() + timedelta(days=90)
            commissioning.decline(
                row, by=link, reason='time', words='Ask me in spring, please.', ask_after=again
            )
        case 'take_back':
            commissioning.take_back(
                row, by=editor, reason='Another piece has covered it meanwhile. Forgive us.'
            )
        case 'suggest':
            other = Suggested('Dilys Parfitt', 'dilys.parfitt@crossings.example', 'She led the work itself.')
            commissioning.suggest(row, by=link, other=other)
        case 'expire':
            _let_go(row)


def _let_go(row: Commission) -> None:
    """Reminded twice, without an answer: then the clock lets them go."""
    assert row.sent_at is not None
    for waited in range(5, 17):
        with on_day(row.sent_at + timedelta(days=waited)):
            now = timezone.now()
            ledger.run(OfAnswers(), now)
            Reminded.objects.filter(at__gt=now).update(at=now)
            deliver_what_is_old()
    with on_day(row.sent_at + timedelta(days=17)):
        commissioning.expire_due(timezone.now())
