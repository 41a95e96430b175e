"""What the Society publishes, as data: for partners, and for organisations' own pages. Read only, the same for
everybody.

`asking.py` reads the query by the same rows that the description prints (`describing.py`), so that neither can say what
the other does not; `kinds.py` says how each thing is given out, `schemas.py` what stands in it.
"""
