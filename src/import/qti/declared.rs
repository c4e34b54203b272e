//! What an item declares of its answers, and what its rules say to them.

use crate::exchange::Share;
use crate::exchange::xml::Node;

/// A response declaration.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// It holds one value.
    pub is_single: bool,
    /// The right values, in order.
    pub correct: Vec<String>,
    /// Points for values.
    pub mapping: Vec<(String, f64)>,
    /// The most that the mapping gives.
    pub most: Option<f64>,
}

/// What a rule says to a value: a name of feedback.
pub(super) struct Said {
    pub value: String,
    pub feedback: String,
}

/// The words of a value, spaces at its ends aside.
fn words(node: &Node) -> String {
    node.words().trim().to_owned()
}

fn number(text: Option<&str>) -> Option<f64> {
    text?.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

impl Declared {
    /// The declaration of a response; what it leaves out is looked for in the rules.
    pub fn of(item: &Node, response: &str) -> Declared {
        let named = |node: &&Node| node.attribute("identifier") == Some(response);
        let Some(node) = item.all("responseDeclaration").find(named) else { return Declared::default() };
        let values = |node: &Node| node.below("value").into_iter().map(words).collect::<Vec<_>>();
        let mapping = node.first("mapping");
        let entry = |entry: &Node| {
            let key = entry.attribute("mapKey")?.trim().to_owned();
            Some((key, number(entry.attribute("mappedValue"))?))
        };
        let mut declared = Declared {
            is_single: node.attribute("cardinality") != Some("multiple")
                && node.attribute("cardinality") != Some("ordered"),
            correct: node.first("correctResponse").map(values).unwrap_or_default(),
            mapping: mapping.map(|node| node.all("mapEntry").filter_map(entry).collect()).unwrap_or_default(),
            most: mapping.and_then(|node| number(node.attribute("upperBound"))),
        };
        declared.correct.retain(|value| !value.is_empty());
        if declared.correct.is_empty() {
            declared.correct = declared.by_mapping();
        }
        if declared.correct.is_empty() {
            declared.correct = by_rules(item, response);
        }
        declared
    }

    /// The values that earn most, or all that earn something where several may be chosen.
    fn by_mapping(&self) -> Vec<String> {
        let best = self.mapping.iter().map(|(_, points)| *points).fold(0.0, f64::max);
        let right = |points: f64| if self.is_single { points == best && best > 0.0 } else { points > 0.0 };
        self.mapping.iter().filter(|(_, points)| right(*points)).map(|(key, _)| key.clone()).collect()
    }

    /// The points of a value as a part of all: one for the best, half for what comes near.
    pub fn share(&self, value: &str) -> Share {
        let best = self.mapping.iter().map(|(_, points)| *points).fold(0.0, f64::max);
        match self.mapping.iter().find(|(key, _)| key == value) {
            Some((_, points)) if *points > 0.0 && *points < best => Share { of: 1, whole: 2 },
            Some((_, points)) if *points > 0.0 => Share::ALL,
            _ => Share::NOTHING,
        }
    }

    /// Every typed answer that is right: the correct one, then those that earn as much.
    pub fn typed(&self) -> Vec<String> {
        let mut right = self.correct.clone();
        for (key, _) in self.mapping.iter().filter(|(key, _)| self.share(key) == Share::ALL) {
            if !right.iter().any(|known| known.to_lowercase() == key.to_lowercase()) {
                right.push(key.clone());
            }
        }
        right
    }
}

/// Branches of rules: what is asked, and what is set then.
fn branches(item: &Node) -> Vec<&Node> {
    let Some(processing) = item.first("responseProcessing") else { return Vec::new() };
    ["responseIf", "responseElseIf"].iter().flat_map(|name| processing.below(name)).collect()
}

/// The values to which a branch compares a response.
fn compared(branch: &Node, response: &str) -> Vec<String> {
    const OPERATORS: [&str; 5] = ["match", "stringMatch", "equal", "member", "contains"];
    let Some(condition) = branch.nodes().next() else { return Vec::new() };
    let mut operators: Vec<&Node> = OPERATORS.iter().flat_map(|name| condition.below(name)).collect();
    if OPERATORS.contains(&condition.name.as_str()) {
        operators.push(condition);
    }
    let about = |operator: &&Node| {
        let mut variables = operator.below("variable").into_iter();
        variables.any(|variable| variable.attribute("identifier") == Some(response))
    };
    let values = operators.into_iter().filter(about).flat_map(|operator| operator.below("baseValue"));
    values.map(words).collect()
}

/// The other numbers that one branch takes with this one, and gives as much for.
pub(super) fn taken_with(item: &Node, response: &str, right: f64) -> Vec<String> {
    let is_right = |value: &String| number(Some(value)) == Some(right);
    let either =
        branches(item).into_iter().filter(|branch| branch.nodes().next().is_some_and(|node| node.name == "or"));
    let mut all = either.map(|branch| compared(branch, response)).filter(|values| values.iter().any(is_right));
    let values = all.next().unwrap_or_default();
    values.into_iter().filter(|value| number(Some(value)).is_some() && !is_right(value)).collect()
}

/// The right values of an item that has them in its rules alone: those after which points are set.
fn by_rules(item: &Node, response: &str) -> Vec<String> {
    let earns = |branch: &&Node| {
        branch.all("setOutcomeValue").filter(|set| set.attribute("identifier") == Some("SCORE")).any(|set| {
            let mut values = set.below("baseValue").into_iter().filter_map(|value| number(Some(&words(value))));
            values.any(|points| points > 0.0)
        })
    };
    let mut right: Vec<String> = Vec::new();
    for value in branches(item).into_iter().filter(earns).flat_map(|branch| compared(branch, response)) {
        if !right.contains(&value) {
            right.push(value);
        }
    }
    right
}

/// What the rules say to single values of a response.
pub(super) fn said(item: &Node, response: &str) -> Vec<Said> {
    let mut said = Vec::new();
    for branch in branches(item) {
        let sets = branch.all("setOutcomeValue").filter(|set| set.attribute("identifier") != Some("SCORE"));
        let names: Vec<String> = sets.flat_map(|set| set.below("baseValue")).map(words).collect();
        for value in compared(branch, response) {
            said.extend(names.iter().map(|name| Said { value: value.clone(), feedback: name.clone() }));
        }
    }
    said
}

/// How far off a number may be.
pub(super) fn tolerance(item: &Node, response: &str) -> Option<f64> {
    let processing = item.first("responseProcessing")?;
    let about = |equal: &&Node| {
        let mut variables = equal.all("variable");
        variables.any(|variable| variable.attribute("identifier") == Some(response))
    };
    let absolute = |equal: &&Node| equal.attribute("toleranceMode") == Some("absolute");
    let equal = processing.below("equal").into_iter().filter(absolute).find(about)?;
    number(equal.attribute("tolerance")?.split_whitespace().next())
}

/// The points of an item, if it says so.
pub(super) fn max_score(item: &Node) -> Option<f64> {
    let outcome = |name: &'static str| {
        item.all("outcomeDeclaration").find(move |node| node.attribute("identifier") == Some(name))
    };
    let most = outcome("MAXSCORE").and_then(|node| node.below("value").first().map(|value| words(value)));
    let normal = || outcome("SCORE").and_then(|node| node.attribute("normalMaximum").map(str::to_owned));
    number(most.or_else(normal).as_deref())
}

/// The same of one row, a whole number of several.
pub(super) fn row_points(item: &Node, row: usize) -> Option<u32> {
    let name = format!("SCORE_{row}");
    let outcome = item.all("outcomeDeclaration").find(|node| node.attribute("identifier") == Some(&name))?;
    number(outcome.attribute("normalMaximum")).and_then(whole)
}

fn whole(points: f64) -> Option<u32> {
    let fits = (0.0..=1000.0).contains(&points) && points.fract() == 0.0;
    // Checked before: nothing is cut off.
    fits.then_some(points as u32)
}
