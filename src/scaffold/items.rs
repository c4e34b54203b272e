//! One commented item of each kind, made of a text's own words.

use super::quotations::{Quotation, Source};
use super::quoted;
use crate::bank::Kind;

/// An example in the making: YAML lines after `kind`.
struct Example {
    cite: Vec<u32>,
    /// Lines of the kind's own fields, each with its indent and end.
    own: String,
    evidence: Vec<Quotation>,
    explanation: String,
    hint: String,
    /// Bloom's level, depth, band, skill.
    level: (&'static str, u8, &'static str, &'static str),
    /// Its wording is sound as it stands; else it is a draft.
    is_ready: bool,
}

/// Depth of items that only look for words in the text.
const FIND: (&str, u8, &str, &str) = ("remember", 1, "easy", "close-reading");
/// Depth of items that ask what words mean.
const UNDERSTAND: (&str, u8, &str, &str) = ("understand", 2, "medium", "close-reading");
/// Depth of items that weigh the text.
const WEIGH: (&str, u8, &str, &str) = ("analyze", 3, "hard", "argument");

/// `bank/items.yaml`, and the kinds of which an item can be drawn.
pub(super) fn bank(source: &Source<'_>) -> (String, Vec<&'static str>) {
    let mut out = String::from(
        "# yaml-language-server: $schema=../../schema.json\n\
         # One item of each kind, made of the text’s own words: keep what serves, reword the rest, write your own.\n\
         # Items with `status: draft` are checked but never drawn: their wording is an example only.\n",
    );
    let mut items = String::new();
    let mut drawn = Vec::new();
    for kind in Kind::ALL {
        let (comment, example) = example(*kind, source);
        items += &format!("\n  # {kind}: {comment}\n");
        match example {
            Some(example) => {
                items += &example.yaml(*kind);
                if example.is_ready {
                    drawn.push(kind.word());
                }
            }
            None => items += "  # (Left out: this text has too few words that stand in one place only to make an example of them.)\n",
        }
    }
    let is_empty = !items.contains("\n  - id:");
    out += if is_empty { "items: []\n" } else { "items:\n" };
    (out + &items, drawn)
}

impl Example {
    fn yaml(&self, kind: Kind) -> String {
        let cite: Vec<String> = self.cite.iter().map(u32::to_string).collect();
        let mut out = format!("  - id: example-{kind}\n    kind: {kind}\n");
        if !self.is_ready {
            out += "    status: draft           # take this line out when the wording is your own\n";
        }
        out += &format!("    cite: [{}]\n{}    evidence:\n", cite.join(", "), self.own);
        for quotation in &self.evidence {
            out += &format!("      - {}\n", cited(quotation));
        }
        out += &format!("    explanation: {}\n    hints: [{}]\n", quoted(&self.explanation), quoted(&self.hint));
        let (bloom, dok, difficulty, skill) = self.level;
        out + &format!("    bloom: {bloom}\n    dok: {dok}\n    difficulty: {difficulty}\n    skills: [{skill}]\n")
    }
}

fn cited(quotation: &Quotation) -> String {
    format!("{{cite: {}, quote: {}}}", quotation.paragraph, quoted(&quotation.text))
}

fn stem(words: &str) -> String {
    format!("    stem: {}\n", quoted(words))
}

/// `{text: …, because: …}`.
fn option(text: &str, because: &str) -> String {
    format!("{{text: {}, because: {}}}", quoted(text), quoted(because))
}

/// An option that is a quotation, with where it stands as its rationale.
fn quotation_option(quotation: &Quotation) -> String {
    let because = format!("These words begin in sentence {} of ¶{} and stand nowhere else.", quotation.sentence, quotation.paragraph);
    option(&format!("“{}”", quotation.text), &because)
}

fn list(field: &str, entries: impl IntoIterator<Item = String>) -> String {
    let entries: String = entries.into_iter().map(|entry| format!("      - {entry}\n")).collect();
    format!("    {field}:\n{entries}")
}

/// The paragraphs of quotations, each once, in order.
fn paragraphs<'a>(quotations: impl IntoIterator<Item = &'a Quotation>) -> Vec<u32> {
    let mut cite: Vec<u32> = quotations.into_iter().map(|quotation| quotation.paragraph).collect();
    cite.sort_unstable();
    cite.dedup();
    cite
}

fn example(kind: Kind, source: &Source<'_>) -> (&'static str, Option<Example>) {
    match kind {
        Kind::SingleChoice => ("one key, two to four distractors; the options are shuffled on each form", single_choice(source)),
        Kind::MultipleSelect => ("two or more keys; the sheet says how many to choose", multiple_select(source)),
        Kind::TrueFalse => ("if it is false, the pupil puts it right", true_false(source)),
        Kind::StatementCheck => ("supported, contradicted or not-stated", statement_check(source)),
        Kind::Matching => ("pairs, and at least one response too many", matching(source)),
        Kind::Attribution => ("who says it? Name the speakers of your text", attribution(source)),
        Kind::Ordering => ("four to six elements, written in the right order", ordering(source)),
        Kind::Cloze => ("missing words in double braces; the word bank is made from them and extra_words", cloze(source)),
        Kind::Numeric => ("a number, a year or a date", numeric(source)),
        Kind::ShortAnswer => ("a few lines, marked by ideas", short_answer(source)),
        Kind::EvidenceFinding => ("copy the words that show it", evidence_finding(source)),
        Kind::Vocabulary => ("options that can be put in the word’s place; one is another sense of it", vocabulary(source)),
        Kind::PairedEvidence => ("an answer, and the words that prove it", paired_evidence(source)),
        Kind::Essay => ("with a rubric; its points add up", essay(source)),
        Kind::Organizer => ("a table to fill in: opvl, nara4, dig4 or cer", organizer(source)),
        Kind::Discussion => ("for talk, not for points", discussion(source)),
    }
}

fn single_choice(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    // The shortest as the key: it must not be told by its length.
    let key = *firsts.iter().min_by_key(|q| q.text.chars().count())?;
    let mut others: Vec<&Quotation> = firsts.into_iter().filter(|q| q.paragraph != key.paragraph).collect();
    others.sort_by_key(|q| (q.text.chars().count(), q.paragraph));
    others.truncate(3);
    if others.len() < 2 {
        return None;
    }
    let own = stem(&format!("Which of these groups of words stands in ¶{}?", key.paragraph))
        + &format!("    key: {}\n", quotation_option(key))
        + &list("distractors", others.iter().map(|q| quotation_option(q)));
    Some(Example {
        cite: paragraphs(others.iter().copied().chain([key])),
        own,
        evidence: vec![key.clone()],
        explanation: format!("The words are those of ¶{}, sentence {}.", key.paragraph, key.sentence),
        hint: format!("Read ¶{} with the options beside it.", key.paragraph),
        level: FIND,
        is_ready: true,
    })
}

fn multiple_select(source: &Source<'_>) -> Option<Example> {
    let pair = source.quotations.windows(2).find(|pair| pair[0].paragraph == pair[1].paragraph)?;
    let home = pair[0].paragraph;
    let others: Vec<&Quotation> = source.quotations.iter().filter(|q| q.paragraph != home).take(3).collect();
    if others.len() < 3 {
        return None;
    }
    let own = stem(&format!("Which of these groups of words stand in ¶{home}?"))
        + &list("keys", pair.iter().map(quotation_option))
        + &list("distractors", others.iter().map(|q| quotation_option(q)));
    Some(Example {
        cite: paragraphs(others.into_iter().chain(pair)),
        own,
        evidence: pair.to_vec(),
        explanation: format!("Both groups of words are from ¶{home}."),
        hint: format!("Read ¶{home} with the options beside it."),
        level: FIND,
        is_ready: true,
    })
}

fn true_false(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let (first, second) = (*firsts.first()?, *firsts.get(1)?);
    let statement = format!("The words “{}” stand in ¶{}.", second.text, first.paragraph);
    let own = format!(
        "    statement: {}\n    answer: false            # for a true statement: true, and no correction\n    because: {}\n    correction:\n      \
         replace: \"¶{}\"           # the false words of the statement\n      with: \"¶{}\"\n      must_mention: [\"{}\"]\n",
        quoted(&statement),
        quoted(&format!("These are words of sentence {} of ¶{}.", second.sentence, second.paragraph)),
        first.paragraph,
        second.paragraph,
        second.paragraph,
    );
    Some(Example {
        cite: paragraphs([first, second]),
        own,
        evidence: vec![second.clone()],
        explanation: format!("The words are in ¶{}, sentence {}.", second.paragraph, second.sentence),
        hint: "Look at the beginnings of both paragraphs.".to_owned(),
        level: FIND,
        is_ready: true,
    })
}

fn statement_check(source: &Source<'_>) -> Option<Example> {
    let quotation = source.quotations.first()?;
    let own = format!(
        "    statement: {}\n    verdict: supported       # or contradicted, not-stated\n    because: {}\n",
        quoted(&format!("[What the words “{}” say, put in your own words.]", quotation.text)),
        quoted(&format!("¶{} says so in sentence {}.", quotation.paragraph, quotation.sentence)),
    );
    Some(one_place(quotation, own, UNDERSTAND, false))
}

/// An item on one quotation.
fn one_place(quotation: &Quotation, own: String, level: (&'static str, u8, &'static str, &'static str), is_ready: bool) -> Example {
    Example {
        cite: vec![quotation.paragraph],
        own,
        evidence: vec![quotation.clone()],
        explanation: format!("The place is ¶{}, sentence {}.", quotation.paragraph, quotation.sentence),
        hint: format!("Read sentence {} of ¶{}.", quotation.sentence, quotation.paragraph),
        level,
        is_ready,
    }
}

fn matching(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let (pairs, extra) = (firsts.get(..3.min(firsts.len().saturating_sub(1)))?, firsts.last()?);
    if pairs.len() < 2 {
        return None;
    }
    let pair = |q: &&Quotation| {
        let because = format!("The words begin in sentence {} of this paragraph.", q.sentence);
        format!("{{premise: \"¶{}\", response: {}, because: {}}}", q.paragraph, quoted(&format!("“{}”", q.text)), quoted(&because))
    };
    let own = stem("Match each paragraph with words that stand in it.")
        + "    heads: {premises: \"Paragraph\", responses: \"Words\"}\n"
        + &list("pairs", pairs.iter().map(pair))
        + &list("extra_responses", [quotation_option(extra)]);
    Some(Example {
        cite: paragraphs(pairs.iter().chain([extra]).copied()),
        own,
        evidence: pairs.iter().map(|q| (*q).clone()).collect(),
        explanation: "Each group of words stands in one paragraph only.".to_owned(),
        hint: "Skim each paragraph for the first words of each group.".to_owned(),
        level: FIND,
        is_ready: true,
    })
}

fn attribution(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let used = firsts.get(..2)?;
    let statement = |(q, speaker): (&&Quotation, &str)| {
        let because = format!("[How sentence {} of ¶{} shows whose words they are.]", q.sentence, q.paragraph);
        format!("{{text: {}, speaker: {speaker}, cite: {}, because: {}}}", quoted(&format!("“{}”", q.text)), q.paragraph, quoted(&because))
    };
    let own = stem("Whose words are these, as the text presents them?")
        + &list("speakers", ["{id: author, text: \"The author’s own words\"}".into(), "{id: other, text: \"Words of somebody else\"}".into()])
        + &list("statements", used.iter().zip(["author", "other"]).map(statement));
    Some(Example {
        cite: paragraphs(used.iter().copied()),
        own,
        evidence: used.iter().map(|q| (*q).clone()).collect(),
        explanation: "[How the text shows where it gives the words of others.]".to_owned(),
        hint: "Look for “he said”, “you write”, and quotation marks.".to_owned(),
        level: ("understand", 2, "medium", "sourcing"),
        is_ready: false,
    })
}

fn ordering(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let all = if firsts.len() >= 4 { firsts } else { source.quotations.iter().collect() };
    if all.len() < 4 {
        return None;
    }
    // From the whole of the text, not only its beginning.
    let used: Vec<&Quotation> = (0..4).map(|part| all[part * (all.len() - 1) / 3]).collect();
    let element = |q: &&Quotation| format!("{{text: {}, cite: {}, quote: {}}}", quoted(&format!("“{}”", q.text)), q.paragraph, quoted(&q.text));
    let own = "    basis: text              # or time, with `when: 1961-07-25` in each element\n".to_owned()
        + &stem("Put these groups of words in the order in which they stand in the text.")
        + &list("elements", used.iter().map(element));
    Some(Example {
        cite: paragraphs(used.iter().copied()),
        own,
        evidence: vec![used[0].clone()],
        explanation: "The order is that of the paragraphs.".to_owned(),
        hint: "Find the group that stands nearest to the beginning.".to_owned(),
        level: ("understand", 2, "medium", "text-structure"),
        is_ready: true,
    })
}

fn cloze(source: &Source<'_>) -> Option<Example> {
    let gapped = source.gapped()?;
    let mut passage = String::new();
    let mut from = 0;
    for gap in &gapped.gaps {
        passage += &format!("{}{{{{{}}}}}", &gapped.sentence[from..gap.start], &gapped.sentence[gap.clone()]);
        from = gap.end;
    }
    passage += &gapped.sentence[from..];
    let quotation = &gapped.quotation;
    let own = "    mode: verbatim           # its paragraph is then not printed on the sheet; `summary` for a passage of your own\n".to_owned()
        + &stem(&format!("Fill the blanks in this sentence of ¶{} with words from the box.", quotation.paragraph))
        + &format!("    passage: {}\n    extra_words: [{}]\n", quoted(&passage), gapped.extra.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "));
    Some(one_place(quotation, own, UNDERSTAND, true))
}

fn numeric(source: &Source<'_>) -> Option<Example> {
    if let Some(found) = source.figure() {
        let q = &found.quotation;
        let own = stem(&format!("Which number does ¶{} give in figures?", q.paragraph)) + &format!("    answer: {}\n", quoted(&found.figure));
        return Some(one_place(q, own, FIND, true));
    }
    let q = source.quotations.first()?;
    let own = stem("How many numbered paragraphs does this text have?") + &format!("    answer: \"{}\"\n", source.count());
    Some(one_place(q, own, FIND, false))
}

fn short_answer(source: &Source<'_>) -> Option<Example> {
    let q = source.quotations.first()?;
    let accepted = format!("{{idea: \"[What these words say, in your own]\", points: 1, cite: {}, quote: {}}}", q.paragraph, quoted(&q.text));
    let own = stem(&format!("[What does the author say in ¶{} about …?]", q.paragraph))
        + &list("accepted", [accepted])
        + &list("not_credited", ["{text: \"[An answer to refuse]\", because: \"[Why it is refused: what the text says instead.]\"}".into()])
        + &list(
            "samples",
            [
                "{score: 1, text: \"[An answer that earns the point]\", because: \"[Which idea it has.]\"}".into(),
                "{score: 0, text: \"[An answer that earns nothing]\", because: \"[What it lacks.]\"}".into(),
            ],
        )
        + "    lines: 3                 # ruled lines on the sheet\n";
    Some(one_place(q, own, UNDERSTAND, false))
}

fn evidence_finding(source: &Source<'_>) -> Option<Example> {
    let q = source.firsts().last().copied()?;
    let own = stem(&format!("[Copy the words of ¶{} with which the author says that …]", q.paragraph))
        + &format!("    search_in: [{}]\n    core: {}\n    max_extra_words: 15\n", q.paragraph, cited(q));
    Some(one_place(q, own, UNDERSTAND, false))
}

fn vocabulary(source: &Source<'_>) -> Option<Example> {
    let (word, q) = source.word()?;
    let own = format!("    word: {}\n    phrase: {}\n", quoted(&word), cited(&q))
        + &stem(&format!("Which could stand in place of *{word}* in ¶{} without changing the sense?", q.paragraph))
        + "    key: {text: \"[the sense here]\", because: \"[Why it can stand in this place.]\"}\n"
        + &list(
            "distractors",
            [
                "{text: \"[another sense]\", because: \"[The word has this sense elsewhere, as in …]\", other_sense: yes}".into(),
                "{text: \"[a near word]\", because: \"[Why this word cannot stand there.]\"}".into(),
            ],
        );
    Some(one_place(&q, own, ("understand", 2, "medium", "vocabulary"), false))
}

fn paired_evidence(source: &Source<'_>) -> Option<Example> {
    let used = source.quotations.get(..3)?;
    let side = |q: &Quotation, words: &str, because: &str| {
        format!("{{text: \"{words}\", because: \"{because}\", cite: {}, quote: {}}}", q.paragraph, quoted(&q.text))
    };
    let own = stem("[What is the author’s view of …, as these paragraphs give it?]")
        + &format!("    key: {}\n", side(&used[0], "[The view that the words give]", "[How the quoted words show that view.]"))
        + &list(
            "distractors",
            [
                side(&used[1], "[A first misreading of it]", "[What the reader of these words has missed.]"),
                side(&used[2], "[Another misreading of it]", "[Why these other words do not say so.]"),
            ],
        );
    Some(Example {
        cite: paragraphs(used),
        own,
        evidence: vec![used[0].clone()],
        explanation: "[What the pair of answer and words teaches.]".to_owned(),
        hint: format!("Read ¶{} again.", used[0].paragraph),
        level: ("analyze", 2, "medium", "evidence"),
        is_ready: false,
    })
}

fn essay(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let draw_on: Vec<&Quotation> = firsts.into_iter().take(3).collect();
    let own = stem("What does the author want the reader to accept, and by what means? Support your answer with words from the text.")
        + &list(
            "rubric",
            [
                "{id: thesis, max: 1, earns: \"A claim that answers both halves of the question\", example: \"[A sentence that earns it]\"}".into(),
                "{id: evidence, max: 2, earns: \"A point for each quotation that bears on the claim\", example: \"[Words with their ¶]\"}".into(),
                "{id: reasoning, max: 1, earns: \"Says how the quoted words support the claim\", example: \"[A sentence that earns it]\"}".into(),
            ],
        )
        + &list("draw_on", draw_on.iter().map(|q| cited(q)))
        + "    lines: 24\n";
    Some(whole_text(draw_on.first()?, paragraphs(draw_on.iter().copied()), own, true))
}

/// An item on the text as a whole.
fn whole_text(quotation: &Quotation, cite: Vec<u32>, own: String, is_ready: bool) -> Example {
    Example {
        cite,
        own,
        evidence: vec![quotation.clone()],
        explanation: "A good answer names a claim of the text and the words that carry it.".to_owned(),
        hint: "Mark in each paragraph the sentence that matters most.".to_owned(),
        level: WEIGH,
        is_ready,
    }
}

fn organizer(source: &Source<'_>) -> Option<Example> {
    let q = source.quotations.first()?;
    let row = |id: &str, prompt: &str| format!("{{id: {id}, prompt: \"{prompt}\", accept: [\"[An answer to accept]\"], points: 1, lines: 3}}");
    let own = "    layout: opvl\n".to_owned()
        + &stem("Fill in what can be said of this text as a source.")
        + &list(
            "rows",
            [
                row("origin", "Origin: who made it, when and where?"),
                row("purpose", "Purpose: for whom and what for?"),
                row("value", "Value: what can it tell us?"),
                row("limitations", "Limitations: what can it not tell us?"),
            ],
        );
    let mut example = whole_text(q, vec![q.paragraph], own, false);
    example.level.3 = "sourcing";
    Some(example)
}

fn discussion(source: &Source<'_>) -> Option<Example> {
    let q = source.quotations.first()?;
    let own = stem("Does the author persuade you? Point to the words that do it or fail to do it.")
        + "    stance: {left: \"Yes\", right: \"No\"}   # ends of a line to stand on\n"
        + "    follow_ups: [\"What would the person addressed reply?\"]\n"
        + "    starters: [\"The text says that …\", \"I see it otherwise, because …\"]\n"
        + "    norms: [\"Point to a paragraph before you disagree.\"]\n";
    Some(whole_text(q, vec![q.paragraph], own, true))
}
