//! Notes that `export --to anki` wrote: their lists become the cells of a table’s row again.

use std::collections::BTreeMap;

use super::Note;
use super::foreign::gaps;
use super::parts::{Block, blocks, markup, named, place, words};
use crate::exchange::{NoteSort, Piece};
use crate::import::Entry;
use crate::import::row::Row;

/// The kind of a note of ours: by the name of its type, or by its shape where types are not told. Where notes of several types
/// are in one file, those with fewer fields have empty ones at their end.
pub(super) fn sort_of(note: &Note) -> Option<NoteSort> {
    if !note.notetype.is_empty() {
        return NoteSort::ALL.into_iter().find(|sort| note.notetype.starts_with(sort.name()));
    }
    let id = note.fields.first().map_or("", |field| field.trim());
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let filled = note.fields.iter().rposition(|field| !field.trim().is_empty()).map_or(0, |last| last + 1);
    NoteSort::ALL.into_iter().find(|sort| is_id && filled == sort.fields().len())
}

/// Cells by their names.
type Cells = BTreeMap<String, String>;

fn put(cells: &mut Cells, name: &str, value: impl Into<String>) {
    cells.insert(name.to_owned(), value.into());
}

/// The entries of every list in a field, each as `of` makes it, a line for each.
fn lines(html: &str, of: impl Fn(&str) -> String) -> String {
    let lists = blocks(html, &["ul", "ol"]);
    lists.iter().flat_map(Block::entries).map(|entry| of(&entry.inner)).collect::<Vec<_>>().join("\n")
}

/// The question of a note, or the two of one with its evidence.
pub(super) fn entries(sort: NoteSort, note: &Note) -> Vec<Entry> {
    let field = |name: &str| {
        let at = sort.fields().iter().position(|known| *known == name);
        at.and_then(|at| note.fields.get(at)).map_or("", String::as_str)
    };
    let mut changed = Vec::new();
    let shown = field("Shown");
    if shown.contains("<img") {
        changed.push("its picture is not in the text that Anki writes".to_owned());
    }
    let id = words(field("ID"));
    let mut cells = Cells::new();
    put(&mut cells, "id", &id);
    put(&mut cells, "question", markup(field("Question")));
    put(&mut cells, "explanation", markup(field("Explanation")));
    put(&mut cells, "note", markup(field("Note")));
    put(&mut cells, "hints", lines(field("Hints"), markup));
    put(&mut cells, "evidence", lines(field("Quotation"), words));
    put(&mut cells, "tags", note.tags.join("\n"));
    let kind = note.tags.iter().find_map(|tag| tag.strip_prefix("kind:")).unwrap_or_default();
    put(&mut cells, "kind", kind);
    if shown.contains("<blockquote") || shown.contains("class=\"intro\"") {
        put(&mut cells, "passage", words(shown));
    }
    if sort == NoteSort::Cloze {
        cloze(&mut cells, field("Text"), &words(field("Words")));
        return vec![row(&cells, changed)];
    }
    let listed = field("Options");
    if !listed.trim().is_empty() && blocks(listed, &["ol", "ul", "p"]).is_empty() {
        let options = words(listed);
        changed.push(format!("its options are no list any more (export the notes with HTML from Anki): {options}"));
    }
    let mut second = cells.clone();
    sides(&mut cells, [field("Options"), field("Answer"), field("Reasons")], kind);
    let mut entries = vec![row(&cells, changed)];
    if !field("Part B").trim().is_empty() {
        put(&mut second, "id", format!("{id}--b"));
        put(&mut second, "gate", id);
        put(&mut second, "question", markup(field("Part B")));
        sides(&mut second, [field("Options B"), field("Answer B"), field("Reasons B")], kind);
        entries.push(row(&second, Vec::new()));
    }
    entries
}

fn row(cells: &Cells, changed: Vec<String>) -> Entry {
    Row::new(cells.iter().map(|(name, value)| (name.as_str(), value.as_str()))).entry(changed)
}

/// `{{word|other}}` in the text.
fn cloze(cells: &mut Cells, html: &str, list: &str) {
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => text,
        Piece::Gap(answers) => {
            let all: Vec<&str> = answers.iter().flat_map(|answer| answer.split(" / ")).collect();
            format!("{{{{{}}}}}", all.join("|"))
        }
    };
    put(cells, "form", "gaps");
    put(cells, "text", gaps(html).pieces.into_iter().map(piece).collect::<String>());
    for (number, word) in (1..).zip(list.split(" · ").filter(|word| !word.is_empty())) {
        put(cells, &format!("option {number}"), word);
    }
}

/// What is chosen, paired, ordered, typed, marked, written or talked about.
fn sides(cells: &mut Cells, [options, answer, reasons]: [&str; 3], kind: &str) {
    let shown = blocks(options, &["ol", "ul"]);
    let beside = blocks(options, &["p"]);
    let list = |class: &str| shown.iter().find(|block| block.is(class)).map(Block::entries).unwrap_or_default();
    let told = |class: &str| blocks(answer, &["ul"]).into_iter().find(|block| block.is(class));
    let texts = |entries: &[Block]| entries.iter().map(|entry| markup(&entry.inner)).collect::<Vec<_>>();
    let numbered = |cells: &mut Cells, name: &str, texts: Vec<String>| {
        for (number, text) in (1..).zip(texts) {
            put(cells, &format!("{name} {number}"), text);
        }
    };
    let labels = |class: &str| -> Vec<String> {
        let places = told(class).map(|block| block.entries()).unwrap_or_default();
        let place = |entry: &Block| Some((place(&named(&entry.inner).0)? + 1).to_string());
        places.iter().filter_map(place).collect()
    };
    let why = |cells: &mut Cells| {
        let all = blocks(reasons, &["ol"]).first().map(Block::entries).unwrap_or_default();
        numbered(cells, "why", texts(&all));
    };
    let is = |class: &str| shown.iter().any(|block| block.is(class));
    let shuffled = shown.iter().any(|block| block.is("shuffle"));
    let beside = |class: &str| {
        let all = beside.iter().filter(|block| block.is(class));
        all.map(|block| markup(&block.inner)).collect::<Vec<_>>().join("\n")
    };
    if is("choice") {
        put(cells, "form", "choice");
        let entries = list("choice");
        let fixed = (1..).zip(&entries).filter(|(_, entry)| entry.is("fixed")).map(|(n, _): (usize, _)| n.to_string());
        let fixed: Vec<String> = fixed.collect();
        put(
            cells,
            "order",
            match (shuffled, fixed.is_empty()) {
                (false, _) => "fixed".to_owned(),
                (true, true) => "shuffle".to_owned(),
                (true, false) => format!("shuffle, not {}", fixed.join(", ")),
            },
        );
        numbered(cells, "option", texts(&entries));
        put(cells, "answer", labels("right").join(", "));
        why(cells);
    } else if is("premises") {
        put(cells, "form", "matching");
        put(cells, "order", if shuffled { "shuffle" } else { "fixed" });
        put(cells, "text", beside("head"));
        let (premises, responses) = (texts(&list("premises")), texts(&list("responses")));
        let pairs = told("pairs").map(|block| block.entries()).unwrap_or_default();
        let pair = |entry: &Block| {
            let (label, _) = named(&entry.inner);
            let (premise, response) = label.split_once('–')?;
            Some(format!("{} => {}", premises.get(place(premise)?)?, responses.get(place(response)?)?))
        };
        put(cells, "answer", pairs.iter().filter_map(pair).collect::<Vec<_>>().join("\n"));
        numbered(cells, "option", responses.clone());
        why(cells);
    } else if is("elements") {
        put(cells, "form", "ordering");
        put(cells, "text", beside("by"));
        numbered(cells, "option", texts(&list("elements")));
        put(cells, "answer", labels("order").join(", "));
    } else if is("passages") {
        put(cells, "form", "sentences");
        let passages = list("passages");
        put(cells, "text", passages.iter().map(|entry| words(&entry.inner)).collect::<Vec<_>>().join("\n"));
        put(cells, "answer", lines(answer, words));
        put(cells, "near", lines(reasons, arrow));
    } else if let Some(accepted) = told("accepted") {
        put(cells, "form", "entry");
        put(cells, "text", beside("unit"));
        let mut all = accepted.entries().into_iter().map(|entry| words(&entry.inner));
        put(cells, "answer", all.next().unwrap_or_default());
        let near = blocks(answer, &["p"]).into_iter().filter(|block| block.is("tolerance"));
        let more: Vec<String> = all.chain(near.map(|block| words(&block.inner))).collect();
        put(cells, "accept", more.join("\n"));
        put(cells, "errors", lines(reasons, arrow));
    } else {
        let talk = kind == crate::bank::Kind::Discussion.word();
        put(cells, "form", if talk { "talk" } else { "written" });
        put(cells, "accept", texts(&list("starters")).join("\n"));
        if talk {
            put(cells, "text", texts(&list("stance")).join("\n"));
            put(cells, "grading", texts(&list("norms")).join("\n"));
            numbered(cells, "option", texts(&list("further")));
        } else {
            put(cells, "grading", lines(answer, markup));
            for (number, entry) in (1..).zip(list("rows")) {
                let (prompt, points) = entry.inner.rsplit_once("<i>(").unwrap_or((&entry.inner, "1"));
                put(cells, &format!("option {number}"), markup(prompt));
                put(cells, &format!("why {number}"), points.trim_end_matches(|c: char| !c.is_ascii_digit()));
            }
        }
    }
}

/// `words => why`.
fn arrow(entry: &str) -> String {
    let (words, why) = named(entry);
    format!("{words} => {why}")
}
