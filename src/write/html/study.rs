//! The self-study quiz as one HTML file: page, style, script and questions joined, with a policy that lets nothing else in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use minifier::{css, js};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use tera::{Context, Value};

use super::{HtmlError, Templates, direction, face};
use crate::doc::Print;
use crate::study::Study;

/// Where the templates of the quiz stand among the others.
pub(super) const FOLDER: &str = "study/";

/// The script that imports the others.
const ENTRY: &str = "main.js";

#[derive(RustEmbed)]
#[folder = "templates/study"]
#[include = "*.html"]
#[include = "*.css"]
#[include = "*.js"]
struct Shipped;

/// The shipped files: name inside the folder of templates, and text.
pub(super) fn shipped() -> BTreeMap<String, String> {
    let text = |name: &str| Shipped::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    Shipped::iter().filter_map(|name| Some((format!("{FOLDER}{name}"), text(&name)?))).collect()
}

impl Templates {
    /// Writes a quiz: one HTML file, the same bytes for the same quiz.
    ///
    /// # Errors
    /// A template that fails when it is filled in, or a script that cannot be joined to the others.
    pub fn study(&self, study: &Study) -> Result<String, HtmlError> {
        let mut files = shipped();
        files.extend(self.overrides.iter().map(|(name, text)| (name.clone(), text.clone())));
        let style = files.get(&format!("{FOLDER}style.css")).map_or("", String::as_str);
        let fonts = face::font_faces(Print::Standard);
        // Pupils pay for bytes. Inside an element a browser would end it at its own name; in CSS and in strings of a script the
        // name with a backslash is the same text.
        let fault =
            |name: &str, message: &str| HtmlError::Template { name: name.to_owned(), message: message.to_owned() };
        let style = css::minify(style).map_err(|message| fault("study/style.css", message))?.to_string();
        let css = format!("{fonts}{}", style.replace("</style", "<\\/style"));
        let script = js::minify(&joined(&files)?).map_err(|message| fault("study/main.js", message))?.to_string();
        let script = script.replace("</script", "<\\/script").replace("<!--", "<\\!--");
        let quiz = island(study)?;
        let mut list = Context::new();
        list.insert("sections", &study.plain);
        let list = self.render("study/list.html", &list)?;

        let mut context = Context::new();
        let language = &study.quiz.lang;
        context.insert("title", &study.quiz.title);
        context.insert("lang", language);
        context.insert("dir", direction(language));
        context.insert("csp", &policy([&script, &quiz], &css));
        context.insert_value("css", Value::safe_string(&css));
        context.insert_value("script", Value::safe_string(&script));
        context.insert_value("quiz", Value::safe_string(&quiz));
        context.insert_value("list", Value::safe_string(&list));
        self.render("study/page.html", &context)
    }
}

/// The quiz as JSON, deflated to a quarter and written in base64: of what it says nothing can be misread as HTML.
fn island(study: &Study) -> Result<String, HtmlError> {
    let fault = |message: String| HtmlError::Template { name: "study/page.html".to_owned(), message };
    let json = serde_json::to_vec(&study.quiz).map_err(|error| fault(error.to_string()))?;
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
    let bytes = deflated.write_all(&json).and_then(|()| deflated.finish());
    Ok(STANDARD.encode(bytes.map_err(|error| fault(error.to_string()))?))
}

/// Nothing from anywhere: only this script, this style, and pictures and fonts that the file holds. The questions lie in an
/// element of the name of a script, though nothing runs them; checkers of such policies ask for their hash as well.
fn policy(scripts: [&str; 2], css: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; font-src data:; base-uri 'none'; \
         form-action 'none'",
        scripts.map(hash).join(" "),
        hash(css)
    )
}

/// The scripts as one module, each after those that it imports.
fn joined(files: &BTreeMap<String, String>) -> Result<String, HtmlError> {
    let mut out = String::new();
    join(files, ENTRY, &mut BTreeSet::new(), &mut out)?;
    Ok(out)
}

fn join(
    files: &BTreeMap<String, String>,
    name: &str,
    seen: &mut BTreeSet<String>,
    out: &mut String,
) -> Result<(), HtmlError> {
    if !seen.insert(name.to_owned()) {
        return Ok(());
    }
    let fault = |message: String| HtmlError::Template { name: format!("{FOLDER}{name}"), message };
    let text = files.get(&format!("{FOLDER}{name}")).ok_or_else(|| fault("there is no such script".to_owned()))?;
    let text = text.replace("\r\n", "\n");
    let mut own = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("import ") {
            let mut statement = line.to_owned();
            while !statement.trim_end().ends_with(';') {
                let more = lines.next().ok_or_else(|| fault("an import does not end in a semicolon".to_owned()))?;
                statement += more;
            }
            let other = imported(&statement).ok_or_else(|| {
                fault(format!("write imports as `import {{ a, b }} from \"./other.js\";`, not `{statement}`"))
            })?;
            join(files, other, seen, out)?;
        } else {
            own += line.strip_prefix("export ").unwrap_or(line);
            own.push('\n');
        }
    }
    out.push_str(&own);
    Ok(())
}

/// The script that a statement imports named parts of, under their own names.
fn imported(statement: &str) -> Option<&str> {
    let (names, from) = statement.strip_prefix("import {")?.split_once('}')?;
    if names.split_whitespace().any(|word| word == "as") {
        return None;
    }
    let file = from.trim_start().strip_prefix("from")?.trim().trim_end_matches(';').trim_matches(['"', '\'']);
    file.strip_prefix("./")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter().map(|(name, text)| (format!("study/{name}"), (*text).to_owned())).collect()
    }

    #[test]
    fn scripts_stand_after_what_they_import() {
        let main = "import { a,\n  b } from \"./a.js\";\nimport { c } from './c.js';\nstart(a, b, c);\n";
        let scripts = files(&[
            ("main.js", main),
            ("a.js", "import { c } from \"./c.js\";\nexport const a = c;\nexport function b() {}\n"),
            ("c.js", "export const c = 1;\n"),
        ]);
        assert_eq!(joined(&scripts).unwrap(), "const c = 1;\nconst a = c;\nfunction b() {}\nstart(a, b, c);\n");
    }

    #[test]
    fn imports_that_cannot_be_joined_are_refused() {
        for (main, said) in [
            ("import x from \"./a.js\";\n", "write imports as"),
            ("import { a as b } from \"./a.js\";\n", "write imports as"),
            ("import { a } from \"./none.js\";\n", "no such script"),
            ("import { a }\n", "semicolon"),
        ] {
            let error = joined(&files(&[("main.js", main), ("a.js", "")])).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
