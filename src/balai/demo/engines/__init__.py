"""What a demo town needs of each engine: one module an engine, deleted together with it.

`demo_seed` imports the module of an engine only when the town runs that engine.
"""
