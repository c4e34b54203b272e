//! QTI 1.2: packages of Canvas, Blackboard and others, quizzes of a Common Cartridge, single files.

mod asked;
mod item;
mod response;
mod scored;
mod texts;

use super::{Entry, FoundPicture, Opened, Read, Reader};
use crate::exchange::Stimulus;
use crate::exchange::xml::{self, Node};
use crate::letter::decode;

/// The reader.
pub(super) const READER: Reader = Reader {
    name: "qti12",
    about: "QTI 1.2: a package (zip) of Canvas, Blackboard and others, a Common Cartridge, or one XML file",
    detects: |opened| !documents(opened).is_empty(),
    read,
};

/// The outermost element of QTI 1.2.
const ROOT: &str = "questestinterop";
/// So far a file is looked at for it.
const LOOKED_AT: usize = 4096;

/// The files that hold questions: their names and texts.
fn documents(opened: &Opened) -> Vec<(String, String)> {
    let begins = |text: &str| text.contains(&format!("<{ROOT}")) || text.contains(&format!(":{ROOT}"));
    let head = |text: &str| begins(&text.chars().take(LOOKED_AT).collect::<String>());
    if head(&opened.text) {
        return vec![(opened.stem.clone(), opened.text.clone())];
    }
    let ends = [".xml", ".qti", ".dat"];
    let named = opened.files.iter().filter(|file| ends.iter().any(|end| file.name.to_lowercase().ends_with(end)));
    let read = named.map(|file| (file.name.clone(), decode(&file.bytes).0)).filter(|(_, text)| head(text));
    let all: Vec<(String, String)> = read.collect();
    // Canvas writes a quiz twice into its cartridges: whole, and beside it in the kinds that cartridges know.
    let whole: Vec<String> = all
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("non_cc_assessments/")?.strip_suffix(".xml.qti").map(str::to_owned))
        .collect();
    let again = |name: &str| whole.iter().any(|id| name == format!("{id}/assessment_qti.xml"));
    all.into_iter().filter(|(name, _)| !again(name)).collect()
}

fn read(opened: &Opened) -> Result<Read, String> {
    let documents = documents(opened);
    if documents.is_empty() {
        return Err(format!("there is no QTI 1.2 in it: no file has an element <{ROOT}>"));
    }
    let size: usize = documents.iter().map(|(_, text)| text.len()).sum();
    if size > xml::MOST_OF_A_PACKAGE {
        return Err(format!("the package has more than {} MB of XML", xml::MOST_OF_A_PACKAGE >> 20));
    }
    let mut reading = Reading { opened, read: Read::default(), passages: Vec::new() };
    let mut faults = Vec::new();
    for (name, text) in &documents {
        match xml::read(text) {
            Ok(root) => reading.document(&root),
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    if faults.len() == documents.len() {
        return Err(faults.swap_remove(0));
    }
    reading.read.notes.extend(faults.into_iter().map(|fault| format!("A file was left out: {fault}.")));
    Ok(reading.read)
}

/// A package that is being read.
struct Reading<'a> {
    opened: &'a Opened,
    read: Read,
    /// Idents of passages, and their indexes in `Read::stimuli`.
    passages: Vec<(String, usize)>,
}

impl Reading<'_> {
    fn document(&mut self, root: &Node) {
        let assessment = root.below("assessment").into_iter().next();
        if let Some(title) = assessment.and_then(|a| a.attribute("title")).filter(|_| self.read.title.is_empty()) {
            self.read.title = title.trim().to_owned();
        }
        let items = root.below("item");
        if items.is_empty() {
            let title = assessment.and_then(|a| a.attribute("title")).unwrap_or("a file");
            self.read.notes.push(format!("“{title}” has no questions."));
        }
        for (at, node) in items.into_iter().enumerate() {
            match item::of(node, self, at) {
                item::Is::Question(question) => self.read.entries.push(Entry::Question(question)),
                item::Is::Passage(ident, stimulus) => {
                    self.passage(ident, stimulus);
                }
                item::Is::Nothing(name, why) => self.read.entries.push(Entry::Dropped { name, why }),
            }
        }
    }

    /// A passage, once, however often it is shown.
    fn passage(&mut self, ident: String, stimulus: Stimulus) -> usize {
        let at = self.read.stimulus(stimulus);
        self.passages.push((ident, at));
        at
    }

    /// Index of the passage with an ident.
    fn passage_of(&self, ident: &str) -> Option<usize> {
        self.passages.iter().find(|(known, _)| known == ident).map(|(_, at)| *at)
    }

    /// Index of a picture by its source as written, if the archive has it or the source is it.
    fn picture(&mut self, source: &str, alt: &str) -> Option<usize> {
        let file = texts::picture(self.opened, source)?;
        let known = self.read.pictures.iter().position(|known| known.file == file && known.alt == alt);
        Some(known.unwrap_or_else(|| {
            self.read.pictures.push(FoundPicture { file, alt: alt.to_owned() });
            self.read.pictures.len() - 1
        }))
    }
}
