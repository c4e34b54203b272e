//! References to the numbered lines of a reading, in place of those to its paragraphs.

use crate::doc::{Block, Inlines, LineMap, Numbers, PassageParagraph, Words};
use crate::text::{Inline, fill, plain, quotations};

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
            Block::Paragraph { text, .. } => self.inlines(text),
            Block::Numbered { body, .. } | Block::Frame { body, .. } | Block::Keep(body) => self.blocks(body),
            Block::Options { options, .. } => options.iter_mut().for_each(|option| self.inlines(&mut option.text)),
            Block::List(entries) => entries.iter_mut().for_each(|entry| self.inlines(entry)),
            // Where a term stands is the line that has it.
            Block::Terms { terms, .. } => terms.iter_mut().for_each(|term| {
                let word = plain(&term.term);
                self.inlines(&mut term.term);
                self.within(&mut term.meaning, &[&word]);
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

    fn inlines(&self, text: &mut Inlines) {
        let words = plain(text);
        let quoted = quotations(&words);
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        self.within(text, &quoted);
    }

    fn within(&self, text: &mut Inlines, quoted: &[&str]) {
        let mut out = Inlines::with_capacity(text.len());
        let mut rest = std::mem::take(text).into_iter().peekable();
        while let Some(inline) = rest.next() {
            match inline {
                Inline::Emphasis(mut inner) => {
                    self.within(&mut inner, quoted);
                    out.push(Inline::Emphasis(inner));
                }
                Inline::Strong(mut inner) => {
                    self.within(&mut inner, quoted);
                    out.push(Inline::Strong(inner));
                }
                Inline::Foreign(language, mut inner) => {
                    self.within(&mut inner, quoted);
                    out.push(Inline::Foreign(language, inner));
                }
                Inline::ParagraphRef(first) => {
                    // “¶14–16” is a reference and the words “–16”.
                    let range = rest.peek().and_then(range_end);
                    let last = range.as_ref().map_or(first, |(last, _)| *last);
                    match self.span((first, last), quoted) {
                        Some((from, to, whole)) => {
                            let lines = self.words.lines(from, to);
                            // A reference that is all of its text heads another text: it is no part of a sentence.
                            let follow = if range.is_some() { 1 } else { 0 };
                            let heads =
                                out.is_empty() && rest.len() == follow && range.iter().all(|(_, t)| t.is_empty());
                            let lines = Inline::Lines(match (whole && !self.both, heads) {
                                (true, true) => lines.map(|words| capitalized(&words)),
                                (true, false) => self.whole(lines, last > first, begins(&out)),
                                (false, _) => lines,
                            });
                            if self.both {
                                out.push(Inline::ParagraphRef(first));
                                let ends = if last > first { format!("–{last}") } else { String::new() };
                                out.extend([Inline::text(format!("{ends} (")), lines, Inline::text(")")]);
                            } else {
                                out.push(lines);
                            }
                            if let Some((_, after)) = range {
                                rest.next();
                                out.push(Inline::Text(after));
                            }
                        }
                        None => out.push(Inline::ParagraphRef(first)),
                    }
                }
                other => out.push(other),
            }
        }
        *text = out;
    }

    /// One paragraph or several by their lines, with a capital where a sentence begins.
    fn whole(&self, lines: [String; 2], several: bool, begins: bool) -> [String; 2] {
        let label = if several { &self.words.paragraphs_at } else { &self.words.paragraph_at };
        lines.map(|lines| {
            let words = fill(label, &[("lines", &lines)]);
            if begins { capitalized(&words) } else { words }
        })
    }

    /// First and last line of what is referred to, and whether that is all of it.
    fn span(&self, (first, last): (u32, u32), quoted: &[&str]) -> Option<(u32, u32, bool)> {
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
}

/// Whether what comes after these words begins a sentence.
fn begins(before: &[Inline]) -> bool {
    let words = plain(before);
    let end = words.trim_end();
    end.is_empty() || end.len() < words.len() && end.ends_with(['.', '?', '!'])
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The number that a text such as `–16 in the letter` goes on to, and the text after it.
fn range_end(inline: &Inline) -> Option<(u32, String)> {
    let Inline::Text(text) = inline else { return None };
    let after = text.strip_prefix(['–', '-'])?;
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    Some((after.get(..digits)?.parse().ok()?, after.get(digits..)?.to_owned()))
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
            ..Words::default()
        };
        let blocks = [Block::Paragraph { role: crate::doc::Role::Stem, text: parse(text) }];
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
}
