"""`make bench` measures everything in one run (`bench/__main__.py`). By hand, on either database:

    DATA_DIR=/tmp/bench python -m bench.corpus --posts 10000
    DATA_DIR=/tmp/bench python -m bench.pages

With `DATABASE_URL=postgres://…` the same on PostgreSQL. Never on a database that somebody needs.
"""

import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')
django.setup()
