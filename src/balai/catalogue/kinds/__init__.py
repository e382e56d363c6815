"""The registry of field kinds: how each is asked, checked, stored and shown."""

from __future__ import annotations

from balai.catalogue.kinds.base import FieldKind, FormContext
from balai.catalogue.kinds.choices import Area, Choice, YesNo
from balai.catalogue.kinds.contacts import Email, Phone
from balai.catalogue.kinds.groups import Group
from balai.catalogue.kinds.identity import Kk, Name, Nik
from balai.catalogue.kinds.numbers import Number, Rupiah
from balai.catalogue.kinds.registry import codes, kind, register
from balai.catalogue.kinds.texts import Date, Paragraph, Text, Time
from balai.catalogue.kinds.uploads import Document, Photo

_OWN: tuple[type[FieldKind], ...] = (
    *(Text, Paragraph, Date, Time, Choice, YesNo, Area, Nik, Kk, Name),
    *(Number, Rupiah, Phone, Email, Photo, Document, Group),
)
for _kind in _OWN:
    register(_kind)

__all__ = ["FieldKind", "FormContext", "codes", "kind", "register"]
