"""The demonstration's data: its keys lead somewhere, and everything that it names can be drawn."""

import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import serializers
from django.utils import timezone
from PIL import Image

from blog.models import (
    Commission,
    IncomingLetter,
    Message,
    PreviewLink,
    Reading,
    State,
    Submission,
    WordFile,
)
from blog.states.commission_states import CommissionState
from blog.states.reading_states import ReadingState
from members import exchange
from members.application_states import ApplicationState
from members.models import (
    Application,
    BankImport,
    ChangeProposal,
    DataRequest,
    Erasure,
    ExtraSeats,
    GiftAidDeclaration,
    Introduction,
    Invoice,
    Membership,
    Office,
    Payment,
    Renewal,
    Seat,
    Succession,
)
from members.status import Status
from tests.conftest import make_submission
from tests.members.test_exchange import counts, exported, table_of, taken
from ukis import days
from ukis.demonstration import content, merger, pictures
from ukis.demonstration.whole import stage_everything
from ukis.demonstration.work_in_progress import deliver_what_is_old
from ukis.letters.models import Letter

# Of hosts and addresses, wherever they stand in a row: `.example` is nobody's.
NAMED = re.compile(r'https?://([^/"\\\s<>:]+)|[\w.+-]+@([\w.-]*\w)')
REAL = re.compile(r'\b(?:NHS|CELCIS|Strathclyde|Barnardo|NSPCC|Nesta|Joseph Rowntree|Wellcome|King.s Fund)\b')


def size_of(drawing: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(drawing)) as image:
        image.load()
        return image.size


def test_every_key_leads_to_what_it_names():
    organisations, people = (
        {row['key'] for row in rows} for rows in (content.organisations(), content.people())
    )
    words = [*content.posts(), *content.submissions(), *content.months()]

    assert {row['part_of'] for row in content.organisations()} - {None} <= organisations
    assert {row['organisation'] for row in content.people()} - {None} <= organisations
    assert {*merger.GOES_ON_IN} <= organisations
    assert {row['by_organisation'] for row in content.posts()} - {''} <= organisations
    assert {key for row in content.posts() for key in row['authors']} <= people
    assert {
        key
        for row in [*content.submissions(), *content.months()]
        for key in (row['author'], row['editor'], *row['coauthors'])
    } <= people
    assert {
        tag
        for row in [*words, *content.people(), *content.organisations()]
        for tag in row.get('tags', row.get('topics'))
    } <= set(content.tags())
    assert len(content.posts()) == len({row['slug'] for row in content.posts()}) == 69


def test_a_submission_stands_in_every_state():
    aims = {row['aim'] for row in content.submissions()}

    assert {*State.values} - {State.RELEASED} <= aims
    assert {'scheduled', 'revising'} <= aims


def test_an_application_stands_in_every_state_and_its_category_is_there():
    rows = content.applications()

    assert {row['aim'] for row in rows} == set(ApplicationState.values)
    assert {row['category'] for row in rows} <= set(content.categories())


@pytest.mark.django_db
def test_what_was_decided_days_ago_is_known_to_its_author(author, editor, society):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        submission = make_submission(author, State.CHANGES_REQUESTED, editor=editor, told=False)

    deliver_what_is_old()

    submission.refresh_from_db()
    assert submission.told_state == ''
    assert Message.objects.get().told_at is not None


def test_every_picture_has_a_scene_of_its_own_words_and_can_be_drawn():
    wanted = [row['picture'] for row in [*content.posts(), *content.submissions()] if row['picture']]

    assert len(wanted) == len({one['alt'] for one in wanted}) == len({one['scene'] for one in wanted}) == 31
    assert {one['scene'].partition(':')[0].split('+')[0] for one in wanted} == set(pictures.SCENES)
    for scene in {one['scene'].partition(':')[0] for one in wanted}:
        assert size_of(pictures.draw(scene, 160, 90)) == (160, 90)


def test_everybody_looks_like_themselves_and_every_mark_can_be_drawn():
    looks = [(row['key'], row['look']) for row in content.people()]
    marks = [row['logo'] for row in content.organisations() if row['logo']]

    assert len({look for _, look in looks}) > 0.9 * len(looks)
    assert len({pictures.portrait(*one, 40) for one in looks}) == len(looks)
    assert len({pictures.logo(mark, 40) for mark in marks}) == len(marks) == 20
    with pytest.raises(KeyError):
        pictures.logo('nothing navy ochre')


def no_pictures(monkeypatch) -> None:
    drawn = io.BytesIO()
    Image.new('RGB', (64, 64)).save(drawn, 'PNG')
    for name in ('logo', 'portrait', 'draw'):
        monkeypatch.setattr(pictures, name, lambda *given: drawn.getvalue())


def all_rows() -> str:
    ours = [model for model in apps.get_models() if model._meta.app_label not in ('auth', 'contenttypes')]
    return ''.join(serializers.serialize('json', model.objects.all()) for model in ours)


def values(rows, column: str) -> set:
    return set(rows.values_list(column, flat=True))


@pytest.mark.django_db
def test_the_whole_of_it_is_alive_invented_and_comes_back_from_files_unchanged(monkeypatch):
    no_pictures(monkeypatch)

    stage = stage_everything(lambda words: None)

    assert values(Application.objects, 'state') == set(ApplicationState.values)
    assert {one for one in Status if Membership.objects.in_status(one).exists()} >= {
        *(Status.ACTIVE, Status.DUE, Status.GRACE, Status.LAPSED),
        *(Status.STARTING, Status.AWAITING_PAYMENT),
    }
    assert values(Commission.objects, 'state') == set(CommissionState.values)
    assert {'entered', 'held'} == values(IncomingLetter.objects, 'state')
    assert PreviewLink.objects.get().visits == 2
    assert Letter.objects.filter(judged_by__has_key='plan', state='sent').exists()
    months = Submission.objects.filter(working_title__in=[row['title'] for row in content.months()])
    assert values(months, 'state') == {'released', 'declined', 'withdrawn'}
    assert WordFile.objects.exclude(content=None).exists()
    assert values(Reading.objects, 'state') == {ReadingState.ASKED, ReadingState.RETURNED}
    invoices = {
        'paid': Invoice.objects.exclude(settled_on=None).exists(),
        'part paid': Payment.objects.filter(allocations__invoice__settled_on=None).exists(),
        'overdue': Invoice.objects.open().filter(due_on__lt=days.today()).exists(),
    }
    assert invoices == dict.fromkeys(invoices, True)
    assert {(row.is_renewed, row.is_refused) for row in Renewal.objects.all()} == {
        *((False, False), (True, False), (False, True))
    }
    assert values(Introduction.objects, 'state') >= {'asked', 'accepted', 'declined', 'ended'}
    assert Introduction.objects.reported().exists()
    assert values(Seat.objects, 'state') >= {'active', 'invited', 'asked', 'refused'}
    contact = stage.people['contact']
    assert Office.objects.filter(person=contact, role=Office.Role.MAIN, until=None).exists()
    assert contact.has_usable_password()
    once = (BankImport, ChangeProposal, DataRequest, Erasure, ExtraSeats, GiftAidDeclaration, Succession)
    assert [model.__name__ for model in once if not model.objects.exists()] == []
    written = all_rows()
    named = {''.join(found) for found in NAMED.findall(written)}
    assert [one for one in named if not one.endswith(('.example', 'localhost'))] == []
    assert REAL.findall(written) == []
    for register in exchange.REGISTERS:
        row = exchange.look(taken(exported(register), register, stage.people['secretary']))
        assert (register, counts(row), row.left) == (register, (0, 0, len(table_of(register)), 0), 0)
        assert len(table_of(register)) > 20
