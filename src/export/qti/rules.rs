//! Response processing: the rules that turn answers into points and feedback, in the few operators that every engine has.

use super::tree::{Element, qti};

/// `SCORE` and its like, set to an expression.
pub(super) fn set(outcome: impl Into<String>, to: Element) -> Element {
    qti("setOutcomeValue").with("identifier", outcome).hold([to])
}

/// A value as it is.
pub(super) fn base(kind: &str, value: impl Into<String>) -> Element {
    qti("baseValue").with("baseType", kind).words(value)
}

pub(super) fn variable(name: &str) -> Element {
    qti("variable").with("identifier", name)
}

/// What the mapping of a response gives.
pub(super) fn mapped(response: &str) -> Element {
    qti("mapResponse").with("identifier", response)
}

/// Whether a response is the correct one.
pub(super) fn is_correct(response: &str) -> Element {
    qti("match").hold([variable(response), qti("correct").with("identifier", response)])
}

/// Whether anything was answered.
pub(super) fn is_answered(response: &str) -> Element {
    qti("not").hold([qti("isNull").hold([variable(response)])])
}

/// Rules that hold under a condition.
pub(super) fn when(condition: Element, then: impl IntoIterator<Item = Element>) -> Element {
    qti("responseCondition").hold([qti("responseIf").hold([condition]).hold(then)])
}

/// Adds to `SCORE`.
pub(super) fn add(points: Element) -> Element {
    set("SCORE", qti("sum").hold([variable("SCORE"), points]))
}

/// A number as XML has it, exact.
pub(super) fn number(value: f64) -> String {
    // Rust writes the shortest decimals that give the same number again, never an exponent.
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}
