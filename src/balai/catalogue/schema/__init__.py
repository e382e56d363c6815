"""What `service.toml` may say, as pydantic models; exported as JSON Schema for editors."""

from balai.catalogue.schema.dated import Classification, Deadline, Fee, NoRuleInForce, rule_on
from balai.catalogue.schema.example import Example, Expectation
from balai.catalogue.schema.form import Choice, Condition, FieldSpec, Page
from balai.catalogue.schema.output import CounterBaseline, Output
from balai.catalogue.schema.reasons import Reason
from balai.catalogue.schema.report import Report
from balai.catalogue.schema.requirement import Requirement
from balai.catalogue.schema.service import Attendance, ServiceDefinition
from balai.catalogue.schema.steps import Step

__all__ = [
    "Attendance",
    "Choice",
    "Classification",
    "Condition",
    "CounterBaseline",
    "Deadline",
    "Example",
    "Expectation",
    "Fee",
    "FieldSpec",
    "NoRuleInForce",
    "Output",
    "Page",
    "Reason",
    "Report",
    "Requirement",
    "ServiceDefinition",
    "Step",
    "rule_on",
]
