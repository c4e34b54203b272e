//! A typed value read from YAML text, or every fault of its shape at its place.

mod guard;
mod places;
mod plain;
mod shape;
mod tree;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::de::{Deserialize, DeserializeOwned};

use crate::diag::Diagnostic;
use crate::input::{Input, Span};
pub use places::Places;

/// Reads a value from the input with number `index`. Entries of a list that have a fault of shape are left out, so that
/// the sound ones can be checked further; the value is `None` only where nothing can be made of the text.
pub fn read<T: DeserializeOwned + JsonSchema>(input: &Input, index: usize) -> (Option<T>, Vec<Diagnostic>) {
    let read = read_plain(input).unwrap_or_else(|| read_any(input, index));
    (read.value, read.diagnostics)
}

/// Whether all characters of a text can stand in YAML as they are.
pub fn stands_as_it_is(text: &str) -> bool {
    !plain::has_odd_characters(text.as_bytes())
}

/// What was read, with what was left out of it.
#[derive(Debug)]
pub struct Read<T> {
    /// The value, without the faulty entries of its lists.
    pub value: Option<T>,
    /// Every fault of shape.
    pub diagnostics: Vec<Diagnostic>,
    /// The entries left out.
    pub left_out: LeftOut,
    /// The text is plain: its places can be found entry by entry.
    pub plain: bool,
}

/// Entries of lists that were left out for a fault of shape: path of the list and index, in the order of the text.
#[derive(Debug, Default)]
pub struct LeftOut(Vec<(String, usize)>);

impl LeftOut {
    /// The index in the text of what is now entry `kept` of the list at `path`.
    pub fn original(&self, path: &str, kept: usize) -> usize {
        self.0.iter().filter(|(list, _)| list == path).fold(kept, |at, (_, out)| if *out <= at { at + 1 } else { at })
    }
}

/// From so many bytes on, plain files are read on every core. Below, threads cost as much as they save, and each takes address
/// space that a file made to hurt may need: a school's computer can have a limit on it.
const MANY: usize = 1 << 17;

/// The same as [`read`] for the files of a bank, in their order, telling what was left out of each. The parser of all YAML takes
/// many times a text's size: it has one file at a time.
pub fn read_partly<'t, T: Deserialize<'t> + JsonSchema + Send>(inputs: &'t [Input]) -> Vec<Read<T>> {
    let many = inputs.iter().map(|input| input.text.len()).sum::<usize>() >= MANY;
    let plain: Vec<Option<Read<T>>> = match many {
        true => inputs.par_iter().map(read_plain).collect(),
        false => inputs.iter().map(read_plain).collect(),
    };
    let others = plain.into_iter().zip(inputs).enumerate();
    others.map(|(index, (read, input))| read.unwrap_or_else(|| read_any(input, index))).collect()
}

fn read_plain<'t, T: Deserialize<'t>>(input: &'t Input) -> Option<Read<T>> {
    let value = plain::read::<T>(&input.text)?;
    Some(Read { value: Some(value), plain: true, ..Read::failed(Vec::new(), 0) })
}

/// As the parser of all YAML has it; faults are told.
fn read_any<'t, T: Deserialize<'t> + JsonSchema>(input: &'t Input, index: usize) -> Read<T> {
    if let Err(fault) = guard::check(&input.text) {
        return Read::failed(vec![fault], index);
    }
    if let Ok(value) = serde_yaml::from_str::<T>(&input.text) {
        return Read { value: Some(value), ..Read::failed(Vec::new(), index) };
    }
    let root = match tree::parse(&input.text) {
        Ok(root) => root,
        Err(fault) => return Read::failed(vec![fault], index),
    };
    let (value, mut faults, left_out) = shape::convert::<T>(&root);
    let value = value.and_then(|value| match T::deserialize(value) {
        Ok(value) => Some(value),
        Err(error) => {
            // Only what the schema does not tell can still fail; a known fault explains it already.
            if faults.is_empty() {
                faults.push(Fault::new(root.head(), format!("this cannot be read: {error}")));
            }
            None
        }
    });
    Read { value, left_out: LeftOut(left_out), ..Read::failed(faults, index) }
}

impl<T> Read<T> {
    /// Nothing was made of the text.
    fn failed(faults: Vec<Fault>, index: usize) -> Self {
        Read {
            value: None,
            diagnostics: faults.into_iter().map(|fault| fault.at(index)).collect(),
            left_out: LeftOut::default(),
            plain: false,
        }
    }
}

/// The bytes of the node at a path such as `items[14].evidence[0].quote`. Where the path leads nowhere, the nearest node
/// above it; 0..0 where the text cannot be parsed.
pub fn locate(text: &str, path: &str) -> Span {
    Places::new(text).span(path)
}

/// A fault in a text whose number in the run is not yet known.
#[derive(Debug)]
struct Fault {
    span: Span,
    message: String,
    help: Option<String>,
}

impl Fault {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Fault { span, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn at(self, index: usize) -> Diagnostic {
        Diagnostic { help: self.help, ..Diagnostic::error(self.message, Some((index, self.span))) }
    }
}
