"""Reports through the API: what the pages do, for everybody, for who is behind one, for officers."""

from ninja import Router

from balai.engines.reports.api import desk, filing, following

__all__ = ["router"]

router = Router()
router.add_router("", filing.router)
router.add_router("", following.router)
router.add_router("", desk.router)
