//! The command line: flags and their help.

mod exchange;
mod look;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use exchange::{ExportArgs, ImportArgs, what_is_imported};
use look::Look;

use crate::cmd::job::Wanted;
use crate::cmd::number::whole;
use crate::cmd::packet::Order;
use crate::cmd::plan::Documents;
use crate::cmd::print::Format;
use crate::cmd::shard::Shard;
use crate::cmd::{self, Failure, Outcome};
use crate::doc::Style;
use crate::rng::{Form, Seed};

/// Worksheets, answer keys and quizzes from a question bank keyed to the paragraphs of a primary source.
///
/// Ships with President Kennedy's letter to Chairman Khrushchev of October 1961. Without a flag, `pilcrow make` writes four
/// forms of a worksheet for one class period, a key for each, and a marking strip.
#[derive(Debug, Parser)]
#[command(name = "pilcrow", version, max_term_width = 100)]
#[command(after_help = "Example:\n  pilcrow make --forms 4 --reading cited --class \"History 11\"")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make worksheets, their keys, a marking strip and the manifest
    #[command(
        after_help = "Examples:\n  pilcrow make\n  pilcrow make --blueprint exit-ticket --forms 2 --paper a4\n  \
        pilcrow make --questions 15 --sections C-E --types single-choice,statement-check --seed 7\n  \
        pilcrow make --roster period3.csv --teacher \"Ms. Rivera\" --duplex\n  \
        pilcrow make --roster period3.csv --fillable --documents worksheets\n  \
        pilcrow make --roster district.csv --out district --documents worksheets --shard 2/5 --resume"
    )]
    Make(Box<MakeArgs>),
    /// Make the key again from the code printed on a sheet; several codes give one marking strip for the pile
    #[command(after_help = "Examples:\n  pilcrow key 7Q2K-M4XD-9F0T-C3RH\n  \
        pilcrow key 7q2km4xd9f0tc3rh --manifest worksheets/manifest.yaml")]
    Key(Box<KeyArgs>),
    /// Join the manifests of a run that was made in parts; name every part or file that is missing or there twice
    #[command(after_help = "Examples:\n  pilcrow merge district\n  \
        pilcrow merge node-1/manifest-1-of-2.yaml node-2/manifest-2-of-2.yaml --out district")]
    Merge {
        /// Manifests of parts, or folders in which they lie; the files of a part are looked for beside its manifest
        #[arg(required = true, value_name = "DIR|MANIFEST")]
        parts: Vec<PathBuf>,
        /// Folder for the joined manifest.yaml [default: that of the first part]. Example: --out district
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Find every fault of a bank: exit code 0 if there is no error, 1 if there is one
    #[command(
        after_help = "Examples:\n  pilcrow check\n  pilcrow check questions/kennedy-1961\n  pilcrow check --explain W06"
    )]
    Check {
        /// The bank folder [default: the built-in bank]
        folder: Option<PathBuf>,
        /// Say what a rule asks, why, and show a bad and a good example; without a rule, list all. Example: --explain W06
        #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["folder", "strict"])]
        explain: Option<String>,
        /// Exit with 1 on warnings and notes too
        #[arg(long)]
        strict: bool,
    },
    /// Show the bank as tables, by paragraph, type, skill and difficulty, with the map of what it covers; or single items
    #[command(
        after_help = "Examples:\n  pilcrow show\n  pilcrow show why-the-ark-fits\n  pilcrow show --counts --json\n  \
        pilcrow show --people\n  pilcrow show --bank my-speech"
    )]
    Show {
        /// Ids of items, each shown as pupils and as teachers see it. Example: why-the-ark-fits
        #[arg(value_name = "ITEM")]
        items: Vec<String>,
        /// Print every number that tells what the bank holds. Example: --counts
        #[arg(long, conflicts_with = "items")]
        counts: bool,
        /// Print the counts as JSON. Example: --counts --json
        #[arg(long, requires = "counts")]
        json: bool,
        /// Print the people and places: what the letter says of each, and what only other sources say. Example: --people
        #[arg(long, conflicts_with_all = ["items", "counts"])]
        people: bool,
        /// A bank folder of your own. Example: --bank my-speech
        #[arg(long, value_name = "DIR")]
        bank: Option<PathBuf>,
    },
    /// Make a self-study quiz: one HTML file that works without a network, for a pupil's own phone or computer
    #[command(after_help = "Examples:\n  pilcrow study --open\n  \
        pilcrow study --sections A-C --title \"The Berlin letter\" --out berlin.html\n  \
        pilcrow study --bank kennedy-1961 --bank my-speech\n  \
        pilcrow study --terminal --progress mine.json")]
    Study(Box<StudyArgs>),
    /// Number the paragraphs of any text and start a bank for it, with one example of each type
    #[command(after_help = "Example:\n  pilcrow new gettysburg.txt --out gettysburg")]
    New {
        /// A plain text, paragraphs parted by empty lines
        file: PathBuf,
        /// Folder to start [default: the file's name]. Example: --out gettysburg
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Write questions and keys for other programs, from the bank or from drawn sheets, and tell what each cannot hold
    #[command(after_help = "Examples:\n  pilcrow export --list\n  pilcrow export --to markdown\n  \
        pilcrow export --to csv --types single-choice,matching --sections C-E --out questions.csv\n  \
        pilcrow export --to json --blueprint exit-ticket --forms 2 --seed 7 --out ticket.json")]
    Export(Box<ExportArgs>),
    /// Start a bank with the questions of another program’s file, and tell what became of each
    #[command(after_help = what_is_imported())]
    Import(ImportArgs),
    /// Print completions for a shell
    #[command(after_help = "Example:\n  pilcrow completions bash > ~/.local/share/bash-completion/completions/pilcrow")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
struct Own {
    /// A bank folder of your own. Example: --bank my-speech
    #[arg(long, value_name = "DIR", help_heading = "Your own files")]
    bank: Option<PathBuf>,
    /// A folder with templates or labels of your own, by the names of the built-in ones. Example: --templates my-templates
    #[arg(long, value_name = "DIR", help_heading = "Your own files")]
    templates: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Files {
    /// Folder for the files. Example: --out monday
    #[arg(long, value_name = "DIR", default_value = "worksheets", help_heading = "Files")]
    out: PathBuf,
    /// Formats. Example: --format pdf
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "pdf,html", help_heading = "Files")]
    format: Vec<Format>,
}

#[derive(Debug, Args)]
#[command(allow_negative_numbers = true)]
struct MakeArgs {
    /// Number of forms, A, B, C … Example: --forms 4
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = whole(1..=u32::from(Form::COUNT)))]
    forms: u32,
    /// The same seed gives the same sheets, another seed others. Example: --seed 7
    #[arg(long, value_name = "N", default_value = "1", value_parser = seed)]
    seed: Seed,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    look: Look,
    /// Worksheets to fill in on a screen: fields in the PDF and in the HTML, no answer grid at the head. Example: --fillable
    #[arg(long, help_heading = "How it looks")]
    fillable: bool,
    /// Title in place of the blueprint's. Example: --title "The Berlin letter"
    #[arg(long, value_name = "TEXT", help_heading = "At the head")]
    title: Option<String>,
    /// Class. Example: --class "History 11"
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, help_heading = "At the head")]
    class: String,
    /// Teacher. Example: --teacher "Ms. Rivera"
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, help_heading = "At the head")]
    teacher: String,
    /// A sheet for each pupil of a CSV file (columns name, class, print), form after form along the row. Example: --roster p3.csv
    #[arg(long, value_name = "FILE", help_heading = "At the head")]
    roster: Option<PathBuf>,
    #[command(flatten)]
    files: Files,
    /// Which documents are written; the manifest always is. Example: --documents worksheets
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "worksheets,keys,strip",
        help_heading = "Files"
    )]
    documents: Vec<Documents>,
    /// The worksheets as one PDF for the copier, in the order of seats (along the roster, or A B C D, A B C D) or of forms.
    /// Example: --packet --seats 28
    #[arg(long, value_name = "ORDER", num_args = 0..=1, default_missing_value = "seats", help_heading = "Files")]
    packet: Option<Order>,
    /// Sheets in that PDF, where no roster says how many. Example: --packet forms --seats 28
    #[arg(long, value_name = "N", value_parser = whole(1..=100_000), help_heading = "Files")]
    seats: Option<u32>,
    #[command(flatten)]
    own: Own,
    /// Print what was made as JSON. Example: --json
    #[arg(long, help_heading = "Files")]
    json: bool,
    /// Only the I-th of N parts of the run, for a job runner; `pilcrow merge` joins their manifests. Example: --shard 2/5
    #[arg(long, value_name = "I/N", help_heading = "Large runs")]
    shard: Option<Shard>,
    /// Go on with a run that was cut off: make only what is missing or differs. Example: --resume
    #[arg(long, help_heading = "Large runs")]
    resume: bool,
}

#[derive(Debug, Args)]
struct KeyArgs {
    /// Codes as printed at the foot of the sheets; case, hyphens, and I, L, O for 1 and 0 do not matter
    #[arg(required = true, value_name = "CODE")]
    codes: Vec<String>,
    /// The manifest beside the sheets [default: worksheets/manifest.yaml, if it is there]. Example: --manifest monday/manifest.yaml
    #[arg(long, value_name = "FILE", help_heading = "Your own files")]
    manifest: Option<PathBuf>,
    /// The blueprint file that the sheets were made from. Example: --blueprint friday.yaml
    #[arg(long, value_name = "FILE", help_heading = "Your own files")]
    blueprint: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    own: Own,
}

#[derive(Debug, Args)]
#[command(allow_negative_numbers = true)]
struct StudyArgs {
    /// A bank folder of your own; several make one quiz, and kennedy-1961 is the built-in one [default: the built-in bank].
    /// Example: --bank my-speech
    #[arg(long, value_name = "DIR", help_heading = "Your own files")]
    bank: Vec<PathBuf>,
    /// A folder with templates or labels of your own, those of the quiz in its folder study. Example: --templates my-templates
    #[arg(long, value_name = "DIR", help_heading = "Your own files")]
    templates: Option<PathBuf>,
    /// Only what a blueprint draws, by name or file [default: every item that a quiz can ask]. Example: --blueprint exit-ticket
    #[arg(long, value_name = "NAME|FILE", help_heading = "What is asked")]
    blueprint: Option<String>,
    /// Only these sections of the letter. Example: --sections C-E
    #[arg(long, value_name = "LIST", conflicts_with = "blueprint", help_heading = "What is asked")]
    sections: Option<String>,
    /// Another seed lets a blueprint draw other items [default: 1; in a terminal another each time]. Example: --seed 7
    #[arg(long, value_name = "N", value_parser = seed, help_heading = "What is asked")]
    seed: Option<Seed>,
    /// Title in place of the letter's. Example: --title "The Berlin letter"
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Leave the letter out: pupils have it before them. Example: --no-letter
    #[arg(long)]
    no_letter: bool,
    /// The file, or a folder for it [default: named after the letter, such as kennedy-1961-study.html]. Example: --out quiz.html
    #[arg(long, value_name = "FILE|DIR", help_heading = "Files")]
    out: Option<PathBuf>,
    /// Open it in the browser. Example: --open
    #[arg(long, help_heading = "Files")]
    open: bool,
    /// Ask here in place of writing a file: with the arrow keys, or line by line where the input is no terminal. Example: --terminal
    #[arg(long, conflicts_with_all = ["out", "open"], help_heading = "In a terminal")]
    terminal: bool,
    /// Keep the progress of --terminal in this file, so that questions come back when they are due. Example: --progress mine.json
    #[arg(long, value_name = "FILE", requires = "terminal", help_heading = "In a terminal")]
    progress: Option<PathBuf>,
}

fn seed(text: &str) -> Result<Seed, String> {
    let number = text.trim().parse::<u32>().ok().and_then(Seed::new);
    number.ok_or_else(|| format!("a seed is a whole number from 0 to {}", Seed::MAX))
}

/// Reads the command line and runs the command. Usage errors end the process with exit code 2, as is clap's way.
///
/// # Errors
/// What the command could not do.
pub fn run() -> Result<Outcome, Failure> {
    match Cli::parse().command {
        Command::Make(args) => cmd::make::run(&cmd::make::Make {
            bank: args.own.bank,
            templates: args.own.templates,
            out: args.files.out,
            forms: u16::try_from(args.forms).unwrap_or(Form::COUNT),
            seed: args.seed,
            formats: args.files.format,
            wanted: args.wanted,
            style: Style { fillable: args.fillable, ..args.look.over(Style::default()).unwrap_or_default() },
            heading: cmd::make::heading(args.title.as_deref(), &args.class, &args.teacher),
            roster: args.roster,
            documents: args.documents,
            packet: args.packet,
            seats: args.seats,
            shard: args.shard,
            resume: args.resume,
            json: args.json,
        }),
        Command::Key(args) => cmd::key::run(&cmd::key::Rebuild {
            codes: args.codes,
            bank: args.own.bank,
            templates: args.own.templates,
            manifest: args.manifest,
            blueprint: args.blueprint,
            out: args.files.out,
            formats: args.files.format,
            style: args.look.over(Style::default()),
        }),
        Command::Merge { parts, out } => cmd::merge::run(&cmd::merge::Merge { parts, out }),
        Command::Check { explain: Some(rule), .. } => {
            cmd::explain::run(Some(rule.as_str()).filter(|rule| !rule.is_empty()))
        }
        Command::Check { folder, strict, .. } => cmd::check::run(folder.as_deref(), strict),
        Command::Show { items, counts, json, people, bank } => {
            let what = match (counts, people, items.is_empty()) {
                (true, ..) => cmd::show::What::Counts { json },
                (_, true, _) => cmd::show::What::People,
                (.., true) => cmd::show::What::Tables,
                (.., false) => cmd::show::What::Items(items),
            };
            cmd::show::run(bank.as_deref(), &what)
        }
        Command::Study(args) => cmd::study::run(&cmd::study::Make {
            banks: args.bank,
            templates: args.templates,
            blueprint: args.blueprint,
            sections: args.sections,
            seed: args.seed,
            title: args.title,
            letter: !args.no_letter,
            out: args.out,
            open: args.open,
            terminal: args.terminal,
            progress: args.progress,
        }),
        Command::New { file, out } => cmd::new::run(&file, out),
        Command::Export(args) => args.run(),
        Command::Import(args) => args.run(),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "pilcrow", &mut std::io::stdout());
            Ok(Outcome::Done)
        }
    }
}
