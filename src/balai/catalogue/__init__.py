"""The catalogue of public services: read from `services/`, checked, kept in memory, snapshotted by content.

What other packages call:

- `running.current()` / `running.reload()`: the `Catalogue` of this town (`.services`, `.by_slug`, `.by_id`, `.search`).
- `loader.load(folder, government)`: read a catalogue, or raise `CatalogueRefused` with every fault.
- `actions.snapshot(service)` and `queries.definition(sha256)`: the definition that a case was filed under.
- `forms.build_form`, `forms.clean_answers`, `forms.json_schema`, `forms.officer_warnings`, `forms.shown_answers`.
- `engine.register(Engine)`, `engine.engines()`: the only way from the shells to an engine.
- `kinds.kind(code)`: how one kind of field is asked, checked, stored and shown.
"""
