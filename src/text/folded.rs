//! Text folded for comparison, never for display, with the way back to the original's bytes.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in which quotes, dashes, case, runs of spaces and composed characters no longer differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Byte offsets, folded and original, at which each indivisible group begins; the last pair is both ends.
    groups: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut groups = Vec::with_capacity(original.len() + 1);
        fold_into(original, &mut text, |folded, original| groups.push((folded, original)));
        groups.push((text.len(), original.len()));
        Folded { text, groups }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the other text first stands in this one: bytes of the ORIGINAL of this one. Spaces around the other text do
    /// not count, an empty one is nowhere, and a character is never split from its accent.
    pub fn find(&self, other: &Folded) -> Option<Range<usize>> {
        self.find_from(other, 0)
    }

    /// The same from a byte of the original on.
    pub fn find_from(&self, other: &Folded, original: usize) -> Option<Range<usize>> {
        let first = self.groups.partition_point(|(_, at)| *at < original);
        let from = self.groups.get(first)?.0;
        let wanted = Wanted::of_folded(other.text.clone());
        let (_, found) = self.find_folded(&wanted, from, |from| wanted.next(&self.text, from))?;
        Some(found)
    }

    /// From a byte of the folded text on: where it was found in that text, and the bytes of the original. `next` tells where the
    /// words next stand in the folded text.
    fn find_folded(
        &self,
        wanted: &Wanted,
        mut from: usize,
        next: impl Fn(usize) -> Option<usize>,
    ) -> Option<(usize, Range<usize>)> {
        let length = wanted.folded.len();
        if length == 0 {
            return None;
        }
        while let Some(start) = next(from) {
            if let (Some(first), Some(end)) = (self.original(start), self.original(start + length)) {
                return Some((start, first..end));
            }
            from = start + self.text[start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// The original offset of a folded one, if a group begins there.
    fn original(&self, folded: usize) -> Option<usize> {
        let at = self.groups.binary_search_by_key(&folded, |(folded, _)| *folded).ok()?;
        self.groups.get(at).map(|(_, original)| *original)
    }
}

/// Several texts, folded one after another, so that words are looked for in all of them at one go.
#[derive(Debug)]
pub struct FoldedTexts {
    /// Line ends part them: no folded text has one. Original offsets are those in the text itself.
    all: Folded,
    /// Where each begins in the folded text.
    starts: Vec<usize>,
    /// How often words were looked for.
    asked: AtomicU32,
    /// Made when it pays.
    beginnings: OnceLock<Beginnings>,
}

/// After so many questions an index of the texts is made: each of them costs as much as making it for two hundred would.
const INDEXED_AFTER: u32 = 1_000;

/// The places in a text at which each run of [`Beginnings::LENGTH`] bytes begins, in the order of the runs and places.
#[derive(Debug)]
struct Beginnings(Vec<(u64, u32)>);

impl Beginnings {
    const LENGTH: usize = 8;

    fn of(text: &str) -> Self {
        let runs = text.as_bytes().windows(Self::LENGTH).zip(0..);
        let mut places: Vec<(u64, u32)> = runs.filter_map(|(run, at)| Some((Self::number(run)?, at))).collect();
        places.sort_unstable();
        Beginnings(places)
    }

    fn number(bytes: &[u8]) -> Option<u64> {
        bytes.first_chunk().map(|run| u64::from_be_bytes(*run))
    }

    /// Where the words next stand in the text of which this is the index, or in its beginning, from a byte on.
    fn next(&self, text: &str, words: &[u8], number: u64, from: usize) -> Option<usize> {
        let first = self.0.partition_point(|(run, at)| (*run, *at as usize) < (number, from));
        let here = self.0[first..].iter().take_while(|(run, _)| *run == number);
        let stands = |at: &usize| text.as_bytes().get(*at..).is_some_and(|rest| rest.starts_with(words));
        here.map(|(_, at)| *at as usize).find(stands)
    }
}

impl FoldedTexts {
    /// Folds texts.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let texts: Vec<&str> = texts.into_iter().collect();
        let length = texts.iter().map(|text| text.len() + 1).sum();
        let mut all = Folded { text: String::with_capacity(length), groups: Vec::with_capacity(length) };
        let mut starts = Vec::with_capacity(texts.len());
        for original in texts {
            let Folded { text, groups } = &mut all;
            starts.push(text.len());
            fold_into(original, text, |folded, original| groups.push((folded, original)));
            groups.push((text.len(), original.len()));
            text.push('\n');
        }
        FoldedTexts { all, starts, asked: AtomicU32::new(0), beginnings: OnceLock::new() }
    }

    /// The number of each text that has the words, and where they first stand in it, as [`Folded::find`] has it.
    pub fn find<'s>(&'s self, wanted: &'s Wanted) -> impl Iterator<Item = (usize, Range<usize>)> + 's {
        let next = self.next(wanted, self.all.text.len());
        let mut from = 0;
        std::iter::from_fn(move || {
            let (at, found) = self.all.find_folded(wanted, from, &next)?;
            let next = self.starts.partition_point(|start| *start <= at);
            from = self.starts.get(next).copied().unwrap_or(self.all.text.len());
            Some((next - 1, found))
        })
    }

    /// Where the words first stand in the text of this number, as [`Folded::find`] has it.
    pub fn find_in(&self, number: usize, wanted: &Wanted) -> Option<Range<usize>> {
        let end = self.starts.get(number + 1).copied().unwrap_or(self.all.text.len());
        let next = self.next(wanted, end);
        self.all.find_folded(wanted, *self.starts.get(number)?, next).map(|(_, found)| found)
    }

    /// Where words next stand before `end`, from a byte on, all of the folded text.
    fn next<'s>(&'s self, wanted: &'s Wanted, end: usize) -> impl Fn(usize) -> Option<usize> + 's {
        let many = self.asked.fetch_add(1, Ordering::Relaxed) >= INDEXED_AFTER;
        let number = Beginnings::number(wanted.folded.as_bytes()).filter(|_| many);
        let text = &self.all.text[..end];
        move |from| match number {
            Some(number) => {
                let index = self.beginnings.get_or_init(|| Beginnings::of(&self.all.text));
                index.next(text, wanted.folded.as_bytes(), number, from)
            }
            None => wanted.next(text, from),
        }
    }
}

/// Words to be looked for, folded once.
#[derive(Debug)]
pub struct Wanted {
    folded: String,
    finder: OnceCell<Finder<'static>>,
}

impl Wanted {
    /// Words as typed.
    pub fn new(typed: &str) -> Self {
        Wanted::of_folded(fold(typed.trim()))
    }

    fn of_folded(folded: String) -> Self {
        let folded = if folded.trim().len() == folded.len() { folded } else { folded.trim().to_owned() };
        Wanted { folded, finder: OnceCell::new() }
    }

    /// Where the words next stand in a folded text, from a byte on.
    fn next(&self, text: &str, from: usize) -> Option<usize> {
        let finder = self.finder.get_or_init(|| Finder::new(&self.folded).into_owned());
        finder.find(text.as_bytes().get(from..)?).map(|at| from + at)
    }
}

/// The folded text alone, for comparison of whole texts.
pub fn fold(original: &str) -> String {
    let mut text = String::with_capacity(original.len());
    fold_into(original, &mut text, |_, _| {});
    text
}

/// Folds a text, telling for each indivisible group where it begins, folded and original.
fn fold_into(original: &str, text: &mut String, mut group: impl FnMut(usize, usize)) {
    let mut at = 0;
    while at < original.len() {
        // Nearly every character comes this way, in runs and without the tables of Unicode.
        let run = plain_run(&original.as_bytes()[at..]);
        let (from, end) = (text.len(), at + run);
        (0..run).for_each(|i| group(from + i, at + i));
        text.push_str(&original[at..end]);
        text[from..].make_ascii_lowercase();
        at = end + fold_group(original, end, text, &mut group);
    }
}

/// How many of the bytes are characters that fold by themselves: ASCII, but no hyphen or control, no space that may go on, and
/// not the last before a character that may be its accent.
fn plain_run(bytes: &[u8]) -> usize {
    let next = |at: usize| bytes.get(at + 1).is_some_and(u8::is_ascii_graphic);
    let plain = |at: usize, b: u8| (b.is_ascii_graphic() && b != b'-') || (b == b' ' && next(at));
    let run = bytes.iter().enumerate().take_while(|(at, b)| plain(*at, **b)).count();
    if bytes.get(run).is_none_or(u8::is_ascii) { run } else { run.saturating_sub(1) }
}

/// Folds the group that begins at a byte of a text; how many bytes it has.
fn fold_group(original: &str, start: usize, text: &mut String, group: &mut impl FnMut(usize, usize)) -> usize {
    let mut rest = original[start..].char_indices().peekable();
    let Some((_, c)) = rest.next() else { return 0 };
    if !is_invisible(c) {
        group(text.len(), start);
        if c.is_whitespace() {
            while rest.next_if(|(_, d)| d.is_whitespace() || is_invisible(*d)).is_some() {}
            text.push(' ');
        } else if is_dash(c) {
            while rest.next_if(|(_, d)| is_dash(*d)).is_some() {}
            text.push('-');
        } else {
            while rest.next_if(|(_, d)| is_combining_mark(*d)).is_some() {}
            let end = rest.peek().map_or(original.len(), |(at, _)| start + at);
            original[start..end].nfd().flat_map(char::to_lowercase).for_each(|d| push_alike(d, text));
        }
    }
    rest.peek().map_or(original.len() - start, |(at, _)| *at)
}

/// Every dash and hyphen, as typed for one another.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Soft hyphen, zero-width space, word joiner, byte order mark: they are not seen and do not count.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn push_alike(c: char, out: &mut String) {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => out.push('\''),
        '“' | '”' | '„' | '‟' | '″' => out.push('"'),
        '…' => out.push_str("..."),
        'ς' => out.push('σ'),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
        Folded::new(text).find(&Folded::new(wanted)).map(|at| &text[at])
    }

    #[test]
    fn however_it_is_typed() {
        let text = "So “buying the same\u{a0}horse  twice”—conceding… Aide-m\u{e9}moire, Noah’s";
        assert_eq!(
            find(text, "\"Buying the SAME horse twice\"--conceding..."),
            Some("“buying the same\u{a0}horse  twice”—conceding…")
        );
        assert_eq!(find(text, "aide–me\u{301}moire"), Some("Aide-m\u{e9}moire"));
        assert_eq!(find(text, " Noah's "), Some("Noah’s"));
        assert_eq!(find("mone\u{301}", "mon\u{e9}"), Some("mone\u{301}"));
    }

    #[test]
    fn a_character_is_never_split() {
        assert_eq!(find("cafe\u{301} cafe", "cafe"), Some("cafe"));
        assert_eq!(Folded::new("cafe\u{301} cafe").find(&Folded::new("cafe")), Some(7..11));
        assert_eq!(find("so…", "so."), None);
        assert_eq!(find("anything", "  "), None);
        assert_eq!(find("", "a"), None);
    }

    #[test]
    fn texts_are_searched_together_and_kept_apart() {
        let texts = FoldedTexts::new(["A b. Cafe\u{301}", "x", "", "cafe a B, a b"]);
        let found = |typed: &str| texts.find(&Wanted::new(typed)).collect::<Vec<_>>();
        assert_eq!(found("a b"), [(0, 0..3), (3, 5..8)]);
        assert_eq!(found("cafe"), [(3, 0..4)]);
        assert_eq!(found("caf\u{e9}"), [(0, 5..11)]);
        assert_eq!(found("x"), [(1, 0..1)]);
        assert!(found("b x").is_empty() && found(" ").is_empty() && found("\n").is_empty());
    }

    #[test]
    fn an_index_finds_what_is_found_without_one() {
        let texts = FoldedTexts::new(["We two, we two men; we two men", "and we two men, we two mend"]);
        let wanted = ["we two men", "we two mend", "we two m", "we two", "two men; we", "we two women", "two men and"];
        let found = || wanted.map(|typed| texts.find(&Wanted::new(typed)).collect::<Vec<_>>());
        let before = found();
        texts.asked.store(INDEXED_AFTER, Ordering::Relaxed);
        assert_eq!(found(), before);
        assert!(texts.beginnings.get().is_some() && before[0] == [(0, 8..18), (1, 4..14)]);
    }

    proptest::proptest! {
        /// Runs of plain characters are taken at once: that changes nothing.
        #[test]
        fn runs_fold_as_single_characters_do(text in "[a-cA-C .\u{301}é’—\u{ad}-]{0,24}") {
            let mut one_by_one = (String::new(), Vec::new());
            let mut at = 0;
            while at < text.len() {
                let (folded, groups) = &mut one_by_one;
                at += fold_group(&text, at, folded, &mut |folded, original| groups.push((folded, original)));
            }
            one_by_one.1.push((one_by_one.0.len(), text.len()));
            let folded = Folded::new(&text);
            proptest::prop_assert_eq!((folded.text, folded.groups), one_by_one);
        }
    }

    #[test]
    fn a_second_place_can_be_asked_for() {
        let folded = Folded::new("a b, A B");
        assert_eq!(folded.find_from(&Folded::new("a b"), 1), Some(5..8));
        assert_eq!(folded.find_from(&Folded::new("a b"), 99), None);
    }
}
