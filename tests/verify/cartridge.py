"""A Common Cartridge 1.1 by the rules of its schema, and as Moodle's restore reads its quizzes.

The rules are those of ccv1p1_qtiasiv1p2p1_v1p0.xsd (elements, attributes, the Schematron sets 1 to 13) and of
ccv1p1_imscp_v1p2_v1p0.xsd; the reading is that of Moodle's backup/cc/entity11.quiz.class.php. Neither is in a package registry.
"""

import re
import sys

from asi import ASI, CP, Item, Package, bare, keys_of, want

LOM = "{http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest}"
KIND = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
PROFILES = {f"cc.{name}.v0p1" for name in
            ("multiple_choice", "multiple_response", "true_false", "fib", "pattern_match", "essay")}
# What may stand in an element, in order, and its attributes.
SHAPES = {
    "questestinterop": ("assessment", {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}),
    "assessment": ("(qtimetadata )?(rubric )?section", {"ident", "title"}),
    "qtimetadata": ("(qtimetadatafield ?)+", set()),
    "qtimetadatafield": ("fieldlabel fieldentry", set()),
    "fieldlabel": ("", set()), "fieldentry": ("", set()),
    "section": ("(item ?)+", {"ident", "title"}),
    "item": ("itemmetadata presentation( resprocessing)?( itemfeedback)*", {"ident", "title"}),
    "itemmetadata": ("qtimetadata", set()),
    "presentation": ("material (response_lid|response_str)", {"label"}),
    "material": ("(mattext ?)+", {"label"}),
    "mattext": ("", {"texttype"}),
    "response_lid": ("render_choice", {"ident", "rcardinality"}),
    "response_str": ("render_fib", {"ident", "rcardinality"}),
    "render_choice": ("(response_label ?)+", {"shuffle"}),
    "render_fib": ("(response_label ?)*", {"fibtype", "rows", "columns"}),
    "response_label": ("(material)?", {"ident", "rshuffle"}),
    "resprocessing": ("outcomes( respcondition)+", set()),
    "outcomes": ("decvar", set()),
    "decvar": ("", {"varname", "vartype", "minvalue", "maxvalue"}),
    "respcondition": ("conditionvar( setvar)?( displayfeedback)*", {"continue", "title"}),
    "conditionvar": ("((and|other|varequal|varsubstring) ?)+", set()),
    "and": ("((not|varequal) ?)+", set()),
    "not": ("varequal", set()),
    "other": ("", set()),
    "varequal": ("", {"respident", "case"}),
    "setvar": ("", {"varname", "action"}),
    "displayfeedback": ("", {"feedbacktype", "linkrefid"}),
    "itemfeedback": ("flow_mat", {"ident", "title"}),
    "flow_mat": ("material", {"class"}),
}
FIELDS = {
    "cc_profile": "cc\\.exam\\.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage",
    "qmd_feedbackpermitted": "Yes|No", "cc_maxattempts": "[1-5]|unlimited",
}


def shaped(root):
    for node in root.iter():
        name = node.tag.removeprefix(ASI)
        want(name in SHAPES, f"<{name}> has no place in a cartridge")
        inside, attributes = SHAPES[name]
        children = " ".join(child.tag.removeprefix(ASI) for child in node)
        want(re.fullmatch(inside, children), f"<{name}> holds {children}")
        want(set(node.attrib) <= attributes, f"<{name}> has {set(node.attrib) - attributes}")
        for attribute in ("shuffle", "rshuffle", "continue", "case"):
            want(node.get(attribute) in (None, "Yes", "No"), f"<{name} {attribute}>")
        want(name != "setvar" or node.get("action") in (None, "Set"), "setvar does not set")


def ruled(quiz, items):
    """The Schematron rules."""
    fields = [(f[0].text, f[1].text) for f in quiz.findall(f"{ASI}qtimetadata/{ASI}qtimetadatafield")]
    want(len(dict(fields)) == len(fields) and all(re.fullmatch(FIELDS[k], v) for k, v in fields), f"rule 1: {fields}")
    want(len({i.ident for i in items}) == len(items), "rule 13: items of one ident")
    for item in items:
        meta, at = item.meta, item.ident
        want(set(meta) <= {"cc_profile", "cc_question_category", "cc_weighting", "qmd_scoringpermitted", "qmd_computerscored"},
             f"rule 2a: {at} {set(meta)}")
        want(meta["cc_profile"] in PROFILES and meta["qmd_computerscored"] in ("Yes", "No"), f"rule 2: {at}")
        want(meta["cc_weighting"].isdigit() and 1 <= int(meta["cc_weighting"]) <= 99, f"rule 2c: {at}")
        labels = [len(item.labels(lid)) for lid in item.lids]
        one = [lid.get("rcardinality") for lid in item.lids]
        direct = item.node.findall(f".//{ASI}conditionvar/{ASI}varequal")
        if item.kind == "cc.true_false.v0p1":
            want(one == ["Single"] and labels == [2] and direct, f"rule 3: {at}")
        elif item.kind == "cc.multiple_choice.v0p1":
            want(one == ["Single"] and labels[0] > 2 and direct, f"rule 4: {at}")
        elif item.kind == "cc.multiple_response.v0p1":
            want(one == ["Multiple"] and labels[0] > 1, f"rule 5: {at}")
        elif item.kind == "cc.fib.v0p1":
            want(not item.lids and len(item.strs) == 1 and direct, f"rule 6: {at}")
        elif item.kind == "cc.essay.v0p1":
            equal = item.node.find(f".//{ASI}varequal")
            want(not item.lids and equal is None and meta["qmd_computerscored"] == "No", f"rule 8: {at}")
        want(all(d.get("feedbacktype") == "Response" for d in item.node.iter(ASI + "displayfeedback")), f"rule 12: {at}")


def moodle(item):
    """The answers of a question with their fractions, and what is said to everyone, as Moodle takes them."""
    conditions = item.node.findall(f"{ASI}resprocessing/{ASI}respcondition")
    everyone = [d.get("linkrefid") for c in conditions if c.get("continue", "").lower() == "yes"
                for d in c.findall(ASI + "displayfeedback")]
    if item.strs:
        hundred = [c for c in conditions if [v.text for v in c.findall(ASI + "setvar")] == ["100"]]
        words = hundred[0].findall(f"{ASI}conditionvar/{ASI}varequal") if hundred else []
        return {word.text: 1.0 for word in words}, everyone
    labels = item.labels(item.lids[0])
    if item.kind == "cc.true_false.v0p1":
        want(set(labels) == {"true", "false"}, f"{item.ident}: Moodle knows true and false by their idents alone")
    scores = dict.fromkeys(labels, 0.0)
    for condition in conditions:
        first = condition.find(f"{ASI}conditionvar/{ASI}varequal")
        if first is not None and condition.find(ASI + "setvar") is not None:
            scores[first.text] = 1.0
    if item.kind == "cc.multiple_response.v0p1":
        right = [e.text for c in conditions for v in c.findall(ASI + "setvar") if float(v.text) == 100
                 for e in c.findall(f"{ASI}conditionvar/{ASI}and/{ASI}varequal[@case='Yes']")]
        scores = {ident: (round(1 / len(right), 7) if ident in right else 0.0) for ident in labels}
    return {labels[ident]: score for ident, score in scores.items()}, everyone


def wanted(item, table):
    """The words of the right answers by the table, for an item or its part."""
    ident = item.ident.removeprefix("q-")
    row, part = table.get(ident), None
    if row is None:
        base, number = ident.rsplit("--", 1)
        row, part = table[base], int(number) - 1
    if row["form"] == "gaps":
        return re.findall(r"\{\{(.*?)\}\}", row["text"])[part].split("|")
    if row["form"] == "matching":
        return [row["answer"].split("\n")[part].split(" => ")[1]]
    if row["form"] == "entry":
        more = [line for line in row["accept"].split("\n") if line and not line.startswith("±")]
        return row["answer"].split("\n") + more
    if row["form"] == "sentences":
        return row["answer"].split("\n")
    return [row[f"option {int(n)}"] for n in row["answer"].split(",")]


def main():
    package, table = Package(open(sys.argv[1], "rb").read()), keys_of(sys.argv[2])
    head = package.manifest.find(CP + "metadata")
    want(head.find(CP + "schema").text == "IMS Common Cartridge", "schema")
    want(head.find(CP + "schemaversion").text == "1.1.0", "schemaversion")
    want(head.find(f"{LOM}lom/{LOM}general/{LOM}title/{LOM}string").text, "the cartridge has no title")
    organization = package.manifest.findall(f"{CP}organizations/{CP}organization")
    want([o.get("structure") for o in organization] == ["rooted-hierarchy"], "organization")
    roots = organization[0].findall(CP + "item")
    want(len(roots) == 1 and not roots[0].get("identifierref"), "an organization has one root")
    # Canvas makes a module of each item under the root; what stands in it is shown.
    listed = [leaf.get("identifierref") for module in roots[0].findall(CP + "item") for leaf in module.findall(CP + "item")]
    quizzes = package.of_type(KIND)
    want(sorted(listed) == sorted(q.get("identifier") for q in quizzes), f"listed {listed}")
    want(all(leaf.find(CP + "title").text for leaf in roots[0].iter(CP + "item") if leaf.get("identifierref")), "titles")
    found, shown, marked, seen = 0, set(), 0, set()
    for resource in quizzes:
        root = package.xml(resource.find(CP + "file").get("href"))
        shaped(root)
        items = [Item(node) for node in root.iter(ASI + "item")]
        ruled(root.find(ASI + "assessment"), items)
        found += len(items)
        for item in items:
            want(item.ident not in seen, f"{item.ident} stands in two quizzes")
            seen.add(item.ident)
            shown.update(item.sound())
            answers, everyone = moodle(item) if item.kind != "cc.essay.v0p1" else (None, None)
            if answers is None:
                continue
            marked += 1
            words = {bare(word) for word in wanted(item, table)}
            right = {bare(text) for text, score in answers.items() if score > 0}
            want(right == words, f"{item.ident}: Moodle takes {right} as right, the key is {words}")
            want(abs(sum(answers.values()) - 1) < 1e-5 or item.strs, f"{item.ident}: fractions {answers}")
            want(set(everyone) <= {"general_fb"}, f"{item.ident}: Moodle says {everyone} to everyone")
            key = {"response1": [i for i, t in item.labels(item.lids[0]).items() if bare(t) in words] if item.lids
                   else [next(iter(answers))]}
            want(item.score(key) == 100, f"{item.ident}: {key} gets {item.score(key)}")
            for response in item.wrong(key):
                want(item.score(response) < 100, f"{item.ident}: {response} gets all")
    carried = {node.get("href") for r in package.of_type("webcontent") for node in r}
    want(shown == carried, f"pictures shown {shown}, carried {carried}")
    print(f"{len(quizzes)} quizzes in the organization, {found} items by the schema’s rules, {marked} read as Moodle does and "
          f"scored right and wrong, {len(shown)} pictures")


if __name__ == "__main__":
    main()
