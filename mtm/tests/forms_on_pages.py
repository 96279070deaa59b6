"""Every form of every page, as a browser would send it: found by walking the routes, never listed by hand."""

from dataclasses import dataclass, field

from lxml import html

from mtm.tests.test_routes import OURS, may, path_of


@dataclass
class PageForm:
    """One form: where it is sent, what it would send, and which of its fields take free text."""

    route: str
    action: str
    data: dict = field(default_factory=dict)
    texts: list = field(default_factory=list)

    @property
    def creates(self):
        return "request_key" in self.data


def forms_of(world, client, role):
    """All POST forms on the pages that this role may read, each once."""
    found = {}
    for name, row in OURS.items():
        if "GET" not in row["methods"].split(",") or not may(role, row["capability"]) or name in {"encounter-preview", "file"}:
            continue
        response = client.get(path_of(name, world))
        if response.status_code != 200:
            continue
        tree = html.fromstring(response.content)
        outside = {}
        for node in tree.iterfind(".//*[@form]"):
            outside.setdefault(node.get("form"), []).append(node)
        for form in tree.iterfind(".//form"):
            if form.get("method", "").lower() == "post":
                one = read_form(name, form, outside.get(form.get("id"), []), response.request["PATH_INFO"])
                found.setdefault((one.action, tuple(sorted(one.data))), one)
    return [one for one in found.values() if not one.action.startswith(("/sign-out", "/lock", "/unlock", "/sign-in", "/two-step"))]


def read_form(route, form, outside, path):
    one = PageForm(route, form.get("action") or path)
    for node in [*form.iter("input", "textarea", "select"), *outside]:
        name, kind = node.get("name"), (node.get("type") or node.tag).lower()
        if not name or name == "csrfmiddlewaretoken" or kind in {"submit", "file", "button"}:
            continue
        if kind in {"checkbox", "radio"}:
            if node.get("checked") is not None:
                one.data[name] = node.get("value", "on")
        elif kind == "select":
            chosen = node.xpath(".//option[@selected]") or node.xpath(".//option")
            one.data[name] = chosen[0].get("value", "") if chosen else ""
        else:
            one.data[name] = (node.text or "").lstrip("\n") if kind == "textarea" else node.get("value", "")
            if kind in {"text", "textarea", "search", "tel", "email", "password", "number"}:
                one.texts.append(name)
    return one
