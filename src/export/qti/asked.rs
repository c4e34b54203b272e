//! What an interaction becomes: what is declared, what is shown, and how an answer earns its points.

use super::rules::{add, base, is_answered, is_correct, mapped, number, set, variable, when};
use super::tree::{Element, html, paragraph, qti};
use crate::exchange::inline::{escaped, xhtml};
use crate::exchange::{Alternative, ChoiceSort, Exercise, HotPassage, Interaction, Labelled, Premise, Share};

/// A part of an item: an exercise as QTI has it.
pub(super) struct Asked {
    /// Response declarations.
    pub responses: Vec<Element>,
    /// Outcomes beside `SCORE`.
    pub outcomes: Vec<Element>,
    /// What is shown.
    pub body: Vec<Element>,
    pub scoring: Scoring,
    /// Rules that show feedback.
    pub telling: Vec<Element>,
}

/// How the points come about.
pub(super) enum Scoring {
    /// The correct response earns the one point, as the template `match_correct` has it.
    Correct(String),
    /// The response's mapping, as the template `map_response` has it.
    Mapped(String),
    /// Rules that add to `SCORE`.
    Rules(Vec<Element>),
    /// A person says.
    Human,
    /// Nothing is answered.
    Nothing,
}

/// The part that an exercise is; `end` keeps its names from those of the item's other part.
pub(super) fn asked(exercise: &Exercise, end: &str) -> Asked {
    let part = Part { exercise, response: format!("RESPONSE{end}"), feedback: format!("FEEDBACK{end}") };
    match &exercise.interaction {
        Interaction::Choice { options, sort, shuffle } => part.choice(options, *sort, *shuffle),
        Interaction::Matching { heads, premises, responses, shuffle, reuse } => {
            part.matching(heads, (premises, responses), (*shuffle, *reuse))
        }
        Interaction::Ordering { elements, right, by } => part.ordering(elements, right, by),
        Interaction::Gaps { passage, words } => part.gaps(passage, words),
        Interaction::Entry { answers, number, unit } => part.entry(answers, *number, unit),
        Interaction::HotText { passages, choose } => part.hot_text(passages, *choose),
        Interaction::Extended { lines, rows, starters, .. } => {
            let listed = list("starters", starters);
            if rows.is_empty() {
                return part.written(*lines, listed);
            }
            let mut asked = part.nothing(listed);
            for (at, row) in (1..).zip(rows) {
                let response = format!("{}_{at}", part.response);
                asked.responses.push(declaration(&response, "single", "string"));
                asked.body.push(super::typed::written(&response, &xhtml(&row.prompt), row.lines));
                let outcome = outcome(&format!("SCORE_{at}"), "single", "float");
                asked.outcomes.push(outcome.with("normalMaximum", row.points.to_string()));
            }
            Asked { scoring: Scoring::Human, ..asked }
        }
        Interaction::Talk { stance, follow_ups, starters, norms } => {
            let ends = stance.iter().flatten().cloned().collect::<Vec<_>>();
            let lists = [("stance", &ends), ("follow-ups", follow_ups), ("starters", starters), ("norms", norms)];
            part.nothing(lists.into_iter().flat_map(|(class, lines)| list(class, lines)).collect())
        }
    }
}

/// A list of lines of a class, if there are any.
pub(super) fn list(class: &str, lines: &[String]) -> Vec<Element> {
    let entries = lines.iter().map(|line| html("li").markup(xhtml(line)));
    let list = html("ul").with("class", class).hold(entries);
    if lines.is_empty() { Vec::new() } else { vec![list] }
}

pub(super) fn declaration(response: &str, cardinality: &str, kind: &str) -> Element {
    qti("responseDeclaration").with("identifier", response).with("cardinality", cardinality).with("baseType", kind)
}

pub(super) fn outcome(name: &str, cardinality: &str, kind: &str) -> Element {
    qti("outcomeDeclaration").with("identifier", name).with("cardinality", cardinality).with("baseType", kind)
}

pub(super) fn correct<'a>(values: impl IntoIterator<Item = &'a str>) -> Element {
    qti("correctResponse").hold(values.into_iter().map(|value| qti("value").words(value)))
}

/// Points for each value; never below 0 or over all of the points.
fn mapping(points: u32, entries: impl IntoIterator<Item = (String, f64)>) -> Element {
    let entry = |(key, value): (String, f64)| qti("mapEntry").with("mapKey", key).with("mappedValue", number(value));
    bounds(f64::from(points)).hold(entries.into_iter().map(entry))
}

/// Points for values: never below 0 or over all of the points.
pub(super) fn bounds(points: f64) -> Element {
    qti("mapping").with("lowerBound", "0").with("upperBound", number(points)).with("defaultValue", "0")
}

pub(super) fn earned(share: Share, points: f64) -> f64 {
    f64::from(share.of) * points / f64::from(share.whole.max(1))
}

pub(super) struct Part<'a> {
    pub exercise: &'a Exercise,
    pub response: String,
    pub feedback: String,
}

impl Part<'_> {
    fn prompt(&self) -> Element {
        qti("prompt").markup(xhtml(&self.exercise.stem))
    }

    pub(super) fn points(&self) -> f64 {
        f64::from(self.exercise.points)
    }

    /// Only something to read, with the stem before it.
    pub(super) fn nothing(&self, shown: Vec<Element>) -> Asked {
        let mut body = vec![paragraph(xhtml(&self.exercise.stem))];
        body.extend(shown);
        let scoring = Scoring::Nothing;
        Asked { responses: Vec::new(), outcomes: Vec::new(), body, scoring, telling: Vec::new() }
    }

    /// The element with what is said to it, if anything is, after a space.
    pub(super) fn with_told(&self, element: Element, name: &str, words: &str) -> Element {
        if words.is_empty() {
            return element;
        }
        let told = qti("feedbackInline").with("outcomeIdentifier", &self.feedback).with("identifier", name);
        element.words(" ").hold([told.with("showHide", "show").markup(xhtml(words))])
    }

    fn choice(&self, options: &[Alternative], sort: ChoiceSort, shuffle: bool) -> Asked {
        let points = self.exercise.points;
        let right = options.iter().filter(|option| option.right).map(|option| option.id.as_str());
        let (cardinality, most) = match sort {
            ChoiceSort::Several(_) => ("multiple", right.clone().count()),
            ChoiceSort::Single | ChoiceSort::TrueFalse => ("single", 1),
        };
        let nothing_between = options.iter().all(|option| option.right || option.share.of == 0);
        let by_correct = cardinality == "single" && points == 1 && nothing_between;
        let mut declared = declaration(&self.response, cardinality, "identifier").hold([correct(right)]);
        if !by_correct {
            let entries = options.iter().filter(|option| option.share.of != 0);
            let entries = entries.map(|option| (option.id.clone(), earned(option.share, self.points())));
            declared = declared.hold([mapping(points, entries)]);
        }
        let option = |option: &Alternative| {
            let choice = qti("simpleChoice").with("identifier", &option.id);
            let choice = if option.fixed && shuffle { choice.with("fixed", "true") } else { choice };
            self.with_told(choice.markup(xhtml(&option.text)), &option.id, &option.feedback)
        };
        let interaction = qti("choiceInteraction")
            .with("responseIdentifier", &self.response)
            .with("shuffle", shuffle.to_string())
            .with("maxChoices", most.to_string())
            .hold([self.prompt()])
            .hold(options.iter().map(option));
        let scoring = if by_correct { Scoring::Correct } else { Scoring::Mapped };
        let told = options.iter().any(|option| !option.feedback.is_empty());
        Asked {
            responses: vec![declared],
            body: vec![interaction],
            scoring: scoring(self.response.clone()),
            ..self.telling(told, cardinality, variable(&self.response))
        }
    }

    /// Outcome and rule of feedback, if there is any.
    pub(super) fn telling(&self, any: bool, cardinality: &str, names: Element) -> Asked {
        let outcomes = any.then(|| outcome(&self.feedback, cardinality, "identifier"));
        let telling = any.then(|| when(is_answered(&self.response), [set(&self.feedback, names)]));
        Asked {
            responses: Vec::new(),
            outcomes: outcomes.into_iter().collect(),
            body: Vec::new(),
            scoring: Scoring::Nothing,
            telling: telling.into_iter().collect(),
        }
    }

    fn matching(
        &self,
        heads: &[String; 2],
        (premises, responses): (&[Premise], &[Labelled]),
        (shuffle, reuse): (bool, bool),
    ) -> Asked {
        let pairs = premises.iter().map(|premise| format!("premise-{} response-{}", premise.id, premise.response));
        let pairs: Vec<String> = pairs.collect();
        let each = self.points() / f64::from(u32::try_from(pairs.len().max(1)).unwrap_or(1));
        let declared = declaration(&self.response, "multiple", "directedPair")
            .hold([correct(pairs.iter().map(String::as_str))])
            .hold([mapping(self.exercise.points, pairs.iter().map(|pair| (pair.clone(), each)))]);
        let choice =
            |id: String, most: &str| qti("simpleAssociableChoice").with("identifier", id).with("matchMax", most);
        let asked = premises.iter().map(|premise| {
            let id = format!("premise-{}", premise.id);
            self.with_told(choice(id.clone(), "1").markup(xhtml(&premise.text)), &id, &premise.feedback)
        });
        let most = if reuse { premises.len().to_string() } else { "1".to_owned() };
        let found = responses
            .iter()
            .map(|response| choice(format!("response-{}", response.id), &most).markup(xhtml(&response.text)));
        let sets = [qti("simpleMatchSet").hold(asked), qti("simpleMatchSet").hold(found)];
        let interaction = qti("matchInteraction")
            .with("responseIdentifier", &self.response)
            .with("shuffle", shuffle.to_string())
            .with("maxAssociations", pairs.len().to_string())
            .hold([self.prompt()])
            .hold(sets);
        let named = heads.iter().any(|head| !head.is_empty()).then(|| {
            let [left, right] = heads.each_ref().map(|head| html("strong").markup(xhtml(head)));
            html("p").with("class", "heads").hold([left]).words(" → ").hold([right])
        });
        let told = premises.iter().filter(|premise| !premise.feedback.is_empty());
        let told: Vec<Element> = told.map(|premise| base("identifier", format!("premise-{}", premise.id))).collect();
        Asked {
            responses: vec![declared],
            body: named.into_iter().chain([interaction]).collect(),
            scoring: Scoring::Mapped(self.response.clone()),
            ..self.telling(!told.is_empty(), "multiple", qti("multiple").hold(told))
        }
    }

    /// A point for each right step from one element to the next, wherever it stands.
    fn ordering(&self, elements: &[Labelled], right: &[String], by: &str) -> Asked {
        let declared =
            declaration(&self.response, "ordered", "identifier").hold([correct(right.iter().map(String::as_str))]);
        let interaction = qti("orderInteraction")
            .with("responseIdentifier", &self.response)
            .with("shuffle", "false")
            .hold([self.prompt()])
            .hold(elements.iter().map(|e| qti("simpleChoice").with("identifier", &e.id).markup(xhtml(&e.text))));
        let stands = |id: &str, at: usize| {
            let index = qti("index").with("n", at.to_string()).hold([variable(&self.response)]);
            qti("match").hold([index, base("identifier", id)])
        };
        let each = self.points() / f64::from(u32::try_from(right.len().saturating_sub(1).max(1)).unwrap_or(1));
        let step = |pair: &[String]| {
            let [one, next] = pair else { return None };
            let at = |at: usize| qti("and").hold([stands(one, at), stands(next, at + 1)]);
            let anywhere = qti("or").hold((1..right.len()).map(at));
            Some(when(anywhere, [add(base("float", number(each)))]))
        };
        let steps: Vec<Element> = right.windows(2).filter_map(step).collect();
        let by = (!by.is_empty()).then(|| html("p").with("class", "order").markup(xhtml(by)));
        let mut asked = self.telling(false, "", qti("null"));
        asked.responses = vec![declared];
        asked.body = by.into_iter().chain([interaction]).collect();
        // Nothing is answered where nothing was moved: engines differ in what they hold of that.
        asked.scoring = Scoring::Rules(vec![when(is_answered(&self.response), steps)]);
        asked
    }

    fn hot_text(&self, passages: &[HotPassage], choose: u32) -> Asked {
        let sentences = || passages.iter().flat_map(|passage| &passage.sentences);
        let right = sentences().filter(|sentence| sentence.is_right(choose));
        let cardinality = if choose == 1 { "single" } else { "multiple" };
        let entries = sentences().filter(|sentence| sentence.share.of != 0);
        let entries = entries.map(|sentence| (sentence.id.clone(), earned(sentence.share, self.points())));
        let declared = declaration(&self.response, cardinality, "identifier")
            .hold([correct(right.map(|sentence| sentence.id.as_str()))])
            .hold([mapping(self.exercise.points, entries)]);
        let passage = |passage: &HotPassage| {
            let place = html("span").with("class", "place").words(&passage.place);
            passage.sentences.iter().fold(html("p").hold([place]), |shown, sentence| {
                let hot = qti("hottext").with("identifier", &sentence.id).markup(escaped(&sentence.words));
                self.with_told(shown.words(" ").hold([hot]), &sentence.id, &sentence.feedback)
            })
        };
        let interaction = qti("hottextInteraction")
            .with("responseIdentifier", &self.response)
            .with("maxChoices", choose.to_string())
            .hold(passages.iter().map(passage));
        let told = sentences().any(|sentence| !sentence.feedback.is_empty());
        Asked {
            responses: vec![declared],
            // Some players show no prompt over sentences.
            body: vec![paragraph(xhtml(&self.exercise.stem)), interaction],
            scoring: Scoring::Mapped(self.response.clone()),
            ..self.telling(told, cardinality, variable(&self.response))
        }
    }
}

impl Scoring {
    /// The name of the standard template that says the same, if the response has the name that templates want.
    pub fn template(&self) -> Option<&'static str> {
        match self {
            Scoring::Correct(response) if response == "RESPONSE" => Some("match_correct"),
            Scoring::Mapped(response) if response == "RESPONSE" => Some("map_response"),
            _ => None,
        }
    }

    /// Rules that add to `SCORE`; `gate` is a response without which nothing is earned.
    pub fn rules(self, gate: Option<&str>) -> Vec<Element> {
        let one = || add(base("float", "1"));
        match (self, gate) {
            (Scoring::Correct(response), None) => vec![when(is_correct(&response), [one()])],
            (Scoring::Correct(response), Some(gate)) => {
                vec![when(qti("and").hold([is_correct(gate), is_correct(&response)]), [one()])]
            }
            (Scoring::Mapped(response), None) => vec![when(is_answered(&response), [add(mapped(&response))])],
            (Scoring::Mapped(response), Some(gate)) => vec![when(is_correct(gate), [add(mapped(&response))])],
            (Scoring::Rules(rules), None) => rules,
            (Scoring::Rules(rules), Some(gate)) => vec![when(is_correct(gate), rules)],
            (Scoring::Human | Scoring::Nothing, _) => Vec::new(),
        }
    }
}
