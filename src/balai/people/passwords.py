"""What a password of an officer must be: Django's validators, at least twelve characters."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

MINIMUM = 12


def weaknesses(password: str, *, login_name: str, name: str) -> list[str]:
    """Sentences why the password is too weak for this officer; empty when it is not."""
    holder: Any = SimpleNamespace(login_name=login_name, name=name)
    validators = (
        UserAttributeSimilarityValidator(user_attributes=("login_name", "name")),
        MinimumLengthValidator(MINIMUM),
        CommonPasswordValidator(),
        NumericPasswordValidator(),
    )
    reasons: list[str] = []
    for validator in validators:
        try:
            validator.validate(password, holder)
        except ValidationError as refused:
            reasons += refused.messages
    return reasons
