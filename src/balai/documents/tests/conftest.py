"""Pages of this package are drawn strictly where a test asks for it."""

from balai.ui.tests.guards import strict_templates

__all__ = ["strict_templates"]
