"""Makes PDF worksheets with Typst, in one process: with_typst.py HTML_FOLDER OUT_FOLDER FONT_FOLDER. Prints counts as JSON.

The clock runs over what Typst does: reading the sources, setting, writing each tagged file. Its compiler, its fonts and the
functions of sheet.typ are shared by all files, as Typst's own memory of earlier work is.
"""

import json
import pathlib
import resource
import sys
import time

import sheet

SPECIAL = set("\\#$*_`<>@[]~-/='\"+.")


def markup(words):
    return "".join("\\" + character if character in SPECIAL else character for character in words)


def string(words):
    return json.dumps(words, ensure_ascii=False)


def line(parts):
    out = []
    for kind, words in parts:
        out.append({
            "text": lambda: markup(words),
            "em": lambda: f"#emph[{markup(words)}]",
            "strong": lambda: f"#strong[{markup(words)}]",
            "blank": lambda: f"#blank({words}em)",
        }[kind]())
    return "".join(out).strip()


def listed(values):
    return "(" + "".join(f"{value}, " for value in values) + ")"


def block(kind, *parts):
    match kind:
        case "paragraph":
            return f"#{parts[0]}[{line(parts[1])}]"
        case "frame":
            return f"#framed({string(parts[0])})[\n{document(parts[1])}]"
        case "list":
            return f"#list({', '.join(f'[{line(entry)}]' for entry in parts[0])})"
        case "terms":
            pairs = ", ".join(f"([{line(term)}], [{line(meaning)}])" for term, meaning in parts[0])
            return f"#terms-of({pairs})"
        case "heading":
            return f"#part({string(parts[0])}, {string(parts[1])})"
        case "section":
            return f"#section({string(parts[0])})"
        case "passage":
            return f"#passage({string(parts[0])})[{line(parts[1])}]"
        case "question":
            return f"#question({string(parts[0])}, {string(parts[1])})[\n{document(parts[2])}]"
        case "options":
            entries = ", ".join(f"({string(letter)}, [{line(words)}])" for letter, words in parts[1])
            return f"#options({string(parts[0])}, {entries})"
        case "bank":
            return f"#bank({', '.join(map(string, parts[0]))})"
        case "space":
            return f"#space({parts[0]})"
        case "grid":
            return f"#cells({string(parts[0])}, {', '.join(map(string, parts[1]))})"
        case "table":
            rows = ", ".join(listed(f"[{document(cell)}]" for cell in row) for row in parts[2])
            widths = listed(f"{width}%" for width in parts[0])
            return f"#columns-of({widths}, {listed(map(string, parts[1]))}, {rows})"
    raise ValueError(kind)


def document(blocks):
    return "".join(block(*parts) + "\n" for parts in blocks)


def source(page):
    fields = listed(f"({string(label)}, {width}, {string(after)})" for label, width, after in page["fields"])
    names = ("head", "title", "subtitle", "letter", "version", "code", "citation")
    parts = ", ".join(f"{name}: {string(page[name])}" for name in names)
    return f'#import "sheet.typ": *\n#show: worksheet.with({parts}, fields: {fields})\n{document(page["blocks"])}'


def main():
    import typst

    pages, out, fonts = map(pathlib.Path, sys.argv[1:])
    (out / "sheet.typ").write_bytes(pathlib.Path(__file__).with_name("sheet.typ").read_bytes())
    sources = []
    for html in sorted(pages.glob("*.html")):
        sources.append(out / f"{html.stem}.typ")
        sources[-1].write_text(source(sheet.read(html)), encoding="utf-8")
    start, cpu = time.perf_counter(), time.process_time()
    compiler = typst.Compiler(root=str(out), font_paths=[str(fonts)], ignore_system_fonts=True)
    for path in sources:
        compiler.compile(input=str(path), output=str(path.with_suffix(".pdf")))
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "files": len(sources)}))


main()
