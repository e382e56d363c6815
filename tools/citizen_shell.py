"""Which files hold sentences that citizens read: the part of the interface that every language must say.

The rest is the desk's, which speaks Indonesian, and lines of timelines, which are stored in the town's
language. A sentence of one of those may be translated as well; it is only not asked for.
"""

from __future__ import annotations

READ = (
    "balai/catalogue/forms",
    "balai/catalogue/kinds",
    "balai/catalogue/standards.py",
    "balai/documents/compact",
    "balai/documents/revocation.py",
    "balai/documents/templates/documents/verification",
    "balai/documents/templates/documents/wallet",
    "balai/documents/verification",
    "balai/documents/wallet",
    "balai/engines/cases",
    "balai/engines/questions",
    "balai/engines/reports/enums.py",
    "balai/engines/reports/errors.py",
    "balai/engines/reports/forms/asking.py",
    "balai/engines/reports/forms/following.py",
    "balai/engines/reports/forms/league.py",
    "balai/engines/reports/forms/photos.py",
    "balai/engines/reports/queries/telling.py",
    "balai/engines/reports/templates/reports",
    "balai/engines/reports/views/device.py",
    "balai/engines/reports/views/intake.py",
    "balai/engines/reports/views/own.py",
    "balai/engines/reports/views/parts.py",
    "balai/engines/reports/views/public.py",
    "balai/engines/reports/views/receipt.py",
    "balai/engines/reports/views/sending.py",
    "balai/files/errors.py",
    "balai/notify/enums.py",
    "balai/people",
    "balai/portal",
    "balai/runtime/error_views.py",
    "balai/runtime/errors.py",
    "balai/sync",
    "balai/threads",
    "balai/ui",
)

# Officers, authors and machines read these, or they are stored.
NOT_READ = (
    "balai/documents/wallet/tasks.py",
    "balai/engines/cases/actions/answering.py",
    "balai/engines/cases/actions/calling_off.py",
    "balai/engines/cases/actions/checking.py",
    "balai/engines/cases/actions/deciding.py",
    "balai/engines/cases/actions/expiring.py",
    "balai/engines/cases/actions/filing.py",
    "balai/engines/cases/actions/handing.py",
    "balai/engines/cases/actions/lateness.py",
    "balai/engines/cases/actions/moving.py",
    "balai/engines/cases/actions/reading.py",
    "balai/engines/cases/actions/reminding.py",
    "balai/engines/cases/actions/replacing.py",
    "balai/engines/cases/apps.py",
    "balai/engines/cases/forms/letters.py",
    "balai/engines/cases/forms/officer.py",
    "balai/engines/cases/forms/register.py",
    "balai/engines/cases/forms/report.py",
    "balai/engines/cases/rules/access.py",
    "balai/engines/cases/tasks.py",
    "balai/engines/cases/templates/cases/correct.html",
    "balai/engines/cases/templates/cases/officer",
    "balai/engines/cases/templates/cases/officer.html",
    "balai/engines/cases/templates/cases/prove.html",
    "balai/engines/cases/templates/cases/register.html",
    "balai/engines/cases/templates/cases/replace.html",
    "balai/engines/cases/templates/cases/report.html",
    "balai/engines/cases/views/identity.py",
    "balai/engines/cases/views/letter_card.py",
    "balai/engines/cases/views/officer.py",
    "balai/engines/cases/views/replacing.py",
    "balai/engines/cases/views/steps.py",
    "balai/engines/questions/actions.py",
    "balai/engines/questions/templates/questions/officer.html",
    "balai/engines/questions/views/officer.py",
    "balai/engines/reports/templates/reports/officer",
    "balai/people/actions/counter.py",
    "balai/people/actions/reveal.py",
    "balai/people/api.py",
    "balai/people/apps.py",
    "balai/people/errors.py",
    "balai/people/fault_sentences.py",
    "balai/people/passwords.py",
    "balai/people/queries.py",
    "balai/people/tasks.py",
    "balai/portal/preview",
    "balai/portal/templates/portal/preview.html",
    "balai/sync/tasks.py",
    "balai/threads/enums.py",
    "balai/ui/gallery.py",
    "balai/ui/templates/ui/desk.html",
    "balai/ui/templates/ui/gallery.html",
)


def is_read_by_citizens(path: str) -> bool:
    """Whether a file, by its path under `src/`, belongs to the citizen's shell."""
    return "/tests/" not in path and _is_under(path, READ) and not _is_under(path, NOT_READ)


def _is_under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)
