//! Kinds whose examples are marked by place alone: their wording is sound for any text.

use super::{Example, FIND, UNDERSTAND, list, one_place, paragraphs, quotation_option, stem};
use crate::scaffold::quotations::{Quotation, Source};
use crate::scaffold::quoted;

pub(super) fn single_choice(source: &Source<'_>) -> Option<Example> {
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

pub(super) fn multiple_select(source: &Source<'_>) -> Option<Example> {
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

pub(super) fn true_false(source: &Source<'_>) -> Option<Example> {
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

pub(super) fn matching(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let (pairs, extra) = (firsts.get(..3.min(firsts.len().saturating_sub(1)))?, firsts.last()?);
    if pairs.len() < 2 {
        return None;
    }
    let pair = |q: &&Quotation| {
        let because = format!("The words begin in sentence {} of this paragraph.", q.sentence);
        format!(
            "{{premise: \"¶{}\", response: {}, because: {}}}",
            q.paragraph,
            quoted(&format!("“{}”", q.text)),
            quoted(&because)
        )
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

pub(super) fn ordering(source: &Source<'_>) -> Option<Example> {
    let firsts = source.firsts();
    let all = if firsts.len() >= 4 { firsts } else { source.quotations.iter().collect() };
    if all.len() < 4 {
        return None;
    }
    // From the whole of the text, not only its beginning.
    let used: Vec<&Quotation> = (0..4).map(|part| all[part * (all.len() - 1) / 3]).collect();
    let element = |q: &&Quotation| {
        format!("{{text: {}, cite: {}, quote: {}}}", quoted(&format!("“{}”", q.text)), q.paragraph, quoted(&q.text))
    };
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

pub(super) fn cloze(source: &Source<'_>) -> Option<Example> {
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

pub(super) fn numeric(source: &Source<'_>) -> Option<Example> {
    if let Some(found) = source.figure() {
        let q = &found.quotation;
        let own = stem(&format!("Which number does ¶{} give in figures?", q.paragraph))
            + &format!("    answer: {}\n", quoted(&found.figure));
        return Some(one_place(q, own, FIND, true));
    }
    let q = source.quotations.first()?;
    let own =
        stem("How many numbered paragraphs does this text have?") + &format!("    answer: \"{}\"\n", source.count());
    Some(one_place(q, own, FIND, false))
}
