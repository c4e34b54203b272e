"""Judges packages for Anki by its own backend. usage: anki_judge.py PILCROW FOLDER"""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile

from anki.collection import Collection, ExportLimit, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Update

pilcrow, home = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
BANKS = ["questions/kennedy-1961", "questions/gettysburg-1863", "tests/verify/bank", "tests/cases/bank"]


def export(bank, out):
    """Writes a package; how many items are in it, and the first id."""
    args = [pilcrow, "export", "--to", "anki", "--bank", bank, "--out", out, "--json"]
    told = json.loads(subprocess.run(args, check=True, stdout=subprocess.PIPE, text=True).stdout)
    items = told["items"] if isinstance(told, dict) and "items" in told else told
    return [item["item"] for item in items if item["reach"] != "not"]


def brought(collection, package, update=Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER):
    options = ImportAnkiPackageOptions(update_notes=update, update_notetypes=update)
    return collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log


def judge(package, wanted, folder):
    """What is wrong with a package, how many cards were answered, and the collection with it."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    collection = Collection(os.path.join(folder, "collection.anki2"))
    bad = []
    brought(collection, package)
    if collection.note_count() != wanted:
        bad.append(f"{collection.note_count()} notes for {wanted} items")
    cards = collection.find_cards("")
    for card in map(collection.get_card, cards):
        front, back = card.question(), card.answer()
        seen = re.sub(r"<style.*?</style>|<[^>]+>", "", front, flags=re.S).strip()
        if not seen or "{{" in front + back or 'class="error"' in front + back or len(back) <= len(front) // 2:
            bad.append(f"card {card.id} shows {seen[:60]!r}")
        for name in re.findall(r'src="([^"]+)"', front + back):
            if not os.path.exists(os.path.join(collection.media.dir(), name)):
                bad.append(f"{name} is missing")
    decks = {collection.decks.name(collection.get_card(card).did) for card in cards}
    if any("::" not in deck for deck in decks):
        bad.append(f"decks {decks}")
    answered = 0
    for deck in sorted(decks):
        number = collection.decks.id(deck)
        settings = collection.decks.config_dict_for_deck_id(number)
        settings["new"]["perDay"] = 9999
        collection.decks.update_config(settings)
        collection.decks.select(number)
        while queued := collection.sched.get_queued_cards(fetch_limit=1).cards:
            card = collection.get_card(queued[0].card.id)
            card.start_timer()
            # Reviews are named by their millisecond: of two within one, the second is dated later than it was, maybe into the
            # next second, and Anki's check of the database then corrects the card. No pupil answers so fast.
            time.sleep(0.002)
            collection.sched.answer_card(collection.sched.build_answer(card=card, states=queued[0].states, rating=3))
            answered += 1
    if answered < len(cards):
        bad.append(f"{answered} of {len(cards)} cards were answered")
    brought(collection, package)
    if collection.note_count() != wanted:
        bad.append(f"a second import made {collection.note_count()} notes of {wanted}")
    sound = collection.fix_integrity()
    if not sound[1] or "rebuilt" not in sound[0].lower():
        bad.append(sound[0])
    return bad, answered, collection


def changed(bank, folder):
    """A copy of a bank in which every explanation says more."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(bank, folder)
    for name in os.listdir(os.path.join(folder, "bank")):
        path = os.path.join(folder, "bank", name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r'(explanation: ")', r"\1Said anew. ", text))
    return folder


def broken(package, out):
    """A copy whose cards ask for a field that is not there."""
    with zipfile.ZipFile(package) as source:
        files = {name: source.read(name) for name in source.namelist()}
    path = os.path.join(home, "broken.anki2")
    with open(path, "wb") as file:
        file.write(files["collection.anki2"])
    database = sqlite3.connect(path)
    models = database.execute("SELECT models FROM col").fetchone()[0]
    database.execute("UPDATE col SET models = ?", (models.replace("{{Question}}", "{{Nothing}}").replace("{{Options}}", ""),))
    database.commit()
    database.close()
    with open(path, "rb") as file:
        files["collection.anki2"] = file.read()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)


shutil.rmtree(home, ignore_errors=True)
os.makedirs(home)
faults, notes, cards, carried = [], 0, 0, 0
for bank in BANKS:
    name = os.path.basename(os.path.dirname(bank) if bank.endswith("/bank") else bank)
    package = os.path.join(home, f"{name}.apkg")
    items = export(bank, package)
    bad, answered, collection = judge(package, len(items), os.path.join(home, name))
    notes, cards = notes + len(items), cards + answered
    if bank == "tests/cases/bank":
        again = os.path.join(home, "changed.apkg")
        export(changed(bank, os.path.join(home, "changed")), again)
        # What has grown is newer; what is shorter again is another with “Always”.
        brought(collection, again)
        grown = len(collection.find_notes("Said anew"))
        brought(collection, package, Update.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS)
        left = len(collection.find_notes("Said anew"))
        if collection.note_count() != len(items) or grown != len(items) or left:
            bad.append(f"changed packages changed {grown} of {collection.note_count()} notes, and {left} stayed so")
    text = os.path.join(home, f"{name}.txt")
    collection.export_note_csv(out_path=text, limit=None, with_html=True, with_tags=True, with_deck=True,
                               with_notetype=True, with_guid=True)
    collection.close()
    back = os.path.join(home, f"{name}-back")
    told = subprocess.run([pilcrow, "import", text, "--letter", bank, "--out", back], capture_output=True, text=True)
    came = sum(open(os.path.join(back, "bank", "imported.yaml")).read().count(f"\n{lead}id: ") for lead in ("  - ", "    ")) if told.returncode == 0 else 0
    checked = subprocess.run([pilcrow, "check", back], capture_output=True, text=True)
    if came != len(items) or checked.returncode != 0:
        bad.append(f"of {len(items)} items {came} came back: {told.stderr[-200:]}{checked.stderr[-300:] if checked.returncode else ''}")
    carried += came
    faults += [f"{name}: {fault}" for fault in bad]
broken(os.path.join(home, "cases.apkg"), os.path.join(home, "broken.apkg"))
if not judge(os.path.join(home, "broken.apkg"), len(items), os.path.join(home, "broken"))[0]:
    faults.append("a broken package was not noticed")
for fault in faults[:10]:
    print("  " + fault)
if not faults:
    print(f"anki: {len(BANKS)} packages, {notes} notes, {cards} cards answered; {carried} items came back; a broken one noticed")
else:
    print(f"anki: {len(faults)} faults")
sys.exit(bool(faults))
