"""How long a case waits for its applicant before she is reminded, once for each time it waits."""

from __future__ import annotations

from balai.engines.cases.enums import CaseState
from balai.kernel.calendars import Duration

# Working days of the office that the case lies at, which the applicant has to reach. No law sets them.
WAITS: dict[CaseState, Duration] = {
    # Her own lawful time stands still and she may not know it. Three days leave time for a photo or a
    # signature of the ketua RT, and come before the errand that the letter is for is forgotten.
    CaseState.RETURNED: Duration(3, "working_days"),
    # The letter is made; what is missing is a way to the office in its hours. Seven hold a full week of them.
    CaseState.READY: Duration(7, "working_days"),
}
