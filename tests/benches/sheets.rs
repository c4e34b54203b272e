//! Worksheets and keys of the built-in bank, for the benches of layout and PDF.

use pilcrow::assemble::{Job, assemble};
use pilcrow::blueprint::{Blueprint, Reading};
use pilcrow::cmd::source::{Look, Source};
use pilcrow::compose::{self, Aids, Context, Heading, KeyContext};
use pilcrow::doc::{Document, Style};
use pilcrow::rng::Seed;
use pilcrow::sheet::Sheet;

/// A class period's forms, and all that composes their documents.
#[allow(dead_code, reason = "each bench uses its part")]
pub struct Sheets {
    source: Source,
    look: Look,
    blueprint: Blueprint,
    heading: Heading,
    aids: Aids,
    forms: Vec<Sheet>,
}

impl Sheets {
    /// The first eight forms, with a reading before the questions.
    pub fn new(reading: Reading) -> Self {
        let source = Source::sound(None).unwrap_or_else(|failure| panic!("{failure}"));
        let look = Look::read(None).unwrap_or_else(|failure| panic!("{failure}"));
        let named = source.blueprints.iter().find(|blueprint| blueprint.name == "class-period").unwrap();
        let blueprint = Blueprint { reading, ..named.clone() };
        let seed = Seed::new(1).unwrap();
        let job = Job { letter: &source.letter, bank: &source.bank, blueprint: &blueprint, seed };
        let forms = assemble(job, 0..8).unwrap();
        Sheets { source, look, blueprint, heading: Heading::default(), aids: Aids::default(), forms }
    }

    /// A form's worksheet.
    pub fn worksheet(&self, form: usize) -> Document {
        compose::worksheet(&self.forms[form].paper, self.context())
    }

    /// A form's key.
    #[allow(dead_code, reason = "each bench uses its part")]
    pub fn key(&self, form: usize) -> Document {
        let context = KeyContext {
            shared: self.context(),
            bank: &self.source.bank,
            blueprint: Some(&self.blueprint),
            forms: &self.forms,
            seed: Seed::new(1).unwrap(),
            aids: &self.aids,
        };
        compose::key(&self.forms[form], context)
    }

    fn context(&self) -> Context<'_> {
        Context {
            letter: &self.source.letter,
            sets: &self.source.bank.sets,
            labels: &self.look.labels,
            style: Style::default(),
            aids: &self.aids.all,
            heading: &self.heading,
        }
    }
}
