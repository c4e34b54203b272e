"""A worksheet's HTML file → its blocks, so that other typesetters can be given the same text.

Blocks are tuples, their kind first. Inline text is a list of (kind, text): text, em, strong, blank (text: its width, em).
What is met and not known here is an error: a peer with less to set would look faster than it is.
"""

import re
from html.parser import HTMLParser

VOID = {"meta", "col", "br", "hr", "img"}
# What a paragraph of text may be called.
PARAGRAPHS = {"p", "small", "directions", "stem", "editorial", "remark", "omission"}


class Node:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.kids = tag, dict(attributes), []
        self.classes = (self.attributes.get("class") or "").split()

    def all(self, name):
        """Every node inside with this tag or class, in order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                if kid.tag == name or name in kid.classes:
                    yield kid
                yield from kid.all(name)

    def one(self, name):
        return next(self.all(name))

    def nodes(self):
        return [kid for kid in self.kids if isinstance(kid, Node)]


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Node("", [])]

    def handle_starttag(self, tag, attributes):
        node = Node(tag, attributes)
        self.open[-1].kids.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        if self.open[-1].tag != tag:
            raise ValueError(f"</{tag}> closes <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].kids.append(data)


def inlines(nodes):
    out = []
    for node in nodes:
        if isinstance(node, str):
            out.append(("text", re.sub(r"\s+", " ", node).replace("\u2060", "")))
        elif "spoken" in node.classes:
            continue
        elif "blank" in node.classes:
            out.append(("blank", re.search(r"width:([\d.]+)em", node.attributes["style"]).group(1)))
        elif node.tag in ("em", "strong"):
            out.append((node.tag, "".join(text for _, text in inlines(node.kids))))
        elif node.tag in ("a", "span"):
            out.extend(inlines(node.kids))
        else:
            raise ValueError(f"no peer for <{node.tag} class={node.classes}> in a line")
    return out


def text(node):
    return "".join(words for _, words in inlines(node.kids)).strip()


def options(node):
    entries = []
    for entry in node.nodes():
        letter = entry.kids[0]
        if not isinstance(letter, Node) or letter.classes != ["letter"]:
            raise ValueError("an option without a letter")
        entries.append((text(letter), inlines(entry.kids[1:])))
    return ("options", node.classes[1], entries)


def question(node):
    body = node.one("body")
    note = [kid for kid in body.nodes() if "note" in kid.classes]
    rest = [kid for kid in body.nodes() if "note" not in kid.classes]
    return ("question", text(node.one("label")), text(note[0]) if note else "", list(blocks(rest)))


def table(node):
    widths = [float(re.search(r"([\d.]+)%", col.attributes["style"]).group(1)) for col in node.all("col")]
    heads = [text(cell) for head in node.all("thead") for cell in head.all("th")]
    rows = [[cell(kid) for kid in row.nodes()] for row in node.one("tbody").all("tr")]
    return ("table", widths, heads, rows)


def cell(node):
    """The blocks of a cell, which may be one text without a mark of its own."""
    in_line = ("em", "strong", "a", "span")
    if any(kid.strip() if isinstance(kid, str) else kid.tag in in_line for kid in node.kids):
        return [("paragraph", "plain", inlines(node.kids))]
    return list(blocks(node.nodes()))


def blocks(nodes):
    for node in nodes:
        kind = node.classes[0] if node.classes else node.tag
        if kind in ("flow", "keep", "passage", "questions"):
            yield from blocks(node.nodes())
        elif kind in PARAGRAPHS:
            yield ("paragraph", "plain" if kind == "p" else kind, inlines(node.kids))
        elif kind == "blockquote":
            yield from (("paragraph", "quotation", inlines(quoted.kids)) for quoted in node.nodes())
        elif kind == "frame":
            titles = [kid for kid in node.nodes() if "frame-title" in kid.classes]
            inside = [kid for kid in node.nodes() if kid not in titles]
            yield ("frame", "".join(map(text, titles)), list(blocks(inside)))
        elif kind == "ul":
            yield ("list", [inlines(entry.kids) for entry in node.nodes()])
        elif kind == "terms":
            yield ("terms", [(inlines(pair.one("dt").kids), inlines(pair.one("dd").kids)) for pair in node.nodes()])
        elif kind == "heading":
            notes = [text(note) for note in node.all("note")]
            yield ("heading", text(node.one("h2")), notes[0] if notes else "")
        elif kind == "section":
            yield ("section", text(node))
        elif kind == "paragraph":
            yield ("passage", text(node.one("mark")), inlines(node.kids[1:]))
        elif kind == "numbered":
            yield question(node)
        elif kind == "options":
            yield options(node)
        elif kind == "word-bank":
            yield ("bank", [text(word) for word in node.all("li")])
        elif kind == "space":
            yield ("space", len(node.nodes()))
        elif kind == "grid":
            yield ("grid", text(node.one("grid-label")), [text(cell) for cell in node.all("cell-number")])
        elif node.tag == "table":
            yield table(node)
        else:
            raise ValueError(f"no peer for <{node.tag} class={node.classes}>")


def read(path):
    """The parts of a worksheet: title, subtitle, letter, version, fields, code, citation, blocks."""
    reader, words = Reader(), path.read_text(encoding="utf-8")
    reader.feed(words)
    head = re.search(r'@top-left \{ content: "([^"]*)"', words).group(1)
    page = reader.open[0]
    fields = []
    for field in page.one("fields").nodes():
        after = [text(node) for node in field.all("field-after")]
        fields.append((text(field.one("field-label")), int(field.attributes["style"].split(":")[1]), "".join(after)))
    return {
        "head": re.sub(r"\\([0-9a-f]{1,6}) ", lambda code: chr(int(code.group(1), 16)), head).replace("  ", " "),
        "title": text(page.one("h1")),
        "subtitle": text(page.one("subtitle")),
        "letter": text(page.one("form-letter")),
        "version": text(page.one("form-words")),
        "fields": fields,
        "code": text(page.one("code")),
        "citation": text(page.one("citation")),
        "blocks": list(blocks(page.one("main").nodes())),
    }
