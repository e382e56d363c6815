"""What the browser is given: no inline code, no template that nobody shows."""

from __future__ import annotations

import re

from tests.architecture.tree import Fault, Tree, rule

INLINE = (
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.I), "an inline handler; hang a controller on a data attribute"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.I), "an inline style; write a class in the component's style sheet"),
    (
        re.compile(r"<style\b", re.I),
        "an inline style sheet; put it beside the component, the bundle takes it",
    ),
    (
        re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.I),
        "an inline script; make it a controller in ui/controllers",
    ),
    (re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.I), "a script as an address; use a form"),
)


@rule(
    bad={"src/balai/ui/templates/ui/page.html": '<button onclick="send()">Kirim</button>\n'},
    good={
        "src/balai/ui/templates/ui/page.html": '<a data-confirm>Kirim</a>\n<script src="/a.js"></script>\n'
    },
)
def nothing_is_inline(tree: Tree) -> list[Fault]:
    """The content security policy forbids it; this says so before a browser does."""
    return [
        source.fault(number, sentence)
        for source in tree.sources(".html", ".svg", under="src/balai/")
        for number, line in enumerate(source.text.splitlines(), start=1)
        for pattern, sentence in INLINE
        if pattern.search(line)
    ]


def template_name(path: str) -> str:
    """The name by which Django finds a template: `portal/home.html`, `ui/components/field/field.html`."""
    return path.split("/templates/")[-1] if "/templates/" in path else path.removeprefix("src/balai/")


def is_named(name: str, texts: list[str]) -> bool:
    """Whether a text names the template, whole or with its last part made from a variable."""
    folder = name.rsplit("/", 1)[0]
    component = f'"{name.split("/")[-2]}"' if "/components/" in name else ""
    made = re.compile(re.escape(folder) + r"/[^\"'\s]*[{%]")
    return any(name in text or made.search(text) or (component and component in text) for text in texts)


@rule(
    bad={"src/balai/portal/templates/portal/forgotten.html": "<p>Halo</p>\n"},
    good={
        "src/balai/portal/templates/portal/home.html": "<p>Halo</p>\n",
        "src/balai/portal/views.py": "page = render(request, 'portal/home.html')\n",
    },
)
def every_template_is_used(tree: Tree) -> list[Fault]:
    """A page that nobody shows rots unseen; Django's own names (django/…) override and count as used."""
    users = {
        source.path: source.text
        for source in tree.sources(".py", ".html", ".txt", under="src/")
        if not source.is_test
    }
    faults = []
    for source in tree.sources(".html", ".txt", under="src/balai/"):
        shown = "/templates/" in source.path or "/components/" in source.path
        if source.is_test or not shown:
            continue
        name = template_name(source.path)
        others = [text for path, text in users.items() if path != source.path]
        if not name.startswith("django/") and not is_named(name, others):
            faults.append(source.fault(1, f"nothing shows {name}; delete it or show it"))
    return faults
