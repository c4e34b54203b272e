//! GIFT: questions as text, read by the rules of Moodle’s importer (`question/format/gift`).

mod blocks;

use blocks::{BEGINNINGS, blocks};

use super::graded::{Answer, Head, choice, entry, judged, matching, ordered};
use super::moodle::row_of;
use super::page::{Notation, asked, told};
use super::{Entry, Opened, Read, Reader};
use crate::bank::Kind;
use crate::exchange::{Accepted, Interaction, Number, Share};

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "gift",
    about: "GIFT, questions as text with their answers in braces",
    detects: |opened| {
        let text = opened.text.trim_start();
        // Braces stand in XML, pages, tables and decks as well, which are known by how they begin.
        let others = [super::csv::READER, super::anki::READER];
        let is_other = || text.starts_with('<') || others.iter().any(|other| (other.detects)(opened));
        let begins = BEGINNINGS.iter().any(|begin| text.starts_with(begin));
        (begins || !is_other()) && blocks(&opened.text).iter().any(|block| has_answers(&block.text))
    },
    read: |opened| Ok(read(opened)),
};

/// Signs that have a meaning, and the private signs that stand for them where a backslash takes it from them.
const SIGNS: [(char, char); 7] = [
    (':', '\u{E100}'),
    ('#', '\u{E101}'),
    ('=', '\u{E102}'),
    ('{', '\u{E103}'),
    ('}', '\u{E104}'),
    ('~', '\u{E105}'),
    ('n', '\u{E106}'),
];

/// A text whose escaped signs are private signs.
fn hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().filter(|c| !('\u{E100}'..='\u{E106}').contains(c)).peekable();
    while let Some(c) = signs.next() {
        let next = signs.peek().copied();
        match (c, next.and_then(|next| SIGNS.iter().find(|(sign, _)| *sign == next))) {
            ('\\', Some((_, private))) => {
                out.push(*private);
                signs.next();
            }
            ('\\', None) if next == Some('\\') => {
                out.push('\\');
                signs.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// A text with its signs again.
fn shown(text: &str) -> String {
    let sign = |c: char| match SIGNS.iter().find(|(_, private)| *private == c) {
        Some(('n', _)) => '\n',
        Some((sign, _)) => *sign,
        None => c,
    };
    text.chars().map(sign).collect()
}

/// Whether a block has braces with answers in them.
fn has_answers(block: &str) -> bool {
    let block = hidden(block);
    let parts = block.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.0.trim())));
    let Some((before, inside)) = parts else { return false };
    let judged = ["T", "TRUE", "F", "FALSE"].iter().any(|word| {
        inside.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with('#'))
    });
    // `{#letter}` after a heading of Markdown is no number.
    let number = inside.strip_prefix('#').map(str::trim_start);
    let number = number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || "=%-+.".contains(c)));
    judged || number || inside.starts_with(['=', '~', '>']) || inside.is_empty() && !before.trim().is_empty()
}

fn read(opened: &Opened) -> Read {
    let mut read = Read::default();
    let mut category = String::new();
    for block in blocks(&opened.text) {
        let mut comments = String::new();
        let mut text = String::new();
        for line in block.text.lines() {
            if line.starts_with("//") {
                comments.push_str(line);
                comments.push('\n');
            } else if let Some(path) = line.strip_prefix("$CATEGORY:").filter(|_| text.trim().is_empty()) {
                path.trim().clone_into(&mut category);
                let path = category.replace("//", "\u{2044}");
                let title = path.split('/').find(|part| !part.starts_with('$') && *part != "top");
                if let (true, Some(title)) = (read.title.is_empty(), title) {
                    read.title = title.replace('\u{2044}', "/");
                }
            } else {
                text.push_str(line);
                text.push('\n');
            }
        }
        if !text.trim().is_empty() {
            let mut entry = question(&hidden(text.trim()), &comments, &category, &mut read);
            if let Entry::Question(question) = &mut entry
                && !block.is_parted
            {
                question.changed.push("no blank line parted it from the question before it".to_owned());
            }
            read.entries.push(entry);
        }
    }
    read
}

/// A text with its notation, `[html]` before it or that of the question.
fn noted(text: &str, usual: Notation) -> (String, Notation) {
    let text = text.trim();
    let named = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match named {
        Some((name @ ("html" | "moodle" | "plain" | "markdown"), rest)) => {
            (shown(rest).trim().to_owned(), Notation::of(name))
        }
        _ => (shown(text), usual),
    }
}

fn authored(text: &str, usual: Notation) -> String {
    let (text, notation) = noted(text, usual);
    notation.read(&text).text
}

/// `[id:…]` and every `[tag:…]` of the comments.
fn marks(comments: &str, mark: &str) -> Vec<String> {
    let opening = format!("[{mark}:");
    let inner = |rest: &str| {
        let mut escaped = false;
        let end = rest.find(|c| {
            let ends = c == ']' && !escaped;
            escaped = c == '\\';
            ends
        })?;
        Some(rest[..end].replace("\\]", "]").trim().to_owned())
    };
    comments.split(&opening).skip(1).filter_map(inner).filter(|text| !text.is_empty()).collect()
}

fn question(text: &str, comments: &str, category: &str, read: &mut Read) -> Entry {
    let named = text.strip_prefix("::").and_then(|rest| rest.split_once("::"));
    let (name, text) = named.map_or((String::new(), text), |(name, rest)| (shown(name).trim().to_owned(), rest));
    let called = |text: &str| match name.is_empty() {
        false => name.clone(),
        true => shown(text).split_whitespace().take(6).collect::<Vec<_>>().join(" "),
    };
    let dropped = |why: &str| Entry::Dropped { name: called(text), why: why.to_owned() };
    let (stem, answers) = match (text.split_once('{'), text.contains('}')) {
        (None, false) => (text.to_owned(), None),
        (Some((before, rest)), true) => {
            let Some((inside, after)) = rest.split_once('}') else { return dropped("its braces do not close") };
            if after.contains('{') {
                return dropped("it has a second pair of braces: write a blank line between two questions");
            }
            let blank = if after.trim().is_empty() { "" } else { " ____ " };
            (format!("{}{blank}{}", before.trim_end(), after.trim_start()), Some(inside.trim().to_owned()))
        }
        _ => return dropped("its braces do not close"),
    };
    let (stem, notation) = noted(&stem, Notation::Html);
    let (answers, general) = match &answers {
        Some(answers) => match answers.rsplit_once("####") {
            Some((answers, general)) => (Some(answers.trim().to_owned()), general.to_owned()),
            None => (Some(answers.clone()), String::new()),
        },
        None => (None, String::new()),
    };
    let (general, told_in) = noted(&general, notation);
    let mut tags = marks(comments, "tag");
    if !category.is_empty() && !tags.iter().any(|tag| tag.starts_with("section:")) {
        tags.push(format!("category: {category}"));
    }
    let mut head = Head {
        id: marks(comments, "id").into_iter().next().unwrap_or_else(|| name.clone()),
        tags,
        hints: Vec::new(),
        points: None,
        asked: asked(&stem, notation),
        told: told(&general, told_in),
        changed: Vec::new(),
    };
    if head.asked.stem.is_empty() {
        return dropped("it asks nothing");
    }
    if head.asked.pictures.iter().any(|(source, _)| !source.is_empty()) {
        head.changed.push("its picture was left out: GIFT holds none".to_owned());
    }
    let interaction = match answers {
        Some(answers) => interaction(&answers, notation, &mut head),
        None if head.kind() == Some(Kind::Discussion) => {
            let [follow_ups, starters, norms] = std::mem::take(&mut head.asked.lists);
            Ok(Interaction::Talk { stance: head.asked.stance.take(), follow_ups, starters, norms })
        }
        None => Err("it has no answers in braces, and asks nothing".to_owned()),
    };
    let set = head.asked.set.take();
    match interaction {
        Ok(interaction) => {
            let mut question = head.question(interaction, read.entries.last());
            question.exercise.stimulus = set.map(|set| read.stimulus(set));
            Entry::Question(Box::new(question))
        }
        Err(why) => dropped(&why),
    }
}

/// What stands between the braces, by the first sign that tells its kind.
fn interaction(answers: &str, notation: Notation, head: &mut Head) -> Result<Interaction, String> {
    if answers.is_empty() {
        let [_, starters, _] = std::mem::take(&mut head.asked.lists);
        let rows = std::mem::take(&mut head.asked.rows);
        let rows = rows.iter().filter_map(|row| row_of(row)).collect();
        return Ok(Interaction::Extended { lines: 15, rows, starters, grading: Vec::new() });
    }
    let none = || "it has no answer that is right".to_owned();
    if let Some(numbers) = answers.strip_prefix('#') {
        return numerical(numbers, notation, head).ok_or_else(|| "its answer is no number".to_owned());
    }
    if let Some(lines) = answers.strip_prefix('>') {
        // The first line is how many are shown and how they are marked.
        let texts = lines.lines().skip(1).map(|line| authored(line, notation)).filter(|text| !text.is_empty());
        return ordered(texts.collect(), std::mem::take(&mut head.asked.by)).ok_or_else(none);
    }
    if answers.contains('~') {
        let single = answers.contains('=');
        let parted = answers.replace('=', "~=");
        let options: Vec<Answer> = weighed(parted.split('~'), 0.0, notation);
        return choice(&options, single, true, head);
    }
    if answers.contains('=') && answers.contains("->") {
        let pairs: Vec<(String, String)> = answers
            .split('=')
            .filter_map(|pair| pair.split_once("->"))
            .map(|(premise, response)| {
                (authored(premise, notation), Notation::Plain.read(&shown(response.trim())).text)
            })
            .collect();
        return matching(&pairs, true, head).ok_or_else(|| "it has no pairs".to_owned());
    }
    let mut parts = answers.splitn(3, '#');
    if let Some(word @ ("T" | "TRUE" | "F" | "FALSE")) = parts.next().map(str::trim) {
        let wrong = authored(parts.next().unwrap_or_default(), notation);
        let right = authored(parts.next().unwrap_or_default(), notation);
        let is_true = word.starts_with('T');
        return Ok(judged(is_true, if is_true { [right, wrong] } else { [wrong, right] }));
    }
    let unit = std::mem::take(&mut head.asked.unit);
    let typed = weighed(answers.split('='), 100.0, Notation::Plain);
    let typed: Vec<Answer> = typed.into_iter().map(|answer| said(answer, notation)).collect();
    entry(&typed, 0.0, unit, head).ok_or_else(none)
}

/// Answers with their weights and what is said to them: `%50%words#feedback`, `=words`; `usual` is what none means.
fn weighed<'t>(parts: impl Iterator<Item = &'t str>, usual: f64, notation: Notation) -> Vec<Answer> {
    let answer = |part: &str| {
        let (percent, words) = match part.strip_prefix('=') {
            Some(words) => (100.0, words.trim()),
            None => (usual, part),
        };
        let own = words.strip_prefix('%').and_then(|rest| rest.split_once('%'));
        let own = own.and_then(|(percent, words)| Some((percent.trim().parse::<f64>().ok()?, words)));
        let (percent, words) = own.filter(|(percent, _)| percent.is_finite()).unwrap_or((percent, words));
        let (text, feedback) = words.split_once('#').unwrap_or((words, ""));
        let (text, feedback) = match notation {
            Notation::Plain => (shown(text.trim()), feedback.to_owned()),
            _ => (authored(text, notation), authored(feedback, notation)),
        };
        Answer { text, percent, feedback }
    };
    parts.map(str::trim).filter(|part| !part.is_empty()).map(answer).filter(|answer| !answer.text.is_empty()).collect()
}

/// An answer whose words are plain, and what is said to it not.
fn said(answer: Answer, notation: Notation) -> Answer {
    Answer { feedback: authored(&answer.feedback, notation), ..answer }
}

/// `1961:2`, `1960..1962`, `=%100%1961:0#feedback =…`; after `~` what is said to every other number.
fn numerical(text: &str, notation: Notation, head: &mut Head) -> Option<Interaction> {
    let (numbers, wrong) = text.split_once('~').unwrap_or((text, ""));
    if !wrong.trim().is_empty() {
        head.changed.push("what was said to every other answer was left out".to_owned());
    }
    let mut accepted = Vec::new();
    let mut tolerance = 0.0;
    for answer in weighed(numbers.split('='), 100.0, Notation::Plain) {
        let answer = said(answer, notation);
        let words = answer.text.replace(' ', "");
        let (value, around) = if let Some((low, high)) = words.split_once("..") {
            let (low, high) = (low.parse::<f64>().ok()?, high.parse::<f64>().ok()?);
            (f64::midpoint(low, high).to_string(), (high - low).abs() / 2.0)
        } else if let Some((value, around)) = words.split_once(':') {
            (value.to_owned(), around.parse::<f64>().unwrap_or(0.0))
        } else {
            (words, 0.0)
        };
        value.parse::<f64>().ok().filter(|value| value.is_finite())?;
        let right = answer.percent > 99.0;
        if right && accepted.is_empty() && around.is_finite() && around > 0.0 {
            tolerance = around;
        }
        if !right && answer.percent > 0.0 {
            head.changed.push("an answer that earned a part of the points is a wrong one here".to_owned());
        }
        let share = if right { Share::ALL } else { Share::NOTHING };
        accepted.push(Accepted { text: value, share, feedback: answer.feedback });
    }
    let first = accepted.iter().find(|answer| answer.share == Share::ALL)?;
    let number = Number { value: first.text.parse().ok()?, tolerance };
    let unit = std::mem::take(&mut head.asked.unit);
    Some(Interaction::Entry { answers: accepted, number: Some(number), unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Entry> {
        let opened = Opened { stem: String::new(), text: text.to_owned(), files: Vec::new(), notes: Vec::new() };
        assert!((READER.detects)(&opened), "{text}");
        read(&opened).entries
    }

    #[test]
    fn questions_are_parted_and_escapes_hold() {
        let entries = of(
            "::a\\:b::2 \\{x\\} \\= \\~ \\# \\\\ ? {=one\\=1 #yes\n\n~two\n}\n\n$CATEGORY: x\n\nGrant is {~a =b} here.\n\nno answers",
        );
        assert_eq!(entries.len(), 3);
        let Entry::Question(first) = &entries[0] else { panic!("{entries:?}") };
        assert_eq!((first.exercise.id.as_str(), first.exercise.stem.as_str()), ("a:b", "2 {x} = ~ # \\ ?"));
        let Interaction::Choice { options, .. } = &first.exercise.interaction else { panic!() };
        assert_eq!((options[0].text.as_str(), options[0].feedback.as_str(), options.len()), ("one=1", "yes", 2));
        let Entry::Question(second) = &entries[1] else { panic!("{entries:?}") };
        assert_eq!(second.exercise.stem, "Grant is ____ here.");
        assert!(matches!(&entries[2], Entry::Dropped { .. }));
    }

    #[test]
    fn what_is_broken_is_dropped_and_stops_nothing() {
        let entries =
            of("a {=b\n\n::next::c {T#no#yes}\n\nd } e\n\nf {#x}\n\ng {#5:1}\n\nh {#1..3}\n\ni {~%50%x ~%50%y ~z}");
        let told: Vec<bool> = entries.iter().map(|entry| matches!(entry, Entry::Question(_))).collect();
        assert_eq!(told, [false, true, false, false, true, true, true], "{entries:?}");
    }
}
