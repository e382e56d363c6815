"""What can happen to accounts, persons and officers."""

from balai.people.actions.absences import end_absence, record_absence
from balai.people.actions.alerting import (
    confirm_alert_contact,
    remove_alert_contact,
    request_alert_contact,
)
from balai.people.actions.codes import confirm_code, forget_challenges, open_account, request_code
from balai.people.actions.counter import Difference, compare_with_record, prove_at_counter
from balai.people.actions.officers import (
    assign_role,
    create_officer,
    end_assignments,
    load_roles,
    set_active,
    set_password,
    verify_password,
)
from balai.people.actions.register import import_people, register_person
from balai.people.actions.reveal import reveal
from balai.people.actions.second_factor import (
    Enrolment,
    confirm_totp,
    enrol_totp,
    renew_recovery_codes,
    reset_totp,
    verify_second_factor,
)
from balai.people.actions.tokens import issue_token, revoke_token

__all__ = [
    "Difference",
    "Enrolment",
    "assign_role",
    "compare_with_record",
    "confirm_alert_contact",
    "confirm_code",
    "confirm_totp",
    "create_officer",
    "end_absence",
    "end_assignments",
    "enrol_totp",
    "forget_challenges",
    "import_people",
    "issue_token",
    "load_roles",
    "open_account",
    "prove_at_counter",
    "record_absence",
    "register_person",
    "remove_alert_contact",
    "renew_recovery_codes",
    "request_alert_contact",
    "request_code",
    "reset_totp",
    "reveal",
    "revoke_token",
    "set_active",
    "set_password",
    "verify_password",
    "verify_second_factor",
]
