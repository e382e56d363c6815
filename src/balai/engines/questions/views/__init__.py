"""Pages of the engine: whoever asks, and officers."""
