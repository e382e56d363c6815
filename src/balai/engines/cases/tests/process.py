"""Services with other steps, reports and products than a letter of the village has."""

from __future__ import annotations

import json
from typing import Any

from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.people.models import Officer
from balai.people.tests.factories import make_officer

CHECK = {"id": "check", "act": "check", "title": "Memeriksa", "permission": access.CHECK}
APPROVE = {"id": "approve", "act": "approve", "title": "Memutuskan", "permission": access.DECIDE}
ATTEST = {
    "id": "rt",
    "act": "attest",
    "title": "Ketua RT memberi keterangan",
    "permission": access.ATTEST,
    "office": "rt",
}
SPATIAL = {
    "id": "spatial",
    "act": "recommend",
    "title": "Pendapat kecamatan",
    "permission": access.RECOMMEND,
    "office": "district",
    "after": ["check"],
}
ROADS = {**SPATIAL, "id": "roads", "title": "Pendapat desa", "office": "village"}
VISIT = {
    "id": "visit",
    "act": "visit",
    "title": "Meninjau lokasi",
    "permission": access.VISIT,
    "after": ["check"],
    "report": "visit-report",
}
REPORT = {
    "id": "visit-report",
    "title": "Berita acara peninjauan",
    "page": [
        {
            "id": "place",
            "title": "Lokasi",
            "field": [
                {"id": "is_there", "kind": "yes_no", "label": "Usahanya ada?"},
                {"id": "width_m", "kind": "number", "label": "Lebar jalan (m)", "min": 1},
                {"id": "place_seen", "kind": "photo", "label": "Foto lokasi", "max": 2},
            ],
        }
    ],
}
MAKE = {"id": "make", "act": "make", "title": "Membuat kartu", "permission": access.PRODUCE}
HAND_OVER = {"id": "hand_over", "act": "hand_over", "title": "Menyerahkan", "permission": access.HAND_OVER}
CARD = {"kind": "card", "title": "Kartu pedagang", "id": "card"}
NOTHING = {"kind": "none", "title": "Pencatatan", "id": "none"}


def changed(**parts: Any) -> ServiceDefinition:
    """The business statement with other parts."""
    return ServiceDefinition.model_validate({**json.loads(make.service().canonical()), **parts})


def with_steps(*steps: dict[str, Any], **parts: Any) -> ServiceDefinition:
    """The same with these steps, ending in a record of nothing unless `output` says otherwise."""
    return changed(**{"step": list(steps), "output": NOTHING, **parts})


def somebody(permission: str, office_code: str = make.SAWENTAR, name: str = "Rini Astuti") -> Officer:
    """An officer who may do just this, at this office."""
    return make_officer(permissions=(permission,), office_code=office_code, name=name)
