"""Reads QTI 1.2 packages as Canvas and Moodle do, and gives every question its right answer and wrong ones.

What is asked of a package is what its readers ask: Canvas's qti_exporter (instructure/canvas-lms, gems/plugins) and the
gem of New Quizzes (instructure/qti, lib/qti/v1), Moodle's restore of cartridges (backup/cc/entity11.quiz.class.php), and
the cartridge's schema with its rules (ccv1p1_qtiasiv1p2p1_v1p0.xsd). None of them is in a package registry, so their rules
are written here anew. The key is taken from another export, the table (CSV), never from the package itself.
"""

import csv
import io
import posixpath
import re
import urllib.parse
import xml.etree.ElementTree as ET
import zipfile

ASI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
META = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def bare(text):
    """A text as letters and digits: mark-up, entities and the shape of quotes aside."""
    text = re.sub(r"\[([^\]]*)\]\{\w+\}", r"\1", text)
    text = re.sub(r"<[^>]*>", "", text)
    text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return "".join(c for c in text.lower() if c.isalnum())


def want(condition, what):
    if not condition:
        raise SystemExit(f"FAIL: {what}")


def keys_of(path):
    """The table's rows by id."""
    csv.field_size_limit(10_000_000)
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class Package:
    """An archive with its manifest."""

    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.zip.namelist()
        want(self.zip.testzip() is None, "the archive is damaged")
        want(len(set(self.names)) == len(self.names), "a name stands twice in the archive")
        for info in self.zip.infolist():
            name = info.filename
            want("\\" not in name and ".." not in name and not name.startswith("/"), f"name {name}")
            want(info.date_time[0] == 1980, f"{name} has a time of its own")
        self.manifest = self.xml("imsmanifest.xml")
        want(self.manifest.tag == CP + "manifest", "the manifest has another namespace")
        self.resources = {r.get("identifier"): r for r in self.manifest.iter(CP + "resource")}
        want(len(self.resources) == len(list(self.manifest.iter(CP + "resource"))), "resources of one identifier")
        ids = [e.get("identifier") for e in self.manifest.iter() if e.get("identifier")]
        want(len(set(ids)) == len(ids), "identifiers of the manifest are not unique")
        want(all(re.fullmatch(r"[A-Za-z_][\w.-]*", i) for i in ids), "an identifier is no NCName")
        listed = [f.get("href") for f in self.manifest.iter(CP + "file")]
        want(sorted(listed + ["imsmanifest.xml"]) == sorted(self.names), "the manifest does not list each file once")
        for dependency in self.manifest.iter(CP + "dependency"):
            want(dependency.get("identifierref") in self.resources, "a dependency on nothing")

    def xml(self, name):
        want(name in self.names, f"{name} is not in the archive")
        return ET.fromstring(self.zip.read(name))

    def of_type(self, kind):
        return [r for r in self.resources.values() if r.get("type") == kind]


class Item:
    """An item, read as the platforms read it."""

    def __init__(self, node):
        self.node = node
        self.ident = node.get("ident")
        self.meta = {}
        for entry in node.iter(ASI + "qtimetadatafield"):
            label = entry.find(ASI + "fieldlabel").text
            self.meta.setdefault(label, entry.find(ASI + "fieldentry").text or "")
        self.kind = self.meta.get("question_type") or self.meta.get("cc_profile")
        self.stem = node.find(f"{ASI}presentation/{ASI}material/{ASI}mattext").text or ""
        self.lids = node.findall(f"{ASI}presentation/{ASI}response_lid")
        self.strs = node.findall(f"{ASI}presentation/{ASI}response_str")

    def labels(self, lid):
        return {label.get("ident"): label.find(f".//{ASI}mattext").text or "" for label in lid.iter(ASI + "response_label")}

    def score(self, response):
        """What its response processing gives for chosen ids or typed words, by response."""
        def holds(node):
            name = node.tag.removeprefix(ASI)
            chosen = response.get(node.get("respident"), [])
            number = lambda: [float(c) for c in chosen if re.fullmatch(r"-?[\d.]+", c)]
            if name == "other":
                return True
            if name == "varequal":
                return any(c == node.text or (self.strs and c.lower() == (node.text or "").lower()) for c in chosen)
            if name == "vargte":
                return any(n >= float(node.text) for n in number())
            if name == "varlte":
                return any(n <= float(node.text) for n in number())
            parts = [holds(child) for child in node]
            # Several words side by side are each right: so both platforms read a blank, and the cartridge has no `or`.
            return {"and": all, "or": any, "not": lambda p: not p[0], "conditionvar": any}[name](parts)

        score = 0.0
        for condition in self.node.findall(f"{ASI}resprocessing/{ASI}respcondition"):
            if not holds(condition.find(ASI + "conditionvar")):
                continue
            for var in condition.findall(ASI + "setvar"):
                score = float(var.text) + (score if var.get("action") == "Add" else 0.0)
            if condition.get("continue", "No") != "Yes":
                break
        return score

    def sound(self):
        """What every reader asks of an item."""
        named = {r.get("ident") for r in self.lids + self.strs}
        by = {lid.get("ident"): self.labels(lid) for lid in self.lids}
        for lid in self.lids:
            idents = [label.get("ident") for label in lid.iter(ASI + "response_label")]
            want(len(set(idents)) == len(idents) > 0, f"{self.ident}: labels {idents}")
        for equal in self.node.iter(ASI + "varequal"):
            response = equal.get("respident")
            want(response in named, f"{self.ident}: no response {response}")
            want(response not in by or equal.text in by[response], f"{self.ident}: a key names no choice: {equal.text}")
        said = [f.get("ident") for f in self.node.findall(ASI + "itemfeedback")]
        shown = {d.get("linkrefid") for d in self.node.iter(ASI + "displayfeedback")}
        want(len(set(said)) == len(said) and set(said) == shown, f"{self.ident}: feedback {said} {shown}")
        for said in self.node.findall(ASI + "itemfeedback"):
            want(said.find(f"{ASI}flow_mat/{ASI}material/{ASI}mattext").text, f"{self.ident}: empty feedback")
        if self.node.find(ASI + "resprocessing") is not None:
            var = self.node.find(f"{ASI}resprocessing/{ASI}outcomes/{ASI}decvar")
            want((var.get("varname"), var.get("minvalue"), var.get("maxvalue")) == ("SCORE", "0", "100"), "decvar")
        for picture in re.findall(r'<img src="([^"]*)"', "".join(self.node.itertext())):
            want(picture.startswith("$IMS-CC-FILEBASE$/"), f"{self.ident}: picture {picture}")
            yield urllib.parse.unquote(picture.removeprefix("$IMS-CC-FILEBASE$/"))

    def right(self, row):
        """The right response by the table's row."""
        response = {}
        if self.strs:
            return {"response1": [row["answer"].split("\n")[0]]}
        if row["form"] in ("choice", "sentences"):
            options = [row.get(f"option {n}") for n in range(1, 200) if row.get(f"option {n}")]
            texts = row["answer"].split("\n") if row["form"] == "sentences" else \
                [options[int(n) - 1] for n in row["answer"].split(",")]
            labels = self.labels(self.lids[0])
            chosen = [i for i, t in labels.items() if bare(t) in [bare(text) for text in texts]]
            want(len(chosen) == len(texts), f"{self.ident}: {texts} are not {labels}")
            return {"response1": chosen}
        if row["form"] == "gaps":
            wanted = [gap.split("|")[0] for gap in re.findall(r"\{\{(.*?)\}\}", row["text"])]
        elif row["form"] == "ordering":
            numbers = [int(n) for n in row["answer"].split(",")]
            place = {bare(row[f"option {n}"]): str(at + 1) for at, n in enumerate(numbers)}
            wanted = [place[bare(lid.find(f"{ASI}material/{ASI}mattext").text)] for lid in self.lids]
        else:
            pairs = dict((bare(a), b) for a, b in (line.split(" => ") for line in row["answer"].split("\n")))
            wanted = [pairs[bare(lid.find(f"{ASI}material/{ASI}mattext").text)] for lid in self.lids]
        want(len(wanted) == len(self.lids), f"{self.ident}: {wanted}")
        for lid, text in zip(self.lids, wanted):
            hit = [i for i, t in self.labels(lid).items() if bare(t) == bare(text)]
            want(len(hit) == 1, f"{self.ident}: {text} is not one of {self.labels(lid)}")
            response[lid.get("ident")] = hit
        return response

    def wrong(self, right):
        """Responses that are not right: each other choice, one key less, one pair wrong, another word."""
        if self.strs:
            yield {"response1": ["no answer"]}
            yield {"response1": ["987654321"]}
            return
        for lid in self.lids:
            ident = lid.get("ident")
            for other in self.labels(lid):
                if other not in right[ident]:
                    yield {**right, ident: [other]}
                    if lid.get("rcardinality") == "Multiple":
                        yield {**right, ident: right[ident] + [other]}
            if len(right[ident]) > 1:
                yield {**right, ident: right[ident][1:]}
        yield {}


def judge(item, row, partly):
    """The right answer gets all, others less; of several responses one wrong costs its part."""
    right = item.right(row)
    want(abs(item.score(right) - 100) < 1e-6, f"{item.ident}: the right answer {right} gets {item.score(right)}")
    for response in item.wrong(right):
        score = item.score(response)
        want(score < 99.9, f"{item.ident}: {response} gets {score}, right is {right}")
        if partly and len(item.lids) > 1 and response:
            want(score > 0, f"{item.ident}: a part earns nothing")
