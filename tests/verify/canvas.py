"""A QTI 1.2 package as Canvas takes it: its classic quizzes through pyslet, New Quizzes by the rules of their gem.

Canvas turns QTI 1.2 into 2.1 first, with the migration tool by the author of pyslet, and reads that. pyslet is in PyPI, so
the items are turned by it, and the response processing that comes out is run.
"""

import io
import logging
import re
import sys
import xml.etree.ElementTree as ET

from asi import ASI, META, Item, Package, bare, judge, keys_of, want

CANVAS = "{http://canvas.instructure.com/xsd/cccv1p0}"
QTI2 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
TYPES = {
    "multiple_choice_question", "true_false_question", "multiple_answers_question", "matching_question",
    "multiple_dropdowns_question", "fill_in_multiple_blanks_question", "numerical_question", "short_answer_question",
    "essay_question", "text_only_question",
}


def read(data):
    """The items of the one quiz of a package, and what its settings say."""
    package = Package(data)
    quizzes = package.of_type("imsqti_xmlv1p2")
    want(len(quizzes) == 1, f"New Quizzes read one quiz of a package, there are {len(quizzes)}")
    files = [node.get("href") for node in quizzes[0] if node.get("href")]
    meta = [package.resources[node.get("identifierref")] for node in quizzes[0] if node.get("identifierref")]
    want([m.get("type") for m in meta] == [META], "the quiz has no settings")
    settings = package.xml(meta[0].get("href"))
    want(settings.get("identifier") == quizzes[0].get("identifier"), "the settings are of another quiz")
    root = package.xml(files[0])
    items = [Item(node) for node in root.iter(ASI + "item")]
    want(len({i.ident for i in items}) == len(items), "items of one ident")
    shown = {picture for item in items for picture in item.sound()}
    carried = {node.get("href") for r in package.of_type("webcontent") for node in r}
    want(shown == carried, f"pictures shown {shown}, carried {carried}")
    points = sum(float(i.meta["points_possible"]) for i in items)
    want(float(settings.find(CANVAS + "points_possible").text) == points, "the points do not add up")
    return items, shown


def new_quizzes(items):
    """What the gem asks, type by type."""
    passages = {i.ident for i in items if i.kind == "text_only_question"}
    for item in items:
        want(item.kind in TYPES, f"{item.ident}: type {item.kind}")
        parent = item.meta.get("parent_stimulus_item_ident")
        want(parent is None or parent in passages, f"{item.ident}: no passage {parent}")
        direct = item.node.findall(f".//{ASI}respcondition[{ASI}setvar]/{ASI}conditionvar/{ASI}varequal")
        if item.kind in ("multiple_dropdowns_question", "fill_in_multiple_blanks_question"):
            named = re.findall(r"\[([A-Za-z0-9_\-.]+)\]", item.stem)
            blanks = [lid.get("ident").removeprefix("response_") for lid in item.lids]
            want([n for n in named if n in blanks] == blanks, f"{item.ident}: blanks {blanks} in the stem {named}")
            inside = [lid.find(f"{ASI}material/{ASI}mattext").text for lid in item.lids]
            want(inside == blanks, f"{item.ident}: blanks {inside}")
            want({e.get("respident") for e in direct} == {lid.get("ident") for lid in item.lids}, f"{item.ident}: keys")
            idents = [i for lid in item.lids for i in item.labels(lid)]
            want(len(set(idents)) == len(idents), f"{item.ident}: Canvas knows answers by ident, over all blanks")
        if item.kind == "matching_question":
            lists = [item.labels(lid) for lid in item.lids]
            want(all(one == lists[0] for one in lists), f"{item.ident}: each premise has the same responses")
            want(len({re.search(r"\d+", i)[0] for i in lists[0]}) == len(lists[0]), f"{item.ident}: numbers of responses")
            want(len(direct) == len(item.lids), f"{item.ident}: a key for each premise")
        if item.kind == "numerical_question":
            want(item.strs[0].find(ASI + "render_fib").get("fibtype") == "Decimal", f"{item.ident}: fibtype")
            for scored in item.node.findall(f".//{ASI}respcondition[{ASI}setvar]"):
                for name in ("varequal", "vargte", "varlte"):
                    want(scored.find(f".//{ASI}{name}") is not None, f"{item.ident}: no {name}")
        if item.kind == "essay_question":
            want(item.node.find(f".//{ASI}respcondition[@continue='No']/{ASI}conditionvar/{ASI}other") is not None,
                 f"{item.ident}: an essay is known by its last condition")
        if item.kind == "true_false_question":
            want([bare(t) for t in item.labels(item.lids[0]).values()] == ["true", "false"], f"{item.ident}: true, false")


def turned(items):
    """The items in QTI 2.1, by pyslet; what it loses on Python 3 is given back first."""
    import pyslet.imscpv1p2 as imscp
    import pyslet.qtiv2.variables as variables
    import pyslet.xml.structures as structures
    from pyslet.qtiv1.xml import QTIDocument

    def first_or_new(self, kind):
        return next(self.find_children_depth_first(kind, max_depth=1), None) or self.add_child(kind)

    structures.Element.get_or_add_child = first_or_new
    variables.BaseType.Encode = variables.BaseType.to_str
    said = io.StringIO()
    logging.basicConfig(stream=said, level=logging.WARNING)
    ET.register_namespace("", ASI[1:-1])
    root = ET.Element(ASI + "questestinterop")
    root.extend(item.node for item in items)
    document = QTIDocument(baseURI="file:///items.xml")
    document.read(src=io.BytesIO(ET.tostring(root, encoding="utf-8", xml_declaration=True)))
    out = [ET.fromstring(str(result[0])) for result in document.migrate_to_v2(imscp.ContentPackage())]
    want(len(out) == len(items), f"pyslet turned {len(out)} of {len(items)} items")
    want("Unexpected" not in said.getvalue(), f"pyslet: {said.getvalue()[:300]}")
    return out


def score(node, response):
    """Runs response processing of QTI 2.1, as far as a migration writes it."""
    state = {"score": 0.0}

    def value(n):
        name = n.tag.removeprefix(QTI2)
        if name == "baseValue":
            return n.text
        if name == "variable":
            return state["score"] if n.get("identifier") == "SCORE" else response.get(n.get("identifier"), [])
        if name == "sum":
            return sum(float(value(c)) for c in n)
        parts = [value(c) for c in n]
        if name in ("match", "member", "stringMatch", "equal"):
            chosen = next(p for p in parts if isinstance(p, list))
            wanted = next(p for p in parts if not isinstance(p, list))
            return any(c.lower() == wanted.lower() for c in chosen)
        true = [p in (True, "true") for p in parts]
        return {"and": all, "or": any, "not": lambda t: not t[0], "isNull": lambda t: not parts[0]}[name](true)

    def run(n):
        for child in n:
            name = child.tag.removeprefix(QTI2)
            if name == "responseCondition":
                for branch in child:
                    body = list(branch)
                    if branch.tag != QTI2 + "responseElse":
                        if value(body.pop(0)) not in (True, "true"):
                            continue
                    run(body)
                    break
            elif name == "setOutcomeValue" and child.get("identifier") == "SCORE":
                state["score"] = float(value(child[0]))

    processing = node.find(QTI2 + "responseProcessing")
    run(processing if processing is not None else [])
    return state["score"]


def classic(items, keys):
    """Some items of each type, turned and given their right answer and wrong ones."""
    few, seen = [], {}
    for item in items:
        seen[item.kind] = seen.get(item.kind, 0) + 1
        # pyslet compares no typed text with a margin; the margin is judged by `judge`.
        if seen[item.kind] <= 10 and item.kind not in ("numerical_question", "essay_question", "text_only_question"):
            few.append(item)
    valid = lambda ident: ident if re.match(r"[A-Za-z_]", ident) else "_" + ident
    for item, node in zip(few, turned(few)):
        want(node.get("identifier") == item.ident, f"{item.ident} became {node.get('identifier')}")
        right = item.right(keys[item.ident.removeprefix("q-")])
        named = lambda response: {r: [valid(c) if item.lids else c for c in cs] for r, cs in response.items()}
        want(abs(score(node, named(right)) - 100) < 1e-6, f"{item.ident}: turned, the right answer gets {score(node, named(right))}")
        for response in item.wrong(right):
            want(score(node, named(response)) < 99.9, f"{item.ident}: turned, {response} gets all")
    return len(few)


def main():
    data, table = open(sys.argv[1], "rb").read(), keys_of(sys.argv[2])
    items, pictures = read(data)
    new_quizzes(items)
    marked = [i for i in items if i.kind not in ("essay_question", "text_only_question")]
    for item in marked:
        judge(item, table[item.ident.removeprefix("q-")], partly=True)
    count = 0 if "--quick" in sys.argv else classic(items, table)
    asked = [i for i in items if i.kind != "text_only_question" or i.ident.removeprefix("q-") in table]
    want(len(asked) == len(table), f"{len(asked)} of {len(table)} questions are there")
    print(f"{len(items)} items, {len(marked)} scored right and wrong, {count} of them turned into QTI 2.1 by pyslet, "
          f"{len(pictures)} pictures")


if __name__ == "__main__":
    main()
