"""What Django reads in place of its own formats for British English. Days are written as a letter writes them."""

DATE_FORMAT = 'j F Y'
TIME_FORMAT = 'H:i'
DATETIME_FORMAT = 'j F Y, H:i'
YEAR_MONTH_FORMAT = 'F Y'
MONTH_DAY_FORMAT = 'j F'
SHORT_DATE_FORMAT = 'j M Y'
SHORT_DATETIME_FORMAT = 'j M Y, H:i'
FIRST_DAY_OF_WEEK = 1

# The first is also how a form shows a day it holds already. Django adds 2026-11-12 to the end by itself.
DATE_INPUT_FORMATS = [
    '%d %B %Y',  # 12 November 2026
    '%d %b %Y',  # 12 Nov 2026
    '%d/%m/%Y',
    '%d/%m/%y',
    '%d.%m.%Y',
    '%d-%m-%Y',
]
TIME_INPUT_FORMATS = ['%H:%M', '%H.%M', '%H:%M:%S']
DATETIME_INPUT_FORMATS = [
    f'{day}{between}{time}'
    for day in DATE_INPUT_FORMATS
    for between in (', ', ' ')
    for time in ('%H:%M', '%H:%M:%S')
]
