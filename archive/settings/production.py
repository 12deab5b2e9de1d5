"""For a server in public: TLS, HSTS, cookie names bound to the host; nothing secret has a default."""

from archive import environment

environment.demand(
    {
        "ARCHIVE_SECRET_KEY": "signs cookies; fifty or more random characters",
        "ARCHIVE_HOSTS": "the names it answers to, with commas between",
        "ARCHIVE_CONTACT": "the address that witnesses and readers write to",
        "ARCHIVE_URL": "how its permanent addresses begin, such as https://archive.example.org",
        "ARCHIVE_ENCRYPTION_KEYS": "encrypt identities at rest; Fernet keys with commas between",
    }
)

from archive.settings.base import *  # nothing is made on the disk before the demands are met

IN_PRODUCTION = True
EDITORS_MAY_PUBLISH_OWN_WORK = False

# Every group reads drafts and snapshots, so everybody needs a second factor.
SECOND_FACTOR_GROUPS = environment.second_factor_groups(environment.words("ARCHIVE_SECOND_FACTOR", ("everybody",)))

# The proxy in front ends TLS, and must set X-Forwarded-Proto and X-Forwarded-For itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("ARCHIVE_PROXIES", 1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
