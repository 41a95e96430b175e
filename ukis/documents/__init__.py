"""Words in from a Word document (.docx) or an OpenDocument text (.odt): clean HTML of our own, its pictures, what is
told of it, what it still holds.

A kept library makes the HTML, in a process of its own. What it would lose is rewritten before and put right after,
and the words of the file are counted against those that came of it.
"""
