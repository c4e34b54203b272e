//! Document → one HTML file that needs nothing else: no script, no network. `tera` is used here alone.

mod block;
mod face;
mod figure;
mod fill;
mod inline;
mod options;
mod study;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::diag::did_you_mean;
use crate::doc::{Block, Document, Field, Masthead, Style, Words};

/// The templates that come with the program: name and text.
const BUILT_IN: [(&str, &str); 7] = [
    ("document.css", include_str!("../../templates/document.css")),
    ("document.html", include_str!("../../templates/document.html")),
    ("key.html", include_str!("../../templates/key.html")),
    ("masthead.html", include_str!("../../templates/masthead.html")),
    ("print.css", include_str!("../../templates/print.css")),
    ("strip.html", include_str!("../../templates/strip.html")),
    ("worksheet.html", include_str!("../../templates/worksheet.html")),
];

/// Subtags of languages written from right to left.
const RIGHT_TO_LEFT: [&str; 9] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ur", "yi"];

/// Which document is written, and so which template is its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `worksheet.html`.
    Worksheet,
    /// `key.html`.
    Key,
    /// `strip.html`.
    Strip,
}

impl Kind {
    /// The template's name.
    pub fn template(self) -> &'static str {
        match self {
            Kind::Worksheet => "worksheet.html",
            Kind::Key => "key.html",
            Kind::Strip => "strip.html",
        }
    }
}

/// Why a document could not be written: always a template's fault, never the document's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlError {
    /// A template replaces none of the program's own.
    UnknownName {
        /// The name given.
        name: String,
        /// The nearest known one.
        nearest: Option<String>,
    },
    /// A template cannot be read, or fails when it is filled in.
    Template {
        /// The template in which the fault lies.
        name: String,
        /// What tera says, with the line and carets where it has them.
        message: String,
    },
}

impl fmt::Display for HtmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HtmlError::UnknownName { name, nearest } => {
                write!(f, "there is no template `{name}` to replace")?;
                match nearest {
                    Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
                    None => {
                        write!(f, "; there are {}", Templates::names().join(", "))
                    }
                }?;
                write!(f, " (a part of your own starts with an underscore: `_{name}`)")
            }
            HtmlError::Template { name, message } => {
                write!(f, "template `{name}`: {}", message.trim_start_matches("error: "))
            }
        }
    }
}

impl std::error::Error for HtmlError {}

/// The templates: make them once, write any number of documents. A teacher's own are read and checked at once; the program's
/// own, which cannot be at fault, when the first document is written, since a run without HTML has no use for them.
#[derive(Debug, Clone)]
pub struct Templates {
    overrides: BTreeMap<String, String>,
    tera: OnceLock<Tera>,
}

impl Templates {
    /// The names of the templates that can be replaced.
    pub fn names() -> Vec<String> {
        BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).chain(study::shipped().into_keys()).collect()
    }

    /// The program's own templates.
    ///
    /// # Errors
    /// None, unless the program was built with broken templates.
    pub fn built_in() -> Result<Self, HtmlError> {
        Templates::with_overrides(&BTreeMap::new())
    }

    /// The program's own templates, with a teacher's own in the place of those of the same name (`key.html` → text).
    /// A name that starts with `_` is a part of the teacher's own, for `{% include %}`.
    ///
    /// # Errors
    /// A name that replaces nothing, or a template that tera cannot read.
    pub fn with_overrides(overrides: &BTreeMap<String, String>) -> Result<Self, HtmlError> {
        let known = Self::names();
        // Scripts of the quiz are found by their imports, whatever their names.
        let own = |name: &str| name.starts_with('_') || name.starts_with(study::FOLDER) && name.ends_with(".js");
        if let Some(name) = overrides.keys().find(|name| !own(name) && !known.contains(name)) {
            let nearest = did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned);
            return Err(HtmlError::UnknownName { name: name.clone(), nearest });
        }
        let templates = Templates { overrides: overrides.clone(), tera: OnceLock::new() };
        if !overrides.is_empty() {
            templates.tera()?;
        }
        Ok(templates)
    }

    fn tera(&self) -> Result<&Tera, HtmlError> {
        if let Some(tera) = self.tera.get() {
            return Ok(tera);
        }
        let mut tera = Tera::new();
        // Every template escapes, style sheets and a teacher's own parts too, so no suffix can let a text through raw.
        tera.autoescape_on([""]);
        tera.register_filter("css_string", css_string);
        let quiz = study::shipped();
        let mut texts: BTreeMap<&str, &str> = BUILT_IN.into_iter().collect();
        texts.extend(quiz.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        texts.extend(self.overrides.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        // A script's braces are its own.
        texts.retain(|name, _| !name.starts_with(study::FOLDER) || name.ends_with(".html"));
        tera.add_raw_templates(texts).map_err(|error| template_error(&error, "document.html"))?;
        Ok(self.tera.get_or_init(|| tera))
    }

    /// Writes a document: one HTML file, the same bytes for the same document.
    ///
    /// # Errors
    /// A template that fails when it is filled in: a name that does not exist, a wrong type.
    pub fn write(&self, kind: Kind, document: &Document) -> Result<String, HtmlError> {
        let (masthead, rest) = match document.blocks.as_slice() {
            [Block::Masthead(masthead), rest @ ..] => (Some(self.masthead(masthead, &document.words)?), rest),
            all => (None, all),
        };
        let mut context = Context::new();
        context.insert("document", &Head::of(document));
        // An HTML file has whole pages: the columns of half a page are none of its.
        let Style { columns, imposition, .. } = document.style;
        let columns = if imposition.cut().is_some() { 1 } else { columns };
        context.insert("style", &Style { columns, ..document.style });
        context.insert("running", &Running::of(document));
        context.insert_value("masthead", masthead.map_or_else(Value::none, |html| Value::safe_string(&html)));
        context.insert_value("body", Value::safe_string(&block::write(self, document, rest)?));
        context.insert_value("page_number", Value::safe_string(&page_number(&document.words)));
        context.insert_value("fonts", Value::safe_string(face::font_faces(document.style.print)));
        self.render(kind.template(), &context)
    }

    fn masthead(&self, masthead: &Masthead, words: &Words) -> Result<String, HtmlError> {
        let mut context = Context::new();
        context.insert("blank", &words.blank);
        context.insert("masthead", &MastheadParts::of(masthead));
        self.render("masthead.html", &context)
    }

    fn render(&self, name: &str, context: &Context) -> Result<String, HtmlError> {
        self.tera()?.render(name, context).map_err(|error| template_error(&error, name))
    }
}

/// Tera knows the file for most faults; `name` is the one in hand for the rest.
fn template_error(error: &tera::Error, name: &str) -> HtmlError {
    let file = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.filename(),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
        ErrorKind::MissingParent { current, .. } => current,
        ErrorKind::TemplateNotFound(missing) => missing,
        _ => name,
    };
    HtmlError::Template { name: file.to_owned(), message: error.to_string() }
}

/// The filter `css_string`: a text as a quoted CSS string that can neither leave its quotes nor close `<style>`.
fn css_string(text: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&face::css_string(text))
}

/// “page x of y” as CSS content: strings, and a counter for each place.
fn page_number(words: &Words) -> String {
    let counters = [("{n}", "counter(page)"), ("{count}", "counter(pages)")];
    let mut content = Vec::new();
    let mut rest = words.page.as_str();
    while let Some((at, (place, counter))) =
        counters.into_iter().filter_map(|place| Some((rest.find(place.0)?, place))).min_by_key(|(at, _)| *at)
    {
        content.extend([face::css_string(&rest[..at]), counter.to_owned()]);
        rest = &rest[at + place.len()..];
    }
    content.push(face::css_string(rest));
    content.join(" ")
}

/// In which direction a language is written, by its tag.
pub(crate) fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

/// What the templates see of a document's metadata.
#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    language: &'a str,
    direction: &'static str,
}

impl<'a> Head<'a> {
    fn of(document: &'a Document) -> Self {
        Head { title: &document.title, language: &document.language, direction: direction(&document.language) }
    }
}

/// What the templates see of the page furniture.
#[derive(Serialize)]
struct Running<'a> {
    head: &'a [String; 2],
    stamp: Option<&'a str>,
    code: &'a str,
    citation: &'a str,
}

impl<'a> Running<'a> {
    fn of(document: &'a Document) -> Self {
        let running = &document.running;
        Running {
            head: &running.head,
            stamp: running.stamp.as_deref(),
            code: &running.code,
            citation: &running.citation,
        }
    }
}

/// What `masthead.html` sees.
#[derive(Serialize)]
struct MastheadParts<'a> {
    kicker: &'a str,
    title: &'a str,
    subtitle: &'a str,
    form: Option<Form<'a>>,
    fields: Vec<FieldParts<'a>>,
}

#[derive(Serialize)]
struct Form<'a> {
    letter: &'a str,
    words: &'a str,
}

/// A field, with what is known told from what follows the blank (`/ 30`).
#[derive(Serialize)]
struct FieldParts<'a> {
    label: &'a str,
    value: &'a str,
    after: &'a str,
    weight: u8,
    /// Its name and words, where it is filled in on a screen.
    asked: Option<[&'a str; 2]>,
}

impl<'a> MastheadParts<'a> {
    fn of(masthead: &'a Masthead) -> Self {
        MastheadParts {
            kicker: &masthead.kicker,
            title: &masthead.title,
            subtitle: &masthead.subtitle,
            form: masthead.form.as_ref().map(|(letter, words)| Form { letter, words }),
            fields: masthead.fields.iter().map(FieldParts::of).collect(),
        }
    }
}

impl<'a> FieldParts<'a> {
    fn of(field: &'a Field) -> Self {
        let filled = field.filled.as_str();
        let (value, after) = if filled.starts_with('/') { ("", filled) } else { (filled, "") };
        let asked = field.asked.as_ref().map(|asked| [asked.name.as_str(), asked.words.as_str()]);
        FieldParts { label: &field.label, value, after, weight: field.weight.max(1), asked }
    }
}
