//! The responses of an item: what is chosen or typed.

use super::texts;
use crate::exchange::xml::Node;

/// A response of an item.
pub(super) struct Response {
    pub ident: String,
    /// HTML over it; often none.
    pub prompt: String,
    /// `Single`, `Multiple`, `Ordered`.
    pub cardinality: String,
    pub labels: Vec<Label>,
    pub shuffle: Option<bool>,
    pub is_typed: bool,
    pub is_number: bool,
}

/// A choice of a response.
pub(super) struct Label {
    pub ident: String,
    pub html: String,
    pub fixed: bool,
}

/// The responses of a presentation, however deep they stand.
pub(super) fn responses(presentation: &Node) -> Vec<Response> {
    let mut found = Vec::new();
    let mut left: Vec<&Node> = presentation.nodes().collect();
    left.reverse();
    while let Some(node) = left.pop() {
        match node.name.as_str() {
            "response_lid" | "response_str" | "response_num" | "response_grp" => found.push(response(node)),
            _ => {
                let at = left.len();
                left.extend(node.nodes());
                left[at..].reverse();
            }
        }
    }
    found
}

fn response(node: &Node) -> Response {
    let choice = node.below("render_choice").into_iter().next();
    let fib = node.below("render_fib").into_iter().next();
    let is = |node: &Node, name: &str, value: &str| node.attribute(name).is_some_and(|v| v.eq_ignore_ascii_case(value));
    let label = |label: &Node| Label {
        ident: label.attribute("ident").unwrap_or_default().trim().to_owned(),
        html: texts::html(label),
        fixed: is(label, "rshuffle", "no") || is(label, "lock", "yes"),
    };
    let prompts: String = node.nodes().filter(|n| n.name == "material" || n.name == "flow").map(texts::html).collect();
    let labels = choice.or(fib.is_none().then_some(node)).map(|of| of.below("response_label")).unwrap_or_default();
    let number = |fib: &Node| is(fib, "fibtype", "decimal") || is(fib, "fibtype", "integer");
    Response {
        ident: node.attribute("ident").unwrap_or_default().trim().to_owned(),
        prompt: prompts,
        cardinality: node.attribute("rcardinality").unwrap_or("Single").to_lowercase(),
        labels: labels.into_iter().map(label).collect(),
        shuffle: choice.and_then(|c| c.attribute("shuffle")).map(|word| word.eq_ignore_ascii_case("yes")),
        is_typed: fib.is_some() || choice.is_none() && node.name != "response_lid",
        is_number: node.name == "response_num" || fib.is_some_and(number),
    }
}
