//! QTI 3.0, 2.2, 2.1 and 2.0: a single item, or a package with or without a manifest.

mod asked;
mod declared;
mod item;
mod package;
mod pictures;
mod shown;
mod typed;

use self::item::Reading;
use self::package::{Documents, is_qti};
use self::pictures::Pictures;
use super::{Opened, Read, Reader};

/// QTI 3.
pub(super) const QTI3_READER: Reader = Reader {
    name: "qti3",
    about: "QTI 3: a package (zip), or an item of one (XML)",
    detects: |opened| is_of(opened, true),
    read,
};

/// QTI 2.
pub(super) const QTI21_READER: Reader = Reader {
    name: "qti21",
    about: "QTI 2.1, 2.2 or 2.0: a package (zip), or an item of one (XML)",
    detects: |opened| is_of(opened, false),
    read,
};

/// What the export calls itself.
const OWN: &str = "pilcrow";

/// Whether anything in a file is a document of QTI 3, or of QTI 2.
fn is_of(opened: &Opened, three: bool) -> bool {
    if opened.files.is_empty() {
        return is_qti(&opened.text, three);
    }
    let mut documents = opened.files.iter().filter(|file| file.name.to_ascii_lowercase().ends_with(".xml"));
    documents.any(|file| opened.text_of(&file.name).is_some_and(|text| is_qti(&text, three)))
}

fn read(opened: &Opened) -> Result<Read, String> {
    let documents = Documents::of(opened)?;
    if documents.items.is_empty() {
        return Err("the package has no item".to_owned());
    }
    let mut reading = Reading { documents: &documents, pictures: Pictures::new(opened), stimuli: Vec::new() };
    let entries = documents.items.iter().flat_map(|path| reading.item(path, OWN)).collect();
    let Reading { pictures, stimuli, .. } = reading;
    Ok(Read { title: documents.title.clone(), entries, stimuli, pictures: pictures.found, notes: Vec::new() })
}
