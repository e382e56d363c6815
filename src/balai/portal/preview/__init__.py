"""`./balai catalogue preview SERVICE`: a service as it will be, while its author is still writing it."""
