"""Sets worksheets with pdfLaTeX, all as one document: with_latex.py HTML_FOLDER OUT_FOLDER. Prints counts as JSON.

pdfLaTeX sets them in Computer Modern and does not tag them: it does less than the others. It is given one pass: the number of pages
at the foot would need a second one.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

import sheet

SPECIAL = {character: "\\" + character for character in "#$%&_{}"} | {
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "¶": "\\P{}", "·": "$\\cdot$",
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "…": "\\dots{}", "\u00a0": "~",
}

HEAD = r"""\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[letterpaper,left=62pt,right=62pt,top=64pt,bottom=74pt]{geometry}
\usepackage{fancyhdr}\usepackage{tabularx}
\pagestyle{fancy}\setlength{\parindent}{0pt}\setlength{\parskip}{5pt}\raggedbottom
\newcommand{\blank}[1]{\rule{#1em}{0.6pt}}
\begin{document}
"""


def escaped(words):
    return "".join(SPECIAL.get(character, character) for character in words)


def line(parts):
    marks = {"text": "{}", "em": "\\emph{{{}}}", "strong": "\\textbf{{{}}}", "blank": "\\blank{{{}}}"}
    return "".join(marks[kind].format(escaped(words)) for kind, words in parts).strip()


def block(kind, *parts):
    match kind:
        case "paragraph":
            shape = {
                "small": "\\small\\sffamily",
                "directions": "\\itshape",
                "editorial": "\\itshape",
                "quotation": "\\leftskip=15pt\\rightskip=15pt",
            }.get(parts[0], "")
            if parts[0] == "omission":
                return f"\\par{{\\centering\\small\\sffamily {line(parts[1])}\\par}}"
            return f"\\par{{{shape} \\raggedright {line(parts[1])}\\par}}"
        case "frame":
            title = f"\\par{{\\sffamily\\bfseries {escaped(parts[0])}}}" if parts[0] else ""
            body = f"{title}\\raggedright\\parskip=4pt {document(parts[1])}"
            return f"\\par\\fbox{{\\begin{{minipage}}{{0.95\\linewidth}}{body}\\end{{minipage}}}}\\par"
        case "list":
            return "".join(f"\\par\\hangindent=10pt $\\bullet$ {line(entry)}\\par\n" for entry in parts[0])
        case "terms":
            return "".join(f"\\par\\textbf{{{line(term)}}} {line(meaning)}\\par\n" for term, meaning in parts[0])
        case "heading":
            return f"\\bigskip\\par{{\\large\\bfseries {escaped(parts[0])}}}\\hfill {escaped(parts[1])}\\par"
        case "section":
            return f"\\medskip\\par{{\\bfseries\\hspace*{{22pt}}{escaped(parts[0])}}}\\par"
        case "passage":
            mark = f"\\makebox[0pt][r]{{\\sffamily\\bfseries\\footnotesize {escaped(parts[0])}\\hspace{{8pt}}}}"
            return f"\\par{{\\leftskip=22pt\\rightskip=53pt\\noindent{mark}{line(parts[1])}\\par}}"
        case "question":
            label = f"\\makebox[22pt][l]{{\\sffamily\\bfseries {escaped(parts[0])}}}"
            body = f"\\begin{{minipage}}[t]{{390pt}}\\raggedright\\parskip=4pt {document(parts[2])}\\end{{minipage}}"
            return f"\\bigskip\\par\\noindent {label}{body}\\hfill{{\\sffamily\\small {escaped(parts[1])}}}\\par"
        case "options":
            one = [f"{{\\sffamily\\bfseries {escaped(letter)}}}\\hspace{{8pt}}{line(words)}" for letter, words in parts[1]]
            if parts[0] == "stacked":
                return "".join(f"\\par {entry}\\par\n" for entry in one)
            if parts[0] == "row":
                return "\\par " + "\\hspace{20pt}".join(one) + "\\par"
            boxes = [f"\\makebox[190pt][l]{{{entry}}}" for entry in one]
            return "".join("\\par " + "".join(boxes[at : at + 2]) + "\\par\n" for at in range(0, len(boxes), 2))
        case "bank":
            return "\\par\\fbox{\\parbox{380pt}{" + "\\quad ".join(map(escaped, parts[0])) + "}}\\par"
        case "space":
            return "\\par " + "\\vspace{20pt}\\hrule " * parts[0]
        case "grid":
            cells = "".join(f"\\fbox{{\\parbox[t][16pt]{{20pt}}{{\\tiny {escaped(number)}}}}}" for number in parts[1])
            return f"\\par{{\\sffamily\\bfseries {escaped(parts[0])}}} {cells}\\par"
        case "table":
            shape = "".join(f"p{{{width * 3.6:.0f}pt}}" for width in parts[0])
            rows = [" & ".join(f"\\textbf{{{escaped(head)}}}" for head in parts[1])]
            rows += [" & ".join(document(cell) for cell in row) for row in parts[2]]
            return f"\\par\\begin{{tabular}}{{{shape}}}" + "\\\\\\hline ".join(rows) + "\\end{tabular}\\par"
    raise ValueError(kind)


def document(blocks):
    return "".join(block(*parts) + "\n" for parts in blocks)


def source(number, page):
    fields = " ".join(
        f"{escaped(label)} \\hrulefill\\hskip 0pt plus {width}fil {escaped(after)}" for label, width, after in page["fields"]
    )
    return (
        f"\\clearpage\\setcounter{{page}}{{1}}\\thispagestyle{{fancy}}\n"
        f"\\fancyhead[L]{{\\small {escaped(page['head'])}}}\\fancyhead[R]{{{escaped(page['version'])}}}\n"
        f"\\fancyfoot[L]{{\\sffamily\\textbf{{{escaped(page['code'])}}}\\\\\\tiny {escaped(page['citation'])}}}\\fancyfoot[C]{{}}\n"
        f"\\fancyfoot[R]{{page \\thepage{{}} of \\pageref{{end{number}}}}}\n"
        f"\\noindent\\parbox{{400pt}}{{\\LARGE\\bfseries {escaped(page['title'])}\\\\ \\normalsize\\mdseries\\itshape "
        f"{escaped(page['subtitle'])}}}\\hfill\\fbox{{\\Huge\\sffamily\\bfseries {page['letter']}}}\\par\n"
        f"\\par\\noindent {fields}\\par\n{document(page['blocks'])}\\label{{end{number}}}\n"
    )


def main():
    pages, out = map(pathlib.Path, sys.argv[1:])
    sheets = [source(number, sheet.read(html)) for number, html in enumerate(sorted(pages.glob("*.html")))]
    (out / "all.tex").write_text(HEAD + "".join(sheets) + "\\end{document}\n", encoding="utf-8")
    start, before = time.perf_counter(), os.times()
    made = subprocess.run(
        ["pdflatex", "-interaction=batchmode", "all.tex"], cwd=out, stdout=subprocess.DEVNULL, check=False
    )
    wall, after = time.perf_counter() - start, os.times()
    if made.returncode != 0:
        sys.exit(f"pdflatex failed; see {out / 'all.log'}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    print(json.dumps({"wall": wall, "cpu": cpu, "files": 1}))


main()
