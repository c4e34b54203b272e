//! Rules on wording (W01–W28), each a small function over the item's view.

mod also_true;
mod anachronism;
mod certainty;
mod clang;
mod load;
mod numbers;
mod openings;
mod options;
mod prose;
mod spelling;
mod statement;
mod stem;
mod typing;

use std::cell::OnceCell;

use super::Kind;
use super::check::report::Report;
use super::check::source::{Source, Word, words};
use super::check::wording::{Path, choices, quoted_at, unquoted};
use super::raw::{RawChoice, RawItem};
use crate::diag::Severity::{self, Error, Note, Warning};
use crate::english::is_english;
use crate::text::sentences;
use also_true::Supported;
use anachronism::Later;
pub(super) use spelling::{Lexicon, Lookup, Told};
pub(super) use typing::{language, languages_of};

/// Every rule with the gravest severity that it reports, in the order of its code. A new rule is a function and a line here,
/// and a line in the table of rules.
const LINTS: &[(Severity, Lint)] = &[
    (Error, options::all_of_the_above),
    (Error, stem::unmarked_negative),
    (Error, options::double_negative),
    (Warning, certainty::absolute_in_distractors_alone),
    (Warning, certainty::hedge_in_key_alone),
    (Error, options::key_conspicuously_long),
    (Warning, options::uneven),
    (Warning, stem::asks_something),
    (Warning, stem::blank_at_the_end),
    (Error, stem::ends_in_an_article),
    (Warning, openings::key_begins_otherwise),
    (Warning, clang::word_of_the_stem_in_key_alone),
    (Note, openings::same_opening),
    (Error, numbers::ascending),
    (Error, numbers::overlapping),
    (Warning, load::load),
    (Warning, options::letters_words_in_key_alone),
    (Warning, stem::asks_for_an_opinion),
    (Warning, typing::clean),
    (Error, typing::languages),
    (Note, statement::one_idea),
    (Note, options::distractor_with_a_source),
    (Warning, also_true::distractor_is_true),
    (Warning, anachronism::unknown_to_the_letter),
];

type Lint = fn(&View<'_>, &mut Report);

/// What the rules on wording compare an item with.
pub(super) struct Grounds<'a> {
    source: &'a Source<'a>,
    supported: Supported,
    later: Later,
    /// For a letter in English whose warnings are asked for.
    pub lexicon: Option<Lexicon>,
    english: bool,
    /// What is less grave is not told.
    pub least: Severity,
}

impl<'a> Grounds<'a> {
    /// For the items of a bank, of which only what is as grave as `least` or graver will be told.
    pub fn new<'r>(source: &'a Source<'a>, items: impl Iterator<Item = &'r RawItem<'r>>, least: Severity) -> Self {
        let warns = least <= Warning;
        Grounds {
            source,
            supported: if warns { Supported::of(items) } else { Supported::default() },
            later: if warns { Later::than(source) } else { Later::default() },
            lexicon: if warns { Lexicon::of(source) } else { None },
            english: is_english(&source.letter.about.language),
            least,
        }
    }
}

/// Checks the wording of an item.
pub(super) fn item(raw: &RawItem, grounds: &Grounds<'_>, lookup: Option<&mut Lookup<'_>>, report: &mut Report) {
    let view = View::new(raw, grounds);
    for (_, lint) in LINTS.iter().filter(|(gravest, _)| *gravest >= grounds.least) {
        lint(&view, report);
    }
    if let Some(lookup) = lookup {
        lookup.item(raw, report);
    }
}

/// An option with its path.
struct Shown<'a> {
    path: Path,
    choice: &'a RawChoice<'a>,
    words: OnceCell<Vec<Word<'a>>>,
    is_key: bool,
}

impl<'a> Shown<'a> {
    /// Its words, which few rules ask for where errors alone are told.
    fn words(&self) -> &[Word<'a>] {
        self.words.get_or_init(|| words(&self.choice.text))
    }

    /// The words outside of quotation marks, with their index.
    fn own_words(&self) -> impl Iterator<Item = (usize, &Word<'_>)> {
        let quotes = self.choice.text.contains(['“', '"']);
        self.words()
            .iter()
            .enumerate()
            .filter(move |(_, word)| !(quotes && quoted_at(&self.choice.text, word.at.start)))
    }
}

/// What the rules look at.
struct View<'a> {
    raw: &'a RawItem<'a>,
    source: &'a Source<'a>,
    supported: &'a Supported,
    later: &'a Later,
    english: bool,
    stem: &'a str,
    stem_words: Vec<Word<'a>>,
    /// Keys, then distractors.
    options: Vec<Shown<'a>>,
}

impl<'a> View<'a> {
    fn new(raw: &'a RawItem<'_>, grounds: &'a Grounds<'a>) -> Self {
        let keys = raw.key.iter().count() + raw.keys.len();
        let shown = |(at, (path, choice))| Shown { path, choice, words: OnceCell::new(), is_key: at < keys };
        let options = choices(raw).enumerate().map(shown).collect();
        let stem = raw.stem.as_deref().unwrap_or("");
        let Grounds { source, supported, later, english, .. } = grounds;
        View { raw, source, supported, later, english: *english, stem, stem_words: words(stem), options }
    }

    /// A kind with options to choose from.
    fn is_choice(&self) -> bool {
        matches!(self.raw.kind, Kind::SingleChoice | Kind::MultipleSelect | Kind::Vocabulary | Kind::PairedEvidence)
    }

    fn keys(&self) -> impl Iterator<Item = &Shown<'a>> {
        self.options.iter().filter(|option| option.is_key)
    }

    fn distractors(&self) -> impl Iterator<Item = &Shown<'a>> {
        self.options.iter().filter(|option| !option.is_key)
    }

    /// The last sentence of the stem without quotations: what is asked.
    fn question(&self) -> String {
        let stem = unquoted(self.stem);
        let body = stem.trim_end().trim_end_matches(['?', ':', '.', ' ', '_']);
        let last = sentences(body).pop().and_then(|at| body.get(at)).unwrap_or(body);
        last.rsplit(';').next().unwrap_or(last).trim().to_owned()
    }
}
