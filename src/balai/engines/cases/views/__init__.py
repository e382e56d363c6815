"""Pages of the engine: citizens, followers with a slip, officers."""
