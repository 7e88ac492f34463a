"""Settings. Starts with SQLite and no configuration; see `env.py` for what can be changed."""

import secrets
import zoneinfo
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from viceversa.config.env import read

# Time zones as in the pinned package: the machine's own may be years old, and half hours wrong.
zoneinfo.reset_tzpath(to=())

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(read("VICEVERSA_HOME")).absolute()
HOME.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    given = read("SECRET_KEY")
    if given:
        return str(given)
    path = HOME / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database() -> dict[str, Any]:
    url = read("DATABASE_URL")
    if url:
        return {**environ.Env.db_url_config(url), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "viceversa.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def _email() -> dict[str, Any]:
    url = read("EMAIL_URL")
    if url:
        return dict(environ.Env.email_url_config(url))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": HOME / "mail",
    }


SECRET_KEY = _secret_key()
DEBUG = read("DEBUG")
ALLOWED_HOSTS = read("ALLOWED_HOSTS")
BASE_URL = read("BASE_URL").rstrip("/")
ORGANISATION_NAME = read("ORGANISATION_NAME")
SAMPLE_SIGN_IN_HINTS = read("SAMPLE_SIGN_IN_HINTS")
KEY_STORE = Path(read("KEY_STORE")) if read("KEY_STORE") else HOME / "keys"
KEY_STORE_SECRET = read("KEY_STORE_SECRET")
MEETING_LINK_TEMPLATE = read("MEETING_LINK_TEMPLATE")
IMPORT_MAX_BYTES = read("IMPORT_MAX_MB") * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django_cotton",
    "lucide",
    "csp",
    "viceversa.toolkit",
    "viceversa.design",
    "viceversa.history",
    "viceversa.people",
    "viceversa.vault",
    "viceversa.notifications",
    "viceversa.accounts",
    "viceversa.programmes",
    "viceversa.learning",
    "viceversa.partnerships",
    "viceversa.matching",
    "viceversa.meetings",
    "viceversa.insights",
    "viceversa.community",
    "viceversa.safeguarding",
    "viceversa.home",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "viceversa.config.traceless.TracelessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "viceversa.config.middleware.NotKeptMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "viceversa.config.middleware.ActorMiddleware",
    "viceversa.config.middleware.GuardMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "viceversa.config.middleware.ProblemMiddleware",
]

ROOT_URLCONF = "viceversa.config.urls"
WSGI_APPLICATION = "viceversa.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "viceversa.design.context.design",
                "viceversa.home.context.navigation",
            ],
        },
    }
]
FORM_RENDERER = "viceversa.design.forms.Renderer"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "toolkit_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["viceversa.accounts.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "viceversa.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "viceversa.accounts.backend.ResetTokens"
ACCOUNT_FORMS = {
    "login": "viceversa.accounts.forms.SignIn",
    "request_login_code": "viceversa.accounts.forms.RequestCode",
    "confirm_login_code": "viceversa.accounts.forms.ConfirmCode",
    "reset_password": "viceversa.accounts.forms.RequestReset",
    "reset_password_from_key": "viceversa.accounts.forms.NewPassword",
    "change_password": "viceversa.accounts.forms.ChangePassword",
    "set_password": "viceversa.accounts.forms.FirstPassword",
    "reauthenticate": "viceversa.accounts.forms.passkey.ConfirmPassword",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/10m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
}

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "viceversa.design.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = read("SECURE_COOKIES")
SECURE_HSTS_SECONDS = 31_536_000 if read("SECURE_COOKIES") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if read("TRUST_PROXY_HEADERS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CSRF_TRUSTED_ORIGINS = [BASE_URL]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "viceversa.design.styles.Storage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = HOME / "files"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

vars().update(_email())
DEFAULT_FROM_EMAIL = read("EMAIL_FROM")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
INBOUND_SECRET = read("INBOUND_SECRET")
INBOUND_IMAP = read("INBOUND_IMAP")
INBOUND_MAILDIR = read("INBOUND_MAILDIR")
BUSY_ALLOW_PRIVATE = read("BUSY_ALLOW_PRIVATE")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
JOBS = "viceversa.config.jobs.JOBS"
SCHEDULE = "viceversa.config.jobs.SCHEDULE"
REACTIONS = "viceversa.config.reactions.REACTIONS"

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"traceless": {"()": "viceversa.config.traceless.Traceless"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["traceless"],
        }
    },
    "root": {"handlers": ["console"], "level": read("LOG_LEVEL")},
    "loggers": {"django.request": {"level": "ERROR"}, "fido2": {"level": "WARNING"}},
}
