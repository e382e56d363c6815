"""What people type into this engine: the application page by page, and the officers' small forms."""
