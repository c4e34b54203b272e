//! QTI 1.2 as learning platforms read it (assessment, section, item): what Canvas packages and Common Cartridges have in common.
//!
//! Facts are from the readers themselves: Canvas’s `qti_exporter` and `lib/cc`, Instructure’s gem `qti` (New Quizzes), Moodle’s
//! `backup/cc`, and the cartridge’s own schema `ccv1p1_qtiasiv1p2p1_v1p0.xsd` with its Schematron rules.

mod body;
mod item;
mod scoring;

pub(super) use body::is_plain;
pub(super) use item::form;

use crate::bank::Figure;
use crate::exchange::archive::Packed;
use crate::exchange::xml::Xml;
use crate::exchange::{Exercise, Group, Package, Stimulus, picture_file};

/// Whose fields and forms are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile {
    /// Canvas: a `question_type` for each item, more types, and points.
    Canvas,
    /// Common Cartridge 1.1: a `cc_profile` out of six, weights, no metadata of one’s own.
    Cartridge,
}

/// A file of questions: a quiz in one section.
#[derive(Clone, Copy)]
pub(super) struct Assessment<'a> {
    /// Unique in the archive.
    pub ident: &'a str,
    /// As shown.
    pub title: &'a str,
    /// What it asks, in order.
    pub groups: &'a [&'a Group],
    /// For what exercises share.
    pub package: &'a Package<'a>,
    /// For whom.
    pub profile: Profile,
}

impl Assessment<'_> {
    /// Every exercise, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.groups.iter().flat_map(|group| &group.exercises)
    }

    /// All points that it gives.
    pub fn points(&self) -> u32 {
        self.exercises().map(|exercise| exercise.points).sum()
    }

    /// The document.
    pub fn xml(&self) -> String {
        let place = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2";
        let schema = match self.profile {
            Profile::Canvas => "http://www.imsglobal.org/xsd/ims_qtiasiv1p2p1.xsd",
            Profile::Cartridge => "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd",
        };
        let location = format!("{place} {schema}");
        let root = [
            ("xmlns", place),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", location.as_str()),
        ];
        let mut xml = Xml::new();
        xml.block("questestinterop", &root, |xml| {
            xml.block("assessment", &[("ident", self.ident), ("title", self.title)], |xml| {
                xml.block("qtimetadata", &[], |xml| {
                    if self.profile == Profile::Cartridge {
                        field(xml, "cc_profile", "cc.exam.v0p1");
                        field(xml, "qmd_assessmenttype", "Examination");
                        field(xml, "qmd_scoretype", "Percentage");
                        field(xml, "qmd_feedbackpermitted", "Yes");
                    }
                    field(xml, "cc_maxattempts", "1");
                });
                xml.block("section", &[("ident", "root_section")], |xml| self.items(xml));
            });
        });
        xml.finish()
    }

    fn items(&self, xml: &mut Xml) {
        let (mut before, mut shown, mut hung) = (None, Vec::new(), None);
        for exercise in self.exercises() {
            let stimulus = exercise.stimulus.and_then(|at| self.package.stimuli.get(at));
            if exercise.stimulus != before {
                before = exercise.stimulus;
                // A set may go on in another section: its passage is shown there again, under an ident of its own.
                shown.extend(before);
                hung = stimulus.map(|stimulus| {
                    let times = shown.iter().filter(|at| Some(**at) == before).count();
                    let again = if times > 1 { format!("-{times}") } else { String::new() };
                    Hung { ident: format!("{}-set-{}{again}", self.ident, stimulus.id), stimulus }
                });
                if let Some(hung) = hung.as_ref().filter(|_| self.profile == Profile::Canvas) {
                    item::passage(xml, hung);
                }
            }
            item::write(xml, exercise, hung.as_ref(), self.profile);
        }
    }
}

/// What an item hangs on: a passage that it shares with others.
struct Hung<'a> {
    ident: String,
    stimulus: &'a Stimulus,
}

/// An identifier that begins with a letter.
pub(super) fn ident(id: &str) -> String {
    format!("q-{id}")
}

/// A field of metadata.
fn field(xml: &mut Xml, label: &str, entry: &str) {
    xml.block("qtimetadatafield", &[], |xml| {
        xml.leaf("fieldlabel", &[], label);
        xml.leaf("fieldentry", &[], entry);
    });
}

/// The pictures that these exercises show, each once.
pub(super) fn pictures(package: &Package<'_>, groups: &[&Group]) -> Vec<Packed> {
    let shown = package.figures(groups.iter().flat_map(|group| &group.exercises));
    shown.into_iter().map(|figure| Packed::new(picture(figure), &*figure.picture.picture().web.bytes)).collect()
}

/// The place of a picture in the archive.
fn picture(figure: &Figure) -> String {
    format!("pictures/{}", picture_file(figure))
}

/// Resources of a manifest for the pictures.
pub(super) fn webcontent(xml: &mut Xml, pictures: &[Packed]) {
    for (at, picture) in pictures.iter().enumerate() {
        let (id, href) = (format!("picture-{}", at + 1), picture.name.as_str());
        xml.block("resource", &[("identifier", id.as_str()), ("type", "webcontent"), ("href", href)], |xml| {
            xml.empty("file", &[("href", href)]);
        });
    }
}
