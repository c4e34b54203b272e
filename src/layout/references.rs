//! References to the numbered lines of a reading, in place of those to its paragraphs.

mod sentence;

use sentence::{Around, Place, Reference, in_sentences, reference_at};

use crate::doc::{Block, Inlines, LineMap, Numbers, PassageParagraph, Role, Words};
use crate::text::{Inline, fill, plain};

/// Blocks whose references to paragraphs of the reading name its lines: those that hold the words quoted beside the reference,
/// or all of the paragraph. A paragraph that the reading leaves out keeps its ¶.
pub(super) fn refer_to_lines(blocks: &[Block], lines: &LineMap, numbers: Numbers, words: &Words) -> Vec<Block> {
    let refer = Refer { lines, both: numbers == Numbers::Both, words };
    blocks.iter().map(|block| refer.block(block)).collect()
}

struct Refer<'a> {
    lines: &'a LineMap,
    both: bool,
    words: &'a Words,
}

impl Refer<'_> {
    fn block(&self, block: &Block) -> Block {
        let mut block = block.clone();
        match &mut block {
            Block::Heading { text, note, .. } => {
                self.inlines(text);
                note.iter_mut().for_each(|note| self.inlines(note));
            }
            Block::Paragraph { role, text } => {
                if *role == Role::Note {
                    *text = self.note(text);
                }
                self.inlines(text);
            }
            Block::Numbered { body, .. } | Block::Frame { body, .. } | Block::Keep(body) => self.blocks(body),
            Block::Options { options, .. } => options.iter_mut().for_each(|option| self.inlines(&mut option.text)),
            Block::List(entries) => entries.iter_mut().for_each(|entry| self.inlines(entry)),
            // Where a term stands is the line that has it.
            Block::Terms { terms, .. } => terms.iter_mut().for_each(|term| {
                let word = plain(&term.term);
                self.inlines(&mut term.term);
                let meaning = plain(&term.meaning);
                self.within(&mut term.meaning, &self.around(&meaning, 0, Some(&word)), 0);
            }),
            Block::Table(table) => {
                table.header.iter_mut().for_each(|cell| self.inlines(cell));
                table.rows.iter_mut().flatten().for_each(|cell| self.blocks(cell));
            }
            Block::Passage(paragraphs) => {
                for paragraph in paragraphs {
                    if let PassageParagraph::Section(words) | PassageParagraph::Editorial(words) = paragraph {
                        self.inlines(words);
                    }
                }
            }
            Block::Masthead(_)
            | Block::Figure(_)
            | Block::AnswerSpace { .. }
            | Block::WordBank(_)
            | Block::Grid(_)
            | Block::PageBreak => {}
        }
        block
    }

    fn blocks(&self, blocks: &mut [Block]) {
        blocks.iter_mut().for_each(|block| *block = self.block(block));
    }

    fn around<'a>(&'a self, words: &'a str, label: usize, term: Option<&'a str>) -> Around<'a> {
        Around { words, label, term, inside: &self.words.inside }
    }

    fn inlines(&self, text: &mut Inlines) {
        let words = plain(text);
        // `Part A` before a stem is no part of its sentence.
        let label = match text.first() {
            Some(Inline::Strong(inner)) if plain(inner).ends_with(char::is_whitespace) => plain(inner).len(),
            _ => 0,
        };
        self.within(text, &self.around(&words, label, None), 0);
    }

    /// Changes a text, or a part of it that begins at byte `at` of its words.
    fn within(&self, text: &mut Inlines, around: &Around<'_>, mut at: usize) {
        let all = std::mem::take(text);
        let mut next = 0;
        while let Some(inline) = all.get(next) {
            if let Some(first) = reference_at(&all, next) {
                let listed = self.listed(&all, first, around, at);
                let (words, last, bytes) = listed.unwrap_or_else(|| {
                    let heads = at == 0 && first.after.is_empty() && all.len() == first.next;
                    let place = around.place(at, at + first.bytes, heads);
                    (self.reference(first, &place), first, first.bytes)
                });
                text.extend(words);
                if !last.after.is_empty() {
                    text.push(Inline::text(last.after));
                }
                at += bytes + last.after.len();
                next = last.next;
                continue;
            }
            let mut inline = inline.clone();
            let bytes = plain(std::slice::from_ref(&inline)).len();
            match &mut inline {
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Foreign(_, inner) => {
                    self.within(inner, around, at);
                }
                // A place to write a number in.
                Inline::Text(words) if !self.both => *words = self.left_open(words),
                _ => {}
            }
            text.push(inline);
            at += bytes;
            next += 1;
        }
    }

    /// A list such as “¶8, ¶11 and ¶13” as one reference to lines, with the last of the list and the bytes of them all.
    fn listed<'t>(
        &self,
        all: &'t [Inline],
        first: Reference<'t>,
        around: &Around<'_>,
        at: usize,
    ) -> Option<(Inlines, Reference<'t>, usize)> {
        let (mut last, mut bytes) = (first, first.bytes);
        let place = around.place(at, at + bytes, false);
        let spans = |reference: Reference<'_>, place: &Place| self.span(reference, &place.quoted).filter(|span| span.2);
        let (from, to, _) = spans(first, &place)?;
        let mut lines = self.words.lines(from, to);
        loop {
            let (between, next) = match (last.after, all.get(last.next)) {
                ("", Some(Inline::Text(between))) => (between.as_str(), last.next + 1),
                (after, _) => (after, last.next),
            };
            if between != ", " && between != self.words.and {
                break;
            }
            let Some(reference) = reference_at(all, next) else { break };
            let start = at + bytes + between.len();
            let (from, to, _) = spans(reference, &around.place(start, start + reference.bytes, false))?;
            for (all, one) in lines.iter_mut().zip(self.words.lines(from, to)) {
                *all += between;
                *all += &one;
            }
            bytes += between.len() + reference.bytes;
            last = reference;
        }
        if bytes == first.bytes || place.bare || self.both {
            return None;
        }
        Some((vec![self.whole(lines, true, &place)], last, bytes))
    }

    /// Whole paragraphs by their lines.
    fn whole(&self, lines: [String; 2], several: bool, place: &Place) -> Inline {
        let label = if several { &self.words.paragraphs_at } else { &self.words.paragraph_at };
        Inline::Lines(lines.map(|lines| {
            let words = fill(label, &[("lines", &lines)]);
            if place.begins { capitalized(&words) } else { words }
        }))
    }

    /// A text with `¶ …` changed to `line …`.
    fn left_open(&self, words: &str) -> String {
        words.replace("¶ …", &fill(&self.words.line[0], &[("n", "…")]))
    }

    /// A reference to one paragraph or several; it keeps its ¶ where their lines are not printed.
    fn reference(&self, reference: Reference<'_>, place: &Place) -> Inlines {
        let Reference { first, last, .. } = reference;
        let mut out = vec![Inline::ParagraphRef(first)];
        if last > first {
            out.push(Inline::text(format!("–{last}")));
        }
        let Some((from, to, whole)) = self.span(reference, &place.quoted) else { return out };
        let lines = self.words.lines(from, to);
        if self.both {
            // No bracket stands inside another.
            let [open, close] = if place.bracketed { [", ", ""] } else { [" (", ")"] };
            out.extend([Inline::text(open), Inline::Lines(lines), Inline::text(close)]);
            return out;
        }
        if whole && !place.bare {
            return vec![self.whole(lines, last > first, place)];
        }
        vec![Inline::Lines(lines.map(|words| if place.begins { capitalized(&words) } else { words }))]
    }

    /// First and last line of what is referred to, and whether that is all of it.
    fn span(&self, reference: Reference<'_>, quoted: &[String]) -> Option<(u32, u32, bool)> {
        let Reference { first, last, .. } = reference;
        let (start, lines) = self.lines.paragraphs.get(&first)?;
        let (end, others) = self.lines.paragraphs.get(&last)?;
        if first == last {
            let mut found = quoted.iter().filter_map(|words| lines_with(lines, words));
            if let (Some((from, to)), None) = (found.next(), found.next()) {
                return Some((start + from, start + to, false));
            }
        }
        Some((*start, end + others.len() as u32 - 1, true))
    }

    /// A note that tells of the numbers of paragraphs (`¶` by itself), where there are none: it tells of those of lines, and
    /// nothing of paragraphs that are not printed.
    fn note(&self, text: &Inlines) -> Inlines {
        let numbers = |text: &str| text.match_indices('¶').any(|(at, sign)| !digit_follows(&text[at + sign.len()..]));
        let tells = |inline: &Inline| matches!(inline, Inline::Text(text) if numbers(text));
        if self.both || !text.iter().any(tells) {
            return text.clone();
        }
        let printed = |inline: &Inline| match inline {
            Inline::ParagraphRef(number) => self.lines.paragraphs.contains_key(number),
            _ => true,
        };
        let mut out = Inlines::new();
        for sentence in in_sentences(text) {
            if sentence.iter().any(tells) {
                out.push(Inline::text(format!("{} ", self.words.lines_numbered)));
            } else if sentence.iter().all(printed) {
                out.extend(sentence);
            }
        }
        out
    }
}

fn digit_follows(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Indexes of the first and the last line that hold words of a paragraph; `None` if it has not just one such place.
fn lines_with(lines: &[String], words: &str) -> Option<(u32, u32)> {
    let folded = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = folded(words);
    let pieces: Vec<String> = lines.iter().map(|line| folded(line)).collect();
    let whole = pieces.concat();
    let mut found = whole.match_indices(&wanted).map(|(at, _)| at);
    let (Some(at), None, false) = (found.next(), found.next(), wanted.is_empty()) else { return None };
    let mut end = 0;
    let ends: Vec<usize> = pieces
        .iter()
        .map(|piece| {
            end += piece.len();
            end
        })
        .collect();
    let line = |byte: usize| ends.iter().position(|end| byte < *end).unwrap_or(0) as u32;
    Some((line(at), line(at + wanted.len() - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::parse;

    fn referred(text: &str, numbers: Numbers) -> String {
        referred_as(Role::Stem, parse(text), numbers)
    }

    fn referred_as(role: Role, text: Inlines, numbers: Numbers) -> String {
        let lines = |words: &[&str]| words.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let map = LineMap {
            paragraphs: [
                (7, (10, lines(&["We are not bel\u{ad}", "ligerent, I wrote,", "nor idle."]))),
                (8, (13, lines(&["So."]))),
            ]
            .into(),
        };
        let words = Words {
            line: ["line {n}".into(), "line {n}".into()],
            lines: ["lines {from}–{to}".into(), "lines {from} to {to}".into()],
            paragraph_at: "the paragraph at {lines}".into(),
            paragraphs_at: "the paragraphs at {lines}".into(),
            and: " and ".into(),
            inside: "in ".into(),
            lines_numbered: "Line numbers were added.".into(),
            ..Words::default()
        };
        let blocks = [Block::Paragraph { role, text }];
        match &refer_to_lines(&blocks, &map, numbers, &words)[0] {
            Block::Paragraph { text, .. } => plain(text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_reference_names_the_lines_of_its_paragraph_or_of_the_words_quoted() {
        let lines = |text| referred(text, Numbers::Lines);
        assert_eq!(lines("In ¶7, who writes?"), "In the paragraph at lines 10–12, who writes?");
        assert_eq!(
            lines("¶8 ends so. ¶7 does not."),
            "The paragraph at line 13 ends so. The paragraph at lines 10–12 does not."
        );
        assert_eq!(lines("In ¶7–8, who?"), "In the paragraphs at lines 10–13, who?");
        assert_eq!(lines("In ¶7, “belligerent” means"), "In lines 10–11, “belligerent” means");
        assert_eq!(lines("In ¶7, “nor idle” means"), "In line 12, “nor idle” means");
        assert_eq!(lines("In ¶7, “absent” means"), "In the paragraph at lines 10–12, “absent” means");
        assert_eq!(lines("In ¶9, who?"), "In ¶9, who?");
        assert_eq!(lines("**¶7** We are not idle."), "Lines 10–12 We are not idle.");
        assert_eq!(lines("**¶7–8** We are not idle."), "Lines 10–13 We are not idle.");
        assert_eq!(referred("In ¶7, who?", Numbers::Both), "In ¶7 (lines 10–12), who?");
    }

    #[test]
    fn what_a_whole_paragraph_does_is_not_said_of_the_line_that_is_quoted() {
        let lines = |text| referred(text, Numbers::Lines);
        assert_eq!(
            lines("¶7 begins with one thought. Its second sentence starts “nor idle”."),
            "The paragraph at lines 10–12 begins with one thought. Its second sentence starts “nor idle”."
        );
        assert_eq!(
            lines("In ¶7 he writes. Then he adds “nor idle”."),
            "In the paragraph at lines 10–12 he writes. Then he adds “nor idle”."
        );
        assert_eq!(
            lines("After the end of ¶7, “nor idle”, who?"),
            "After the end of the paragraph at lines 10–12, “nor idle”, who?"
        );
        assert_eq!(
            lines("“Nor idle”: to whom is this said in ¶7?"),
            "“Nor idle”: to whom is this said in the paragraph at lines 10–12?"
        );
        assert_eq!(referred("¶7 ends with “nor idle”.", Numbers::Both), "¶7 (lines 10–12) ends with “nor idle”.");
    }

    #[test]
    fn a_sentence_begins_with_a_capital_wherever_it_stands() {
        let lines = |text| referred(text, Numbers::Lines);
        assert_eq!(lines("“So it is.” ¶8 says so."), "“So it is.” The paragraph at line 13 says so.");
        let stem = [vec![Inline::strong("Part A ")], parse("¶8 asks. See **¶8** again.")].concat();
        assert_eq!(
            referred_as(Role::Stem, stem, Numbers::Lines),
            "Part A The paragraph at line 13 asks. See the paragraph at line 13 again."
        );
        assert_eq!(lines("He asks, in ¶8, why."), "He asks, in the paragraph at line 13, why.");
    }

    #[test]
    fn brackets_and_quotations_have_the_lines_alone() {
        let lines = |text| referred(text, Numbers::Lines);
        assert_eq!(
            lines("He is “nor idle” (¶7), or so (¶7, ¶8)."),
            "He is “nor idle” (line 12), or so (line 12, line 13)."
        );
        assert_eq!(lines("¶7: “nor idle”"), "Line 12: “nor idle”");
        assert_eq!(lines("He writes “…” (¶ …)."), "He writes “…” (line …).");
        assert_eq!(referred("He is “nor idle” (¶7).", Numbers::Both), "He is “nor idle” (¶7, line 12).");
    }

    #[test]
    fn a_list_of_paragraphs_is_one_reference() {
        let lines = |text| referred(text, Numbers::Lines);
        assert_eq!(
            lines("In each of ¶7 and ¶8 he asks."),
            "In each of the paragraphs at lines 10–12 and line 13 he asks."
        );
        assert_eq!(lines("¶7, ¶8 and ¶9 ask."), "The paragraph at lines 10–12, the paragraph at line 13 and ¶9 ask.");
        assert_eq!(lines("¶7–8, ¶8 ask."), "The paragraphs at lines 10–13, line 13 ask.");
    }

    #[test]
    fn a_note_on_the_numbers_of_paragraphs_is_one_on_those_of_lines() {
        let note = |numbers| {
            let text =
                "Numbers (¶) were added for you. ¶21 is missing, so that ¶22–23 are short. ¶8 is whole. So it is.";
            referred_as(Role::Note, parse(text), numbers)
        };
        assert_eq!(note(Numbers::Lines), "Line numbers were added. The paragraph at line 13 is whole. So it is.");
        assert!(
            note(Numbers::Both).starts_with("Numbers (¶) were added for you. ¶21 is missing"),
            "{}",
            note(Numbers::Both)
        );
    }
}
