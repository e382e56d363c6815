"""The bare Django site that a submit is compared with: the same rows, and nothing of ours.

It imports nothing of the product. Its models are made from the rows that a real submit has written
(`stages.written_rows`): the same tables with their columns, sizes and indexes, as plain Django fields. Every
request gives its rows fresh keys and inserts them through the ORM in one transaction, without validation.
Before that, Django's own middleware reads the session and the account of whoever sends, as `startproject`
and `login_required` do it. `tools/bare_server.py` serves it; no address of the product leads here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# django-admin startproject, Django 5.2
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def bare_settings(
    databases: dict[str, Any], secret_key: str, rows_path: Path, *, alone: bool
) -> dict[str, Any]:
    """Django's settings; `alone` takes the middleware away: no session, no account, the view only."""
    return {
        "DATABASES": databases,
        "SECRET_KEY": secret_key,
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
            "balai.bench.bare",
        ],
        "AUTH_USER_MODEL": "bare.Account",
        "MIDDLEWARE": [] if alone else MIDDLEWARE,
        "ROOT_URLCONF": "balai.bench.bare.urls",
        "ALLOWED_HOSTS": ["*"],
        "USE_TZ": True,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "BARE_ROWS": json.loads(rows_path.read_text()),
        "BARE_ALONE": alone,
    }
