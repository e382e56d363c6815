"""What a password of an officer must be: Django's validators, at least twelve characters."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MINIMUM = 12
_LABELS = {"login_name": _("nama pengguna"), "name": _("nama lengkap")}


class _Labels:
    """What Django's similarity validator asks a model: how an attribute is called in a sentence."""

    @staticmethod
    def get_field(name: str) -> Any:
        """The label, where the validator looks for it."""
        return SimpleNamespace(verbose_name=_LABELS[name])


@cache
def _validators() -> tuple[Any, ...]:
    """Built once: the list of common passwords is a file of 20,000 lines."""
    return (
        UserAttributeSimilarityValidator(user_attributes=("login_name", "name")),
        MinimumLengthValidator(MINIMUM),
        CommonPasswordValidator(),
        NumericPasswordValidator(),
    )


def weaknesses(password: str, *, login_name: str, name: str) -> list[str]:
    """Sentences why the password is too weak for this officer; empty when it is not."""
    holder: Any = SimpleNamespace(login_name=login_name, name=name, _meta=_Labels)
    reasons: list[str] = []
    for validator in _validators():
        try:
            validator.validate(password, holder)
        except ValidationError as refused:
            reasons += refused.messages
    return reasons
