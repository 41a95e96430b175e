"""What is said of a move, and of what stands in the history beside the moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from blog.letters import To
from blog.letters.recipients import Whom
from blog.models import State, Submission
from blog.workflow.roles import Role
from ukis import engine


@dataclass(frozen=True, kw_only=True)
class ToItsEditor:
    """What a button says instead where the submission has an editor already: `label` is filled with their name."""

    label: str
    leads: str
    tells: str


@dataclass(frozen=True, kw_only=True)
class ForAuthor:
    """A move as its author meets it: a page that asks more, or (`posts`) a button. `leads` says where to."""

    page: str
    leads: str
    label: str = ''
    to_its_editor: ToItsEditor | None = None
    posts: bool = False
    part: str = ''  # of the page
    # Whether the editor's last note is answered by it.
    answers: bool = False
    # It stands on the submission's page as a form: among the moves only where it says why it cannot be made.
    on_page: bool = False
    # Left out where it cannot be made: there is nothing to be missed.
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class Unheard:
    """What is told, held back as a decision is, where nobody had heard of the decision that letters of the kind `of`
    tell, be it that they waited or that they were recalled: other letters, or none."""

    of: str
    letters: Sequence[To] = ()


@dataclass(frozen=True, kw_only=True)
class Move(engine.Move[Submission, Role]):
    """`tells`: who gets a letter, for the button. `history`: what its author reads of it afterwards.

    `live` is True where the post must be out, False where it must not be, None where it does not matter.
    `decision`: its letters wait five minutes. `grave`: its button is plain and asks once more.
    """

    tells: str
    history: str
    letters: Sequence[To]
    overtakes: tuple[str, ...] = ()
    # Whether it also makes untrue what told of the state in which it finds the submission.
    undoes: bool = False
    unheard: Unheard | None = None
    to_its_editor: State | None = None  # where it leads instead, if the submission has an editor
    live: bool | None = None
    decision: bool = False
    # Whether it says for good if, or as what, something comes out or stays, or goes on without a word of its author's:
    # on writing of one's own organisation it asks for a note to the other editors. Asking for changes does not, nor
    # does what only carries out what was decided.
    decides: bool = False
    grave: bool = False
    leads: str = ''
    note_hint: str = 'It stands in the letter, word for word.'
    reason_hint: str = 'It stands in the letters.'
    note_says: str = 'wrote to you'  # over its note, to its author, after the name of who wrote it
    now_too: bool = False  # whether the moment it asks for may be this one
    # Whether whoever follows the blog by email gets what comes out by it.
    is_followed: bool = False
    # Whether an editor answers by it what the author wrote last; every decision does.
    answers_author: bool = False
    # Whether its note is the editors' own: from one of them to another, and not for the author.
    among_editors: bool = False
    # Whether its button stands beside the one that leads on: the other of two answers.
    stands_first: bool = False
    author: ForAuthor | None = None

    @property
    def takes_back(self) -> bool:
        """Whether a decision of which nobody has heard is undone by it as if it had never been made."""
        return self.undoes or self.unheard is not None

    @property
    def is_made_in_place(self) -> bool:
        """Whether one press of a button on a board makes it: it asks nothing, decides nothing, writes to nobody."""
        return not (self.asks or self.letters or self.decision or self.grave)

    @property
    def is_aside(self) -> bool:
        """Whether it does not lead on: its button stands back behind those that do."""
        return self.to in (None, State.CHANGES_REQUESTED) or self.frm == (State.RELEASED,)

    @property
    def leads_to(self) -> str:
        """Where the button leads, in the editor's words; nothing where the state stays."""
        return self.leads or (State(self.to).label if self.to else '')


@dataclass(frozen=True, kw_only=True)
class Event:
    """What stands in the history and is no move: in the editor's words, and in the author's."""

    label: str
    history: str
    letters: Sequence[To] = ()
    overtakes: tuple[str, ...] = ()


# Short, for rows that are read one below the other.
AUTHOR, NAMED, EVERYBODY = Whom.AUTHORS, Whom.COAUTHORS, Whom.EVERYBODY
DATES = ('scheduled', 'rescheduled')
DECISIONS = ('taken_up', 'changes_requested', 'accepted', 'final_copy', 'scheduled', 'revised', 'declined')
TELLS_ALL = 'the author and the other editors'
S = State
REOPENS_WITHIN = timedelta(days=30)  # what its author withdrew; two templates of a withdrawal say it too
MORE_TIME = timedelta(days=7)  # what an author may take, once


def both(kind: str) -> tuple[To, To]:
    return To(AUTHOR, kind), To(Whom.DESK, kind)
