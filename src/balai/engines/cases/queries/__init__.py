"""Reading cases. Every query that fetches one case asks who asks; absent and forbidden look alike."""

from balai.engines.cases.queries.affairs import figures, open_affairs, returns_per_case
from balai.engines.cases.queries.filing import handling_office, home_area, may_decide
from balai.engines.cases.queries.finding import (
    case_by_id,
    case_by_number,
    case_filed_as,
    case_for_citizen,
    case_for_officer,
    case_for_tracking,
    case_of_applicant,
    definition_of,
    filed_on,
    latest_filed,
    may_read_files,
)
from balai.engines.cases.queries.letters import is_usable
from balai.engines.cases.queries.objecting import may_object, object_until, objection_of, repair_until
from balai.engines.cases.queries.register import register, register_offices, register_rows
from balai.engines.cases.queries.sheets import (
    CheckLine,
    Desk,
    Fault,
    StepLine,
    check_lines,
    desk,
    faults_to_repair,
    files_of,
    progress,
    provided_targets,
    timeline,
    verdicts_of,
)

__all__ = [
    "CheckLine",
    "Desk",
    "Fault",
    "StepLine",
    "case_by_id",
    "case_by_number",
    "case_filed_as",
    "case_for_citizen",
    "case_for_officer",
    "case_for_tracking",
    "case_of_applicant",
    "check_lines",
    "definition_of",
    "desk",
    "faults_to_repair",
    "figures",
    "filed_on",
    "files_of",
    "handling_office",
    "home_area",
    "is_usable",
    "latest_filed",
    "may_decide",
    "may_object",
    "may_read_files",
    "object_until",
    "objection_of",
    "open_affairs",
    "progress",
    "provided_targets",
    "register",
    "register_offices",
    "register_rows",
    "repair_until",
    "returns_per_case",
    "timeline",
    "verdicts_of",
]
