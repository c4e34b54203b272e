//! Tests with their sections, and the manifest that lists every file and what it needs.

use super::item::{Item, interaction, picture, stimulus_href};
use super::rules::set;
use super::tree::{Element, html, qti};
use crate::bank::Figure;
use crate::exchange::qti::Dialect;
use crate::exchange::{Group, Package};

/// The namespace of IEEE's metadata for learning objects, and the loose schema that 1EdTech publishes for it.
const LOM: [&str; 2] = ["http://ltsc.ieee.org/xsd/LOM", "http://www.imsglobal.org/xsd/imsmd_loose_v1p3p2.xsd"];

/// A test: all sections of a bank, or a sheet.
pub(super) struct Test<'a> {
    pub id: String,
    pub title: &'a str,
    pub sections: Vec<(&'a Group, Vec<Item<'a>>)>,
}

impl Test<'_> {
    /// Its place in the package.
    pub fn href(&self) -> String {
        format!("tests/{}.xml", self.id)
    }

    pub fn items(&self) -> impl Iterator<Item = &Item<'_>> {
        self.sections.iter().flat_map(|(_, items)| items)
    }

    /// The document.
    pub fn document(&self, dialect: &Dialect) -> String {
        let outcome = |name: &str| {
            let value = qti("defaultValue").hold([qti("value").words("0")]);
            super::asked::outcome(name, "single", "float").hold([value])
        };
        let total = |name: &str| {
            let all = qti("testVariables").with("variableIdentifier", name);
            set(name, qti("sum").hold([all]))
        };
        let part = qti("testPart")
            .with("identifier", "part-1")
            .with("navigationMode", "nonlinear")
            .with("submissionMode", "individual")
            .hold(self.sections.iter().map(|(group, items)| section(group, items)));
        qti("assessmentTest")
            .with("xmlns", dialect.namespace[0])
            .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .with("xsi:schemaLocation", dialect.namespace.join(" "))
            .with("identifier", &*self.id)
            .with("title", self.title)
            .with("toolName", super::TOOL)
            .with("toolVersion", env!("CARGO_PKG_VERSION"))
            .hold([outcome("SCORE"), outcome("MAXSCORE"), part])
            .hold([qti("outcomeProcessing").hold([total("SCORE"), total("MAXSCORE")])])
            .document(dialect)
    }
}

/// A section with its items; those that share a passage stand together in one of their own.
fn section(group: &Group, items: &[Item<'_>]) -> Element {
    let shared = |item: &Item<'_>| item.stimulus.map(|stimulus| stimulus.id.clone());
    let runs = items.chunk_by(|one, next| shared(one).is_some() && shared(one) == shared(next));
    let mut inside = Vec::new();
    for run in runs {
        let references = run.iter().map(|item| {
            qti("assessmentItemRef").with("identifier", item.id()).with("href", format!("../{}", item.href()))
        });
        match run[0].stimulus {
            Some(stimulus) => {
                let set = begun(&format!("{}-{}", group.id, stimulus.id), &stimulus.title);
                inside.push(set.with("keepTogether", "true").hold(references));
            }
            None => inside.extend(references),
        }
    }
    begun(&group.id, &group.title).hold(inside)
}

fn begun(id: &str, title: &str) -> Element {
    qti("assessmentSection").with("identifier", id).with("title", title).with("visible", "true")
}

/// What the manifest lists.
pub(super) struct Listed<'a> {
    pub package: &'a Package<'a>,
    pub tests: &'a [Test<'a>],
    pub dialect: &'a Dialect,
}

impl Listed<'_> {
    /// The document.
    pub fn document(&self) -> String {
        let (dialect, package) = (self.dialect, self.package);
        let [namespace, metadata] = [dialect.manifest, dialect.metadata];
        let schemas = [namespace.join(" "), LOM.join(" "), metadata.join(" ")].join(" ");
        let about = &package.letter.about;
        let [schema, version] = dialect.schema;
        let head = html("metadata")
            .hold([html("schema").words(schema), html("schemaversion").words(version)])
            .hold([self.lom(&format!("{}-qti", about.id), &package.title, &[])]);
        let mut resources: Vec<Element> = Vec::new();
        for test in self.tests {
            let needed = test.items().map(|item| format!("item-{}", item.id()));
            resources.push(resource(&format!("test-{}", test.id), &dialect.resource("test"), &test.href(), needed));
        }
        for item in self.items() {
            resources.push(self.item(item));
        }
        if dialect.has_stimuli {
            for stimulus in &package.stimuli {
                let needed = stimulus.figures().map(picture_id);
                let kind = dialect.resource("stimulus");
                resources.push(resource(&format!("stimulus-{}", stimulus.id), &kind, &stimulus_href(stimulus), needed));
            }
        }
        let mut known: Vec<String> = Vec::new();
        for figure in self.pictures() {
            let href = picture(figure);
            if !known.contains(&href) {
                resources.push(resource(&picture_id(figure), "webcontent", &href, []));
                known.push(href);
            }
        }
        html("manifest")
            .with("xmlns", namespace[0])
            .with("xmlns:lom", LOM[0])
            .with("xmlns:qmd", metadata[0])
            .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .with("xsi:schemaLocation", schemas)
            .with("identifier", format!("manifest-{}", about.id))
            .hold([head, html("organizations"), html("resources").hold(resources)])
            .document(dialect)
    }

    fn items(&self) -> impl Iterator<Item = &Item<'_>> {
        self.tests.iter().flat_map(Test::items)
    }

    /// Every picture that is shown, some of them more than once.
    pub fn pictures(&self) -> Vec<&Figure> {
        let of_items = self.items().flat_map(|item| item.parts.iter().filter_map(|part| part.figure.as_deref()));
        of_items.chain(self.package.stimuli.iter().flat_map(|stimulus| stimulus.figures())).collect()
    }

    fn item(&self, item: &Item<'_>) -> Element {
        let dialect = self.dialect;
        let mut needed: Vec<String> = Vec::new();
        needed.extend(item.stimulus.filter(|_| dialect.has_stimuli).map(|s| format!("stimulus-{}", s.id)));
        for figure in item.figures(dialect) {
            let id = picture_id(figure);
            if !needed.contains(&id) {
                needed.push(id);
            }
        }
        let said = |name: &'static str, value: &str| html(name).words(value);
        let kinds: Vec<&str> = item.parts.iter().filter_map(|part| interaction(part)).collect();
        let mut seen: Vec<&str> = kinds.clone();
        seen.dedup();
        let mut of_qti = html("qmd:qtiMetadata")
            .hold([said("qmd:timeDependent", "false"), said("qmd:composite", &(kinds.len() > 1).to_string())])
            .hold(seen.iter().map(|kind| said("qmd:interactionType", kind)))
            .hold([
                said("qmd:feedbackType", if item.has_feedback() { "nonadaptive" } else { "none" }),
                said("qmd:solutionAvailable", &(!item.is_marked_by_person() && !kinds.is_empty()).to_string()),
            ]);
        if dialect.has_stimuli {
            let mode = if item.is_marked_by_person() { "human" } else { "responseprocessing" };
            of_qti = of_qti.hold([said("qmd:scoringMode", mode)]);
        }
        let of_qti =
            of_qti.hold([said("qmd:toolName", super::TOOL), said("qmd:toolVersion", env!("CARGO_PKG_VERSION"))]);
        let metadata = html("metadata").hold([of_qti, self.lom(&item.id(), &item.title(), item.tags())]);
        let made =
            resource_with(&format!("item-{}", item.id()), &dialect.resource("item"), &item.href(), Some(metadata));
        made.hold(needed.into_iter().map(dependency))
    }

    /// Name, title, language and the words by which it is searched.
    fn lom(&self, id: &str, title: &str, keywords: &[String]) -> Element {
        let language = &self.package.letter.about.language;
        let string = |words: &str| html("lom:string").with("language", &**language).words(words);
        let identifier =
            html("lom:identifier").hold([html("lom:catalog").words(super::TOOL), html("lom:entry").words(id)]);
        let general = html("lom:general")
            .hold([identifier, html("lom:title").hold([string(title)]), html("lom:language").words(&**language)])
            .hold(keywords.iter().map(|word| html("lom:keyword").hold([string(word)])));
        html("lom:lom").hold([general])
    }
}

fn picture_id(figure: &Figure) -> String {
    let fit = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    picture(figure).chars().map(fit).collect()
}

fn dependency(on: String) -> Element {
    html("dependency").with("identifierref", on)
}

fn resource(id: &str, kind: &str, href: &str, needed: impl IntoIterator<Item = String>) -> Element {
    resource_with(id, kind, href, None).hold(needed.into_iter().map(dependency))
}

fn resource_with(id: &str, kind: &str, href: &str, metadata: Option<Element>) -> Element {
    html("resource")
        .with("identifier", id)
        .with("type", kind)
        .with("href", href)
        .hold(metadata)
        .hold([html("file").with("href", href)])
}
