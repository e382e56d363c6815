"""Tables of the engine of reports."""

from balai.engines.reports.models.counts import MapCount, MapCounted
from balai.engines.reports.models.evidence import Evidence
from balai.engines.reports.models.history import Event, Judgement
from balai.engines.reports.models.outcomes import OfficeMonth, Outcome
from balai.engines.reports.models.report import Report
from balai.engines.reports.models.searching import SearchText
from balai.engines.reports.models.voices import Identity, Voice

__all__ = [
    "Event",
    "Evidence",
    "Identity",
    "Judgement",
    "MapCount",
    "MapCounted",
    "OfficeMonth",
    "Outcome",
    "Report",
    "SearchText",
    "Voice",
]
