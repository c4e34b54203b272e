//! An item → the fields of its note. Lists have classes, by which an import knows the parts again; none tells the key.

use super::Media;
use crate::bank::Figure;
use crate::exchange::inline::{escaped, html, joined, plain};
use crate::exchange::{
    Accepted, Alternative, Exercise, Interaction, Labelled, NoteSort, Package, Piece, Premise, Quoted, Share, Shown,
    decimal,
};
use crate::letter::Place;

/// A note: its kind, its fields in the order of [`NoteSort::fields`], its tags.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Note {
    pub sort: NoteSort,
    pub fields: Vec<String>,
    pub tags: Vec<String>,
    /// What is asked, plain: notes are listed by it.
    pub asks: String,
    /// How many gaps a cloze has, a card each.
    pub gaps: usize,
}

/// What stands on a card: options, the right ones, the reasons.
#[derive(Default)]
struct Sides {
    options: String,
    answer: String,
    reasons: String,
}

impl Note {
    pub fn of((exercise, second): (&Exercise, Option<&Exercise>), package: &Package<'_>, media: &Media) -> Note {
        let is_place = |tag: &&String| tag.parse::<Place>().is_ok();
        let places: Vec<&str> = exercise.tags.iter().filter(is_place).map(String::as_str).collect();
        let quoted = exercise.evidence.iter().map(|quoted| escaped(&told(quoted)));
        let shown = media.shown(exercise, package);
        let mut gaps = 0;
        let (sort, own) = match &exercise.interaction {
            Interaction::Gaps { passage, words } => {
                (NoteSort::Cloze, vec![cloze(passage, &mut gaps), escaped(&words.join(" · "))])
            }
            interaction => {
                let (front, back) = (sides(interaction), second.map(|second| sides(&second.interaction)));
                let back = back.unwrap_or_default();
                let part = second.map(|second| html(&second.stem)).unwrap_or_default();
                let all = [front.options, front.answer, front.reasons, part, back.options, back.answer, back.reasons];
                (NoteSort::Question, all.to_vec())
            }
        };
        let mut fields = vec![exercise.id.clone(), shown, html(&exercise.stem)];
        fields.extend(own);
        fields.extend([
            escaped(&places.join(", ")),
            list("quotations", quoted),
            html(&exercise.explanation),
            list("hints", exercise.hints.iter().map(|hint| html(hint))),
            html(&exercise.teacher_note),
            escaped(&package.letter.about.citation),
        ]);
        // Fields are parted by this sign, and lines mean nothing in HTML.
        let fields = fields.into_iter().map(|field| kept(&field.replace(['\u{1f}', '\n', '\r', '\t'], " "))).collect();
        let tags = exercise.tags.iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join("_")).collect();
        Note { sort, fields, tags, asks: plain(&exercise.stem), gaps }
    }
}

impl Media {
    /// The passage that the item shares with others, and its picture.
    fn shown(&self, exercise: &Exercise, package: &Package<'_>) -> String {
        let mut out = String::new();
        if let Some(stimulus) = exercise.stimulus.and_then(|at| package.stimuli.get(at)) {
            out += &paragraph("intro", &html(&stimulus.intro));
            for passage in &stimulus.passages {
                out += &match passage {
                    Shown::Quoted(quoted) => format!("<blockquote>{}</blockquote>", escaped(&told(quoted))),
                    Shown::Text(text, source) => {
                        format!("<blockquote>{} ({})</blockquote>", html(text), html(source))
                    }
                    Shown::Figure(figure) => Media::picture(figure),
                };
            }
        }
        out + &exercise.figure.iter().map(|figure| Media::picture(figure)).collect::<String>()
    }

    fn picture(figure: &Figure) -> String {
        let below = joined(&[&html(&figure.caption), &html(&figure.credit)]);
        let image = format!("<img src=\"{}\" alt=\"{}\">", Media::name(figure), escaped(&figure.alt));
        image + &paragraph("caption", &below)
    }
}

/// `¶6 “…”`.
fn told(quoted: &Quoted) -> String {
    format!("{} “{}”", quoted.place, quoted.words)
}

/// What Anki would take for a gap, a sound or a formula stays what it is.
fn kept(html: &str) -> String {
    let cut = html.replace('\\', "&#92;").replace('[', "&#91;");
    // The gaps of `cloze` have signs that no text has.
    let cut = cut.replace("{{", "{&#123;").replace("}}", "}&#125;");
    cut.replace(OPEN, "{{c").replace(CLOSE, "}}")
}

/// Stand for the braces of a gap until the rest is escaped.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

/// The passage with its gaps, a card each; words that are right as well stand behind the first.
fn cloze(passage: &[Piece], gaps: &mut usize) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => html(text),
        Piece::Gap(answers) => {
            *gaps += 1;
            // Two colons begin a hint.
            let words = escaped(&answers.join(" / ")).replace("::", ":&#58;");
            format!("{OPEN}{gaps}::{words}{CLOSE}")
        }
    };
    passage.iter().map(piece).collect()
}

fn paragraph(class: &str, inner: &str) -> String {
    if inner.is_empty() { String::new() } else { format!("<p class=\"{class}\">{inner}</p>") }
}

/// A list; nothing where it is empty.
fn list(class: &str, entries: impl Iterator<Item = String>) -> String {
    let entries: String = entries.map(|entry| format!("<li>{entry}</li>")).collect();
    if entries.is_empty() { entries } else { format!("<ul class=\"{class}\">{entries}</ul>") }
}

/// A list with letters (`A`, `a`): an entry for each, empty ones too.
fn lettered(class: &str, letters: char, entries: impl Iterator<Item = (String, bool)>) -> String {
    let entry =
        |(text, fixed): (String, bool)| format!("<li{}>{text}</li>", if fixed { " class=\"fixed\"" } else { "" });
    format!("<ol class=\"{class}\" type=\"{letters}\">{}</ol>", entries.map(entry).collect::<String>())
}

fn named((name, words): (&str, &str)) -> String {
    format!("<b>{}</b> {}", escaped(name), html(words))
}

/// Reasons in the order of what they belong to; nothing where there is none.
fn reasons(letters: char, all: &[&String]) -> String {
    if all.iter().all(|why| why.is_empty()) {
        return String::new();
    }
    lettered("reasons", letters, all.iter().map(|why| (html(why), false)))
}

fn sides(interaction: &Interaction) -> Sides {
    let labels = |list: &[Labelled]| list.iter().map(|entry| (html(&entry.text), false)).collect::<Vec<_>>();
    let lines = |class: &str, list: &[String]| self::list(class, list.iter().map(|line| html(line)));
    match interaction {
        Interaction::Choice { options, shuffle, .. } => choice(options, *shuffle),
        Interaction::Matching { heads, premises, responses, shuffle, reuse } => {
            let word = |is: bool, word: &str| if is { format!(" {word}") } else { String::new() };
            let class = format!("premises{}{}", word(*shuffle, "shuffle"), word(*reuse, "reuse"));
            let asked = premises.iter().map(|premise| (html(&premise.text), false));
            let options = [
                paragraph("head", &html(&heads[0])),
                lettered(&class, 'a', asked),
                paragraph("head", &html(&heads[1])),
                lettered("responses", 'A', labels(responses).into_iter()),
            ];
            let response = |id: &str| responses.iter().find(|r| r.id == id).map_or("", |r| r.text.as_str());
            let pair = |premise: &Premise| {
                let words = format!("{} → {}", premise.text, response(&premise.response));
                named((&format!("{}–{}", premise.id, premise.response), &words))
            };
            Sides {
                options: options.concat(),
                answer: list("pairs", premises.iter().map(pair)),
                reasons: reasons('a', &premises.iter().map(|premise| &premise.feedback).collect::<Vec<_>>()),
            }
        }
        Interaction::Ordering { elements, right, by } => {
            let text = |id: &str| elements.iter().find(|e| e.id == id).map_or("", |e| e.text.as_str());
            Sides {
                options: lettered("elements", 'A', labels(elements).into_iter()) + &paragraph("by", &html(by)),
                answer: list("order", right.iter().map(|id| named((id, text(id))))),
                ..Sides::default()
            }
        }
        Interaction::Entry { answers, number, unit } => {
            let (right, wrong): (Vec<&Accepted>, Vec<&Accepted>) = answers.iter().partition(|a| a.share == Share::ALL);
            let tolerance = number.filter(|number| number.tolerance > 0.0);
            let tolerance = tolerance.map(|number| format!("± {}", decimal(number.tolerance))).unwrap_or_default();
            Sides {
                options: paragraph("unit", &html(unit)),
                answer: list("accepted", right.iter().map(|answer| escaped(&answer.text)))
                    + &paragraph("tolerance", &tolerance),
                reasons: list("errors", wrong.iter().map(|answer| named((&answer.text, &answer.feedback)))),
            }
        }
        Interaction::HotText { passages, choose } => {
            let all = passages.iter().flat_map(|passage| &passage.sentences);
            let passage = |passage: &crate::exchange::HotPassage| {
                let words: Vec<&str> = passage.sentences.iter().map(|s| s.words.as_str()).collect();
                escaped(&format!("{} {}", passage.place, words.join(" ")))
            };
            Sides {
                options: list("passages", passages.iter().map(passage)),
                answer: list("sentences", all.filter(|s| s.is_right(*choose)).map(|s| escaped(&s.words))),
                reasons: list("near", interaction.near().into_iter().map(|s| named((&s.words, &s.feedback)))),
            }
        }
        Interaction::Extended { rows, starters, grading, .. } => {
            let rows = rows.iter().map(|row| format!("{} <i>({})</i>", html(&row.prompt), row.points));
            Sides {
                options: list("rows", rows) + &lines("starters", starters),
                answer: lines("marking", grading),
                ..Sides::default()
            }
        }
        Interaction::Talk { stance, follow_ups, starters, norms } => Sides {
            options: lines("stance", stance.as_ref().map_or(&[], |ends| ends))
                + &lines("further", follow_ups)
                + &lines("starters", starters)
                + &lines("norms", norms),
            ..Sides::default()
        },
        // Has a note of its own.
        Interaction::Gaps { .. } => Sides::default(),
    }
}

fn choice(options: &[Alternative], shuffle: bool) -> Sides {
    let class = if shuffle { "choice shuffle" } else { "choice" };
    let shown = options.iter().map(|option| (html(&option.text), shuffle && option.fixed));
    let right = options.iter().filter(|option| option.right);
    Sides {
        options: lettered(class, 'A', shown),
        answer: list("right", right.map(|option| named((&option.id, &option.text)))),
        reasons: reasons('A', &options.iter().map(|option| &option.feedback).collect::<Vec<_>>()),
    }
}
