//! A question as it was read → an item of the new bank, with comments where a decision is the teacher's.

mod marking;
mod open;
mod set;
mod task;

pub(super) use set::sets;

use std::str::FromStr;
use std::sync::Arc;

use super::ledger::Ledger;
use super::names::Names;
use super::propose::Places;
use super::{FoundPicture, Ground, Question, Read, Reader};
use crate::bank::raw::{RawEvidence, RawImported, RawItem, RawPicture, RawSet, Text, Typed};
use crate::bank::{Bloom, Difficulty, Kind, Skill, Status};
use crate::exchange::inline::joined;
use crate::exchange::{Exercise, Quoted};
use crate::letter::{Letter, Place};
use crate::picture::Picture;
use crate::text::Folded;

/// An item that is to be written, with the comments over its fields.
pub(super) struct Draft {
    pub raw: RawItem<'static>,
    /// Comments over a field, or over the whole item (`id`).
    pub comments: Vec<(&'static str, String)>,
}

pub(super) fn typed(text: &str) -> Typed<'static> {
    Typed(text.to_owned().into())
}

pub(super) fn text(words: &str) -> Text<'static> {
    Text(typed(words))
}

/// What a draft is made with.
struct Making<'a> {
    exercise: &'a Exercise,
    ground: &'a Ground,
    changed: Vec<String>,
    comments: Vec<(&'static str, String)>,
    /// The teacher’s note, without what has a field of its own.
    note: String,
}

/// What questions share, and what it becomes.
pub(super) struct Shared<'a> {
    /// The file, for its passages and pictures.
    pub read: &'a Read,
    /// For each picture its file in the bank folder ([`picture_files`]).
    pub pictures: &'a [Result<String, String>],
    /// For each passage its set ([`sets`]).
    pub sets: &'a [Option<RawSet<'static>>],
}

/// The item of a question; `second` is the part that hangs from it, if there is one.
pub(super) fn of(
    (question, second): (&Question, Option<&Question>),
    shared: &Shared<'_>,
    (reader, ground, places): (&Reader, &Ground, &Places),
    ledger: &mut Ledger,
) -> Draft {
    let exercise = &question.exercise;
    let note = exercise.teacher_note.clone();
    let mut making = Making { exercise, ground, changed: question.changed.clone(), comments: Vec::new(), note };
    let id = ledger.id(if exercise.id.is_empty() { &exercise.stem } else { &exercise.id });
    let mut raw = making.item(&id, second.map(|second| &second.exercise));
    making.about(&mut raw, places);
    making.levels(&mut raw);
    raw.hints = exercise.hints.iter().map(|hint| typed(hint)).collect();
    raw.teacher_note = (!making.note.is_empty()).then(|| typed(&making.note));
    if let Some(first) = &exercise.gate {
        making.changed.push(format!("it stands alone: the part “{first}” from which it hangs is not right before it"));
    }
    let Shared { read, pictures, sets } = shared;
    let picture = question.picture.and_then(|at| Some((read.pictures.get(at)?, pictures.get(at)?)));
    if let Some((picture, file)) = picture {
        making.picture(&mut raw, picture, file);
    }
    if let Some((stimulus, set)) = exercise.stimulus.and_then(|at| Some((read.stimuli.get(at)?, sets.get(at)?))) {
        match set {
            Some(set) => raw.set = Some(set.id.clone()),
            None => {
                making.comments.push(("id", format!("asked about: {}", stimulus.title)));
                let why = match stimulus.passages.is_empty() {
                    true => "what it shows with others is not in the file as words",
                    false => {
                        "its passage stands in a comment at the head of the file: a set here has two to four items"
                    }
                };
                making.changed.push(why.to_owned());
            }
        }
    }
    raw.imported = Some(
        RawImported { from: typed(reader.name), id: (!exercise.id.is_empty()).then(|| text(&exercise.id)) }.into(),
    );
    let name = if exercise.id.is_empty() { first_words(&exercise.stem) } else { exercise.id.clone() };
    ledger.carried(&name, &id, making.changed);
    Draft { raw, comments: making.comments }
}

/// Where each picture of a file stands in the bank folder: its own name, made fit for every system, with a number where that is
/// taken; or why it is left out, as it cannot be printed.
pub(super) fn picture_files(read: &Read) -> Vec<Result<String, String>> {
    const LONGEST: usize = 60;
    let fit = |part: &str| {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let plain: String = part.to_lowercase().chars().map(plain).take(LONGEST).collect();
        plain.trim_matches('-').to_owned()
    };
    let mut names = Names::default();
    let mut file = |picture: &FoundPicture| {
        let name = picture.file.name.rsplit(['/', '\\']).next().unwrap_or_default();
        if let Err(faults) = Picture::read(&Arc::from(&*picture.file.bytes)) {
            let why = faults.first().map_or("", |fault| fault.message.as_str());
            return Err(format!("its picture “{name}” was left out: {why}"));
        }
        let (stem, ending) = name.rsplit_once('.').map_or((name, None), |(stem, ending)| (stem, Some(ending)));
        let ending = ending.map(|ending| format!(".{}", fit(ending))).unwrap_or_default();
        let stem = Some(fit(stem)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| "picture".to_owned());
        Ok(names.free(&format!("pictures/{stem}"), &ending))
    };
    read.pictures.iter().map(&mut file).collect()
}

/// What a question without a name is called.
pub(super) fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    format!("{} …", words.join(" "))
}

impl Making<'_> {
    /// Where the item's words stand, and which paragraphs it is about.
    fn about(&mut self, raw: &mut RawItem<'static>, places: &Places) {
        let mut cite: Vec<Place> = Vec::new();
        // The last quotations of an order are those of its elements, which have them by now.
        let all = &self.exercise.evidence;
        let evidence = match all.len().checked_sub(raw.elements.len()) {
            Some(from @ 1..) if raw.elements.iter().all(|element| !element.quote.is_empty()) => &all[..from],
            _ => all,
        };
        for quoted in evidence {
            match self.locate(quoted) {
                Some((place, words)) => {
                    cite.push(place);
                    let evidence = RawEvidence { cite: cited(place), quote: typed(&words), role: None };
                    if !raw.evidence.contains(&evidence) {
                        raw.evidence.push(evidence);
                    }
                }
                None => {
                    let as_it_came = joined(&["as it came:", &quoted.place, &format!("“{}”", quoted.words)]);
                    self.comments.push(("evidence", as_it_came));
                    let why = if self.ground.given { "the letter does not have it" } else { "no letter was given" };
                    self.changed.push(format!("a quotation stands in a comment, as {why}"));
                }
            }
        }
        let tagged = self.exercise.tags.iter().filter_map(|tag| tagged_place(tag));
        let tagged: Vec<Place> = tagged.filter(|place| self.has(*place)).collect();
        if tagged.is_empty() {
            // What the kind itself quotes is cited too.
            cite.extend(raw.search_in.iter().map(|n| Place::Paragraph(*n)));
            let quoted = raw.elements.iter().map(|e| &e.cite).chain(raw.statements.iter().map(|s| &s.cite));
            let quoted = quoted.chain(raw.core.iter().map(|core| &core.cite));
            cite.extend(quoted.filter_map(|cite| cite.parse::<Place>().ok()));
        } else {
            cite = tagged;
        }
        if cite.is_empty() {
            cite.push(self.proposed(places));
        }
        cite.sort_unstable();
        cite.dedup();
        raw.cite = cite.into_iter().map(cited).collect();
        if raw.evidence.is_empty() && !matches!(raw.kind, Kind::Essay | Kind::Organizer | Kind::Discussion) {
            let gap = "TO DO: the words of the letter that prove the key, 4 to 45 of them: - {cite: 1, quote: \"…\"}";
            self.comments.push(("evidence", gap.to_owned()));
        }
    }

    /// The paragraph that the question seems to be about.
    fn proposed(&mut self, places: &Places) -> Place {
        let answers: Vec<String> = self.exercise.answers().into_iter().map(|answer| answer.words).collect();
        let words = format!("{} {} {}", self.exercise.stem, answers.join(" "), self.exercise.explanation);
        match places.propose(&words).filter(|_| self.ground.given) {
            Some(proposal) => {
                let shared = proposal.words.join(", ");
                let comment = format!("proposed: ¶{} has most of its words ({shared})", proposal.paragraph);
                self.comments.push(("cite", comment));
                Place::Paragraph(proposal.paragraph)
            }
            None => {
                self.comments.push(("cite", "TO DO: the numbers of the paragraphs that it is about".to_owned()));
                Place::Paragraph(1)
            }
        }
    }

    fn has(&self, place: Place) -> bool {
        self.ground.letter.text_at(place).is_some()
    }

    /// Where quoted words stand in the letter ([`locate`]).
    fn locate(&self, quoted: &Quoted) -> Option<(Place, String)> {
        locate(&self.ground.letter, quoted)
    }

    /// Bloom's level, depth, difficulty, skills, standards, theme: from the tags, or proposed.
    fn levels(&mut self, raw: &mut RawItem<'static>) {
        let tags = &self.exercise.tags;
        let value = |field: &'static str| self.exercise.tagged(field).next();
        let bloom = value("bloom").and_then(|word| Bloom::from_str(word).ok());
        let dok = value("dok").and_then(|word| word.parse::<u8>().ok()).filter(|dok| (1..=4).contains(dok));
        let difficulty = value("difficulty").and_then(|word| Difficulty::from_str(word).ok());
        let skills: Vec<Skill> = self.exercise.tagged("skill").filter_map(|word| word.parse().ok()).collect();
        if bloom.is_none() || dok.is_none() || difficulty.is_none() || skills.is_empty() {
            let gap = "TO DO: these levels and skills are placeholders where the file had none";
            self.comments.push(("bloom", gap.to_owned()));
        }
        raw.bloom = bloom.unwrap_or(Bloom::Understand);
        raw.dok = dok.unwrap_or(1);
        raw.difficulty = difficulty.unwrap_or(Difficulty::Medium);
        raw.skills = if skills.is_empty() { vec![Skill::CloseReading] } else { skills };
        raw.standards = self.exercise.tagged("standard").map(typed).collect();
        raw.outside = value("outside").and_then(|word| word.parse().ok());
        let themes = &self.ground.letter.about.themes;
        raw.theme = value("theme").filter(|theme| themes.iter().any(|known| known == theme)).map(typed);
        let is_known = |tag: &&String| {
            let field = tag.split_once(':').map_or("", |(field, _)| field);
            // A long phrase goes on in `phrase-2`.
            let field = field.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
            tagged_place(tag).is_some() || TAGGED.contains(&field)
        };
        let others: Vec<&str> = tags.iter().filter(|tag| !is_known(tag)).map(String::as_str).collect();
        let theme = value("theme").filter(|_| raw.theme.is_none());
        if !others.is_empty() || theme.is_some() {
            let list: Vec<&str> = others.into_iter().chain(theme).collect();
            self.comments.push(("id", format!("tags: {}", list.join(", "))));
            // Where a question was kept is no part of it.
            if list.iter().any(|tag| !tag.starts_with("category: ")) {
                self.changed.push("tags that a bank does not know stand in a comment".to_owned());
            }
        }
    }

    fn picture(&mut self, raw: &mut RawItem<'static>, picture: &FoundPicture, file: &Result<String, String>) {
        let file = match file {
            Ok(file) => typed(file),
            Err(why) => return self.changed.push(why.clone()),
        };
        let alt = picture.alt.trim();
        if alt.is_empty() {
            self.comments.push(("picture", "TO DO: alt, what is to be seen, for those who do not see it".to_owned()));
        }
        raw.picture = Some(Box::new(RawPicture {
            file,
            alt: Some(typed(if alt.is_empty() { "[what is to be seen]" } else { alt })),
            caption: None,
            credit: None,
            width: None,
        }));
    }

    /// Keeps the item from being drawn until the teacher has filled a gap that a sheet would show.
    fn not_yet(&mut self, raw: &mut RawItem<'static>, why: &str) {
        raw.status = Some(Status::Draft);
        self.comments.push(("status", format!("TO DO, then take this line out: {why}")));
        self.changed.push(format!("it is a draft: {why}"));
    }
}

/// Where quoted words stand in a letter, and the words as it has them: at the place named, or else anywhere.
fn locate(letter: &Letter, quoted: &Quoted) -> Option<(Place, String)> {
    let wanted = Folded::new(&quoted.words);
    let at = |place: Place| {
        let text = letter.text_at(place)?;
        let found = Folded::new(text).find(&wanted)?;
        Some((place, text[found].to_owned()))
    };
    let named = quoted.place.parse::<Place>().ok().and_then(at);
    named.or_else(|| letter.paragraphs.iter().find_map(|paragraph| at(Place::Paragraph(paragraph.number))))
}

/// The fields that an export writes as tags.
const TAGGED: [&str; 14] = [
    "kind",
    "section",
    "bloom",
    "dok",
    "difficulty",
    "skill",
    "standard",
    "theme",
    "outside",
    "word",
    "phrase",
    "other-sense",
    "basis",
    "layout",
];

/// The place that a tag names: `¶6`, `head`, `ed1`, `fn2`; a number alone is none.
fn tagged_place(tag: &str) -> Option<Place> {
    tag.parse().ok().filter(|_| !tag.starts_with(|c: char| c.is_ascii_digit()))
}

/// `6`, `head`: as a file has it.
pub(super) fn cited(place: Place) -> Text<'static> {
    text(place.to_string().trim_start_matches('¶'))
}
