//! Every text of an item that somebody wrote and somebody reads, with its path: no ids, codes, quotations or answers to accept.

use crate::bank::raw::{RawChoice, RawItem, RawPicture, RawRemark, Typed};
use crate::letter::About;

/// Who reads a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// A pupil, on the sheet.
    Pupil,
    /// The teacher, in the key; pupils' sample answers too.
    Teacher,
}

/// What takes the texts: a path, written out only for a finding; the text; who reads it.
pub(super) type Visit<'v> = dyn FnMut(&dyn Fn() -> String, &str, Reader) + 'v;

use Reader::{Pupil, Teacher};

/// Shows every text of an item.
pub(super) fn prose(raw: &RawItem, visit: &mut Visit<'_>) {
    let fields: [(&str, &Option<Typed<'_>>, Reader); 7] = [
        ("stem", &raw.stem, Pupil),
        ("statement", &raw.statement, Pupil),
        ("passage", &raw.passage, Pupil),
        ("part_b", &raw.part_b, Pupil),
        ("unit", &raw.unit, Pupil),
        ("because", &raw.because, Teacher),
        ("teacher_note", &raw.teacher_note, Teacher),
    ];
    for (field, text, reader) in fields {
        if let Some(text) = text {
            visit(&|| field.to_owned(), text, reader);
        }
    }
    visit(&|| "explanation".to_owned(), &raw.explanation, Teacher);
    list("hints", raw.hints.iter(), Pupil, visit);
    list("follow_ups", raw.follow_ups.iter(), Pupil, visit);
    list("starters", raw.starters.iter(), Pupil, visit);
    list("norms", raw.norms.iter(), Pupil, visit);
    options(raw, visit);
    parts(raw, visit);
    open_ended(raw, visit);
    if let Some(picture) = &raw.picture {
        self::picture("picture", picture, visit);
    }
    for (at, review) in raw.review.iter().enumerate() {
        if let Some(note) = &review.note {
            visit(&|| format!("review[{at}].note"), note, Teacher);
        }
    }
}

/// Shows every text of letter.yaml that somebody wrote and somebody reads.
pub(super) fn of_letter(about: &About, visit: &mut Visit<'_>) {
    for (path, text) in [
        ("headnote.short", &about.headnote.short),
        ("headnote.full", &about.headnote.full),
        ("edition_note", &about.edition_note),
    ] {
        visit(&|| path.to_owned(), text, Teacher);
    }
    for (at, section) in about.sections.iter().enumerate() {
        visit(&|| format!("sections[{at}].title"), &section.title, Teacher);
        visit(&|| format!("sections[{at}].summary"), &section.summary, Teacher);
        for (n, adapted) in section.adapted.iter().enumerate() {
            visit(&|| format!("sections[{at}].adapted[{n}].text"), &adapted.text, Teacher);
        }
    }
    for (at, gloss) in about.glossary.iter().enumerate() {
        visit(&|| format!("glossary[{at}].meaning"), &gloss.meaning, Teacher);
    }
    for (at, group) in about.starters.iter().enumerate() {
        visit(&|| format!("starters[{at}].purpose"), &group.purpose, Teacher);
        for (n, starter) in group.starters.iter().enumerate() {
            visit(&|| format!("starters[{at}].starters[{n}]"), starter, Teacher);
        }
    }
    for (list, all) in [("people", &about.people), ("places", &about.places)] {
        for (at, named) in all.iter().enumerate() {
            visit(&|| format!("{list}[{at}].letter"), &named.letter, Teacher);
            for (n, known) in named.elsewhere.iter().enumerate() {
                visit(&|| format!("{list}[{at}].elsewhere[{n}].text"), &known.text, Teacher);
            }
        }
    }
}

fn list<'a>(field: &str, texts: impl Iterator<Item = &'a Typed<'a>>, reader: Reader, visit: &mut Visit<'_>) {
    texts.enumerate().for_each(|(at, text)| visit(&|| format!("{field}[{at}]"), text, reader));
}

fn options(raw: &RawItem, visit: &mut Visit<'_>) {
    let mut option = |path: &dyn Fn() -> String, choice: &RawChoice| {
        visit(&|| format!("{}.text", path()), &choice.text, Pupil);
        visit(&|| format!("{}.because", path()), &choice.because, Teacher);
    };
    if let Some(key) = &raw.key {
        option(&|| "key".to_owned(), key);
    }
    raw.keys.iter().enumerate().for_each(|(at, key)| option(&|| format!("keys[{at}]"), key));
    raw.distractors.iter().enumerate().for_each(|(at, choice)| option(&|| format!("distractors[{at}]"), choice));
}

/// The parts of matching, attribution, ordering and of what is corrected.
fn parts(raw: &RawItem, visit: &mut Visit<'_>) {
    if let Some(heads) = &raw.heads {
        visit(&|| "heads.premises".to_owned(), &heads.premises, Pupil);
        visit(&|| "heads.responses".to_owned(), &heads.responses, Pupil);
    }
    for (at, pair) in raw.pairs.iter().enumerate() {
        visit(&|| format!("pairs[{at}].premise"), &pair.premise, Pupil);
        visit(&|| format!("pairs[{at}].response"), &pair.response, Pupil);
        visit(&|| format!("pairs[{at}].because"), &pair.because, Teacher);
    }
    remarks("extra_responses", &raw.extra_responses, Pupil, visit);
    for (at, speaker) in raw.speakers.iter().enumerate() {
        visit(&|| format!("speakers[{at}].text"), &speaker.text, Pupil);
    }
    for (at, statement) in raw.statements.iter().enumerate() {
        visit(&|| format!("statements[{at}].text"), &statement.text, Pupil);
        visit(&|| format!("statements[{at}].because"), &statement.because, Teacher);
    }
    for (at, element) in raw.elements.iter().enumerate() {
        visit(&|| format!("elements[{at}].text"), &element.text, Pupil);
    }
    if let Some(correction) = &raw.correction {
        visit(&|| "correction.with".to_owned(), &correction.with, Teacher);
        reasons("correction.reject", &correction.reject, visit);
    }
    reasons("known_errors", &raw.known_errors, visit);
    for (at, partial) in raw.partial.iter().enumerate() {
        visit(&|| format!("partial[{at}].because"), &partial.because, Teacher);
    }
}

fn open_ended(raw: &RawItem, visit: &mut Visit<'_>) {
    for (at, idea) in raw.accepted.iter().enumerate() {
        visit(&|| format!("accepted[{at}].idea"), &idea.idea, Teacher);
    }
    remarks("not_credited", &raw.not_credited, Teacher, visit);
    for (at, sample) in raw.samples.iter().enumerate() {
        visit(&|| format!("samples[{at}].text"), &sample.text, Teacher);
        visit(&|| format!("samples[{at}].because"), &sample.because, Teacher);
    }
    for (at, row) in raw.rubric.iter().enumerate() {
        visit(&|| format!("rubric[{at}].earns"), &row.earns, Pupil);
        visit(&|| format!("rubric[{at}].example"), &row.example, Teacher);
    }
    for (at, row) in raw.rows.iter().enumerate() {
        visit(&|| format!("rows[{at}].prompt"), &row.prompt, Pupil);
        for (n, accept) in row.accept.iter().enumerate() {
            visit(&|| format!("rows[{at}].accept[{n}]"), accept, Teacher);
        }
    }
    if let Some(stance) = &raw.stance {
        visit(&|| "stance.left".to_owned(), &stance.left, Pupil);
        visit(&|| "stance.right".to_owned(), &stance.right, Pupil);
    }
}

fn remarks(field: &str, remarks: &[RawRemark], reader: Reader, visit: &mut Visit<'_>) {
    for (at, remark) in remarks.iter().enumerate() {
        visit(&|| format!("{field}[{at}].text"), &remark.text, reader);
    }
    reasons(field, remarks, visit);
}

/// The reasons alone, where the text is what a pupil may write, faults and all.
fn reasons(field: &str, remarks: &[RawRemark], visit: &mut Visit<'_>) {
    for (at, remark) in remarks.iter().enumerate() {
        visit(&|| format!("{field}[{at}].because"), &remark.because, Teacher);
    }
}

/// What is said of a picture.
pub(super) fn picture(path: &str, picture: &RawPicture, visit: &mut Visit<'_>) {
    for (field, text) in [("alt", &picture.alt), ("caption", &picture.caption), ("credit", &picture.credit)] {
        if let Some(text) = text {
            visit(&|| format!("{path}.{field}"), text, Pupil);
        }
    }
}
