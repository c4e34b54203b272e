//! Faults found in one file, each under a rule and at a path; turned into diagnostics when all are known.

use std::fmt;

use crate::diag::{Diagnostic, Severity};
use crate::yaml::Places;

/// A fault at a path of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::bank) struct Found {
    pub path: String,
    pub severity: Severity,
    pub rule: &'static str,
    pub message: String,
    pub help: String,
    /// Something is not there yet: what an imported item may lack.
    pub gap: bool,
}

/// The faults of what lies under one path, such as `items[3]`.
#[derive(Debug, Default)]
pub(in crate::bank) struct Report {
    /// List and index of the entry.
    base: Option<(&'static str, usize)>,
    pub found: Vec<Found>,
}

impl Report {
    /// For all that lies in an entry of a list.
    pub fn new(list: &'static str, at: usize) -> Self {
        Report { base: Some((list, at)), found: Vec::new() }
    }

    /// Whether something was reported under a rule.
    pub fn has(&self, rule: &str) -> bool {
        self.found.iter().any(|found| found.rule == rule)
    }

    /// Something to be mended. `at` is the path below the base; it is written out for a finding alone, so a rule that finds
    /// nothing, as nearly all do, pays for none.
    pub fn error(
        &mut self,
        rule: &'static str,
        at: impl fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Error, rule, at.to_string(), (message.into(), help.into()));
    }

    /// Something that is to be mended because it is not there: of an imported item it is a warning (W29).
    pub fn gap(
        &mut self,
        rule: &'static str,
        at: impl fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.error(rule, at, message, help);
        if let Some(last) = self.found.last_mut() {
            last.gap = true;
        }
    }

    /// Probably a flaw.
    pub fn warning(
        &mut self,
        rule: &'static str,
        at: impl fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Warning, rule, at.to_string(), (message.into(), help.into()));
    }

    /// For the author's information.
    pub fn note(
        &mut self,
        rule: &'static str,
        at: impl fmt::Display,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(Severity::Note, rule, at.to_string(), (message.into(), help.into()));
    }

    fn add(&mut self, severity: Severity, rule: &'static str, at: String, (message, help): (String, String)) {
        let path = match self.base {
            None => at,
            Some((list, entry)) if at.is_empty() => format!("{list}[{entry}]"),
            Some((list, entry)) => format!("{list}[{entry}].{at}"),
        };
        self.found.push(Found { path, severity, rule, message: clip(message), help: clip(help), gap: false });
    }
}

/// A message of a length that can be read, whatever text it cites.
fn clip(text: String) -> String {
    const SHOWN: usize = 500;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Diagnostics of one file. Its text is parsed for places only where there is a fault; `plain` is as it was when the file
/// was read.
pub(in crate::bank) fn diagnostics(found: Vec<Found>, text: &str, input: usize, plain: bool) -> Vec<Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let places = if plain { Places::of_plain(text) } else { Places::new(text) };
    let diagnostic = |found: Found| Diagnostic {
        severity: found.severity,
        rule: found.rule,
        message: found.message,
        help: Some(found.help).filter(|help| !help.is_empty()),
        place: Some((input, places.span(&found.path))),
    };
    found.into_iter().map(diagnostic).collect()
}
