"""Rows of the case engine."""

from balai.engines.cases.models.case import Case
from balai.engines.cases.models.checking import CaseFile, Return, Verdict
from balai.engines.cases.models.history import CaseStep, Event, Handover
from balai.engines.cases.models.objecting import Objection
from balai.engines.cases.models.referring import CaseReference
from balai.engines.cases.models.replacing import Replacement

__all__ = [
    "Case",
    "CaseFile",
    "CaseReference",
    "CaseStep",
    "Event",
    "Handover",
    "Objection",
    "Replacement",
    "Return",
    "Verdict",
]
