"""The board: what is open, a column a state. Cards are moved by buttons, never by dropping them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from blog import workflow
from blog.admin.desk.frame import moved_one, on_the_desk, page, refuse, ways
from blog.admin.desk.lines import DeskLine, lines_for
from blog.desk import board as columns_of
from blog.desk.board import BoardColumn
from blog.states import row_of
from members.models import Person
from ukis import staff


@dataclass(frozen=True)
class CardMove:
    """A button that makes it at once, where it asks nothing and writes to nobody; else a link to its own page."""

    name: str
    label: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class BoardCard:
    line: DeskLine
    first: CardMove | None  # what leads on, as the state's row says it
    others: Sequence[CardMove]
    has_moved: bool

    submission = property(lambda self: self.line.submission)

    @property
    def says_its_state(self) -> bool:
        """Where the column's name does not say all of it: a date, or a post that is out meanwhile."""
        return self.submission.post_or_none is not None and self.submission.post.published_at is not None


@dataclass(frozen=True)
class BoardShown:
    column: BoardColumn
    cards: Sequence[BoardCard] = field(default_factory=list)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    person = on_the_desk(request, guests=True)
    only_mine = request.GET.get('editor') == 'mine'
    moved = moved_one(request)
    columns = columns_of.columns(person, only_mine=only_mine, moved=moved)
    shown = _with_cards(columns, person, only_mine, moved)
    context: dict[str, Any] = {
        'columns': shown,
        'asked': columns_of.asked(person, only_mine=only_mine),
        'only_mine': only_mine,
        'may_ask': person.is_editor or person.is_guest_editor,
        'said_on_card': any(card.has_moved for one in shown for card in one.cards),
        'ways': ways('desk_board', person),
    }
    return page(request, 'board', 'The board', context)


def _with_cards(
    columns: Sequence[BoardColumn], person: Person, only_mine: bool, moved: int | None
) -> list[BoardShown]:
    """Asks once who the editors are, and nothing for each card."""
    editors = list(Person.objects.editors().prefetch_related('groups').distinct())
    back = urlencode({'from': 'board', **({'editor': 'mine'} if only_mine else {})})
    now = timezone.now()

    def card(line: DeskLine) -> BoardCard:
        its = line.submission
        moves = [
            CardMove(
                move.name,
                move.label if move.is_made_in_place else f'{move.label}…',
                f'{reverse("admin:desk_move", args=[its.pk, move.name])}?{back}',
                move.is_made_in_place,
            )
            for move in workflow.moves_of(its, workflow.roles_of(its, person, editors), now)
        ]
        first = _leads_on(line, moves)
        return BoardCard(line, first, [one for one in moves if one is not first], its.pk == moved)

    lines = {
        line.submission.pk: line
        for line in lines_for([its for one in columns for its in one.submissions], person)
    }
    return [BoardShown(one, [card(lines[its.pk]) for its in one.submissions]) for one in columns]


def _leads_on(line: DeskLine, moves: Sequence[CardMove]) -> CardMove | None:
    """The move that its row names first, or the page on which its editor decides."""
    row = row_of(line.submission.state)
    theirs = row.editor_next
    named = {row.taken_by, theirs.move, theirs.live_move} if theirs else {row.taken_by}
    found = next((one for one in moves if one.name in named), None)
    if found or not theirs or line.next.label not in (theirs.label, theirs.live_label):
        return found
    return CardMove('', line.next.label, line.next.url)


staff.pages += [('desk/board/', board, 'desk_board', refuse)]
