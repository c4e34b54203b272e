"""H5P files: the package by pyh5p (PyPI), the fields by pyh5p's reading of semantics, the tasks as the content types read them.

No registry has the content types themselves (their libraries come from H5P's own hub), so no player can run them here. What
their fields are called, and what may be in them, is stated below from the semantics.json of each (h5p/h5p-question-set 1.20,
h5p-multi-choice 1.16, h5p-true-false 1.8, h5p-blanks 1.14, h5p-drag-text 1.10, h5p-mark-the-words 1.11); how stars, slashes,
colons and brackets are read is that of their scripts. The key is taken from the table (CSV), never from the file itself.
"""

import html
import json
import re
import sys
import zipfile

from asi import bare, keys_of, want
from pyh5p.package import read_package
from pyh5p.semantics import Semantics

BOOLEANS = lambda *names: [{"name": n, "type": "boolean", "optional": True} for n in names]
TEXT = lambda name, tags=None, optional=True: {
    "name": name, "type": "text", "optional": optional, **({"widget": "html", "tags": tags} if tags else {})}
GROUP = lambda name, *fields: {"name": name, "type": "group", "optional": True, "fields": list(fields)}
VALUES = lambda *values: [{"value": value} for value in values]
LIST = lambda name, field: {"name": name, "type": "list", "optional": True, "field": field}
# With one field a group is written as this field alone.
OVERALL = LIST("overallFeedback", GROUP("overallFeedback", {"name": "from", "type": "number", "min": 0, "max": 100},
               {"name": "to", "type": "number", "min": 0, "max": 100}, TEXT("feedback")))
MEDIA = GROUP("media", {"name": "type", "type": "library", "optional": True, "options": ["H5P.Image 1.1"]},
              *BOOLEANS("disableImageZooming"))
PLAIN = ["strong", "em", "span", "p", "div"]
TASK = BOOLEANS("enableRetry", "enableSolutionsButton", "enableCheckButton")
ASKED = BOOLEANS("confirmCheckDialog", "confirmRetryDialog", "autoCheck")
FIELDS = {
    "H5P.MultiChoice 1.16": [
        MEDIA, TEXT("question", PLAIN, False), OVERALL,
        LIST("answers", GROUP("answer", TEXT("text", PLAIN, False), *BOOLEANS("correct"),
                              GROUP("tipsAndFeedback", TEXT("tip", PLAIN), TEXT("chosenFeedback", PLAIN), TEXT("notChosenFeedback", PLAIN)))),
        GROUP("behaviour", *TASK, *ASKED, *BOOLEANS("singlePoint", "randomAnswers", "showSolutionsRequiresInput", "showScorePoints"),
              {"name": "type", "type": "select", "options": VALUES("auto", "multi", "single")},
              {"name": "passPercentage", "type": "number", "min": 0, "max": 100})],
    "H5P.TrueFalse 1.8": [
        MEDIA, TEXT("question", PLAIN, False), {"name": "correct", "type": "select", "options": VALUES("true", "false")},
        GROUP("l10n", TEXT("trueText"), TEXT("falseText")),
        GROUP("behaviour", *TASK, *ASKED, TEXT("feedbackOnCorrect"), TEXT("feedbackOnWrong"))],
    "H5P.Blanks 1.14": [
        MEDIA, TEXT("text", PLAIN, False), LIST("questions", TEXT("question", PLAIN)), OVERALL,
        GROUP("behaviour", *TASK, *ASKED, *BOOLEANS("allowRetryIfCorrect", "caseSensitive", "showSolutionsRequiresInput",
                                                   "separateLines", "acceptSpellingErrors"))],
    "H5P.DragText 1.10": [
        MEDIA, TEXT("taskDescription", PLAIN, False), {**TEXT("textField", None, False), "widget": "textarea", "maxLength": 65535}, TEXT("distractors"), OVERALL,
        GROUP("behaviour", *TASK, *BOOLEANS("instantFeedback"))],
    "H5P.MarkTheWords 1.11": [
        MEDIA, TEXT("taskDescription", PLAIN, False), TEXT("textField", PLAIN, False), OVERALL,
        GROUP("behaviour", *TASK, *BOOLEANS("showScorePoints"))],
}
SET = [
    GROUP("introPage", *BOOLEANS("showIntroPage")),
    {"name": "progressType", "type": "select", "options": VALUES("textual", "dots")},
    {"name": "passPercentage", "type": "number", "min": 0, "max": 100},
    LIST("questions", {"name": "question", "type": "library", "options": list(FIELDS)}),
    *BOOLEANS("disableBackwardsNavigation", "randomQuestions"),
    GROUP("endGame", *BOOLEANS("showResultPage", "showSolutionButton", "showRetryButton", "showAnimations", "skippable"), OVERALL),
    GROUP("override", *BOOLEANS("checkButton")),
]
PICTURE = [TEXT("contentName"), TEXT("alt", None, False), TEXT("title"), {"name": "file", "type": "image"}]


def fits(fields, params, what):
    """By pyh5p's reading of semantics; and no field that the type does not have."""
    issues = Semantics.from_json(fields).validate(params)
    want(not issues, f"{what}: {issues[:3]}")

    def known(fields, value, path):
        if isinstance(value, dict):
            names = {f["name"]: f for f in fields}
            want(set(value) <= set(names), f"{what}: {path} has {set(value) - set(names)}")
            for name, inner in value.items():
                field = names[name]
                if field["type"] == "group":
                    known(field["fields"], inner, name)
                elif field["type"] == "list" and field["field"]["type"] == "group":
                    for one in inner:
                        known(field["field"]["fields"], one, name)

    known(fields, params, "it")


def words(text):
    return bare(html.unescape(re.sub(r"<[^>]*>", "", text)))


def task(question, row):
    """What a pupil does for all points, as the type reads its fields, is what the table says."""
    kind, params = question["library"].split()[0], question["params"]
    numbered = lambda n: row[f"option {int(n)}"]
    if kind == "H5P.TrueFalse":
        want(params["correct"] == ("true" if row["answer"].strip() == "1" else "false"), f"{row['id']}: truth")
    elif kind == "H5P.MultiChoice":
        right = {words(a["text"]) for a in params["answers"] if a["correct"]}
        want(right == {bare(numbered(n)) for n in row["answer"].split(",")}, f"{row['id']}: {right}")
        single = params["behaviour"]["type"] == "single"
        want(len(right) == 1 if single else True, f"{row['id']}: single with {len(right)} answers")
    elif kind == "H5P.Blanks":
        parts = re.findall(r"\*(.*?)\*", params["questions"][0])
        accepted = [[bare(html.unescape(a)) for a in part.partition(":")[0].split("/")] for part in parts]
        if row["form"] == "gaps":
            wanted = [[bare(a) for a in gap.split("|")] for gap in re.findall(r"\{\{(.*?)\}\}", row["text"])]
            want(accepted == wanted, f"{row['id']}: {accepted}")
        else:
            want(len(accepted) == 1 and accepted[0][0] == bare(row["answer"]), f"{row['id']}: {accepted}")
        want(not params["behaviour"]["caseSensitive"], f"{row['id']}: case")
    elif kind == "H5P.DragText":
        want("<" not in params["textField"] and params["textField"].count("*") % 2 == 0, f"{row['id']}: stars")
        drags = [part for part in re.split(r"(\*.*?\*)", params["textField"]) if part.startswith("*")]
        want(all(":" not in d and "\\" not in d for d in drags), f"{row['id']}: a colon begins a tip")
        drags = [bare(d) for d in drags]
        left = [bare(d) for d in re.findall(r"\*(.*?)\*", params["distractors"])]
        if row["form"] == "gaps":
            want(drags == [bare(g.split("|")[0]) for g in re.findall(r"\{\{(.*?)\}\}", row["text"])], f"{row['id']}: {drags}")
        elif row["form"] == "ordering":
            want(drags == [bare(numbered(n)) for n in row["answer"].split(",")], f"{row['id']}: {drags}")
        else:
            lines = row["answer"].split("\n")
            want(drags == [bare(line.split(" => ")[1]) for line in lines], f"{row['id']}: {drags}")
            starts = [bare(line.rsplit(" *", 1)[0]) for line in params["textField"].split("\n")]
            want(starts == [bare(line.split(" => ")[0]) for line in lines], f"{row['id']}: {starts}")
        if row["form"] != "ordering":
            every = [bare(row[f"option {n}"]) for n in range(1, 30) if row.get(f"option {n}")]
            want(set(drags) | set(left) == set(every), f"{row['id']}: words {set(drags) | set(left)} of {set(every)}")
    else:
        want(kind == "H5P.MarkTheWords", kind)
        right = [bare(line) for line in row["answer"].split("\n")]
        text = html.unescape(re.sub(r"<[^>]*>", " ", params["textField"]))
        found = re.findall(r"\((\*?)(\d+)\1\) (.*?)(?= \(\*?\d+\*?\) | ¶\d+|$)", " ".join(text.split()))
        marked = [bare(sentence) for star, _, sentence in found if star]
        want(marked == right, f"{row['id']}: marked {marked}, right {right}")
        # A mark is a word of its own once brackets are taken off, as the type does.
        options = [re.sub(r"[\",….:;?!\]\)}⟩»”]+$", "", re.sub(r"^[\[\({⟨¿¡“\"«„]+", "", w)) for w in text.split()]
        want(sum(o.startswith("*") and o.endswith("*") and len(o) > 2 for o in options) == len(right), f"{row['id']}: marks")


def main():
    table, kinds, pictures, forms = keys_of(sys.argv[1]), {}, 0, {}
    asked = set()
    for path in sys.argv[2:]:
        archive = zipfile.ZipFile(path)
        want(all(i.date_time[0] == 1980 and ".." not in i.filename for i in archive.infolist()), f"{path}: names, times")
        package = read_package(path)
        issues = package.validate(require_content=True, allow_content_only=True)
        want(not issues, f"{path}: {issues[:3]}")
        head, content = package.metadata, package.content
        want(re.fullmatch(r"[-a-zA-Z]{1,10}", head["language"]) and len(head["title"]) <= 255, f"{path}: head")
        named = {f"{d['machineName']} {d['majorVersion']}.{d['minorVersion']}" for d in head["preloadedDependencies"]}
        used = {"H5P.QuestionSet 1.20"} | {q["library"] for q in content["questions"]}
        for question in content["questions"]:
            kind, params = question["library"], question["params"]
            if "media" in params:
                picture = params["media"]["type"]
                used.add(picture["library"])
                fits(PICTURE, picture["params"], picture["library"])
                pictures += 1
            fits(FIELDS[kind], params, f"{path}: {kind}")
            ident = question["metadata"]["title"].split(":")[0]
            want(ident in table and ident not in asked, f"{ident} is asked twice or is not in the table")
            asked.add(ident)
            want(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}", question["subContentId"]), "uuid")
            task(question, table[ident])
            kinds[kind] = kinds.get(kind, 0) + 1
        want(named == used, f"{path}: names {named}, uses {used}")
        fits(SET, content, path)
    missing = [i for i, row in table.items() if i not in asked and row["form"] not in ("written", "talk")]
    want(len(missing) == 0 or set(missing) <= set(sys.stdin.read().split()), f"left out: {missing}")
    told = ", ".join(f"{count} {kind.split('.')[1].split()[0]}" for kind, count in sorted(kinds.items()))
    print(f"{len(sys.argv) - 2} files, {len(asked)} tasks done as their types read them ({told}), {pictures} pictures")


if __name__ == "__main__":
    main()
