"""Django's settings, derived from `balai.runtime.settings`; nobody imports this module."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from balai.runtime.logging import logging_settings
from balai.runtime.settings import PROJECT, load_settings
from config.databases import django_database
from config.translations import compile_catalogues

BALAI = load_settings()
DEBUG = False
BALAI.data_dir.mkdir(parents=True, exist_ok=True)
BALAI.keys_path.mkdir(parents=True, exist_ok=True, mode=0o700)


def _django_secret(path: Path) -> str:
    """The signing secret lives beside the key ring, outside the database, made on first start.

    Of several processes that make one at once, all take the first: link is atomic.
    """
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent, prefix=".secret-") as draft:  # its mode is 0600
            draft.write(secrets.token_urlsafe(64))
            draft.flush()
            with suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text().strip()


SECRET_KEY = _django_secret(BALAI.keys_path / "django-secret")
DATABASES = {"default": django_database(BALAI)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "balai.runtime",
    "balai.government",
    "balai.ui",
    "balai.audit",
    "balai.region",
    "balai.files",
    "balai.notify",
    "balai.people",
    "balai.sync",
    "balai.partners.lapor",
    "balai.documents",
    "balai.work",
    "balai.threads",
    "balai.catalogue",
    *[f"balai.engines.{name}" for name in BALAI.engine_list],
    "balai.portal",
    "balai.desk",
    "balai.demo",
    "balai.bench",
    "django.forms",  # built-in widget templates, after ours
]

MIDDLEWARE = [
    "balai.runtime.middleware.RequestId",
    "balai.runtime.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Answers 304 from the ETag of the page as it was before packing; polled fragments and public pages.
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "balai.runtime.language.ReadersLanguage",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "balai.people.middleware.WhoAsks",
    "django.contrib.messages.middleware.MessageMiddleware",
    "balai.runtime.middleware.CitizenErrors",
]
LOGGING = logging_settings(level="WARNING" if BALAI.mode == "test" else "INFO")
CSRF_FAILURE_VIEW = "balai.runtime.error_views.form_expired"

# The only one: nothing of an upload is written in the clear to a temporary folder.
FILE_UPLOAD_HANDLERS = ["balai.files.upload_handler.MaxBody"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Components live as ui/components/<name>/<name>.html beside their styles.
        "DIRS": [PROJECT / "src" / "balai"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "balai.government.context.government",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "id"
# Each by its own name, as the foot of a page offers them.
LANGUAGES = [("id", "Bahasa Indonesia"), ("jv", "Basa Jawa"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
LOCALE_PATHS = [compile_catalogues(PROJECT / "src" / "balai" / "locale", BALAI.data_dir / "locale")]
LANGUAGE_COOKIE_NAME = "balai_language"
LANGUAGE_COOKIE_AGE = 31_536_000
# Django knows no formats for Javanese; these are the same as the Indonesian ones.
DECIMAL_SEPARATOR, THOUSAND_SEPARATOR = ",", "."

STATIC_URL = "/static/"
STATIC_ROOT = BALAI.data_dir / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there yet
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "balai.ui.bundle.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if BALAI.mode == "test":
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

_public = urlsplit(BALAI.public_url)
ALLOWED_HOSTS = [_public.hostname or "localhost"]
if BALAI.mode != "production":
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [BALAI.public_url]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "balai.people.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
if _public.scheme == "https":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
if BALAI.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
