"""The simulators' fixtures, for the tests beside this file."""

from balai.notify.tests.fixtures import gateways, impatient, siti

__all__ = ["gateways", "impatient", "siti"]
