"""Words, and what has them: one face, and a body for each database.

Kinds of things register themselves (`KindOfDocument`), write what they say where they are changed, and are found by
`find`. Words are folded and stemmed by one function (`words.py`), the databases answer only which documents have
which, and the order is ours (`finding.py`), so that both give the same lists.
"""

from ukis.search.asking import AMONG, COMMON, MOST_TERMS, MOST_TYPED, NOTHING_ASKED, stands_in_a_row
from ukis.search.finding import FoundDocuments, Hit, find, rows_having
from ukis.search.following import follow, go_on
from ukis.search.gathering import gathered
from ukis.search.keeping import KINDS, KindOfDocument, Text, changed, register, saved
from ukis.search.passages import Marker
from ukis.search.spelling import meant
from ukis.search.whole import is_whole, purge, put_right, rebuild, slips

__all__ = [
    'AMONG',
    'COMMON',
    'KINDS',
    'MOST_TERMS',
    'MOST_TYPED',
    'NOTHING_ASKED',
    'FoundDocuments',
    'Hit',
    'KindOfDocument',
    'Marker',
    'Text',
    'changed',
    'find',
    'follow',
    'gathered',
    'go_on',
    'is_whole',
    'meant',
    'purge',
    'put_right',
    'rebuild',
    'register',
    'rows_having',
    'saved',
    'slips',
    'stands_in_a_row',
]
