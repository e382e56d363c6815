"""Model fields whose column holds ciphertext; the attribute is a `Sealed`, opened only when asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from balai.runtime import crypto


class Sealed:
    """A personal value that stays closed until `.clear` is read; printing it shows nothing."""

    __slots__ = ("_cipher", "_context", "_text")

    def __init__(self, *, context: str, cipher: str | None = None, text: str | None = None) -> None:
        self._context = context
        self._cipher = cipher
        self._text = text

    @property
    def text(self) -> str:
        """The clear text as it was sealed."""
        if self._text is None:
            if self._cipher is None:
                raise crypto.SealBroken(self._context)
            self._text = crypto.open_text(self._cipher, context=self._context)
        return self._text

    @property
    def clear(self) -> Any:
        """The clear value: a text here, the decoded value in SealedJSON."""
        return self.text

    @property
    def cipher(self) -> str:
        """What the column holds; sealed once, so saving again does not change the row."""
        if self._cipher is None:
            self._cipher = crypto.seal_text(self.text, context=self._context)
        return self._cipher

    def into(self, context: str) -> Sealed:
        """The same value for another column (a ciphertext opens only in its own)."""
        return self if context == self._context else type(self)(context=context, text=self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.text == other.text

    def __hash__(self) -> int:
        return hash((type(self), self.text))

    def __bool__(self) -> bool:
        return self.text not in {"", "null", '""', "{}", "[]"}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._context}>"

    def __str__(self) -> str:
        return "••••"

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (type(self), self._context, self.cipher)


def _unpickle(kind: type[Sealed], context: str, cipher: str) -> Sealed:
    return kind(context=context, cipher=cipher)


class SealedJSON(Sealed):
    """A sealed JSON value. `.clear` is a fresh copy each time: to change it, assign the field anew."""

    __slots__ = ()

    @property
    def clear(self) -> Any:
        return json.loads(self.text)


if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:
    _TextField = models.TextField


class _SealedAttribute:
    """Wraps whatever is assigned, so that reading the attribute always gives a Sealed or None."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        values = instance.__dict__
        name = self.field.attname
        if name not in values:  # deferred
            instance.refresh_from_db(fields=[name])
        return values[name]

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.wrap(value)


class SealedTextField(_TextField):
    """A text encrypted at rest. Assign a text, a Sealed or None; find rows by a keyed hash beside it.

    `context` defaults to "app.model.field"; give it when the model or field has been renamed.
    """

    descriptor_class = _SealedAttribute
    sealed_class: type[Sealed] = Sealed

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self._given_context = context
        self.context = context
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not self._given_context:
            self.context = f"{cls._meta.app_label}.{cls._meta.model_name}.{name}"

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        if self._given_context:
            kwargs["context"] = self._given_context
        return name, path, args, kwargs

    def encode(self, value: Any) -> str:
        """A clear value as the text that is sealed."""
        if not isinstance(value, str):
            raise TypeError(f"{self.context} takes a text, not {type(value).__name__}")
        return value

    def wrap(self, value: Any) -> Any:
        """A Sealed of this column, or None, or a database expression as it is."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Sealed):
            return value.into(self.context)
        return self.sealed_class(context=self.context, text=self.encode(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else self.sealed_class(context=self.context, cipher=value)

    def to_python(self, value: Any) -> Any:
        return self.wrap(value)

    def get_prep_value(self, value: Any) -> Any:
        wrapped = self.wrap(value)
        return wrapped.cipher if isinstance(wrapped, Sealed) else wrapped

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.context} is sealed: look it up by its keyed hash")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return value.cipher if isinstance(value, Sealed) else ""


class SealedJSONField(SealedTextField):
    """A JSON value encrypted at rest; `.clear` is the decoded value."""

    sealed_class = SealedJSON

    def encode(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
