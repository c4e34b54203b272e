//! An item → a question in the common model, a passage, or why it is neither.

use super::response::{Response, responses};
use super::scored::Scored;
use super::{Reading, texts};
use crate::bank::Kind;
use crate::exchange::xml::{MOST_OF_AN_ITEM, Node};
use crate::exchange::{Exercise, Interaction, Quoted, Shown, Stimulus};
use crate::import::exercise::{bracketed, exercise, note, points};
use crate::import::{Marked, Question, from_html};

/// What an item is.
pub(super) enum Is {
    Question(Box<Question>),
    /// What others share: its ident, and it.
    Passage(String, Stimulus),
    /// What it is called, and why it is left out.
    Nothing(String, String),
}

/// The forms of questions that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Choice,
    TrueFalse,
    Several,
    Matching,
    Menus,
    Blanks,
    Number,
    Words,
    Written,
    Order,
    Read,
}

/// Reads the item at a place of its document.
pub(super) fn of(node: &Node, reading: &mut Reading<'_>, at: usize) -> Is {
    let ident = node.attribute("ident").unwrap_or_default().trim();
    let title = node.attribute("title").unwrap_or_default().trim();
    let name = [ident, title].into_iter().find(|name| !name.is_empty()).map(str::to_owned);
    let name = name.unwrap_or_else(|| format!("question {}", at + 1));
    if node.count() > MOST_OF_AN_ITEM {
        return Is::Nothing(name, format!("it has more than {MOST_OF_AN_ITEM} elements"));
    }
    let Some(presentation) = node.first("presentation") else {
        return Is::Nothing(name, "it shows nothing: it has no presentation".to_owned());
    };
    let html = texts::html(presentation);
    let mut item = ItemRead {
        fields: fields(node),
        scored: Scored::of(node),
        responses: responses(presentation),
        html,
        changed: Vec::new(),
    };
    let form = match item.form() {
        Ok(form) => form,
        Err(why) => return Is::Nothing(name, why),
    };
    if form == Form::Read && !item.is_talk() {
        let id = if ident.is_empty() { format!("passage-{}", at + 1) } else { ident.to_owned() };
        return Is::Passage(ident.to_owned(), item.passage(id, title, reading));
    }
    item.question(form, ident, reading).map_or_else(|why| Is::Nothing(name, why), Is::Question)
}

/// The fields of the metadata: labels in small letters, and entries.
fn fields(node: &Node) -> Vec<(String, String)> {
    let named = node.below("qtimetadatafield").into_iter().filter_map(|field| {
        let label = field.first("fieldlabel")?.words().trim().to_lowercase();
        Some((label, field.first("fieldentry").map(Node::words).unwrap_or_default()))
    });
    // Blackboard has elements of its own in place of fields.
    let own = ["bbmd_questiontype", "qmd_itemtype", "qmd_weighting", "qmd_absolutescore_max"];
    let elements =
        own.into_iter().filter_map(|name| Some((name.to_owned(), node.below(name).first()?.words().trim().to_owned())));
    named.chain(elements).collect()
}

/// An item that is being read.
pub(super) struct ItemRead {
    pub fields: Vec<(String, String)>,
    pub scored: Scored,
    pub responses: Vec<Response>,
    pub html: String,
    pub changed: Vec<String>,
}

impl ItemRead {
    pub fn field(&self, label: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == label).map(|(_, entry)| entry.trim())
    }

    pub fn all(&self, label: &str) -> Vec<String> {
        let of = self.fields.iter().filter(|(known, _)| known == label);
        of.map(|(_, entry)| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
    }

    pub fn tag(&self, tag: &str) -> bool {
        self.fields.iter().any(|(label, entry)| label == "pilcrow_tag" && entry.trim() == tag)
    }

    /// What it calls itself, or what its responses show.
    fn form(&self) -> Result<Form, String> {
        let told = ["question_type", "cc_profile", "bbmd_questiontype", "qmd_itemtype"];
        let told = told.into_iter().find_map(|label| self.field(label)).unwrap_or_default().to_lowercase();
        let known = match told.as_str() {
            "multiple_choice_question" | "cc.multiple_choice.v0p1" | "multiple choice" => Form::Choice,
            "true_false_question" | "cc.true_false.v0p1" | "true/false" | "either/or" => Form::TrueFalse,
            "multiple_answers_question" | "cc.multiple_response.v0p1" | "multiple answer" => Form::Several,
            "matching_question" | "matching" if self.responses.len() > 1 => Form::Matching,
            "multiple_dropdowns_question" => Form::Menus,
            "fill_in_multiple_blanks_question" => Form::Blanks,
            "numerical_question" | "numeric" => Form::Number,
            "short_answer_question" | "cc.fib.v0p1" | "cc.pattern_match.v0p1" | "fill in the blank" => Form::Words,
            "essay_question" | "cc.essay.v0p1" | "essay" | "short response" => Form::Written,
            "ordering_question" | "ordering" => Form::Order,
            "text_only_question" => Form::Read,
            "calculated_question" | "formula_question" | "calculated" => {
                return Err("a calculated question, whose numbers change, has no like in a bank".to_owned());
            }
            "file_upload_question" | "file upload" => {
                return Err("a file is handed in, which a sheet cannot ask for".to_owned());
            }
            "hot_spot_question" | "hot spot" => {
                return Err("a spot on a picture is asked for, which has no like in a bank".to_owned());
            }
            "categorization_question" => {
                return Err("things are sorted into groups, which has no like in a bank".to_owned());
            }
            _ => return self.guessed(&told),
        };
        Ok(known)
    }

    fn guessed(&self, told: &str) -> Result<Form, String> {
        let Some(first) = self.responses.first() else {
            return Err("it asks for no response".to_owned());
        };
        let typed = self.responses.iter().filter(|response| response.is_typed).count();
        Ok(match (self.responses.len(), typed) {
            (1, 1) if first.is_number => Form::Number,
            (1, 1) if self.scored.keys(&first.ident).is_empty() => Form::Written,
            (1, 1) => Form::Words,
            (1, 0) if first.cardinality == "ordered" => Form::Order,
            (1, 0) if first.cardinality == "multiple" => Form::Several,
            (1, 0) => Form::Choice,
            (_, 0) => Form::Matching,
            (all, typed) if all == typed => Form::Blanks,
            _ if told.is_empty() => return Err("it asks for responses of several kinds".to_owned()),
            _ => return Err(format!("its type “{told}” is not known")),
        })
    }

    /// Whether a text without a question is one to talk about, as an export wrote it.
    fn is_talk(&self) -> bool {
        let classes = ["stance", "follow-up", "norm"];
        self.tag("kind:discussion") || classes.iter().any(|class| !texts::paragraphs(&self.html, class).is_empty())
    }

    pub fn text(&mut self, html: &str) -> String {
        texts::text(html, &mut self.changed)
    }

    /// The paragraphs of a class, as authored text.
    pub fn class(&mut self, class: &str) -> Vec<String> {
        let html = self.html.clone();
        texts::paragraphs(&html, class).into_iter().map(|inner| self.text(inner)).collect()
    }

    /// What others share. Its pictures are kept beside the bank, their descriptions in the text.
    fn passage(&mut self, id: String, title: &str, reading: &mut Reading<'_>) -> Stimulus {
        let html = self.html.clone();
        let mut passages = Vec::new();
        let mut intro = String::new();
        if texts::is_own(&html) {
            for rest in html.split("<p class=\"pilcrow-set-").skip(1) {
                let Some((class, rest)) = rest.split_once("\">") else { continue };
                let inner = rest.split("</p>").next().unwrap_or(rest);
                match class {
                    "quoted" => {
                        let quoted = texts::quoted(inner);
                        passages.extend(quoted.map(|(place, words)| Shown::Quoted(Quoted { place, words })));
                    }
                    "text" => {
                        let inner = self.text(inner);
                        let (words, source) = bracketed(&inner);
                        passages.push(Shown::Text(words.to_owned(), source.to_owned()));
                    }
                    "intro" => intro = self.text(inner),
                    _ => {}
                }
            }
        } else {
            passages.push(Shown::Text(self.text(&html), title.to_owned()));
        }
        for (source, alt) in from_html(&html).pictures {
            let kept = reading.picture(&source, &alt).and_then(|at| reading.read.pictures.get(at));
            let name = kept.map_or("the file does not have it", |picture| picture.file.name.as_str());
            passages.push(Shown::Text(format!("[{alt}]"), name.to_owned()));
        }
        let title = if title.is_empty() { id.clone() } else { title.to_owned() };
        // An export shows a passage again in each section that asks about it: it is one all the same.
        let id = if texts::is_own(&html) { String::new() } else { id };
        Stimulus { id, title, intro, passages }
    }

    /// The passage that a cartridge sets before each of its questions.
    fn passage_before(&mut self, reading: &mut Reading<'_>) -> Option<usize> {
        let html = self.html.clone();
        let title = texts::paragraphs(&html, "set-title").first().map(|inner| from_html(inner).text)?;
        let title = title.trim_matches('*').to_owned();
        let stimulus = self.passage(title.clone(), &title, reading);
        Some(reading.passage(title, stimulus))
    }

    /// The question, or why there is none.
    fn question(mut self, form: Form, ident: &str, reading: &mut Reading<'_>) -> Result<Box<Question>, String> {
        let own = texts::is_own(&self.html);
        let html = self.html.clone();
        let Marked { pictures, text, changed } = from_html(&html);
        let mut stem = if own { self.class("stem").concat() } else { text };
        if !own {
            changed.into_iter().for_each(|what| note(&mut self.changed, what));
        }
        let picture = self.pictures(&pictures, reading);
        let interaction = self.interaction(form, &mut stem)?;
        if stem.is_empty() {
            return Err("it has no text".to_owned());
        }
        let kind = self.all("pilcrow_tag").iter().find_map(|tag| tag.strip_prefix("kind:")?.parse::<Kind>().ok());
        let said = self.said();
        let points = self.points(&interaction);
        let named = self.field("parent_stimulus_item_ident").and_then(|ident| reading.passage_of(ident));
        let stimulus = named.or_else(|| self.passage_before(reading));
        let id = ident.strip_prefix("q-").unwrap_or(ident);
        let bare = exercise(id, stem, interaction);
        let exercise = Exercise {
            kind: kind.unwrap_or(bare.kind),
            stimulus,
            points,
            gate: self.field("pilcrow_gate").map(str::to_owned),
            explanation: said.explanation,
            evidence: said.evidence,
            hints: said.hints,
            teacher_note: self.all("pilcrow_note").join("\n"),
            tags: self.all("pilcrow_tag"),
            ..bare
        };
        Ok(Box::new(Question { exercise, picture, changed: self.changed }))
    }

    /// The first picture stands over the question.
    fn pictures(&mut self, pictures: &[(String, String)], reading: &mut Reading<'_>) -> Option<usize> {
        let mut over = None;
        for (source, alt) in pictures {
            match reading.picture(source, alt) {
                Some(at) if over.is_none() => over = Some(at),
                Some(_) => note(&mut self.changed, "an item has one picture: the others are left out"),
                None => note(&mut self.changed, "a picture that the file does not have was left out"),
            }
        }
        over
    }

    /// What is said after an answer.
    fn said(&mut self) -> Said {
        let mut said = Said { hints: self.all("pilcrow_hint"), ..Said::default() };
        let general = self.scored.feedback("general_fb").unwrap_or_default().to_owned();
        if texts::is_own(&general) {
            said.explanation = texts::paragraphs(&general, "why")
                .into_iter()
                .map(|inner| self.text(inner))
                .collect::<Vec<_>>()
                .join(" ");
            let quoted = |inner: &str| texts::quoted(inner).map(|(place, words)| Quoted { place, words });
            said.evidence = texts::paragraphs(&general, "evidence").into_iter().filter_map(quoted).collect();
        } else {
            said.explanation = self.text(&general);
        }
        let wrong = self.scored.feedback("general_incorrect_fb").unwrap_or_default().to_owned();
        let hints = texts::paragraphs(&wrong, "hint");
        if !hints.is_empty() {
            said.hints = hints.into_iter().map(|inner| self.text(inner)).collect();
        } else if !wrong.trim().is_empty() {
            said.hints.push(self.text(&wrong));
            note(&mut self.changed, "what is said after a wrong answer became a hint");
        }
        for ident in ["correct_fb", "correct", "solution"] {
            let right = self.scored.feedback(ident).unwrap_or_default().to_owned();
            let right = self.text(&right);
            if !right.is_empty() && right != said.explanation {
                said.explanation = [said.explanation.as_str(), &right].join(" ").trim().to_owned();
                note(&mut self.changed, "what is said after a right answer stands in the explanation");
            }
        }
        let hint = self.scored.feedback("hint").unwrap_or_default().to_owned();
        if !hint.is_empty() {
            said.hints.push(self.text(&hint));
        }
        said
    }

    fn points(&mut self, interaction: &Interaction) -> u32 {
        let labels = ["points_possible", "cc_weighting", "qmd_weighting", "qmd_absolutescore_max"];
        let told = labels.into_iter().find_map(|label| self.field(label)?.parse::<f64>().ok());
        // A file of ours may have parted an item: its weights are those of the parts.
        let own = self.fields.iter().any(|(label, _)| label.starts_with("pilcrow_"));
        let told =
            told.filter(|_| !own || matches!(interaction, Interaction::Extended { .. } | Interaction::Talk { .. }));
        points(told, interaction, &mut self.changed)
    }
}

/// What is said after an answer.
#[derive(Default)]
struct Said {
    explanation: String,
    evidence: Vec<Quoted>,
    hints: Vec<String>,
}
