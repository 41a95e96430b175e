#!/usr/bin/env python
import os
import sys

if __name__ == '__main__':
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'ukis.settings')
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as why:
        if '--traceback' in sys.argv:
            raise
        sys.exit(f'{why}')  # whoever wrote a setting wants to know which, and not from where it was read
