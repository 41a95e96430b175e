"""What is read, and from where people come, without anything of those who read.

`agents.py` tells people from programs, by what they ask for and by a kept list; `counting.py` counts in the memory of
each process, in front of the page cache; `writing.py` adds that up in the database, a batch at a time; `figures.py`
says it, always as 'at least'.
"""

from blog.reads.drawn import plots_of
from blog.reads.figures import Reads, of_all, of_organisation, of_post
from blog.reads.writing import forget

__all__ = ['Reads', 'forget', 'of_all', 'of_organisation', 'of_post', 'plots_of']
