"""The catalogue of public services: read from `services/`, checked, kept in memory, snapshotted by content.

What other packages call:

- `running.current()` / `running.reload()`: this town's `Catalogue` (`.services`, `.by_slug`, `.search`).
- `loader.load(folder, government)`: read a catalogue, or raise `CatalogueRefused` with every fault.
- `actions.snapshot(service=…)` and `queries.definition(sha256)`: the definition that a case was filed under.
- `forms`: `build_form`, `pages_for`, `clean_answers`, `json_schema`, `prefilled`, `shown_answers`,
  `letter_data`, `officer_warnings`, `personal_fields`.
- `engine.register(Engine)`, `engine.engines()`: the only way from the shells to an engine.
- `kinds.kind(code)`: how one kind of field is asked, checked, stored and shown.
"""
