//! Kinds whose examples need the author's own wording, or ask for the pupil's.

use super::{Example, UNDERSTAND, WEIGH, cited, list, one_place, paragraphs, stem};
use crate::scaffold::quotations::{Quotation, Source};
use crate::scaffold::quoted;

pub(super) fn statement_check(source: &Source<'_>) -> Option<Example> {
    let quotation = source.quotations.first()?;
    let own = format!(
        "    statement: {}\n    verdict: supported       # or contradicted, not-stated\n    because: {}\n",
        quoted(&format!("[What the words “{}” say, put in your own words.]", quotation.text)),
        quoted(&format!("¶{} says so in sentence {}.", quotation.paragraph, quotation.sentence)),
    );
    Some(one_place(quotation, own, UNDERSTAND, false))
}

pub(super) fn attribution(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let used = firsts.get(..2)?;
    let statement = |(q, speaker): (&&Quotation, &str)| {
        let because = format!("[How sentence {} of ¶{} shows whose words they are.]", q.sentence, q.paragraph);
        format!(
            "{{text: {}, speaker: {speaker}, cite: {}, because: {}}}",
            quoted(&format!("“{}”", q.text)),
            q.paragraph,
            quoted(&because)
        )
    };
    let own = stem("Whose words are these, as the text presents them?")
        + &list(
            "speakers",
            [
                "{id: author, text: \"The author’s own words\"}".into(),
                "{id: other, text: \"Words of somebody else\"}".into(),
            ],
        )
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

pub(super) fn short_answer(source: &Source<'_>) -> Option<Example> {
    let q = source.quotations.first()?;
    let accepted = format!(
        "{{idea: \"[What these words say, in your own]\", points: 1, cite: {}, quote: {}}}",
        q.paragraph,
        quoted(&q.text)
    );
    let own = stem(&format!("[What does the author say in ¶{} about …?]", q.paragraph))
        + &list("accepted", [accepted])
        + &list(
            "not_credited",
            ["{text: \"[An answer to refuse]\", because: \"[Why it is refused: what the text says instead.]\"}".into()],
        )
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

pub(super) fn evidence_finding(source: &Source<'_>) -> Option<Example> {
    let q = source.firsts().last().copied()?;
    let own = stem(&format!("[Copy the words of ¶{} with which the author says that …]", q.paragraph))
        + &format!("    search_in: [{}]\n    core: {}\n    max_extra_words: 15\n", q.paragraph, cited(q));
    Some(one_place(q, own, UNDERSTAND, false))
}

pub(super) fn vocabulary(source: &Source<'_>) -> Option<Example> {
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

pub(super) fn paired_evidence(source: &Source<'_>) -> Option<Example> {
    let used = source.quotations.get(..3)?;
    let side = |q: &Quotation, words: &str, because: &str| {
        format!("{{text: \"{words}\", because: \"{because}\", cite: {}, quote: {}}}", q.paragraph, quoted(&q.text))
    };
    let own = stem("[What is the author’s view of …, as these paragraphs give it?]")
        + &format!(
            "    key: {}\n",
            side(&used[0], "[The view that the words give]", "[How the quoted words show that view.]")
        )
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

pub(super) fn essay(source: &Source<'_>) -> Option<Example> {
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

pub(super) fn organizer(source: &Source<'_>) -> Option<Example> {
    let q = source.quotations.first()?;
    let row = |id: &str, prompt: &str| {
        format!("{{id: {id}, prompt: \"{prompt}\", accept: [\"[An answer to accept]\"], points: 1, lines: 3}}")
    };
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

pub(super) fn discussion(source: &Source<'_>) -> Option<Example> {
    let q = source.quotations.first()?;
    let own = stem("Does the author persuade you? Point to the words that do it or fail to do it.")
        + "    stance: {left: \"Yes\", right: \"No\"}   # ends of a line to stand on\n"
        + "    follow_ups: [\"What would the person addressed reply?\"]\n"
        + "    starters: [\"The text says that …\", \"I see it otherwise, because …\"]\n"
        + "    norms: [\"Point to a paragraph before you disagree.\"]\n";
    Some(whole_text(q, vec![q.paragraph], own, true))
}
