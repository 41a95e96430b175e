"""One file, read top to bottom. No environment at all means embedded: SQLite, local files, letters on
the console, a secret made on first start. Each variable moves one part elsewhere; `docs/operators.md` lists them.
"""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.csp import CSP

from members.forms import ACCOUNT_FORMS, MFA_FORMS  # noqa: F401
from ukis.mailers import mailer

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where everything is kept -------------------------------------------------------------------------

DATA_DIR = Path(env.str('DATA_DIR', default=str(BASE_DIR / 'var'))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o750)


def _secret() -> str:
    """The secret of this installation: from the environment, or made on first start and kept."""
    if given := env.str('SECRET_KEY', default=''):
        return given
    path = DATA_DIR / 'secret.key'
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), 'w') as new:
            new.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _secret()
# Those of before, the newest first: what they signed holds, and whoever was erased under one is known by it alone.
SECRET_KEY_FALLBACKS = env.list('SECRET_KEY_FALLBACKS', default=[])
DEBUG = env.bool('DEBUG', default=False)

# --- Who we are on the network ------------------------------------------------------------------------

PORT = env.int('PORT', default=8000)
# Processes of the web server. One, unless they share a cache: what counts limits in its own memory counts exactly.
MOST_PROCESSES = min(os.cpu_count() or 1, 4) if env.str('CACHE_URL', default='') else 1
WEB_CONCURRENCY = env.int('WEB_CONCURRENCY', default=MOST_PROCESSES)
WEB_THREADS = env.int('WEB_THREADS', default=8)
# The address people type. Without it pages speak of the host they were asked by, and letters of localhost.
SITE_URL = env.str('SITE_URL', default='').rstrip('/')
LETTERS_URL = SITE_URL or f'http://localhost:{PORT}'
SECURE = SITE_URL.startswith('https://')

# Once there is an address, no other name is answered: a letter's link is never made of somebody's Host header.
HERE = [urlsplit(SITE_URL).hostname] if SITE_URL else ['localhost', '127.0.0.1', '[::1]']
ALLOWED_HOSTS = HERE + env.list('ALLOWED_HOSTS', default=[])

# --- The rooms of the house ---------------------------------------------------------------------------

INSTALLED_APPS = [
    'ukis.apps.StaffConfig',  # the admin, behind a second factor
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.humanize',
    'django.contrib.messages',
    'django.contrib.sessions',
    'django.contrib.sitemaps',
    'django.contrib.staticfiles',
    'django.forms',
    'allauth',
    'allauth.account',
    'allauth.mfa',
    'allauth.usersessions',
    'taggit',
    'django_prose_editor',
    # Ours come last, so that they may take away what the others put into the admin.
    'ukis',
    'members',
    'blog',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'ukis.site.middleware.HeadersMiddleware',
    'django.middleware.csp.ContentSecurityPolicyMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django_http_compression.middleware.HttpCompressionMiddleware',
    'django.middleware.http.ConditionalGetMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'ukis.site.middleware.ReadableBodyMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
    'allauth.account.middleware.AccountMiddleware',
    'members.signing_in.SeenMiddleware',
    'ukis.site.middleware.RefusedMethodMiddleware',
]

ROOT_URLCONF = 'ukis.urls'
WSGI_APPLICATION = 'ukis.wsgi.application'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.template.context_processors.csp',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
                'ukis.society.context.society',
            ],
        },
    }
]

FORM_RENDERER = 'django.forms.renderers.TemplatesSetting'  # labels of ours

# --- Data ---------------------------------------------------------------------------------------------

DATABASES: dict[str, dict] = {
    'default': env.db('DATABASE_URL')
    if env.str('DATABASE_URL', default='')
    else {'ENGINE': 'django.db.backends.sqlite3', 'NAME': str(DATA_DIR / 'ukis.sqlite3')}
}
# Kept from one request to the next: opening it anew costs as much as a page's questions.
DATABASES['default'].setdefault('CONN_MAX_AGE', 60)
if DATABASES['default']['ENGINE'].endswith('sqlite3'):
    # IMMEDIATE: a transaction that will write waits at its start, and never fails half way. FULL: what was acknowledged
    # survives a power cut. 32 a thread, for those of staff's lists take some 100 kB each.
    DATABASES['default']['OPTIONS'] = {
        'transaction_mode': 'IMMEDIATE',
        'timeout': 20,
        'cached_statements': 32,
        'init_command': 'PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;'
        'PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA temp_store=MEMORY',
    }
else:
    DATABASES['default']['CONN_HEALTH_CHECKS'] = True
    if DATABASES['default']['ENGINE'] == 'django.db.backends.postgresql':
        DATABASES['default']['ENGINE'] = 'ukis.postgresql'
    # Nobody's request waits longer for a server that hangs, a row that somebody holds, or a machine that is gone.
    # `migrate` lifts the first two for itself; what DATABASE_URL says stands. `jit` takes longer than it saves us.
    for name, value in {
        'connect_timeout': 3,
        'options': '-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=1min -c jit=off',
        'keepalives_idle': 10,
        'keepalives_interval': 3,
        'keepalives_count': 3,
        'tcp_user_timeout': 10_000,
    }.items():
        DATABASES['default'].setdefault('OPTIONS', {}).setdefault(name, value)

# The cache holds rate limits. One process needs no more than its own memory; several share Redis or Valkey.
CACHES = {'default': env.cache_url_config(env.str('CACHE_URL', default='') or 'locmemcache://')}
if CACHES['default']['BACKEND'].endswith('LocMemCache'):
    # Room enough that nobody pushes a counter out by asking for many others.
    CACHES['default'].setdefault('OPTIONS', {}).setdefault('MAX_ENTRIES', 100_000)
elif CACHES['default']['BACKEND'].endswith('RedisCache'):
    CACHES['default']['BACKEND'] = 'ukis.cache.RedisOrMemory'

# For pages of visitors, in each web process; for how long one answer of PostgreSQL stands (milliseconds).
PAGE_CACHE_BYTES = int(env.float('PAGE_CACHE_MB', default=16) * 1_000_000)
PAGE_CACHE_LEASE = env.int('PAGE_CACHE_LEASE', default=0)

# --- Letters ------------------------------------------------------------------------------------------

EMAIL_URL = env.str('EMAIL_URL', default='') or 'console:'
MAILERS = {
    'default': mailer(EMAIL_URL, timeout=10),
    'at_once': mailer(EMAIL_URL, timeout=5),  # codes, for which somebody waits before a page
}
DEFAULT_FROM_EMAIL = env.str('MAIL_FROM', default='UK Implementation Society <no-reply@localhost>')
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]
BOUNCES_TO, BOUNCES_URL = (env.str(name, default='') for name in ('BOUNCES_TO', 'BOUNCES_URL'))
ANSWERS_TO, ANSWERS_URL = (env.str(name, default='') for name in ('ANSWERS_TO', 'ANSWERS_URL'))

# --- Files --------------------------------------------------------------------------------------------

STATIC_URL = '/static/'
STATIC_ROOT = DATA_DIR / 'static'
STATICFILES_DIRS = [BASE_DIR / 'static']
MEDIA_URL = '/media/'
MEDIA_ROOT = DATA_DIR / 'media'
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    'ukis.pictures.uploads.NoMoreThanNeeded',
    'django.core.files.uploadhandler.MemoryFileUploadHandler',
    'django.core.files.uploadhandler.TemporaryFileUploadHandler',
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # a long post pasted with its markup, and room to spare
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a large organisation's seats on one page of the admin
STORAGES: dict[str, dict] = {
    'default': {'BACKEND': 'django.core.files.storage.FileSystemStorage'},
    'staticfiles': {'BACKEND': 'ukis.slimming.SlimStyles'},
}
MEDIA_ORIGIN = ''
if env.str('MEDIA_BUCKET', default=''):
    # Pictures in an S3-compatible store; its address joins the policy below. v4 signatures must be asked for, and
    # sums that only some stores know must not. One that hangs is given up after a few seconds.
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    MEDIA_URL = env.str('MEDIA_URL')
    MEDIA_ORIGIN = '{0.scheme}://{0.netloc}'.format(urlsplit(MEDIA_URL))
    STORAGES['default'] = {
        'BACKEND': 'storages.backends.s3.S3Storage',
        'OPTIONS': {
            'bucket_name': env.str('MEDIA_BUCKET'),
            'endpoint_url': env.str('MEDIA_ENDPOINT', default=None),
            'region_name': env.str('MEDIA_REGION', default='us-east-1'),
            'access_key': env.str('MEDIA_KEY', default=None),
            'secret_key': env.str('MEDIA_SECRET', default=None),
            'custom_domain': urlsplit(MEDIA_URL).netloc + urlsplit(MEDIA_URL).path.rstrip('/'),
            'client_config': Config(
                signature_version='s3v4',
                connect_timeout=2,
                read_timeout=3,
                retries={'total_max_attempts': 2, 'mode': 'standard'},
                request_checksum_calculation='when_required',
                response_checksum_validation='when_required',
            ),
            'transfer_config': TransferConfig(use_threads=False, num_download_attempts=1),
            'querystring_auth': False,
            'url_protocol': f'{urlsplit(MEDIA_URL).scheme}:',
            'object_parameters': {'CacheControl': 'public, max-age=31536000, immutable'},
        },
    }

# --- People signing in --------------------------------------------------------------------------------

AUTH_USER_MODEL = 'members.Person'
AUTHENTICATION_BACKENDS = ['allauth.account.auth_backends.AuthenticationBackend']
# Hard on memory as well as on time, and quicker for who signs in than the default's million and a half rounds.
PASSWORD_HASHERS = [
    'django.contrib.auth.hashers.ScryptPasswordHasher',
    'django.contrib.auth.hashers.PBKDF2PasswordHasher',
]
AUTH_PASSWORD_VALIDATORS = [
    {'NAME': 'django.contrib.auth.password_validation.UserAttributeSimilarityValidator'},
    {'NAME': 'django.contrib.auth.password_validation.MinimumLengthValidator', 'OPTIONS': {'min_length': 10}},
    {'NAME': 'django.contrib.auth.password_validation.CommonPasswordValidator'},
]
LOGIN_URL = 'account_login'
LOGIN_REDIRECT_URL = 'account'
ACCOUNT_LOGOUT_REDIRECT_URL = '/'
ACCOUNT_ADAPTER = 'members.signing_in.adapter.Adapter'
ACCOUNT_LOGIN_METHODS = {'email'}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ['email*', 'password1*', 'password2*']
ACCOUNT_SIGNUP_FORM_CLASS = 'members.forms.people.NameForm'
ACCOUNT_EMAIL_VERIFICATION = 'mandatory'
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # in seconds; so says the letter
ACCOUNT_EMAIL_SUBJECT_PREFIX = ''
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 5
ACCOUNT_PREVENT_ENUMERATION = ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Signed in at once, where no second factor is asked: whoever reads the letter could do it anyhow.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Whatever makes us write to an address is limited by who asks and by who is written to.
ACCOUNT_RATE_LIMITS = {
    'signup': '20/h/ip',
    'reset_password': '20/h/ip,5/h/key',
    'confirm_email': '1/10s/key,6/h/key',
    'manage_email': '20/h/user',
    'login_failed': '10/m/ip,5/5m/key',  # codes of a second factor; passwords are counted by our adapter
}
ACCOUNT_CHANGE_EMAIL = False  # several verified addresses, one of them the main one
ACCOUNT_USER_DISPLAY = 'members.signing_in.display'
MFA_SUPPORTED_TYPES = ['totp', 'webauthn', 'recovery_codes']
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = 'members.signing_in.second_factor.Adapter'
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int('TRUSTED_PROXIES', default=0)

# --- Safety -------------------------------------------------------------------------------------------

SECURE_CSP = {
    'default-src': [CSP.NONE],
    'script-src': [CSP.SELF, CSP.NONCE],
    # The hash is that of the one style sheet that the prose editor's engine adds to its page.
    'style-src': [CSP.SELF, CSP.NONCE, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
    'img-src': [CSP.SELF, 'data:', 'blob:', *filter(None, [MEDIA_ORIGIN])],
    'font-src': [CSP.SELF],
    'connect-src': [CSP.SELF],
    'manifest-src': [CSP.SELF],
    'form-action': [CSP.SELF],
    'frame-ancestors': [CSP.NONE],
    'base-uri': [CSP.NONE],
    'object-src': [CSP.NONE],
}
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r'^health/$']
SECURE_REFERRER_POLICY = 'strict-origin-when-cross-origin'
# Over plain http the headers middleware sets it where it can.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = 'Lax'
X_FRAME_OPTIONS = 'DENY'
CSRF_FAILURE_VIEW = 'ukis.site.errors.stale_form'
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

# --- Words and days ------------------------------------------------------------------------------------

LANGUAGE_CODE = 'en-gb'
TIME_ZONE = 'Europe/London'
FORMAT_MODULE_PATH = ['ukis.formats']
USE_I18N = USE_TZ = True

LOGGING = {
    'version': 1,
    'disable_existing_loggers': False,
    'formatters': {'line': {'format': '{asctime} {levelname} {name}: {message}', 'style': '{'}},
    'handlers': {'console': {'class': 'logging.StreamHandler', 'formatter': 'line'}},
    'root': {'handlers': ['console'], 'level': env.str('LOG_LEVEL', default='WARNING')},
    'loggers': {
        'ukis': {'level': env.str('LOG_LEVEL', default='INFO')},
        'django': {
            'handlers': ['console'],
            'level': env.str('LOG_LEVEL', default='WARNING'),
            'propagate': False,
        },
    },
}
