//! An item: declarations, body, response processing, feedback, in the order that the schemas want.

use super::asked::{Asked, asked, list, outcome};
use super::rules::{base, set};
use super::tree::{Element, html, paragraph, qti};
use crate::bank::Figure;
use crate::exchange::inline::xhtml;
use crate::exchange::qti::Dialect;
use crate::exchange::{Exercise, Interaction, Package, Shown, Stimulus, picture_file};

/// Exercises that are one item: an answer and its evidence are two choices of one.
pub(super) struct Item<'a> {
    /// In order; never empty.
    pub parts: Vec<&'a Exercise>,
    /// The words of the first.
    pub stimulus: Option<&'a Stimulus>,
}

impl<'a> Item<'a> {
    /// The items of exercises that follow one another: what hangs from another is of its item.
    pub fn of(exercises: &'a [Exercise], package: &'a Package<'_>) -> Vec<Item<'a>> {
        let mut items: Vec<Item<'a>> = Vec::new();
        for exercise in exercises {
            match items.last_mut().filter(|item| exercise.gate.as_ref() == Some(&item.parts[0].id)) {
                Some(item) => item.parts.push(exercise),
                None => items.push(Item {
                    parts: vec![exercise],
                    stimulus: exercise.stimulus.and_then(|at| package.stimuli.get(at)),
                }),
            }
        }
        items
    }

    fn first(&self) -> &'a Exercise {
        self.parts[0]
    }

    /// A name that XML allows: ids may begin with a digit.
    pub fn id(&self) -> String {
        format!("q-{}", self.first().id)
    }

    /// Its place in the package.
    pub fn href(&self) -> String {
        format!("items/{}.xml", self.id())
    }

    pub fn title(&self) -> String {
        self.first().title()
    }

    pub fn tags(&self) -> &'a [String] {
        &self.first().tags
    }

    /// Pictures that its own file shows.
    pub fn figures(&self, dialect: &Dialect) -> Vec<&'a Figure> {
        let of_stimulus = self.stimulus.filter(|_| !dialect.has_stimuli).into_iter().flat_map(Stimulus::figures);
        of_stimulus.chain(self.parts.iter().filter_map(|part| part.figure.as_deref())).collect()
    }

    /// Whether a person marks it.
    pub fn is_marked_by_person(&self) -> bool {
        matches!(self.first().interaction, Interaction::Extended { .. })
    }

    /// Whether it shows anything after an answer.
    pub fn has_feedback(&self) -> bool {
        let item = self.parts.iter().map(|part| asked(part, ""));
        let inline = item.into_iter().any(|asked| !asked.telling.is_empty());
        inline || !explained(self.first()).is_empty()
    }

    /// The document.
    pub fn document(&self, language: &str, dialect: &Dialect) -> String {
        let mut asked: Vec<(Asked, Option<String>)> = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let end =
                if at == 0 { String::new() } else { format!("_{}", char::from(b'A' + u8::try_from(at).unwrap_or(25))) };
            let gate = part.gate.as_ref().map(|_| "RESPONSE".to_owned());
            asked.push((self::asked(part, &end), gate));
        }
        let points: u32 = self.parts.iter().map(|part| part.points).sum();
        let explained = explained(self.first());
        let mut root = qti("assessmentItem")
            .with("xmlns", dialect.namespace[0])
            .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .with("xsi:schemaLocation", dialect.namespace.join(" "))
            .with("identifier", self.id())
            .with("title", self.title())
            .with("xml:lang", language)
            .with("adaptive", "false")
            .with("timeDependent", "false")
            .with("toolName", super::TOOL)
            .with("toolVersion", env!("CARGO_PKG_VERSION"));
        let mut outcomes = self.outcomes(points, dialect);
        let mut body = self.shown(dialect);
        let mut telling: Vec<Element> = Vec::new();
        let mut rules: Vec<Element> = Vec::new();
        let template = match asked.as_slice() {
            [(one, _)] if one.telling.is_empty() && explained.is_empty() => one.scoring.template(),
            _ => None,
        };
        for (part, gate) in asked {
            root = root.hold(part.responses);
            outcomes.extend(part.outcomes);
            body.extend(part.body);
            telling.extend(part.telling);
            rules.extend(part.scoring.rules(gate.as_deref()));
        }
        if !rules.is_empty() {
            rules.insert(0, set("SCORE", base("float", "0")));
        }
        if !explained.is_empty() {
            outcomes.push(outcome("EXPLANATION", "single", "identifier"));
            telling.push(set("EXPLANATION", base("identifier", "explanation")));
        }
        body.extend(self.rubrics());
        rules.extend(telling);
        let processing = match template {
            Some(name) => Some(qti("responseProcessing").with("template", dialect.template(name))),
            None => (!rules.is_empty()).then(|| qti("responseProcessing").hold(rules)),
        };
        let feedback = (!explained.is_empty()).then(|| {
            qti("modalFeedback")
                .with("outcomeIdentifier", "EXPLANATION")
                .with("showHide", "show")
                .with("identifier", "explanation")
                .hold(explained)
        });
        root.hold(outcomes)
            .hold(self.stimulus.filter(|_| dialect.has_stimuli).map(reference))
            .hold([qti("itemBody").hold(body)])
            .hold(processing)
            .hold(feedback)
            .document(dialect)
    }

    /// The points: what was earned, and how many there are.
    fn outcomes(&self, points: u32, dialect: &Dialect) -> Vec<Element> {
        let default = |value: String| qti("defaultValue").hold([qti("value").words(value)]);
        let mut score =
            outcome("SCORE", "single", "float").with("normalMaximum", points.to_string()).with("normalMinimum", "0");
        if self.is_marked_by_person() && dialect.has_stimuli {
            score = score.with("externalScored", "human");
        }
        let most = outcome("MAXSCORE", "single", "float").hold([default(points.to_string())]);
        vec![score.hold([default("0".to_owned())]), most]
    }

    /// What stands before the question.
    fn shown(&self, dialect: &Dialect) -> Vec<Element> {
        let mut body = Vec::new();
        if let Some(stimulus) = self.stimulus.filter(|_| !dialect.has_stimuli) {
            let shared = html("div").with("class", "stimulus").with("id", format!("stimulus-{}", stimulus.id));
            body.push(shared.hold(told(stimulus)));
        }
        body.extend(self.first().figure.as_deref().map(figure));
        body
    }

    /// What pupils do not read: how it is marked, notes, and help that a teacher may give.
    fn rubrics(&self) -> Vec<Element> {
        let block = |class: &str, view: &str, usage: &str| {
            qti("rubricBlock").with("class", class).with("view", view).with("use", usage)
        };
        let exercise = self.first();
        let mut blocks = Vec::new();
        if let Interaction::Extended { grading, .. } = &exercise.interaction
            && !grading.is_empty()
        {
            let paragraphs = grading.iter().map(|line| paragraph(xhtml(line)));
            blocks.push(block("grading", "scorer", "scoring").hold(paragraphs));
        }
        if !exercise.teacher_note.is_empty() {
            let note = paragraph(xhtml(&exercise.teacher_note));
            blocks.push(block("note", "scorer tutor", "scoring").hold([note]));
        }
        if !exercise.hints.is_empty() {
            let hints = list("hints", &exercise.hints);
            blocks.push(block("hints", "tutor", "instructions").hold(hints));
        }
        blocks
    }
}

/// What is said after any answer: the explanation and the words that prove it.
fn explained(exercise: &Exercise) -> Vec<Element> {
    let mut told = Vec::new();
    if !exercise.explanation.is_empty() {
        told.push(html("p").with("class", "explanation").markup(xhtml(&exercise.explanation)));
    }
    told.extend(exercise.evidence.iter().map(|quoted| words("evidence", &quoted.place, &quoted.words)));
    told
}

/// Words of the letter with their place.
fn words(class: &str, place: &str, words: &str) -> Element {
    let place = html("cite").words(place);
    html("p").with("class", class).hold([place]).words(" ").hold([html("q").words(words)])
}

/// A picture, seen from a file in a folder.
fn figure(figure: &Figure) -> Element {
    let image = html("img").with("src", format!("../{}", picture(figure))).with("alt", &*figure.alt);
    let caption = [&figure.caption, &figure.credit].into_iter().filter(|text| !text.is_empty());
    let captions = caption.map(|text| html("p").with("class", "caption").markup(xhtml(text)));
    html("div").with("class", "figure").hold([html("p").hold([image])]).hold(captions)
}

/// The place of a picture in the package.
pub(super) fn picture(figure: &Figure) -> String {
    format!("pictures/{}", picture_file(figure))
}

/// Where an item says which passage it shares.
fn reference(stimulus: &Stimulus) -> Element {
    qti("assessmentStimulusRef")
        .with("identifier", format!("stimulus-{}", stimulus.id))
        .with("href", format!("../{}", stimulus_href(stimulus)))
        .with("title", &*stimulus.title)
}

/// The place of a shared passage in the package.
pub(super) fn stimulus_href(stimulus: &Stimulus) -> String {
    format!("stimuli/{}.xml", stimulus.id)
}

/// A shared passage as a document.
pub(super) fn stimulus_document(stimulus: &Stimulus, language: &str, dialect: &Dialect) -> String {
    qti("assessmentStimulus")
        .with("xmlns", dialect.namespace[0])
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with("xsi:schemaLocation", dialect.namespace.join(" "))
        .with("identifier", format!("stimulus-{}", stimulus.id))
        .with("title", &*stimulus.title)
        .with("xml:lang", language)
        .hold([qti("stimulusBody").hold([html("div").with("class", "stimulus").hold(told(stimulus))])])
        .document(dialect)
}

fn told(stimulus: &Stimulus) -> Vec<Element> {
    let mut told = vec![html("h2").words(&*stimulus.title)];
    if !stimulus.intro.is_empty() {
        told.push(html("p").with("class", "intro").markup(xhtml(&stimulus.intro)));
    }
    told.extend(stimulus.passages.iter().map(|passage| match passage {
        Shown::Quoted(quoted) => words("passage", &quoted.place, &quoted.words),
        Shown::Text(text, source) => {
            let shown = html("p").with("class", "passage").markup(xhtml(text));
            if source.is_empty() { shown } else { shown.words(" ").hold([html("cite").markup(xhtml(source))]) }
        }
        Shown::Figure(shown) => figure(shown),
    }));
    told
}

/// The interaction that an exercise is called by in metadata; `None` where nothing is answered.
pub(super) fn interaction(exercise: &Exercise) -> Option<&'static str> {
    match &exercise.interaction {
        Interaction::Choice { .. } => Some("choiceInteraction"),
        Interaction::Matching { .. } => Some("matchInteraction"),
        Interaction::Ordering { .. } => Some("orderInteraction"),
        Interaction::Gaps { words, .. } if words.is_empty() => Some("textEntryInteraction"),
        Interaction::Gaps { .. } => Some("inlineChoiceInteraction"),
        Interaction::Entry { .. } => Some("textEntryInteraction"),
        Interaction::HotText { .. } => Some("hottextInteraction"),
        Interaction::Extended { .. } => Some("extendedTextInteraction"),
        Interaction::Talk { .. } => None,
    }
}
