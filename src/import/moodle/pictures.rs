//! Pictures of a question: files beside its text, or data in the page itself.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use super::Reading;
use crate::exchange::archive::Packed;
use crate::exchange::xml::Node;
use crate::import::FoundPicture;
use crate::picture::Picture;

impl Reading {
    /// The picture over a question: the first that can be had of those that it shows. What is left out is told.
    pub(super) fn picture(
        &mut self,
        shown: &[(String, String)],
        text: Option<&Node>,
        changed: &mut Vec<String>,
    ) -> Option<usize> {
        let mut kept = None;
        for (source, alt) in shown {
            let readable = found(source, text).and_then(|(name, bytes)| match Picture::read(&Arc::from(&*bytes)) {
                Ok(_) => Ok(FoundPicture { file: Packed::new(name, bytes), alt: alt.clone() }),
                Err(faults) => {
                    let why = faults.first().map_or("", |fault| fault.message.as_str());
                    Err(format!("its picture “{name}” was left out: {why}"))
                }
            });
            match readable {
                Ok(picture) if kept.is_none() => kept = Some(picture),
                Ok(_) => changed.push("a second picture was left out".to_owned()),
                Err(why) => changed.push(why),
            }
        }
        let pictures = &mut self.read.pictures;
        kept.map(|picture| {
            pictures.iter().position(|known| *known == picture).unwrap_or_else(|| {
                pictures.push(picture);
                pictures.len() - 1
            })
        })
    }
}

/// A picture’s name and bytes, or why it is left out.
fn found(source: &str, text: Option<&Node>) -> Result<(String, Vec<u8>), String> {
    let decoded = |base64: &str| {
        let bare: String = base64.chars().filter(|c| !c.is_whitespace()).collect();
        STANDARD.decode(bare).map_err(|_| "its picture was left out: its data are damaged".to_owned())
    };
    if let Some(data) = source.strip_prefix("data:image/") {
        let (kind, base64) =
            data.split_once(";base64,").ok_or("its picture was left out: its data are not in base64")?;
        let ending: String = kind.chars().take_while(char::is_ascii_alphanumeric).collect();
        return Ok((format!("picture.{ending}"), decoded(base64)?));
    }
    let Some(name) = source.strip_prefix("@@PLUGINFILE@@/") else {
        return Err(format!("a picture that is not in the file was left out: {source}"));
    };
    let name = name.split(['?', '#']).next().unwrap_or_default();
    let wanted = percent_decode_str(name).decode_utf8_lossy();
    let files = text.into_iter().flat_map(|text| text.all("file"));
    let named = |file: &&Node| {
        let path = file.attribute("path").unwrap_or("/").trim_start_matches('/');
        let name = file.attribute("name").unwrap_or_default();
        format!("{path}{name}") == wanted || name == wanted
    };
    match files.into_iter().find(named) {
        Some(file) => Ok((wanted.into_owned(), decoded(&file.words())?)),
        None => Err(format!("its picture “{wanted}” was left out: the file does not have it")),
    }
}
