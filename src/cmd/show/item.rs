//! One item for its author: as pupils see it, and as teachers do, with the options in the order in which they were written.

mod task;

use std::collections::BTreeSet;

use super::super::Failure;
use super::super::source::{Look, Source};
use super::super::text::{WIDTH, hanging};
use crate::assemble::alone;
use crate::bank::{Bank, Blind, Choice, EvidenceRole, Item, Outside, Quote, Remark, Sample};
use crate::compose::{self, Context, Heading};
use crate::diag::nearest;
use crate::doc::Style;
use crate::letter::Place;
use crate::rng::Seed;
use crate::write::plain::plain;

/// So many ids are named where one is not known.
const NEAREST: usize = 4;

/// The items with these ids, one after another.
///
/// # Errors
/// An id that no item has, with those nearest to it.
pub(super) fn shown(source: &Source, ids: &[String]) -> Result<String, Failure> {
    let look = Look::read(None)?;
    let mut out = String::new();
    for id in ids {
        let item = find(&source.bank, id)?;
        if !out.is_empty() {
            out += &format!("\n{}\n\n", "═".repeat(WIDTH));
        }
        out += &one(source, &look, item);
    }
    Ok(out)
}

fn find<'b>(bank: &'b Bank, id: &str) -> Result<&'b Item, Failure> {
    let all = || bank.items.iter().chain(&bank.drafts);
    all().find(|item| item.id == id).ok_or_else(|| {
        let near = nearest(id, all().map(|item| item.id.as_str()), NEAREST);
        let help = match near.as_slice() {
            [] => "`pilcrow show` tells what the bank has".to_owned(),
            near => format!("did you mean {}?", near.join(", ")),
        };
        Failure::with_help(format!("the bank has no item “{id}”"), help)
    })
}

fn one(source: &Source, look: &Look, item: &Item) -> String {
    let heading = Heading::default();
    let context = Context {
        letter: &source.letter,
        sets: &source.bank.sets,
        labels: &look.labels,
        style: Style::default(),
        aids: &BTreeSet::new(),
        heading: &heading,
    };
    let mut out = head(source, item);
    out += "\nAs pupils see it (on a form, the options are shuffled)\n\n";
    if let Some((question, _)) = Seed::new(1).map(|seed| alone(item, &source.letter, seed)) {
        let document = compose::alone(&question, item.set, context);
        plain(&document, WIDTH - 2).lines().for_each(|line| out += &(format!("  {line}").trim_end().to_owned() + "\n"));
    }
    out += "\nAs teachers see it\n";
    let mut teacher = Teacher { out, bank: &source.bank };
    teacher.item(item);
    teacher.out
}

/// What it is: kind, places, points, and the fields by which blueprints choose.
fn head(source: &Source, item: &Item) -> String {
    let places: Vec<String> = item.cite.iter().map(Place::to_string).collect();
    let (points, tenths) = (item.points, item.tenths_of_minutes);
    let point = if points == 1 { "point" } else { "points" };
    let draft = if source.bank.item(&item.id).is_none() { " · draft" } else { "" };
    let first = format!(
        "{} · {} · {} · {points} {point} · {}.{} min{draft}",
        item.id,
        item.kind(),
        places.join(", "),
        tenths / 10,
        tenths % 10,
    );
    let section = source.letter.about.sections.get(item.section).map(|section| format!("section {}", section.id));
    let theme = item.theme.as_ref().map(|theme| format!("theme {theme}"));
    let skills: Vec<&str> = item.skills.iter().map(|skill| skill.word()).collect();
    let level = format!(
        "{}, DOK {}, {} (estimate {}.{:02})",
        item.bloom,
        item.dok,
        item.difficulty,
        item.estimate / 1000,
        item.estimate % 1000 / 10,
    );
    let fields: Vec<String> = section
        .into_iter()
        .chain(theme)
        .chain([level, skills.join(", ")])
        .chain(Some(item.standards.join(", ")).filter(|codes| !codes.is_empty()))
        .chain(item.anchor.then(|| "anchor".to_owned()))
        .collect();
    hanging("", 0, &first) + &hanging("", 0, &fields.join(" · "))
}

/// What the teacher reads, written line by line.
struct Teacher<'a> {
    out: String,
    bank: &'a Bank,
}

impl Teacher<'_> {
    /// A heading over what follows.
    fn part(&mut self, name: &str) {
        self.out += &format!("\n  {name}\n");
    }

    /// A line that hangs from its mark.
    fn line(&mut self, mark: &str, text: &str) {
        let text = if text.is_empty() { "—" } else { text };
        self.out += &hanging(&format!("    {mark}"), 4 + mark.chars().count(), text);
    }

    /// What is said of the line above.
    fn under(&mut self, text: &str) {
        if !text.is_empty() {
            self.out += &hanging("", 8, text);
        }
    }

    fn list<'t>(&mut self, name: &str, texts: impl IntoIterator<Item = &'t String>) {
        let mut texts = texts.into_iter().peekable();
        if texts.peek().is_some() {
            self.part(name);
            texts.for_each(|text| self.line("• ", text));
        }
    }

    fn item(&mut self, item: &Item) {
        self.part("Question");
        self.line("", &item.stem);
        self.task(&item.task);
        if !item.evidence.is_empty() {
            self.part("Evidence");
        }
        for evidence in &item.evidence {
            let work = match evidence.role {
                EvidenceRole::Key => "",
                EvidenceRole::Refutes => "(refutes a distractor) ",
                EvidenceRole::Context => "(gives the context) ",
            };
            self.line("• ", &format!("{work}{}", quoted(&evidence.quote)));
        }
        self.part("Explanation");
        self.line("", &item.explanation);
        self.list("Hints", &item.hints);
        self.list("Sentence starters", &item.starters);
        let outside = match item.outside {
            Outside::None => None,
            Outside::Header => Some("the date or place of the heading"),
            Outside::Stem => Some("what the stem gives"),
            Outside::Source => Some("the second source that is given"),
            Outside::Required => Some("what was learned elsewhere"),
        };
        if let Some(outside) = outside {
            self.part("Needed beside the letter");
            self.line("", outside);
        }
        if let Some(note) = &item.teacher_note {
            self.part("Note");
            self.line("", note);
        }
        self.neighbors(item);
        self.part("Read without the key");
        if item.reviews.is_empty() {
            self.line("", "by nobody yet");
        }
        for review in &item.reviews {
            let result = match review.blind {
                Blind::Agreed => "agreed with the key",
                Blind::Differed => "differed from the key",
            };
            self.line("• ", &format!("{}, {}: {result}", review.date, review.by));
            self.under(&review.note);
        }
    }

    /// Enemies, and the set.
    fn neighbors(&mut self, item: &Item) {
        if let Some(set) = item.set.and_then(|set| self.bank.sets.get(set)) {
            self.part("Set");
            let text = format!("{}: {}", set.id, set.title);
            self.line("", &text);
        }
        if !item.enemies.is_empty() {
            self.part("Enemies, never on the same sheet");
        }
        for enemy in &item.enemies {
            self.line("• ", enemy);
            let stem = self.bank.item(enemy).map(|enemy| enemy.stem.clone());
            self.under(&stem.unwrap_or_default());
        }
        let told: Vec<String> = item.given_away_by.iter().map(|teller| teller.word().to_owned()).collect();
        self.list("Never on a sheet that prints", &told);
    }

    fn choice(&mut self, mark: &str, choice: &Choice) {
        self.line(mark, &choice.text);
        self.under(&choice.because);
        let cite = choice.cite.map(|place| place.to_string());
        let sense = choice.other_sense.then(|| "another sense of the word".to_owned());
        let says = |id: &String| match self.bank.misconception(id) {
            Some(misconception) => format!("misconception {id}: {}", misconception.says),
            None => format!("misconception {id}"),
        };
        let from: Vec<String> = choice.misconception.as_ref().map(says).into_iter().chain(cite).chain(sense).collect();
        if !from.is_empty() {
            self.under(&format!("({})", from.join("; ")));
        }
    }

    fn choices<'c>(&mut self, keys: impl IntoIterator<Item = &'c Choice>, distractors: &[Choice]) {
        self.part("Options, as written");
        keys.into_iter().for_each(|key| self.choice("✓ ", key));
        distractors.iter().for_each(|distractor| self.choice("✗ ", distractor));
    }

    fn remarks(&mut self, name: &str, remarks: &[Remark]) {
        if !remarks.is_empty() {
            self.part(name);
        }
        for remark in remarks {
            self.line("✗ ", &remark.text);
            self.under(&remark.because);
        }
    }

    fn samples(&mut self, samples: &[Sample]) {
        if !samples.is_empty() {
            self.part("Samples");
        }
        for sample in samples {
            self.line(&format!("{} · ", sample.score), &sample.text);
            self.under(&sample.because);
        }
    }
}

fn quoted(quote: &Quote) -> String {
    format!("{} “{}”", quote.cite, quote.text.replace('“', "‘").replace('”', "’"))
}
