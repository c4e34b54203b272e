//! What a run makes, or a part of it: every document and the names of its files, known before any sheet is assembled.

use std::ops::Range;

use super::packet::Order;
use super::print::Format;
use super::roster::Pupil;
use super::shard::Shard;
use crate::assemble::{BLOCK, blocks};
use crate::rng::Form;

/// What a run can write. The manifest is always written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Documents {
    /// What the pupils get.
    Worksheets,
    /// A key for each form.
    Keys,
    /// The letters of all forms.
    Strip,
}

/// One document of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// The worksheet at a place of the run's list, from 0: a pupil's, or a form's.
    Worksheet { place: usize, form: u16 },
    /// The key of a form.
    Key { form: u16 },
    /// The strip of a block that begins with a form.
    Strip { first: u16 },
}

/// Forms that are assembled together, and the documents made of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub forms: Range<u16>,
    pub pieces: Vec<Piece>,
}

/// The documents of a run, or of a part of it.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    /// What all file names begin with.
    pub stem: &'a str,
    /// Forms of the whole run, at least one.
    pub forms: u16,
    /// Pupils of the whole run, if it makes personal sheets.
    pub pupils: Option<&'a [Pupil]>,
    pub documents: &'a [Documents],
    pub formats: &'a [Format],
    /// `None`: all of the run.
    pub shard: Option<Shard>,
    /// Whether the worksheets are one PDF, in what order, and how many seats there are where no roster says it.
    pub packet: Option<(Order, Option<usize>)>,
}

impl Plan<'_> {
    /// Worksheets of the whole run.
    pub fn worksheets(&self) -> usize {
        self.pupils.map_or(usize::from(self.forms), <[Pupil]>::len)
    }

    /// The blocks of which this part makes anything, in order. A part has the worksheets at its places of the list, and the keys
    /// at its places of the list of forms; a block's strip goes with the key of its first form.
    pub fn blocks(&self) -> Vec<Block> {
        let mut all: Vec<Block> = blocks(self.forms).map(|forms| Block { forms, pieces: Vec::new() }).collect();
        let block_of = |form: u16| usize::from(form / BLOCK);
        for place in self.part(self.worksheets()) {
            let form = (place % usize::from(self.forms)) as u16;
            all[block_of(form)].pieces.push(Piece::Worksheet { place, form });
        }
        for form in self.part(usize::from(self.forms)) {
            let form = form as u16;
            let block = &mut all[block_of(form)];
            block.pieces.push(Piece::Key { form });
            if form == block.forms.start {
                block.pieces.push(Piece::Strip { first: form });
            }
        }
        all.retain(|block| !block.pieces.is_empty());
        all
    }

    /// Place and form of each worksheet of this part's packet, in order.
    pub fn packet(&self) -> Vec<(usize, u16)> {
        let Some((order, seats)) = self.packet else { return Vec::new() };
        let count = seats.filter(|_| self.pupils.is_none()).unwrap_or_else(|| self.worksheets());
        let mut all: Vec<(usize, u16)> =
            self.part(count).map(|place| (place, (place % usize::from(self.forms)) as u16)).collect();
        if order == Order::Forms {
            all.sort_by_key(|(place, form)| (*form, *place));
        }
        all
    }

    /// The file of this part's packet, if it has one.
    pub fn packet_file(&self) -> Option<String> {
        self.packet?;
        self.documents.contains(&Documents::Worksheets).then(|| match self.shard {
            None => format!("{}-packet.pdf", self.stem),
            Some(shard) => format!("{}-packet-{}-of-{}.pdf", self.stem, shard.part, shard.of),
        })
    }

    /// The name of a document, which its files have before their extensions.
    pub fn name(&self, piece: Piece) -> String {
        let stem = self.stem;
        match (piece, self.pupils) {
            (Piece::Worksheet { form, .. }, None) => format!("{stem}-worksheet-{}", letter(form)),
            (Piece::Worksheet { place, form }, Some(pupils)) => {
                let digits = pupils.len().to_string().len();
                let pupil = pupils.get(place).map(|pupil| slug(&pupil.name)).unwrap_or_default();
                format!("{stem}-worksheet-{:0digits$}-{}-{pupil}", place + 1, letter(form))
            }
            (Piece::Key { form }, _) => format!("{stem}-TEACHER-key-{}", letter(form)),
            (Piece::Strip { .. }, _) if self.forms <= BLOCK => format!("{stem}-TEACHER-strip"),
            (Piece::Strip { first }, _) => {
                let last = first.saturating_add(BLOCK).min(self.forms).saturating_sub(1);
                format!("{stem}-TEACHER-strip-{}-{}", letter(first), letter(last))
            }
        }
    }

    /// The files of a document; none where the run is not asked for it.
    pub fn files(&self, piece: Piece) -> Vec<String> {
        let documents = match piece {
            Piece::Worksheet { .. } => Documents::Worksheets,
            Piece::Key { .. } => Documents::Keys,
            Piece::Strip { .. } => Documents::Strip,
        };
        if !self.documents.contains(&documents) {
            return Vec::new();
        }
        let name = self.name(piece);
        // In a packet the worksheets have no PDF of their own.
        let single =
            |format: &&Format| self.packet.is_none() || documents != Documents::Worksheets || **format != Format::Pdf;
        // A format is called by the extension of its files.
        self.formats.iter().filter(single).map(|format| format!("{name}.{}", super::job::value_name(*format))).collect()
    }

    /// Every file of every document.
    pub fn all_files(&self) -> Vec<String> {
        let blocks = self.blocks();
        let single = blocks.iter().flat_map(|block| &block.pieces).flat_map(|piece| self.files(*piece));
        single.chain(self.packet_file()).collect()
    }

    /// The name of the manifest.
    pub fn manifest(&self) -> String {
        self.shard.map_or("manifest.yaml".to_owned(), Shard::manifest)
    }

    /// The name of the journal that is kept while the run is under way.
    pub fn journal(&self) -> String {
        self.shard.map_or(".pilcrow-run".to_owned(), |s| format!(".pilcrow-run-{}-of-{}", s.part, s.of))
    }

    fn part(&self, entries: usize) -> Range<usize> {
        self.shard.map_or(0..entries, |shard| shard.range(entries))
    }
}

/// `A`, `B` … of a form's number from 0.
pub(super) fn letter(form: u16) -> String {
    Form::new(form).map(Form::letter).unwrap_or_default()
}

/// A name as part of a file name: letters and digits in lower case, hyphens between them.
fn slug(name: &str) -> String {
    let folded: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = folded.split('-').filter(|w| !w.is_empty()).collect();
    let slug: String = words.join("-").chars().take(60).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "pupil".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_file_names() {
        assert_eq!(slug("María  García-O’Neil"), "maría-garcía-o-neil");
        assert_eq!(slug("../../etc"), "etc");
        assert_eq!(slug("?!"), "pupil");
    }

    #[test]
    fn each_file_of_a_run_is_in_exactly_one_part() {
        let pupil = |line| Pupil {
            name: format!("P {line}"),
            class: String::new(),
            print: None,
            aids: Default::default(),
            line,
        };
        let pupils: Vec<Pupil> = (0..61).map(pupil).collect();
        let documents = [Documents::Worksheets, Documents::Keys, Documents::Strip];
        for forms in [1, 4, 26, 27, 60, 100] {
            for pupils in [None, Some(&pupils[..]), Some(&pupils[..3])] {
                let formats = [Format::Pdf, Format::Html];
                let whole = Plan {
                    stem: "x",
                    forms,
                    pupils,
                    documents: &documents,
                    formats: &formats,
                    shard: None,
                    packet: None,
                };
                let mut expected = whole.all_files();
                expected.sort();
                for of in [1, 2, 5, 70] {
                    let part = |part| Plan { shard: Some(Shard { part, of }), ..whole }.all_files();
                    let mut found: Vec<String> = (1..=of).flat_map(part).collect();
                    found.sort();
                    assert_eq!(found, expected, "{forms} forms in {of} parts");
                }
                let mut once = expected.clone();
                once.dedup();
                assert_eq!(once, expected);
            }
        }
    }
}
