"""Every page of every role, wide and narrow, light and dark: nothing for axe to find, nothing for the policy to stop,
nothing too small to hit."""

from datetime import timedelta
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from blog import commissioning, readings
from blog.desk import would_write
from blog.models import PostsFile, Reading, State, Submission
from blog.states.reading_states import ReadingState
from members.models import Person
from members.roles import ADMINISTRATOR
from tests.addresses import ADMIN_MODELS, ROLES, TABLE
from tests.commissions import LINK, brought_to, make_commission
from tests.conftest import make_membership, make_person, make_post, make_submission
from tests.readings import brought_to as reading_in
from tests.test_addresses import path_of, scene  # noqa: F401  # a fixture
from ukis import days, tags
from ukis.letters import foreseeing, pausing
from ukis.society import reviewing, writing
from ukis.society.accessibility import AccessibilityStatement
from ukis.society.models import Page as StaffPage
from ukis.society.versions import PageWords

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

LOOKS: tuple[tuple[int, Literal['light', 'dark']], ...] = ((1280, 'light'), (320, 'dark'))
# Colours that are on their way from one scheme to the other have arrived.
VIOLATIONS = """async () => {
  for (const way of document.getAnimations()) if (way instanceof CSSTransition) way.finish();
  const found = await axe.run({ resultTypes: ["violations"] });
  return found.violations.map((one) => [one.id, one.nodes[0].target]);
}"""
# axe lets a small one pass where nothing else is near. One in a sentence is as high as its line.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter((one) => {
    const box = one.getBoundingClientRect(), sentence = one.closest('p, li, dd, td, figcaption');
    const seen = box.width && one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.closest('[inert]');
    return seen && Math.min(Math.round(box.width), Math.round(box.height)) < 24
      && !(sentence && getComputedStyle(one).display === 'inline');
  }).map((one) => one.textContent.trim() || one.name)"""
NO_PAGES = {
    *(
        *('health', 'robots', 'security', 'favicon', 'touch_icon', 'sitemap', 'sitemap_section', 'media'),
        'post_card',
        'unsaved',
        'search_suggestions',
    ),
    *('admin:jsi18n', 'admin:autocomplete', 'mfa_download_recovery_codes'),
    *('application_file', 'my_application_file', 'admin:application_file', 'word_file_original'),
    *('submission_attachment', 'desk_calendar_file', 'post_bibtex', 'post_ris'),
    *(f'api_{name}' for name in ('openapi', 'posts', 'post', 'tags', 'tag', 'people', 'person')),
    *('api_organisations', 'api_organisation'),
    # PDFs and tables, not pages.
    *(
        'invoice',
        'invoice_copy',
        'credit_note',
        'receipt',
        'admin:books_table',
        'admin:gift_aid_table',
        'admin:register_file',
        'admin:report_file',
    ),
    # Asked for by a key that only a letter has.
    'account_reset_password_from_key',
}


def pages_of(role: str, scene: dict) -> list[str]:  # noqa: F811
    """What the table of addresses lets this role read, but for feeds and what machines ask."""
    names = [
        name
        for name, row in TABLE.items()
        if row['GET'][ROLES.index(role)] == 200
        and name not in NO_PAGES
        and ('feed' not in name or name.endswith('_about'))
    ]
    paths = [path_of(name, scene) for name in names]
    for model, rights in ADMIN_MODELS.items():
        # What the secretary sees the administrator sees likewise: once is enough.
        mine = rights.get(role, ()) if role != 'administrator' or 'secretary' not in rights else ()
        if 'view' in mine and model not in ('ukis_society', 'ukis_accessibilitystatement'):
            paths.append(reverse(f'admin:{model}_changelist'))
        if 'add' in mine:
            paths.append(reverse(f'admin:{model}_add'))
        if 'view' in mine and model in scene['rows']:
            paths.append(reverse(f'admin:{model}_change', args=[scene['rows'][model].pk]))
    return paths


def more_pages_of(role: str, author, editor) -> list[str]:
    """Pages that stand at an address only while a submission is in the right state."""
    if role == 'author':
        drafting = make_submission(author)
        approval = make_submission(author, State.AUTHOR_APPROVAL, editor=editor)
        changes = make_submission(author, State.CHANGES_REQUESTED, editor=editor)
        pitch, promised = (
            make_submission(author, State.PITCH),
            make_submission(author, 'promised', editor=editor),
        )
        return [
            reverse('submission', args=[pitch.pk]),
            reverse('submission_edit', args=[promised.pk]),
            *(
                reverse(f'submission_{name}', args=[drafting.pk])
                for name in ('edit', 'byline', 'submit', 'withdraw')
            ),
            reverse('submission_approve', args=[approval.pk]),
            reverse('submission', args=[changes.pk]),
        ]
    if role == 'administrator':
        tag = make_post(featured=True).tags.get(name='scaling')
        return [
            reverse('admin:ukis_tag_delete', args=[tag.pk]),  # which offers what may be done instead
            *pages_of_the_site(),
            *posts_files_of(Person.objects.in_group(ADMINISTRATOR)[0]),
        ]
    if role != 'editor':
        return []
    editing = make_submission(author, State.EDITING, editor=editor)
    ready = make_submission(author, State.READY, editor=editor)
    live = make_submission(author, 'live', editor=editor)
    pitch, promised = make_submission(author, State.PITCH), make_submission(author, 'promised', editor=editor)
    moves = [
        (pitch, 'take_up'),
        (pitch, 'decline_pitch'),
        (editing, 'request_changes'),
        (editing, 'decline'),
        (editing, 'change_editor'),
        (ready, 'release'),
        (live, 'correct_typo'),
    ]
    return [
        reverse('admin:desk_edit', args=[editing.pk]),
        reverse('admin:desk_print', args=[ready.pk]),
        *(reverse('admin:desk_submission', args=[one.pk]) for one in (live, pitch, promised)),
        *(reverse('admin:desk_move', args=[submission.pk, move]) for submission, move in moves),
    ]


def posts_files_of(administrator) -> list[str]:
    """While the worker reads one, has it brought in, and afterwards."""
    now = timezone.now()
    stages = [
        {},
        {'stage': 'confirmed', 'confirmed_by': administrator, 'report': 'Dry run.'},
        {'stage': 'done', 'confirmed_by': administrator, 'report': 'Done.', 'done_at': now},
    ]
    rows = [PostsFile.objects.create(name='export.xml', by=administrator, **one) for one in stages]
    return [reverse('admin:posts_file', args=[row.pk]) for row in rows]


def pages_of_the_site() -> list[str]:
    """One of which a version waits, the accessibility statement and its facts, and the home page with a featured post."""
    page = StaffPage.objects.get(address='privacy')
    writing.save_words(page, PageWords('Privacy', 'cy', '<p>Ychydig.</p>'), by=None)
    statement = AccessibilityStatement()
    statement.save()
    statement.problems.create(what='Charts', clause='1.1.1', why='Nobody wrote any.', mend_by=days.today())
    reviewing.kept(statement, by=None)
    names = ('page_versions', 'page_publish', 'page_preview', 'ukis_page_change')
    return [
        *(reverse(f'admin:{name}', args=[page.pk]) for name in names),
        reverse('admin:ukis_accessibilitystatement_change', args=[1]),
        reverse('page', args=['accessibility']),
        reverse('admin:home_page'),
    ]


def commission_pages_of(role: str, author, editor) -> list[str]:
    """An invitation in each of its states, and what its moves ask."""
    if role == 'author':
        states = ('accepted', 'taken_back', 'declined', 'expired')
        asked = [
            brought_to(state, editor, invitee=author, email=author.email, working_title=state)
            for state in states
        ]
        return [reverse('my_commission', args=[row.pk]) for row in asked]
    if role != 'editor':
        return []
    drafted = make_commission(editor, email='new@far.example')
    declined = brought_to('declined', editor, email='no@far.example')
    later = brought_to('sent', editor, email='later@far.example')
    [unwritten] = tags.find_or_make(['Unwritten'])
    would_write.say(unwritten, by=author, words='From two wards.')
    commissioning.propose(later, by=LINK, day=later.deadline + timedelta(days=9))
    asks = [(drafted, 'send'), (later, 'agree_date'), (later, 'correct_address'), (declined, 'revive')]
    return [
        *(reverse('admin:commission_move', args=[row.pk, move]) for row, move in asks),
        f'{reverse("admin:desk_map")}?by=organisations',
        reverse('admin:desk_figure_rows', args=['handed-in']),
        *(
            reverse('admin:desk_map_rows', args=[kind, tag])
            for kind, tag in (('in-hand', 'leadership'), ('asked', 'scaling'), ('would-write', 'unwritten'))
        ),
        f'{reverse("admin:commission_new")}?topic=unwritten',
        *(reverse('admin:commission', args=[row.pk]) for row in (drafted, later, declined)),
    ]


def reading_pages_of(role: str, author, editor) -> list[str]:
    """A second reading in each of its states, and what its moves ask."""
    if role not in ('author', 'editor'):
        return []
    writer = make_person('Wanda Writer')
    make_membership(writer)
    submission = make_submission(writer, 'in_review', editor=editor)
    rows = [reading_in(state, submission, editor, email=f'{state}@far.example') for state in ReadingState]
    if role == 'author':
        Reading.objects.filter(submission=submission).update(reader=author)
        return [reverse('my_reading', args=[row.pk]) for row in rows]
    moves = [(row, move) for row in rows for move, why in readings.moves_for(row, editor) if not why]
    return [
        reverse('admin:desk_reading_ask', args=[submission.pk]),
        reverse('admin:desk_submission', args=[submission.pk]),
        *(reverse('admin:desk_reading', args=[submission.pk, row.pk]) for row in rows),
        *{
            move.name: reverse('admin:desk_reading_move', args=[submission.pk, row.pk, move.name])
            for row, move in moves
        }.values(),
    ]


def desk_pages_of(role: str, scene: dict, author, editor, administrator) -> list[str]:  # noqa: F811
    """The desk where its lists are narrowed or empty, somebody is away, and all mail is paused."""
    if role == 'administrator':
        pausing.begin(by=administrator, reason='Wrong dates.')
        foreseeing.look_through(timezone.now())
        return [reverse('admin:mail_pause'), reverse('admin:desk'), reverse('admin:desk_away')]
    if role != 'editor':
        return []
    reading, ready = (
        Submission.objects.get(pk=scene['given']['pk']),
        make_submission(author, State.READY, editor=editor),
    )
    ticked = '&'.join(f'row={one.pk}-{editor.pk}' for one in (ready, reading))
    reading.incoming.create(state='machine', mail_id='<m@b>', words='I am away.', whole='I am away.')
    desk, calendar = reverse('admin:desk'), reverse('admin:desk_calendar')
    later = days.today() + timedelta(days=5)
    return [
        *(f'{desk}?{asked}' for asked in (f'editor={editor.pk}&state=in_review', 'q=nothing+at+all')),
        f'{desk}?saved={scene["given"]["saved_queue"]}',
        f'{reverse("admin:save_queue")}?editor=nobody',
        f'{reverse("admin:give_several")}?{ticked}',
        f'{reverse("admin:give_several")}?{ticked}&editor={editor.pk}',
        f'{reverse("admin:desk_incoming")}?of=machines',
        f'{reverse("admin:desk_board")}?editor=mine',
        *(f'{calendar}?{asked}' for asked in ('by=deadline', f'day={later}', 'month=2019-01')),
        *(f'{reverse("admin:commissions")}?queue={queue}' for queue in ('sent', 'no')),
    ]


def complaints(page: Page, path: str) -> list[str]:
    """Read once and looked at twice: no script of ours asks how wide a page is, or in which scheme."""
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({'width': width, 'height': 800})
        page.emulate_media(color_scheme=scheme)
        if (width, scheme) == LOOKS[0]:
            answer = page.goto(path)
            if answer is None or answer.status != 200:
                return [f'{path}: answered {answer and answer.status}']
            page.evaluate(AXE_SCRIPT)
            found += [f'{path}: {one} is too small to hit' for one in page.evaluate(SMALL)]
        for name, where in page.evaluate(VIOLATIONS):
            found.append(f'{path} {width} {scheme}: {name} at {where}')
        wide = page.evaluate('document.documentElement.scrollWidth')
        if wide > width:
            found.append(f'{path}: {wide} px wide at {width} px')
    return found


@pytest.mark.parametrize('role', ['visitor', 'author', 'editor', 'secretary', 'administrator'])
def test_there_is_nothing_to_complain_of(
    role,
    scene,  # noqa: F811
    author,
    editor,
    administrator,
    opened,
    request,
    monkeypatch,
) -> None:
    monkeypatch.setattr(pausing.known, 'ask', pausing.standing)  # the pages say when all mail is paused
    person = None if role == 'visitor' else request.getfixturevalue(role)
    page = opened(person)
    more = [
        *more_pages_of(role, author, editor),
        *commission_pages_of(role, author, editor),
        *reading_pages_of(role, author, editor),
        *desk_pages_of(role, scene, author, editor, administrator),
    ]
    paths = [*pages_of(role, scene), *more]

    assert len(paths) > 15
    assert [line for path in dict.fromkeys(paths) for line in complaints(page, path)] == []
