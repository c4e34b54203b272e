//! Pictures (rules E21, E22, W23, W24): the file can be printed, sharply, and its alternative text says what is to be seen.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::OnceLock;

use super::report::Report;
use crate::bank::Figure;
use crate::bank::raw::{RawBank, RawPicture, Typed};
use crate::diag::did_you_mean;
use crate::picture::{Fault, OnDemand, Picture, Stored};
use crate::text::Folded;

/// Widths that can be asked for, mm.
const WIDTHS: std::ops::RangeInclusive<f64> = 10.0..=190.0;

/// Width of the text on a page of one column, mm: where no width is asked for, no picture is printed wider.
const FULL_WIDTH: f64 = 165.0;

/// Below so many dots to the inch a picture looks coarse on paper.
const SHARP: f64 = 150.0;

/// Openings that say what a screen reader says already.
const NEEDLESS: [&str; 8] = [
    "image of",
    "an image of",
    "picture of",
    "a picture of",
    "graphic of",
    "a graphic of",
    "this image",
    "this picture",
];

/// The pictures of a bank, each read once, when an item shows it.
pub(super) struct Album<'a> {
    stored: &'a [Stored],
    read: Vec<OnceLock<Result<Arc<OnDemand>, Vec<Fault>>>>,
    /// The files are known to be sound: none is read before it is shown.
    proved: bool,
}

impl<'a> Album<'a> {
    pub fn new(stored: &'a [Stored], proved: bool) -> Self {
        Album { stored, read: stored.iter().map(|_| OnceLock::new()).collect(), proved }
    }

    /// Names of the files that bank files name, drafts and all, as far as they are there.
    pub fn named<'b, 't: 'b>(&self, files: impl Iterator<Item = &'b RawBank<'t>>) -> Vec<String> {
        let named: BTreeSet<&str> = files
            .flat_map(|file| {
                let passages = file.sets.iter().flat_map(|set| &set.passages);
                let items = file.items.iter().filter_map(|item| item.picture.as_deref());
                items.chain(passages.filter_map(|passage| passage.picture.as_ref()))
            })
            .map(|picture| &*picture.file)
            .collect();
        let there = named.into_iter().filter(|name| self.stored.iter().any(|stored| stored.name == *name));
        there.map(str::to_owned).collect()
    }

    /// A picture with what is said of it. `at` is its path. What it says is in the bank only if all of it is sound.
    pub fn figure(&self, raw: &RawPicture, at: &str, report: &mut Report) -> Option<Arc<Figure>> {
        let alt = alternative(raw, at, report);
        let picture = self.picture(raw, at, report);
        if let Some(shown) = picture.as_ref().filter(|_| !self.proved) {
            size(raw, shown.picture(), at, report);
        }
        Some(Arc::new(Figure {
            file: raw.file.owned(),
            picture: picture?,
            alt: alt?.to_owned(),
            caption: raw.caption.as_ref().map(Typed::owned).unwrap_or_default(),
            credit: raw.credit.as_ref().map(Typed::owned).unwrap_or_default(),
            #[expect(clippy::cast_possible_truncation, reason = "a width in mm needs no more digits")]
            width: raw.width.map(|width| width as f32),
        }))
    }

    fn picture(&self, raw: &RawPicture, at: &str, report: &mut Report) -> Option<Arc<OnDemand>> {
        let path = format!("{at}.file");
        let Some(found) = self.stored.iter().position(|stored| stored.name == *raw.file) else {
            report.error(
                "E22",
                &path,
                format!("the bank folder has no picture “{}”", raw.file),
                self.nearest(&raw.file),
            );
            return None;
        };
        let read = self.read.get(found)?.get_or_init(|| match &self.stored[found].bytes {
            Ok(bytes) if self.proved => Ok(Arc::new(OnDemand::of_sound(bytes))),
            Ok(bytes) => Picture::read(bytes).map(|picture| Arc::new(OnDemand::of_read(bytes, picture))),
            Err(fault) => Err(vec![fault.clone()]),
        });
        match read {
            Ok(picture) => Some(Arc::clone(picture)),
            Err(faults) => {
                for fault in faults {
                    report.error("E22", &path, format!("{}: {}", raw.file, fault.message), &fault.help);
                }
                None
            }
        }
    }

    /// What may have been meant by a name that no file has.
    fn nearest(&self, typed: &str) -> String {
        let names = self.stored.iter().map(|stored| stored.name.as_str());
        let file_name = typed.rsplit(['/', '\\']).next().unwrap_or_default();
        let same =
            names.clone().find(|name| name.rsplit('/').next().is_some_and(|n| n.eq_ignore_ascii_case(file_name)));
        match same.or_else(|| did_you_mean(typed, names)) {
            Some(near) => format!("did you mean {near}?"),
            None => {
                "put the file into the folder pictures beside bank/, and write its name so: pictures/map.png".to_owned()
            }
        }
    }
}

/// The alternative text, if there is one.
fn alternative<'r>(raw: &'r RawPicture, at: &str, report: &mut Report) -> Option<&'r str> {
    let alt = raw.alt.as_deref().map(str::trim).unwrap_or_default();
    if !alt.chars().any(char::is_alphanumeric) {
        let place = if raw.alt.is_some() { format!("{at}.alt:") } else { format!("{at}:") };
        report.error(
            "E21",
            &place,
            "the picture has no alternative text",
            "say in a sentence or two what is to be seen that the questions need: alt: \"…\"",
        );
        return None;
    }
    let path = format!("{at}.alt");
    let says = plain(alt);
    let file = raw.file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if says == plain(file) || says == plain(stem) {
        report.warning("W23", &path, "the alternative text is the name of the file", "say what is to be seen");
    } else if raw.caption.as_deref().is_some_and(|caption| plain(caption) == says) {
        let help = "say what is to be seen: the caption is read as well";
        report.warning("W23", &path, "the alternative text repeats the caption", help);
    } else if let Some(opening) = NEEDLESS.iter().find(|opening| says.starts_with(&format!("{opening} "))) {
        let help = "begin with what is to be seen: that it is a picture is said already";
        report.warning("W23", &path, format!("the alternative text begins with “{opening}”"), help);
    }
    Some(alt)
}

/// Letters and digits alone, folded, to compare texts by.
fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let spaced = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    Folded::new(&spaced).text().to_owned()
}

/// A width that paper has, and pixels enough for it.
fn size(raw: &RawPicture, picture: &Picture, at: &str, report: &mut Report) {
    const MM: f64 = 72.0 / 25.4;
    let asked = raw.width.filter(|width| WIDTHS.contains(width));
    if let (Some(width), None) = (raw.width, asked) {
        let (least, most) = (WIDTHS.start(), WIDTHS.end());
        let help = format!("write a width between {least} and {most}, in mm, or leave it out");
        report.error("E22", format!("{at}.width"), format!("a picture of {width} mm cannot be printed"), help);
        return;
    }
    let Some(pixels) = picture.pixels_wide().map(f64::from) else { return };
    let width = asked.unwrap_or_else(|| FULL_WIDTH.min(f64::from(picture.width_unasked()) / MM));
    let dots = pixels / (width / 25.4);
    if dots < SHARP {
        let sharp = (pixels / SHARP * 25.4).floor();
        let help = match sharp >= *WIDTHS.start() {
            true => format!("print it {sharp} mm wide (`width: {sharp}`), or take a larger picture"),
            false => "take a larger picture".to_owned(),
        };
        let message = format!("{pixels} pixels over {width:.0} mm are {dots:.0} dots to the inch: it will look coarse");
        report.warning("W24", format!("{at}.file"), message, help);
    }
}
