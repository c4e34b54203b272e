"""Judges a spreadsheet that `pilcrow export` wrote: what openpyxl (or Python's csv) and LibreOffice read is the same, no cell is a
formula, and the limits that the program's own template names hold. usage: sheets.py FORMAT PILCROW FOLDER"""
import csv
import io
import os
import re
import shutil
import subprocess
import sys

import openpyxl

form, pilcrow, home = sys.argv[1], os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3])
BANKS = {"kennedy": "questions/kennedy-1961", "gettysburg": "questions/gettysburg-1863"}
# Rows over the questions, columns, the column of the text, of the options, of the time, of the right ones.
SHAPES = {
    "kahoot": (8, 8, 1, range(2, 6), 6, 7),
    "quizizz": (1, 11, 0, range(2, 7), 8, 7),
    "blooket": (2, 8, 1, range(2, 6), 6, 7),
}
HEADS = {
    "kahoot": ["Question - max 120 characters", "Answer 1 - max 75 characters"],
    "quizizz": ["Question Text", "Question Type", "Option 1"],
    "blooket": ["Question #", "Question Text", "Answer 1"],
}


def read(path):
    """The rows of a file, and what is wrong with its cells."""
    if path.endswith(".csv"):
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        run = [cell for row in rows for cell in row if re.match(r"[=@\t\r]|[+-](?![\d.])", cell)]
        return rows, [f"{cell[:30]!r} would run" for cell in run]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    return rows, [f"{c.coordinate} is a formula" for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def office(path):
    """The rows as LibreOffice reads them."""
    out = os.path.join(home, "office")
    shutil.rmtree(out, ignore_errors=True)
    reading = ["--infilter=CSV:44,34,UTF8,1,,0,false,false"] if path.endswith(".csv") else []
    writing = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    profile = f"-env:UserInstallation=file://{home}/profile"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", writing, "--outdir", out, *reading, path],
                   capture_output=True, timeout=180, check=True)
    with open(os.path.join(out, os.listdir(out)[0]), encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def bare(rows):
    """Without empty rows, and the spaces around cells, which spreadsheets do not keep alike."""
    kept = [[cell.strip().replace("\r\n", "\n") for cell in row] for row in rows if any(cell.strip() for cell in row)]
    width = max(map(len, kept))
    return [row + [""] * (width - len(row)) for row in kept]


def units(text):
    return len(text.encode("utf-16-le")) // 2


def limits(rows):
    """What breaks a limit of the template."""
    above, width, text, options, seconds, right = SHAPES[form]
    bad = [] if [c for c in rows[above - 1] if c][:len(HEADS[form])] == HEADS[form] else [f"the header is {rows[above - 1]}"]
    for number, row in enumerate(rows[above:], above + 1):
        if len(row) != width or not row[text]:
            bad.append(f"row {number} is {row}")
            continue
        shown = [row[at] for at in options if row[at]]
        typed = form == "quizizz" and row[1] in ("Fill-in-the-Blank", "Open-Ended")
        if form == "quizizz" and not typed and row[1] not in ("Multiple Choice", "Checkbox"):
            bad.append(f"row {number} has the type {row[1]}")
        keys = [int(key) for key in row[right].split(",")] if row[right] else []
        if typed != (not keys) or any(not 1 <= key <= len(shown) for key in keys) or not typed and len(shown) < 2:
            bad.append(f"row {number} has the key {row[right]!r} of {len(shown)} options")
        allowed = [5, 10, 20, 30, 60, 90, 120, 240] if form == "kahoot" else range(5, 301 if form == "blooket" else 901)
        if int(row[seconds]) not in allowed:
            bad.append(f"row {number} takes {row[seconds]} seconds")
        if form == "kahoot" and (units(row[text]) > 120 or any(units(option) > 75 for option in shown)):
            bad.append(f"row {number} is too long")
    return bad


def judge(path, table):
    rows, bad = read(path)
    if len({len(row) for row in rows if row}) > 1:
        bad.append("the rows are not of one length")
    if bare(office(path)) != bare(rows):
        bad.append("LibreOffice reads other cells")
    if form == "xlsx":
        plain = [[re.sub(r"^'(?='*[=+\-@\t\r])", "", cell) for cell in row] for row in table]
        if bare(rows) != bare(plain):
            bad.append("the cells are not those of the CSV")
    else:
        bad += limits(rows)
    return bad, len(rows)


def broken(path):
    """A copy with one fault: a formula, a question too long, a key that names no option."""
    out = os.path.join(home, "broken." + path.rsplit(".", 1)[1])
    if path.endswith(".csv"):
        rows = read(path)[0]
        rows[2][7] = "9"
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        with open(out, "w", encoding="utf-8", newline="") as file:
            file.write(text.getvalue())
        return out
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    if form == "xlsx":
        sheet["A2"] = "=1+1"
    elif form == "kahoot":
        sheet["B9"] = "x" * 121
    else:
        sheet["H2"] = 9
    book.save(out)
    return out


shutil.rmtree(home, ignore_errors=True)
os.makedirs(home)
ending = "csv" if form == "blooket" else "xlsx"
total, faults = 0, []
for name, bank in BANKS.items():
    path, table = os.path.join(home, f"{name}.{ending}"), []
    subprocess.run([pilcrow, "export", "--to", form, "--bank", bank, "--out", path], check=True, stdout=subprocess.DEVNULL)
    if form == "xlsx":
        beside = os.path.join(home, f"{name}.csv")
        subprocess.run([pilcrow, "export", "--to", "csv", "--bank", bank, "--out", beside], check=True, stdout=subprocess.DEVNULL)
        table = read(beside)[0]
    bad, count = judge(path, table)
    total += count
    faults += [f"{name}: {fault}" for fault in bad]
if not judge(broken(path), table)[0]:
    faults.append("a broken file was not noticed")
for fault in faults[:8]:
    print("  " + fault)
print(f"{form}: {len(BANKS)} files, {total} rows, {len(faults)} faults; a broken one noticed" if not faults else f"{form}: {len(faults)} faults")
sys.exit(bool(faults))
