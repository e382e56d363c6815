"""What the pages of the wallet are drawn under: an undefined name in a template fails the test."""

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]
