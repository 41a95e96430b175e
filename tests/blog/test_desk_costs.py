"""What each page of the desk asks with everything on it. `bench/` says what it costs where there is much of all."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blog import workflow
from blog.desk import figures, queues, topic_map
from blog.models import State, Submission
from tests.full import full_desk, full_submission
from ukis import staff
from ukis.tags.models import Tag

MOST = 19
# Of the desk's addresses those at which something is only done.
ONLY_POSTED = {
    'desk_away_back',
    'desk_incoming_put_aside',
    'desk_incoming_take_in',
    'desk_message',
    'desk_preview_withdraw',
    'desk_still_open',
}


def asked(client: Client, address: str) -> tuple[int, int]:
    """Status, and how many questions."""
    with CaptureQueriesContext(connection) as found:
        status = client.get(address).status_code
    return status, len(found)


@pytest.mark.parametrize('state', [State.IN_REVIEW, State.EDITING, State.READY, 'live'])
def test_a_submission_with_everything_on_it_asks_fewer_than_twenty(
    state, author, editor, other_editor, chief, signed_in, society
):
    submission = full_submission(author, editor, other_editor, state)
    desk, page = reverse('admin:desk'), reverse('admin:desk_submission', args=[submission.pk])
    client = signed_in(editor)
    client.get(desk)

    first, then = asked(client, page), asked(client, page)

    # At the first time it is written down that they read these words.
    assert (first, then) == ((200, 19), (200, 18))


def test_its_author_is_shown_it_by_fewer_than_twenty_too(author, editor, other_editor, signed_in, society):
    submission = full_submission(author, editor, other_editor)
    client = signed_in(author)
    client.get(reverse('write'))

    assert asked(client, submission.get_absolute_url()) == (200, 15)


def addresses(full: dict[str, int], keys: dict[str, int]) -> dict[str, list[str]]:
    """Each page of the desk, by the name of its address, in the ways in which it is narrowed and for each submission."""
    desk = [f'?queue={key}' for key in queues.QUEUES] + ['', '?q=careful', f'?saved={keys["saved"]}']
    topic = Tag.objects.order_by('pk')[0].slug
    rows = '&'.join(f'row={pk}' for pk in Submission.objects.values_list('pk', flat=True))
    given: dict[str, list[tuple[list, str]]] = {
        'desk': [([], query) for query in desk],
        'desk_board': [([], ''), ([], '?editor=mine')],
        'desk_calendar': [([], ''), ([], '?by=deadline')],
        'desk_map': [([], ''), ([], '?by=organisations'), ([], '?gaps=1')],
        'desk_map_rows': [([kind, topic], '') for kind in (topic_map.PUBLISHED, *topic_map.KINDS)],
        'desk_figure_rows': [([what], '') for what in figures.COUNTS] + [(['spread'], '?nowhere=1')],
        'commission_new': [([], f'?topic={topic}')],
        'commission': [([keys['commission']], '')],
        'commission_change': [([keys['commission']], '')],
        'commission_discard': [([keys['draft']], '')],
        'commission_move': [([keys['commission'], 'take_back'], ''), ([keys['draft'], 'send'], '')],
        'desk_move': [([pk, move], '') for pk in full.values() for move in workflow.MOVES],
        'desk_reading': [([full[State.IN_REVIEW], keys['reading']], '')],
        'desk_reading_move': [([full[State.IN_REVIEW], keys['reading'], 'share'], '')],
        'desk_vouch': [([full[State.IN_REVIEW], keys['silent']], '')],
        'saved_queue': [([keys['saved']], '')],
        'save_queue': [([], '?late=yes')],
        'give_several': [([], f'?{rows}')],
    }
    found = {}
    for route, _, name, _ in staff.pages:
        if route.startswith('desk/') and name not in ONLY_POSTED:
            either = given.get(name) or [([pk] if '<' in route else [], '') for pk in full.values()]
            found[name] = [reverse(f'admin:{name}', args=args) + query for args, query in either]
    return found


def test_no_page_of_the_desk_asks_twenty_with_everything_on_it(
    author, editor, other_editor, chief, signed_in, society
):
    states = (State.IN_REVIEW, State.EDITING, 'live')
    full = {state: full_submission(author, editor, other_editor, state) for state in states}
    keys = full_desk(full[State.IN_REVIEW], author, editor, other_editor)
    walked = addresses({state: one.pk for state, one in full.items()}, keys)
    client = signed_in(editor)
    many, never = {}, set()

    for name, its in walked.items():
        for address in its:
            client.get(address)  # what is noted at the first time
        answers = {address: asked(client, address) for address in its}
        many |= {address: count for address, (_, count) in answers.items() if count > MOST}
        never |= set() if any(status == 200 for status, _ in answers.values()) else {name}

    assert many == {}
    assert never == set()
