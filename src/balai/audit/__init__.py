"""The journal: append-only, sealed in batches.

audit.record("cases.approved", by=by.as_actor(), about=case.as_subject(), note=note)
audit.record_reading(by=by.as_actor(), about=citizen.as_subject(), what="nik", purpose=purpose)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from balai.audit.actions import record, record_reading

__all__ = ["record", "record_reading"]


def __getattr__(name: str) -> object:
    """Django imports this package before models may be loaded; the actions follow at first use."""
    if name in __all__:
        from balai.audit import actions  # noqa: PLC0415 (models are not ready when the app is imported)

        return getattr(actions, name)
    raise AttributeError(name)
