//! An item of the bank → a question of the quiz.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::quiz::{self, Evidence, Item};
use super::task::{self, Element, Idea, Near, Order, Piece, Pin, Premise, Quotation, Sample, Statement};
use super::{Chapter, Choice, Settings, Task, Text, word};
use crate::bank::{self, Basis, ClozeMode, Correction, Order as BankOrder, Quote, Remark, Segment, Task as BankTask};
use crate::letter::{Letter, Place};
use crate::picture::Web;
use crate::sheet::{Labelled, Prompt, Question};
use crate::text;

/// An item and all that it is shown with.
pub(super) struct Asked<'a> {
    pub source: usize,
    pub chapter: &'a Chapter<'a>,
    /// Whether other letters are in the quiz, whose items might have the same ids.
    pub several: bool,
    pub item: &'a bank::Item,
    /// The item as a sheet shows it: its lists lie in this order.
    pub question: &'a Question,
    pub settings: &'a Settings<'a>,
}

impl Asked<'_> {
    pub fn item(&self) -> Item {
        let item = self.item;
        let letter = self.chapter.letter;
        let about = &letter.about;
        let task = self.task();
        let stem = match item.stem.as_str() {
            "" => &self.settings.labels.cloze_stem,
            stem => stem,
        };
        Item {
            id: if self.several { format!("{}/{}", about.id, item.id) } else { item.id.clone() },
            source: self.source,
            kind: word(item.kind().word()),
            section: about.sections.get(item.section).map_or_else(String::new, |section| section.id.clone()),
            skills: item.skills.iter().map(|skill| word(skill.word())).collect(),
            points: task.points(),
            cite: item.paragraphs().collect(),
            stem: Text::authored(stem),
            figure: item.figure.as_deref().map(figure),
            stimulus: item.set,
            hints: item.hints.iter().map(|hint| Text::authored(hint)).collect(),
            explanation: Text::authored(&item.explanation),
            evidence: item.evidence.iter().map(|e| evidence(letter, self.settings, e)).collect(),
            hide: matches!(&item.task, BankTask::Cloze { mode: ClozeMode::Verbatim, .. }),
            task,
        }
    }

    fn task(&self) -> Task {
        match &self.item.task {
            BankTask::SingleChoice { key, distractors, order } => {
                self.choice(std::slice::from_ref(key), distractors, *order, None)
            }
            BankTask::Vocabulary { word, phrase, key, distractors, order } => {
                self.choice(std::slice::from_ref(key), distractors, *order, Some((word, phrase)))
            }
            BankTask::MultipleSelect { keys, distractors, order } => self.choice(keys, distractors, *order, None),
            BankTask::TrueFalse { because, correction } => Task::TrueFalse {
                answer: correction.is_none(),
                because: Text::authored(because),
                corrections: correction
                    .as_ref()
                    .map_or_else(Vec::new, |correction| corrections(&self.item.stem, because, correction)),
            },
            BankTask::StatementCheck { verdict, because } => {
                Task::Statement { verdict: word(verdict.word()), because: Text::authored(because) }
            }
            BankTask::Matching { heads, pairs, extra, order } => self.matching(heads, pairs, extra, *order),
            BankTask::Attribution { speakers, statements } => Task::Attribution {
                speakers: speakers.iter().map(|s| words(&s.text)).collect(),
                statements: statements
                    .iter()
                    .map(|s| Statement {
                        text: Text::authored(&s.text),
                        speaker: speakers.iter().position(|speaker| speaker.id == s.speaker).unwrap_or(0),
                        because: Text::authored(&s.because),
                        p: s.cite.paragraph(),
                    })
                    .collect(),
            },
            BankTask::Ordering { basis, elements } => Task::Ordering {
                by: match basis {
                    Basis::Text => "text",
                    Basis::Time => "time",
                }
                .to_owned(),
                elements: elements
                    .iter()
                    .map(|e| Element { text: Text::authored(&e.text), p: e.quote.cite.paragraph() })
                    .collect(),
            },
            BankTask::Cloze { passage, .. } => self.cloze(passage),
            BankTask::Numeric { answer, unit, tolerance, accept, known_errors } => Task::Numeric {
                answer: answer.clone(),
                unit: unit.clone(),
                tolerance: *tolerance,
                accept: accept.clone(),
                errors: known_errors.iter().map(remark).collect(),
            },
            BankTask::ShortAnswer { accepted, not_credited, samples, .. } => Task::Ideas {
                ideas: accepted.iter().map(|i| Idea { idea: Text::authored(&i.idea), points: i.points }).collect(),
                not_credited: not_credited.iter().map(remark).collect(),
                samples: samples.iter().map(|s| Sample { score: s.score, text: Text::authored(&s.text) }).collect(),
            },
            BankTask::EvidenceFinding { search_in, core, partial, .. } => self.finding(search_in, core, partial),
            BankTask::PairedEvidence { key, distractors, part_b } => self.paired(key, distractors, part_b),
            // The kinds of `super::KINDS` are all above; these come to no quiz.
            BankTask::Essay { .. } | BankTask::Organizer { .. } | BankTask::Discussion { .. } => {
                Task::Ideas { ideas: Vec::new(), not_credited: Vec::new(), samples: Vec::new() }
            }
        }
    }

    fn choice(
        &self,
        keys: &[bank::Choice],
        distractors: &[bank::Choice],
        order: BankOrder,
        word: Option<(&str, &Quote)>,
    ) -> Task {
        let options = match &self.question.prompt {
            Prompt::Choice { options, .. } => self.as_shown(options, keys.iter(), distractors.iter()),
            _ => Vec::new(),
        };
        Task::Choice {
            choose: keys.len(),
            options,
            order: fixed_unless(order == BankOrder::Shuffle),
            word: word.map(|(word, _)| Text::authored(word)),
            phrase: word.map(|(_, phrase)| Text::verbatim(&phrase.text)),
        }
    }

    /// Options in the order in which a sheet shows them.
    fn as_shown<'b>(
        &self,
        shown: &[Labelled],
        keys: impl Iterator<Item = &'b bank::Choice>,
        distractors: impl Iterator<Item = &'b bank::Choice>,
    ) -> Vec<Choice> {
        let right = keys.map(|key| (key, self.option(key, true)));
        let all: Vec<_> = right.chain(distractors.map(|wrong| (wrong, self.option(wrong, false)))).collect();
        let find =
            |label: &Labelled| all.iter().find(|(of, _)| of.text == label.text).map(|(_, option)| option.clone());
        shown.iter().filter_map(find).collect()
    }

    fn option(&self, choice: &bank::Choice, right: bool) -> Choice {
        let misconception = choice.misconception.as_deref().and_then(|id| self.chapter.bank.misconception(id));
        Choice {
            text: Text::authored(&choice.text),
            right,
            because: Text::authored(&choice.because),
            pin: choice.pin.map(|pin| match pin {
                bank::Pin::First => Pin::First,
                bank::Pin::Last => Pin::Last,
            }),
            cite: choice.cite.and_then(Place::paragraph),
            misconception: misconception.map(|m| Text::authored(&m.answer)),
        }
    }

    fn matching(&self, heads: &[String; 2], pairs: &[bank::Pair], extra: &[Remark], order: BankOrder) -> Task {
        let shown: &[Labelled] = match &self.question.prompt {
            Prompt::Matching { responses, .. } => responses,
            _ => &[],
        };
        let because = |text: &str| extra.iter().find(|remark| remark.text == text).map(|remark| &remark.because);
        Task::Matching {
            heads: [Text::authored(&heads[0]), Text::authored(&heads[1])],
            premises: pairs
                .iter()
                .map(|pair| Premise {
                    text: Text::authored(&pair.premise),
                    response: shown.iter().position(|response| response.text == pair.response).unwrap_or(0),
                    because: Text::authored(&pair.because),
                })
                .collect(),
            responses: shown
                .iter()
                .map(|response| Choice {
                    because: because(&response.text).map_or_else(Text::default, |because| Text::authored(because)),
                    ..words(&response.text)
                })
                .collect(),
            order: fixed_unless(order != BankOrder::Logical),
        }
    }

    fn cloze(&self, passage: &[Segment]) -> Task {
        let mut blanks = Vec::new();
        let pieces = passage.iter().map(|segment| match segment {
            Segment::Text(text) => Piece::Words(Text::authored(text)),
            Segment::Blank(answers) => {
                blanks.push(answers.clone());
                Piece::Blank { blank: blanks.len() - 1 }
            }
        });
        let passage = pieces.collect();
        let words = match &self.question.prompt {
            Prompt::Cloze { words, .. } => words.clone(),
            _ => Vec::new(),
        };
        Task::Cloze { passage, blanks, words }
    }

    fn finding(&self, search_in: &[u32], core: &Quote, partial: &[(Quote, String)]) -> Task {
        let letter = self.chapter.letter;
        let place = |quote: &Quote| task::Place { p: quote.cite.paragraph().unwrap_or(0), s: sentences(letter, quote) };
        let core = place(core);
        // Whole sentences are tapped here: a part of the core's own sentence cannot be told from the core.
        let near = partial.iter().map(|(quote, because)| {
            let task::Place { p, mut s } = place(quote);
            s.retain(|at| p != core.p || !core.s.contains(at));
            Near { p, s, because: Text::authored(because) }
        });
        let partial = near.filter(|near| !near.s.is_empty()).collect();
        Task::Finding { search_in: search_in.to_vec(), core, partial }
    }

    fn paired(&self, key: &(bank::Choice, Quote), distractors: &[(bank::Choice, Quote)], part_b: &str) -> Task {
        let Prompt::Paired { answers, quotations, .. } = &self.question.prompt else {
            return Task::Paired { answers: Vec::new(), part_b: Text::default(), quotations: Vec::new() };
        };
        let pairs: Vec<&(bank::Choice, Quote)> = std::iter::once(key).chain(distractors).collect();
        let usual = text::fill(&self.settings.labels.part_b_stem, &[("genre", &self.chapter.letter.about.genre)]);
        let quotation = |label: &Labelled| {
            let (choice, quote) = pairs.iter().find(|(_, quote)| quote.text == label.text)?;
            let answer = answers.iter().position(|answer| answer.text == choice.text)?;
            Some(Quotation { text: quote.text.clone(), p: quote.cite.paragraph(), answer })
        };
        Task::Paired {
            answers: self.as_shown(answers, std::iter::once(&key.0), distractors.iter().map(|(choice, _)| choice)),
            part_b: Text::authored(if part_b.is_empty() { &usual } else { part_b }),
            quotations: quotations.iter().filter_map(quotation).collect(),
        }
    }
}

/// The ways to put a false statement right, each as the whole statement with the new words strong: the right one and two of
/// those that the key refuses. None where the author names fewer than two to refuse: then only the judgement is asked.
fn corrections(statement: &str, because: &str, correction: &Correction) -> Vec<Choice> {
    let Some((before, after)) = statement.split_once(&correction.replace) else { return Vec::new() };
    if correction.reject.len() < 2 {
        return Vec::new();
    }
    // A star of the author's own beside the words would be read with those around them.
    let put = |words: &str| {
        let mut inlines = text::parse(before);
        inlines.push(text::Inline::Strong(text::parse(words)));
        inlines.extend(text::parse(after));
        Text::of(&inlines)
    };
    let right =
        Choice { text: put(&correction.with), right: true, because: Text::authored(because), ..Choice::default() };
    let wrong = correction.reject.iter().take(2).map(|refused| Choice {
        text: put(&refused.text),
        because: Text::authored(&refused.because),
        ..Choice::default()
    });
    std::iter::once(right).chain(wrong).collect()
}

/// A picture as a `data:` address.
pub(super) fn figure(figure: &bank::Figure) -> quiz::Figure {
    let picture = figure.picture.picture();
    let web = &picture.web;
    let pixels = |points: f32| (points / 0.75).round() as u32;
    quiz::Figure {
        src: address(web),
        alt: figure.alt.clone(),
        caption: Text::authored(&figure.caption),
        credit: Text::authored(&figure.credit),
        width: pixels(picture.size.0),
        height: pixels(picture.size.1),
    }
}

/// A drawing is written as text, which the quiz as a whole can be deflated with; pixels are deflated already.
fn address(web: &Web) -> String {
    let start = format!("data:{}", web.media_type);
    match std::str::from_utf8(&web.bytes) {
        Ok(drawing) if web.media_type == "image/svg+xml" => {
            let escaped = |c: char| matches!(c, '%' | '#' | '"' | '<' | '>' | '\n' | '\r' | '\t') || !c.is_ascii();
            let mut out = format!("{start},");
            for c in drawing.chars() {
                if escaped(c) {
                    c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out += &format!("%{byte:02X}"));
                } else {
                    out.push(c);
                }
            }
            out
        }
        _ => format!("{start};base64,{}", STANDARD.encode(&web.bytes)),
    }
}

fn evidence(letter: &Letter, settings: &Settings<'_>, evidence: &bank::Evidence) -> Evidence {
    let quote = &evidence.quote;
    let p = quote.cite.paragraph();
    Evidence {
        p,
        s: sentences(letter, quote),
        from: p.is_none().then(|| settings.labels.place(quote.cite)),
        text: quote.text.clone(),
        role: evidence.role.word().to_owned(),
    }
}

/// Indices of the sentences that a quotation touches; none outside of paragraphs.
fn sentences(letter: &Letter, quote: &Quote) -> Vec<usize> {
    let paragraph = quote.cite.paragraph().and_then(|n| letter.paragraphs.iter().find(|p| p.number == n));
    let touched = |(at, range): (usize, &std::ops::Range<usize>)| {
        (range.start < quote.at.end && quote.at.start < range.end).then_some(at)
    };
    paragraph.map_or_else(Vec::new, |p| p.sentences.iter().enumerate().filter_map(touched).collect())
}

fn fixed_unless(shuffled: bool) -> Order {
    if shuffled { Order::Shuffle } else { Order::Fixed }
}

fn words(text: &str) -> Choice {
    Choice { text: Text::authored(text), ..Choice::default() }
}

fn remark(remark: &Remark) -> Choice {
    Choice { because: Text::authored(&remark.because), ..words(&remark.text) }
}
