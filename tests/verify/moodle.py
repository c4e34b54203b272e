"""Reads what Moodle would import, by the rules of its importers, and marks answers as its question engine does.

usage: moodle.py xml FILE… [BANK.json] | aiken FILE
The rules are those of moodle/moodle: question/format/xml/format.php (fields and types), question/engine/bank.php (grades),
question/type/gapselect and ordering (gaps, steps), question/type/multianswer (embedded gaps), question/format/aiken/format.php.
With a bank (from `export --to json`) the right answer of each question is the bank's. Standard library alone.
"""

import base64
import html
import json
import re
import sys
import xml.etree.ElementTree as ET

GRADES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0]
FORMATS = {"html", "markdown", "plain_text", "moodle_auto_format"}
faults = []


def fault(name, what):
    faults.append(f"{name}: {what}")


def text(node, path, usual=""):
    found = node.find(path) if node is not None else None
    return (found.text or "").strip() if found is not None else usual


def plain(markup):
    """HTML or a bank's mark-up as bare words, to be compared."""
    words = re.sub(r"<[^>]*>", "", markup)
    words = html.unescape(words)
    words = re.sub(r"\]\{[a-z-]+\}", "", words.replace("\\*", "\u0001").replace("*", "")).replace("\u0001", "*")
    words = words.replace("[", "").replace("]", "")
    return re.sub(r"[\s\"“”'‘’]+", "", words).lower()


def fraction(name, answer):
    value = float(answer.get("fraction", "0"))
    if not any(abs(abs(value) / 100 - grade / 100) < 0.00001 for grade in GRADES):
        fault(name, f"Moodle has no grade {value}")
    return value / 100


def multichoice(name, node):
    answers = [(text(a, "text"), fraction(name, a)) for a in node.findall("answer")]
    single = text(node, "single", "true") not in ("false", "0", "")
    if len(answers) < 2:
        fault(name, "fewer than two options")
    right = [words for words, part in answers if part > 0]
    if single:
        if max(part for _, part in answers) != 1 or sum(part == 1 for _, part in answers) != 1:
            fault(name, "one option of a single choice must earn 100")
        right = [words for words, part in answers if part == 1]
        mark = lambda chosen: max(0.0, sum(part for words, part in answers if words in chosen)) if len(chosen) == 1 else 0.0
    else:
        if abs(sum(part for _, part in answers if part > 0) - 1) > 0.005:
            fault(name, "the right options do not earn 100 together")
        mark = lambda chosen: min(1.0, max(0.0, sum(part for words, part in answers if words in chosen)))
        if mark([words for words, _ in answers]) > 0.001:
            fault(name, "ticking all earns something")
    if abs(mark(right) - 1) > 0.0001:
        fault(name, f"the right answer earns {mark(right)}")
    for words, part in answers:
        if words not in right and mark([words]) >= 0.999:
            fault(name, f"a wrong answer earns all: {words}")
    if not single and mark(right + [next(words for words, part in answers if part <= 0)]) >= 0.999:
        fault(name, "a wrong tick costs nothing")
    return right


def truefalse(name, node):
    answers = {text(a, "text"): float(a.get("fraction", "0")) for a in node.findall("answer")}
    if set(answers) != {"true", "false"} or sorted(answers.values()) != [0, 100]:
        fault(name, f"true and false earn {answers}")
    return ["true" if answers.get("true") == 100 else "false"]


def shortanswer(name, node):
    answers = [(text(a, "text"), fraction(name, a)) for a in node.findall("answer")]

    def mark(typed):
        for pattern, part in answers:  # the first that fits, a star being any words
            parts = [re.escape(p.replace("\0", "*")) for p in pattern.replace("\\*", "\0").split("*")]
            if re.fullmatch(".*".join(parts), typed, re.I):
                return part
        return 0.0

    right = [words.replace("\\*", "*") for words, part in answers if part == 1]
    if not right or any(mark(words) < 1 for words in right):
        fault(name, "a right answer does not earn all")
    if mark("no such answer") > 0 or any(mark(w.replace("\\*", "*")) >= 1 for w, part in answers if part < 1):
        fault(name, "a wrong answer earns all")
    return right


def numerical(name, node):
    answers = [(float(text(a, "text")), float(text(a, "tolerance", "0")), fraction(name, a)) for a in node.findall("answer")]
    mark = lambda x: next((part for value, off, part in answers if abs(x - value) <= off + 1e-9), 0.0)
    right = [value for value, _, part in answers if part == 1]
    if not right or any(mark(value) < 1 for value in right) or mark(right[0] + answers[0][1] + 1000) > 0:
        fault(name, "the number does not earn all, or any number does")
    return [str(value) for value in right]


def matching(name, node):
    pairs = [(text(s, "text"), text(s, "answer/text")) for s in node.findall("subquestion")]
    asked = [(premise, response) for premise, response in pairs if premise]
    if len(asked) < 2 or len({response for _, response in pairs}) < 2 or any(not response for _, response in pairs):
        fault(name, "fewer than two pairs or responses")
    if len({premise for premise, _ in asked}) != len(asked):
        fault(name, "two premises are the same")
    return [f"{premise}→{response}" for premise, response in asked]


def gapselect(name, node):
    listed = [text(option, "text") for option in node.findall("selectoption")]
    if len(set(listed)) != len(listed) or any(text(option, "group") != "1" for option in node.findall("selectoption")):
        fault(name, "a word is listed twice, or there are groups")
    gaps = [int(n) for n in re.findall(r"\[\[(\d+)\]\]", text(node, "questiontext/text"))]
    if not gaps or any(not 1 <= n <= len(listed) for n in gaps):
        fault(name, f"its gaps {gaps} name no word of {len(listed)}")
        return []
    return [listed[n - 1] for n in gaps]


ALTERNATIVE = r"(?:(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?)(.+?(?<!\\|&)(?=[~#}]|$))(?:#(.*?(?<!\\)(?=[~}]|$)))?"


def cloze(name, node):
    body = text(node, "questiontext/text")
    found = re.findall(r"\{(\d*):(SHORTANSWER|SA|MULTICHOICE_S|MULTICHOICE|MC|NUMERICAL|NM):((?:.+?)(?<!\\))\}", body, re.S)
    if not found:
        fault(name, "no gap")
    right = []
    for _, _, alternatives in found:
        parts = [m for m in re.finditer(r"~?" + ALTERNATIVE, alternatives, re.S)]
        keys = [html.unescape(m.group(3)) for m in parts if m.group(1) == "="]
        if not keys:
            fault(name, "a gap without a right answer")
        right.append(keys[0] if keys else "")
    if re.search(r"\{\d*:[A-Z_]+:", re.sub(r"\{(\d*):[A-Z_]+:(.+?)(?<!\\)\}", "", body)):
        fault(name, "a gap that Moodle does not read")
    return right


def ordering(name, node):
    steps = [text(a, "text") for a in node.findall("answer")]
    if text(node, "selecttype") != "ALL" or text(node, "gradingtype") != "RELATIVE_NEXT_EXCLUDE_LAST":
        fault(name, "not all steps are shown, or they are not marked step by step")
    if len(steps) < 2 or len(set(steps)) != len(steps):
        fault(name, "fewer than two steps, or two are the same")
    if int(text(node, "defaultgrade")) != len(steps) - 1:
        fault(name, "not a point for each right step")
    earned = lambda order: sum(b == steps[steps.index(a) + 1] for a, b in zip(order, order[1:]) if a != steps[-1])
    if earned(steps) != len(steps) - 1 or earned(steps[::-1]) != 0:
        fault(name, "the right order does not earn all")
    return steps


def essay(name, node):
    if text(node, "responseformat") != "editor" or int(text(node, "responsefieldlines")) not in (2, 3, 5, 10, 15, 20, 25, 30, 35, 40):
        fault(name, "its box is none that Moodle offers")
    if not text(node, "graderinfo/text"):
        fault(name, "the marker has no notes")
    return []


TYPES = {f.__name__: f for f in (multichoice, truefalse, shortanswer, numerical, matching, gapselect, cloze, ordering, essay)}
TYPES["description"] = lambda name, node: []


def files(name, node):
    """Every picture that a text shows is beside it, whole, with a description."""
    for holder in node.iter():
        holder_text = holder.find("text")
        if holder_text is None or not holder_text.text:
            continue
        beside = {f.get("name"): base64.b64decode(f.text or "", validate=True) for f in holder.findall("file")}
        shown = re.findall(r'<img src="@@PLUGINFILE@@/([^"]+)" alt="([^"]*)"', holder_text.text)
        if {src for src, _ in shown} != set(beside) or any(not alt for _, alt in shown):
            fault(name, "a picture is missing, is not shown, or has no description")
        for file, data in beside.items():
            kinds = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "svg": b"<svg"}
            if not data.lstrip().startswith(kinds[file.rsplit(".", 1)[1]]):
                fault(name, f"{file} is no such picture")
        pictures.extend(beside)


pictures = []


def keys_of(item):
    """The right answers of a bank's item, as words."""
    kind = item["kind"]
    words = lambda entry: entry["text"] if isinstance(entry, dict) else str(entry)
    if kind in ("single-choice", "vocabulary", "paired-evidence"):
        return [words(item["key"])]
    if kind == "multiple-select":
        return [words(key) for key in item["keys"]]
    if kind == "true-false":
        return [str(item["answer"]).lower()]
    if kind == "statement-check":
        return [item["verdict"]]
    if kind == "matching":
        return [f"{words(p['premise'])}→{words(p['response'])}" for p in item["pairs"]]
    if kind == "attribution":
        said = {speaker["id"]: speaker["text"] for speaker in item["speakers"]}
        return [f"{words(s)}→{said[s['speaker']]}" for s in item["statements"]]
    if kind == "ordering":
        return [words(element) for element in item["elements"]]
    if kind == "cloze":
        return [gap.split("|")[0] for gap in re.findall(r"\{\{(.*?)\}\}", item["passage"])]
    if kind == "numeric":
        return [str(item["answer"])]
    return None


def judge(file, bank):
    root = ET.parse(file).getroot()
    if root.tag != "quiz":
        fault(file, "the root is not quiz")
    seen, counts, category = set(), {}, None
    for number, node in enumerate(root.findall("question")):
        form = node.get("type")
        if form == "category":
            category = text(node, "category/text")
            if not category.startswith("$course$/top/"):
                fault(file, f"a category {category!r}")
            continue
        name = text(node, "idnumber") or f"question {number}"
        if category is None or not text(node, "name/text") or len(text(node, "name/text")) > 255:
            fault(name, "no category, no name, or one too long")
        if name in seen or len(name) > 100:
            fault(name, "the id is there twice or too long")
        seen.add(name)
        for holder in node.iter():
            if holder.get("format") not in FORMATS | {None}:
                fault(name, f"no format {holder.get('format')}")
        for tag in node.findall("tags/tag"):
            if not 0 < len(text(tag, "text")) <= 50 or re.search("[<>`]", text(tag, "text")):
                fault(name, f"Moodle changes the tag {text(tag, 'text')!r}")
        if form not in TYPES:
            fault(name, f"Moodle has no type {form}")
            continue
        if not text(node, "questiontext/text") or "<text>" in text(node, "questiontext/text"):
            fault(name, "it asks nothing")
        files(name, node)
        right = TYPES[form](name, node)
        counts[form] = counts.get(form, 0) + 1
        item = bank.get(name)
        keys = keys_of(item) if item else None
        if keys is not None:
            same = {plain(key) for key in keys} == {plain(key) for key in right}
            if item["kind"] in ("ordering", "cloze"):
                same = [plain(key) for key in keys] == [plain(key) for key in right]
            elif item["kind"] == "statement-check":
                at = next(i for i, a in enumerate(node.findall("answer")) if a.get("fraction") == "100")
                same = ["supported", "contradicted", "not-stated"][at] == keys[0]
            elif item["kind"] == "numeric":
                number = lambda word: str(float(word)) if re.fullmatch(r"-?[\d.]+", word) else plain(word)
                same = number(keys[0]) in {number(word) for word in right}
            if not same:
                fault(name, f"the key is {right}, and the bank's {keys}")
            wanted = len(item.get("hints") or [])
            if len(node.findall("hint")) != wanted:
                fault(name, f"{wanted} hints are not there")
    missing = [item for item in bank if item not in seen]
    if missing:
        fault(file, f"items are missing: {missing[:5]}")
    return sum(counts.values()), counts


def aiken(file):
    """By the rules of question/format/aiken: a line that begins with a letter and ) or . is an option wherever it stands."""
    question, options, count = None, [], 0
    for number, line in enumerate(open(file, encoding="utf-8").read().split("\n"), 1):
        line = line.strip()
        if len(line) < 2:
            continue
        if re.match(r"^[A-Z][).][ \t]?", line):
            if question is None:
                fault(f"line {number}", "an option without a question")
            if line[0] != chr(ord("A") + len(options)):
                fault(f"line {number}", "the letters do not follow one another")
            options.append(line[2:].strip())
        elif line.startswith("ANSWER:"):
            at = ord(line[7:].strip()[:1] or "?") - ord("A")
            if question is None or len(options) < 2 or not 0 <= at < len(options) or len(set(options)) != len(options):
                fault(f"line {number}", "the answer is none of its options")
            question, options, count = None, [], count + 1
        else:
            if question is not None:
                fault(f"line {number}", "a question has two lines")
            question = line
    if question is not None:
        fault(file, "the last question has no answer")
    return count


def main():
    how, *given = sys.argv[1:]
    bank = {}
    for name in [name for name in given if name.endswith(".json")]:
        bank = {item["id"]: item for item in json.load(open(name, encoding="utf-8"))["items"]}
    for name in [name for name in given if not name.endswith(".json")]:
        if how == "aiken":
            print(f"{name}: {aiken(name)} questions")
        else:
            count, counts = judge(name, bank)
            print(f"{name}: {count} questions, {len(pictures)} pictures, {json.dumps(counts, sort_keys=True)}")
    for line in faults[:20]:
        print(line, file=sys.stderr)
    sys.exit(1 if faults else 0)


main()
