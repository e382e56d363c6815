"""What people type into pages of reports, and where it stays until it is sent."""
