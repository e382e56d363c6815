"""What may be read of reports, and by whom."""
