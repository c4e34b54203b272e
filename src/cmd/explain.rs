//! `check --explain`: what a rule asks, why, where it comes from, and a bad and a good example.

use serde::Deserialize;

use super::terminal::say;
use super::text::hanging;
use super::{Failure, Outcome};
use crate::assemble::FORM_RULES;
use crate::bank::RULES;
use crate::diag::{Severity, did_you_mean};

/// What is said of the rules, file by file.
const TEXTS: [&str; 3] = [
    include_str!("../../templates/rules/evidence.yaml"),
    include_str!("../../templates/rules/wording.yaml"),
    include_str!("../../templates/rules/forms.yaml"),
];

const REFERENCES: &str = include_str!("../../templates/rules/references.yaml");

/// What is said of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// Its code.
    pub rule: String,
    /// What it asks, whole.
    pub asks: String,
    /// Why.
    pub why: String,
    /// Where it comes from.
    pub source: String,
    /// YAML that breaks it: the fields that matter; for the limits of a form, the form in short.
    pub bad: String,
    /// The same put right.
    pub good: String,
}

#[derive(Debug, Deserialize)]
struct Reference {
    /// As the explanations name it: author and year.
    work: String,
    /// Whole.
    reference: String,
}

/// Every explanation, by code.
///
/// # Errors
/// None, unless the program’s own texts were broken.
pub fn explanations() -> Result<Vec<Explanation>, Failure> {
    let mut all = Vec::new();
    for text in TEXTS {
        let read: Vec<Explanation> = serde_yaml::from_str(text).map_err(|e| Failure::new(e.to_string()))?;
        all.extend(read);
    }
    Ok(all)
}

/// Prints what is said of a rule; of none, the list of all.
///
/// # Errors
/// A rule that there is not.
pub fn run(rule: Option<&str>) -> Result<Outcome, Failure> {
    let Some(asked) = rule else {
        say(&listed())?;
        return Ok(Outcome::Done);
    };
    let code = asked.trim().to_uppercase();
    let explanations = explanations()?;
    let Some(explanation) = explanations.iter().find(|explanation| explanation.rule == code) else {
        let message = format!("there is no rule “{asked}”");
        return Err(match did_you_mean(&code, explanations.iter().map(|e| e.rule.as_str())) {
            Some(near) => {
                Failure::with_help(message, format!("did you mean {near}? `pilcrow check --explain` lists all"))
            }
            None => Failure::with_help(message, "`pilcrow check --explain` lists all"),
        });
    };
    say(&explained(explanation)?)?;
    Ok(Outcome::Done)
}

/// How grave it is, what it demands in a line, and whether an item may allow it.
fn heading(code: &str) -> (&'static str, &'static str, bool) {
    let of_bank = RULES.iter().find(|rule| rule.code == code).map(|rule| {
        let severity = match (rule.severity, rule.lesser) {
            (Severity::Error, true) => "error, a slight case a warning",
            (Severity::Error, false) => "error",
            (Severity::Warning, _) => "warning",
            (Severity::Note, _) => "note",
        };
        (severity, rule.title, rule.can_be_allowed())
    });
    let of_form = || {
        FORM_RULES.iter().find(|rule| rule.code == code).map(|rule| {
            (if rule.forbids { "no form without it" } else { "told where no draw meets it" }, rule.title, false)
        })
    };
    of_bank.or_else(of_form).unwrap_or_default()
}

fn explained(explanation: &Explanation) -> Result<String, Failure> {
    let Explanation { rule, asks, why, source, bad, good } = explanation;
    let (severity, title, may_be_allowed) = heading(rule);
    let mut out = format!("{rule} ({severity}): {title}\n");
    let references: Vec<Reference> = serde_yaml::from_str(REFERENCES).map_err(|e| Failure::new(e.to_string()))?;
    for (name, text) in [("What it asks", asks), ("Why", why), ("From", source)] {
        out += &format!("\n{name}\n{}", hanging("", 2, text));
    }
    for reference in references.iter().filter(|reference| source.contains(&reference.work)) {
        out += &hanging("", 2, &reference.reference);
    }
    for (name, example) in [("Bad", bad), ("Good", good)] {
        out += &format!("\n{name}\n");
        example.lines().for_each(|line| out += &format!("  {line}\n"));
    }
    if may_be_allowed {
        let kind = if severity.starts_with("error") { "The slight case" } else { "It" };
        out +=
            &format!("\n{kind} may stay where the item gives a reason:\n  allow: [{{rule: {rule}, because: \"…\"}}]\n");
    }
    Ok(out)
}

/// Every rule in a line.
fn listed() -> String {
    let mut out = "Rules of a bank\n".to_owned();
    for rule in RULES {
        out += &format!("  {}  {:<30}  {}\n", rule.code, heading(rule.code).0, rule.title);
    }
    out += "\nLimits of a form\n";
    for rule in FORM_RULES {
        out += &format!("  {}  {:<30}  {}\n", rule.code, heading(rule.code).0, rule.title);
    }
    out += "\n`pilcrow check --explain W06` says more of one.\n";
    out
}
