//! What `export` and `import` are asked.

use std::path::PathBuf;

use clap::Args;

use super::{Own, seed};
use crate::cmd::job::Wanted;
use crate::cmd::number::whole;
use crate::cmd::{Failure, Outcome, export, import};
use crate::export::Format;
use crate::import::{READERS, Reader};
use crate::rng::{Form, Seed};

#[derive(Debug, Args)]
#[command(allow_negative_numbers = true)]
pub(super) struct ExportArgs {
    /// The format. Example: --to markdown
    #[arg(long, value_name = "FORMAT", value_parser = Format::of, required_unless_present = "list")]
    to: Option<&'static Format>,
    /// Show what each format holds of each kind of item. Example: --list
    #[arg(long, conflicts_with = "to")]
    list: bool,
    /// The file, or the folder for a format that has several [default: here, named after the letter]. Example: --out quiz.csv
    #[arg(long, value_name = "FILE|DIR", help_heading = "Files")]
    out: Option<PathBuf>,
    /// Only these items, by id. Example: --items why-the-ark-fits,therefore-in-four
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = "What is asked")]
    items: Vec<String>,
    #[command(flatten)]
    wanted: Wanted,
    /// Drawn sheets in place of the bank: so many forms. Example: --blueprint exit-ticket --forms 2
    #[arg(long, value_name = "N", value_parser = whole(1..=u32::from(Form::COUNT)), help_heading = "What is asked")]
    forms: Option<u32>,
    /// The same seed gives the same sheets and the same order of options. Example: --seed 7
    #[arg(long, value_name = "N", default_value = "1", value_parser = seed, help_heading = "What is asked")]
    seed: Seed,
    #[command(flatten)]
    own: Own,
    /// Print what became of each item as JSON. Example: --json
    #[arg(long, help_heading = "Files")]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// The file; what it is shows in it (see below)
    file: PathBuf,
    /// The text that the questions are about, or a bank folder that has it: paragraphs are proposed. Example: --letter speech.txt
    #[arg(long, value_name = "FILE|DIR")]
    letter: Option<PathBuf>,
    /// Folder to start [default: the file's name]. Example: --out my-questions
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What the file is, where it could be several things. Example: --from csv
    #[arg(long, value_name = "FORMAT", value_parser = Reader::of)]
    from: Option<&'static Reader>,
    /// Print what became of each question as JSON
    #[arg(long)]
    json: bool,
}

impl ExportArgs {
    pub fn run(self) -> Result<Outcome, Failure> {
        let Some(to) = self.to else { return export::list(self.json) };
        export::run(&export::Export {
            to,
            bank: self.own.bank,
            templates: self.own.templates,
            out: self.out,
            items: self.items,
            wanted: self.wanted,
            forms: self.forms.map(|forms| u16::try_from(forms).unwrap_or(Form::COUNT)),
            seed: self.seed,
            json: self.json,
        })
    }
}

impl ImportArgs {
    pub fn run(self) -> Result<Outcome, Failure> {
        let ImportArgs { file, letter, out, from, json } = self;
        import::run(&import::Import { file, letter, out, from, json })
    }
}

/// What `import` reads, and examples.
pub(super) fn what_is_imported() -> String {
    let readers = READERS.iter().map(|reader| format!("  {:<11} {}\n", reader.name, reader.about));
    format!(
        "What is read (--from):\n{}\nExamples:\n  pilcrow import questions.csv --letter speech.txt\n  \
         pilcrow import questions.csv --letter my-speech --out my-questions",
        readers.collect::<String>()
    )
}
