"""What every installation shares, and what `./run server` runs: one machine, plain http, DEBUG off."""

import os
from pathlib import Path

from archive import __version__, environment

# Where lxml is installed openpyxl would read workbooks by it, and pass by the parser that forbids entities.
os.environ["OPENPYXL_LXML"] = "False"

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# Where this installation keeps what is its own: database, pictures, private files, keys.
ARCHIVE_DATA = environment.data_folder(Path(environment.text("ARCHIVE_DATA", str(BASE_DIR / "var"))))

ARCHIVE = {
    "name": environment.text("ARCHIVE_NAME", "Archive of Testimonies"),
    "tagline": environment.text("ARCHIVE_TAGLINE"),  # empty: the usual one, in the language of the page
    "contact": environment.text("ARCHIVE_CONTACT", "archive@example.org"),
    "url": environment.text("ARCHIVE_URL", f"http://127.0.0.1:{environment.text('PORT', '8000')}").rstrip("/"),
    # Under which number ARKs are made, and where that number's owner says how names are given (the about page does).
    "naan": environment.text("ARCHIVE_NAAN", "99999"),
    "naan_policy": environment.text("ARCHIVE_NAAN_POLICY"),
    "security": environment.text("ARCHIVE_SECURITY_CONTACT"),
    # Where "Leave this page quickly" leads: something that nobody minds on a screen. Empty: there is no such link.
    "leave": environment.web_address("ARCHIVE_LEAVE_URL", "https://www.yr.no/en"),
    "licence_name": environment.text("ARCHIVE_LICENCE_NAME", "CC BY 4.0"),
    "licence_url": environment.text("ARCHIVE_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/"),
    "release": __version__,
}

# Whether strangers read it: the checks at the start are stricter then (testimonies/checks.py).
IN_PRODUCTION = False

# An archive of one may let the person who wrote a testimony publish it too.
EDITORS_MAY_PUBLISH_OWN_WORK = True

# Whether a server process keeps watching the publication log (testimonies/watch.py).
WATCH_THE_LOG = True

# Keys

SECRET_KEY = environment.text("ARCHIVE_SECRET_KEY") or environment.key_in_file(
    ARCHIVE_DATA / "secret.key", environment.new_secret
)
# The first encrypts, all decrypt: a new key is put in front of the old ones.
FIELD_ENCRYPTION_KEYS = environment.encryption_keys(
    environment.words("ARCHIVE_ENCRYPTION_KEYS")
    or [environment.key_in_file(ARCHIVE_DATA / "encryption.key", environment.new_encryption_key)]
)

# Django

DEBUG = False
ALLOWED_HOSTS = environment.words("ARCHIVE_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The first is the language that the archive is written in; addresses that name none speak it (testimonies/tongues.py).
LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    (LANGUAGE_CODE, "English"),
    ("ru", "Русский"),
    ("kk", "Қазақша"),
    ("ky", "Кыргызча"),
    ("it", "Italiano"),
]
TIME_ZONE = "UTC"
USE_TZ = True

INSTALLED_APPS = [
    "testimonies",
    "taggit",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.humanize",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

# Why something was changed may take more than the library's hundred characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# The classes of testimonies.middleware named Desk… run under /admin/ only. Django and allauth look for the
# CSRF and account middleware by name; on public pages neither touches a session nor sets a cookie.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "testimonies.middleware.Compressed",
    "testimonies.middleware.RequestLog",
    "testimonies.middleware.Language",
    "csp.middleware.CSPMiddleware",
    "testimonies.middleware.OtherSites",
    "testimonies.middleware.CacheHeaders",
    "testimonies.middleware.BadInput",
    "testimonies.middleware.ConditionalRequest",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "testimonies.middleware.DeskSession",
    "testimonies.middleware.SessionLimits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "testimonies.middleware.DeskAuthentication",
    "testimonies.middleware.DeskMessages",
    "allauth.account.middleware.AccountMiddleware",
    "testimonies.admin.second_factor.SecondFactor",
    "testimonies.middleware.DeskHistory",
]

# Public pages are Jinja2; the desk (admin and accounts) is Django's language. One folder for
# both would break.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "testimonies.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "desk"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# Database, and counters that all workers share: counted per process, a burst over many would pass the limits

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), ARCHIVE_DATA)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "archive_cache"}}

# Files

STATIC_URL = "static/"
STATIC_ROOT = ARCHIVE_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = ARCHIVE_DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ARCHIVE_DATA / "private", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Limits. What is larger is answered with a plain 400 page before anything reads it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
REQUEST_MAX_SIZE = 40_000_000

# Signing in

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "testimonies.admin.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": "20/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "5/5m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("ARCHIVE_PROXIES", 0)
MFA_ADAPTER = "testimonies.admin.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "testimonies.admin.door.CodeForm",
    "reauthenticate": "testimonies.admin.door.CodeAgainForm",
    "authenticate_webauthn": "testimonies.admin.door.KeyForm",
    "reauthenticate_webauthn": "testimonies.admin.door.KeyAgainForm",
    "add_webauthn": "testimonies.admin.door.NewKeyForm",
    "login_webauthn": "testimonies.admin.door.KeyAloneForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = False
MFA_TOTP_ISSUER = ARCHIVE["name"]
# Accounts are made by an archivist, so nobody can claim an address that belongs to somebody else.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Passkeys over plain http work at http://localhost: only, the one name that browsers trust without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
USERSESSIONS_TRACK_ACTIVITY = False
# Whose accounts open nothing of the desk before they have a second factor (testimonies/admin/second_factor.py).
SECOND_FACTOR_GROUPS = environment.second_factor_groups(environment.words("ARCHIVE_SECOND_FACTOR", ("nobody",)))

# Notices by mail. None is sent until a server is named.
EMAIL_HOST = environment.text("ARCHIVE_MAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_PORT = environment.number("ARCHIVE_MAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("ARCHIVE_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("ARCHIVE_MAIL_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
MAIL_LANGUAGE = environment.one_of("ARCHIVE_MAIL_LANGUAGE", [tag for tag, _name in LANGUAGES])
DEFAULT_FROM_EMAIL = environment.text("ARCHIVE_MAIL_FROM", ARCHIVE["contact"])

# A session ends after an hour without a request, and after a working day whatever was done.
SESSION_IDLE_AGE = 60 * 60
SESSION_LONGEST_AGE = SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

# What browsers are told

SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# Logs: one JSON object a line on stderr, with nothing in it that a reader typed (archive/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "archive.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "archive": {"level": "INFO"},
        # Django's own handlers (mail to administrators, a console that shows paths) are taken away.
        "django": {"handlers": [], "level": "ERROR"},
        # Strangers who call the server by other names would fill the log; they get a 400.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []
