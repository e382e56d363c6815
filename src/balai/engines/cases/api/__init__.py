"""Applications through the API: the same actions as the pages, for citizens, followers and officers."""

from ninja import Router

from balai.engines.cases.api import citizen, desk, faults, letters, steps, tracking

__all__ = ["faults", "router"]

router = Router()
router.add_router("", tracking.router)
router.add_router("", citizen.router)
router.add_router("", desk.router)
router.add_router("", letters.router)
router.add_router("", steps.router)
