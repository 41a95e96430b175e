"""The site's settings for processes that tests start: nothing is collected first, so nothing is looked up."""

from ukis.settings import *  # noqa: F403
from ukis.settings import STORAGES

STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}
PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']
