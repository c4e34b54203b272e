//! An item: its metadata, how it is shown, how a response is scored, and what is said to it.

use super::scoring::{Condition, equals, score_gaps, score_number, score_order, score_pairs, score_words};
use super::{Hung, Profile, body, field, ident};
use crate::exchange::inline::{html, plain};
use crate::exchange::xml::Xml;
use crate::exchange::{Alternative, ChoiceSort, Exercise, Interaction, Labelled, Share, blanks, choices, each_once};

/// The one response of most items.
pub(super) const RESPONSE: &str = "response1";
/// What is said after any answer, and after a wrong one, as Canvas calls it.
const GENERAL: &str = "general_fb";
const WRONG: &str = "general_incorrect_fb";

/// What several items share, as a text without a question: New Quizzes hang the items on it that name it.
pub(super) fn passage(xml: &mut Xml, hung: &Hung<'_>) {
    let of = [("ident", hung.ident.as_str()), ("title", hung.stimulus.title.as_str())];
    xml.block("item", &of, |xml| {
        xml.block("itemmetadata", &[], |xml| {
            xml.block("qtimetadata", &[], |xml| {
                field(xml, "question_type", "text_only_question");
                field(xml, "points_possible", "0");
            });
        });
        xml.block("presentation", &[], |xml| material(xml, &body::shared(hung.stimulus)));
    });
}

/// Writes an item.
pub(super) fn write(xml: &mut Xml, exercise: &Exercise, hung: Option<&Hung<'_>>, profile: Profile) {
    let item = Item { exercise, profile };
    let id = ident(&exercise.id);
    let title = exercise.title();
    xml.block("item", &[("ident", id.as_str()), ("title", title.as_str())], |xml| {
        xml.block("itemmetadata", &[], |xml| {
            xml.block("qtimetadata", &[], |xml| match profile {
                Profile::Cartridge => item.cartridge_fields(xml),
                Profile::Canvas => item.canvas_fields(xml, hung),
            });
        });
        xml.block("presentation", &[], |xml| {
            let before = hung.filter(|_| profile == Profile::Cartridge).map(|hung| body::shared(hung.stimulus));
            material(xml, &(before.unwrap_or_default() + &body::question(exercise)));
            item.responses(xml);
        });
        if form(exercise, profile) != "text_only_question" {
            item.processing(xml);
        }
        item.feedback(xml);
    });
}

/// What an exercise is called: `question_type` of Canvas, `cc_profile` of a cartridge.
pub(in crate::export) fn form(exercise: &Exercise, profile: Profile) -> &'static str {
    let (canvas, cartridge) = match &exercise.interaction {
        Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => ("true_false_question", "cc.true_false.v0p1"),
        Interaction::Choice { sort: ChoiceSort::Several(_), .. } => {
            ("multiple_answers_question", "cc.multiple_response.v0p1")
        }
        // A cartridge’s choice has three options at least (its Schematron rule 4d).
        Interaction::Choice { options, .. } if options.len() < 3 => {
            ("multiple_choice_question", "cc.multiple_response.v0p1")
        }
        Interaction::HotText { choose: 2.., .. } => ("multiple_answers_question", "cc.multiple_response.v0p1"),
        Interaction::Choice { .. } | Interaction::HotText { .. } => {
            ("multiple_choice_question", "cc.multiple_choice.v0p1")
        }
        Interaction::Matching { .. } | Interaction::Ordering { .. } => ("matching_question", ""),
        Interaction::Gaps { words, .. } if !words.is_empty() => ("multiple_dropdowns_question", ""),
        Interaction::Gaps { .. } => ("fill_in_multiple_blanks_question", ""),
        Interaction::Entry { number: Some(_), .. } => ("numerical_question", "cc.fib.v0p1"),
        Interaction::Entry { .. } => ("short_answer_question", "cc.fib.v0p1"),
        Interaction::Extended { .. } => ("essay_question", "cc.essay.v0p1"),
        Interaction::Talk { .. } => ("text_only_question", "cc.essay.v0p1"),
    };
    if profile == Profile::Canvas { canvas } else { cartridge }
}

/// HTML in a material.
fn material(xml: &mut Xml, html: &str) {
    xml.block("material", &[], |xml| xml.leaf("mattext", &[("texttype", "text/html")], html));
}

/// Words in a material.
fn words(xml: &mut Xml, words: &str) {
    xml.block("material", &[], |xml| xml.leaf("mattext", &[("texttype", "text/plain")], words));
}

/// An authored text: as words where it is nothing more, as both platforms show these best.
fn text(xml: &mut Xml, markup: &str) {
    if body::is_plain(markup) { words(xml, &plain(markup)) } else { material(xml, &block(markup)) }
}

/// An authored text as a paragraph.
fn block(markup: &str) -> String {
    format!("<p>{}</p>", html(markup))
}

/// The option of a response.
struct Label {
    ident: String,
    option: Alternative,
}

struct Item<'a> {
    exercise: &'a Exercise,
    profile: Profile,
}

impl Item<'_> {
    fn form(&self) -> &'static str {
        form(self.exercise, self.profile)
    }

    /// Canvas has no hints, but says something to every wrong answer. Moodle would say it to right ones as well.
    fn hints_after_a_wrong_answer(&self) -> bool {
        let is_canvas = self.profile == Profile::Canvas;
        is_canvas && !self.exercise.hints.is_empty() && self.exercise.is_marked_by_program()
    }

    fn cartridge_fields(&self, xml: &mut Xml) {
        field(xml, "cc_profile", self.form());
        field(xml, "cc_weighting", &self.exercise.points.clamp(1, 99).to_string());
        field(xml, "qmd_computerscored", if self.exercise.is_marked_by_program() { "Yes" } else { "No" });
    }

    /// What Canvas reads comes first; what it passes over is read back by an import.
    fn canvas_fields(&self, xml: &mut Xml, hung: Option<&Hung<'_>>) {
        let exercise = self.exercise;
        field(xml, "question_type", self.form());
        field(xml, "points_possible", &exercise.points.to_string());
        if let Some(hung) = hung {
            field(xml, "parent_stimulus_item_ident", &hung.ident);
        }
        let mut own = |label: &str, entries: &[String]| entries.iter().for_each(|entry| field(xml, label, entry));
        match &exercise.interaction {
            Interaction::Extended { grading, rows, lines, .. } => {
                let notes: Vec<String> = grading.iter().map(|line| plain(line)).collect();
                if !notes.is_empty() {
                    own("grading_notes", &[notes.join("\n")]);
                    // The same with its mark-up, by which an import tells its parts.
                    own("pilcrow_grading", grading);
                }
                own("pilcrow_lines", &[lines.to_string()]);
                let rows: Vec<String> = rows.iter().map(|row| format!("{} {}", row.points, row.lines)).collect();
                own("pilcrow_row", &rows);
            }
            Interaction::Entry { answers, number, .. } => {
                let right = answers.iter().filter(|answer| answer.share == Share::ALL);
                let accepted: Vec<String> = right.map(|answer| answer.text.clone()).collect();
                if number.is_some() {
                    own("pilcrow_accept", &accepted);
                }
                let wrong = answers.iter().filter(|answer| answer.share != Share::ALL);
                let errors: Vec<String> = wrong.map(|a| format!("{} => {}", a.text, a.feedback)).collect();
                own("pilcrow_error", &errors);
            }
            Interaction::Gaps { passage, words } => {
                own("pilcrow_word", words);
                let gaps: Vec<String> = blanks(passage).map(|answers| answers.join("|")).collect();
                own("pilcrow_gap", if words.is_empty() { &[] } else { &gaps });
            }
            _ => {}
        }
        if !self.hints_after_a_wrong_answer() {
            own("pilcrow_hint", &exercise.hints);
        }
        if !exercise.teacher_note.is_empty() {
            own("pilcrow_note", std::slice::from_ref(&exercise.teacher_note));
        }
        if let Some(gate) = &exercise.gate {
            own("pilcrow_gate", std::slice::from_ref(gate));
        }
        own("pilcrow_tag", &exercise.tags);
    }

    /// The options of a choice, or the sentences of a text as options. Cartridges name True and False so: Moodle asks for it.
    fn labels(&self) -> Vec<Label> {
        let idents: Vec<String> = match &self.exercise.interaction {
            Interaction::Choice { sort: ChoiceSort::TrueFalse, .. } => vec!["true".to_owned(), "false".to_owned()],
            Interaction::HotText { passages, .. } => {
                passages.iter().flat_map(|passage| &passage.sentences).map(|sentence| sentence.id.clone()).collect()
            }
            Interaction::Choice { options, .. } => (0..options.len()).map(|at| nth(1, at)).collect(),
            _ => Vec::new(),
        };
        let split = choices(self.exercise).and_then(|split| split.exercises.into_iter().next());
        match split.map(|exercise| exercise.interaction) {
            Some(Interaction::Choice { options, .. }) => {
                idents.into_iter().zip(options).map(|(ident, option)| Label { ident, option }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn responses(&self, xml: &mut Xml) {
        match &self.exercise.interaction {
            Interaction::Choice { .. } | Interaction::HotText { .. } => self.choice(xml),
            Interaction::Matching { premises, responses, .. } => {
                for (at, premise) in premises.iter().enumerate() {
                    lid(xml, &format!("response_{}", nth(1, at)), |xml| text(xml, &premise.text), responses);
                }
            }
            Interaction::Ordering { elements, .. } => {
                let places = places(elements.len());
                for (at, element) in elements.iter().enumerate() {
                    lid(xml, &format!("response_{}", nth(1, at)), |xml| text(xml, &element.text), &places);
                }
            }
            Interaction::Gaps { passage, words: list } => {
                for (at, answers) in blanks(passage).enumerate() {
                    let name = format!("gap{}", at + 1);
                    let (ident, shown) = (format!("response_{name}"), shown(answers, list));
                    xml.block("response_lid", &[("ident", ident.as_str()), ("rcardinality", "Single")], |xml| {
                        words(xml, &name);
                        xml.block("render_choice", &[], |xml| {
                            for (nr, word) in shown.iter().enumerate() {
                                let ident = nth(at + 1, nr);
                                xml.block("response_label", &[("ident", ident.as_str())], |xml| words(xml, word));
                            }
                        });
                    });
                }
            }
            Interaction::Entry { number, .. } => {
                let decimal = number.is_some() && self.profile == Profile::Canvas;
                typed(xml, if decimal { &[("fibtype", "Decimal")] } else { &[] });
            }
            Interaction::Talk { .. } if self.profile == Profile::Canvas => {}
            Interaction::Extended { .. } | Interaction::Talk { .. } => typed(xml, &[]),
        }
    }

    fn choice(&self, xml: &mut Xml) {
        let shuffle = matches!(self.exercise.interaction, Interaction::Choice { shuffle: true, .. });
        let many = matches!(self.form(), "multiple_answers_question" | "cc.multiple_response.v0p1");
        let cardinality = if many { "Multiple" } else { "Single" };
        xml.block("response_lid", &[("ident", RESPONSE), ("rcardinality", cardinality)], |xml| {
            xml.block("render_choice", &[("shuffle", if shuffle { "Yes" } else { "No" })], |xml| {
                for Label { ident, option } in self.labels() {
                    let mut attributes = vec![("ident", ident.as_str())];
                    if shuffle && option.fixed {
                        attributes.push(("rshuffle", "No"));
                        // New Quizzes know an option that keeps its place by a word of their own.
                        if self.profile == Profile::Canvas {
                            attributes.push(("lock", "Yes"));
                        }
                    }
                    xml.block("response_label", &attributes, |xml| text(xml, &option.text));
                }
            });
        });
    }

    fn processing(&self, xml: &mut Xml) {
        let scored = [("maxvalue", "100"), ("minvalue", "0"), ("varname", "SCORE"), ("vartype", "Decimal")];
        xml.block("resprocessing", &[], |xml| {
            xml.block("outcomes", &[], |xml| xml.empty("decvar", &scored));
            if !body::general(self.exercise).is_empty() {
                let always = Condition { goes_on: true, score: None, feedback: Some(GENERAL) };
                always.write(xml, |xml| xml.empty("other", &[]));
            }
            match &self.exercise.interaction {
                Interaction::Choice { .. } | Interaction::HotText { .. } => self.score_choice(xml),
                Interaction::Matching { premises, responses, .. } => score_pairs(xml, premises, responses),
                Interaction::Ordering { elements, right, .. } => score_order(xml, elements, right),
                Interaction::Gaps { passage, words } => score_gaps(xml, passage, words),
                Interaction::Entry { answers, number, .. } => match number {
                    Some(number) if self.profile == Profile::Canvas => score_number(xml, answers, *number),
                    _ => score_words(xml, answers, self.profile),
                },
                Interaction::Extended { .. } | Interaction::Talk { .. } => {
                    let by_hand = Condition { goes_on: false, score: None, feedback: None };
                    by_hand.write(xml, |xml| xml.empty("other", &[]));
                }
            }
            if self.hints_after_a_wrong_answer() {
                let wrong = Condition { goes_on: true, score: None, feedback: Some(WRONG) };
                wrong.write(xml, |xml| xml.empty("other", &[]));
            }
        });
    }

    fn score_choice(&self, xml: &mut Xml) {
        let labels = self.labels();
        let many = matches!(self.form(), "multiple_answers_question" | "cc.multiple_response.v0p1");
        let all = || Some(("Set", "100".to_owned()));
        if !many {
            // One condition an option: Moodle takes score and reason of an option from the condition that names it.
            for Label { ident, option } in &labels {
                let feedback = feedback_ident(ident);
                let said = Some(feedback.as_str()).filter(|_| !option.feedback.is_empty());
                let score = option.right.then(all).flatten();
                if score.is_some() || said.is_some() {
                    Condition { goes_on: false, score, feedback: said }.write(xml, |xml| equals(xml, RESPONSE, ident));
                }
            }
            return;
        }
        let reasons = |xml: &mut Xml, goes_on| {
            for Label { ident, .. } in labels.iter().filter(|label| !label.option.feedback.is_empty()) {
                let feedback = feedback_ident(ident);
                Condition { goes_on, score: None, feedback: Some(&feedback) }
                    .write(xml, |xml| equals(xml, RESPONSE, ident));
            }
        };
        let cartridge = self.profile == Profile::Cartridge;
        let score = |xml: &mut Xml| {
            Condition { goes_on: cartridge, score: all(), feedback: None }.write(xml, |xml| {
                xml.block("and", &[], |xml| {
                    for Label { ident, option } in &labels {
                        // Moodle knows a right answer among several by `case`.
                        let attributes: &[(&str, &str)] = if cartridge {
                            &[("respident", RESPONSE), ("case", "Yes")]
                        } else {
                            &[("respident", RESPONSE)]
                        };
                        match option.right {
                            true => xml.leaf("varequal", attributes, ident),
                            false => xml.block("not", &[], |xml| xml.leaf("varequal", attributes, ident)),
                        }
                    }
                });
            });
        };
        if cartridge {
            // Moodle shows every feedback whose condition goes on to everyone: the reasons of options stop, after the score.
            score(xml);
            reasons(xml, false);
        } else {
            reasons(xml, true);
            score(xml);
        }
    }

    fn feedback(&self, xml: &mut Xml) {
        let mut say = |ident: &str, html: &str| {
            xml.block("itemfeedback", &[("ident", ident)], |xml| {
                xml.block("flow_mat", &[], |xml| material(xml, html));
            });
        };
        let general = body::general(self.exercise);
        if !general.is_empty() && self.form() != "text_only_question" {
            say(GENERAL, &general);
        }
        if self.hints_after_a_wrong_answer() {
            say(WRONG, &body::hints(self.exercise));
        }
        for Label { ident, option } in self.labels().iter().filter(|label| !label.option.feedback.is_empty()) {
            say(&feedback_ident(ident), &block(&option.feedback));
        }
        if let Interaction::Matching { premises, .. } = &self.exercise.interaction {
            for (at, premise) in premises.iter().enumerate().filter(|(_, premise)| !premise.feedback.is_empty()) {
                say(&feedback_ident(&nth(1, at)), &block(&premise.feedback));
            }
        }
    }
}

/// `101`, `102` …: numbers, as Canvas’s own ids, by which it knows the responses of a matching apart.
pub(super) fn nth(list: usize, at: usize) -> String {
    (list * 100 + at + 1).to_string()
}

pub(super) fn feedback_ident(ident: &str) -> String {
    format!("{ident}_fb")
}

/// The places of an order, as responses.
fn places(count: usize) -> Vec<Labelled> {
    (1..=count).map(|n| Labelled { id: n.to_string(), text: n.to_string() }).collect()
}

/// The words of a gap: the whole list, each once, or those that are accepted.
pub(super) fn shown<'a>(answers: &'a [String], list: &'a [String]) -> Vec<&'a String> {
    each_once(if list.is_empty() { answers } else { list })
}

/// A response to be chosen from a list of its own.
fn lid(xml: &mut Xml, ident: &str, asked: impl FnOnce(&mut Xml), responses: &[Labelled]) {
    xml.block("response_lid", &[("ident", ident), ("rcardinality", "Single")], |xml| {
        asked(xml);
        xml.block("render_choice", &[], |xml| {
            for (at, response) in responses.iter().enumerate() {
                let ident = nth(2, at);
                xml.block("response_label", &[("ident", ident.as_str())], |xml| words(xml, &plain(&response.text)));
            }
        });
    });
}

/// A response to be typed.
fn typed(xml: &mut Xml, attributes: &[(&str, &str)]) {
    xml.block("response_str", &[("ident", RESPONSE), ("rcardinality", "Single")], |xml| {
        xml.block("render_fib", attributes, |xml| {
            xml.empty("response_label", &[("ident", "answer1"), ("rshuffle", "No")]);
        });
    });
}
