//! Pages → PDF bytes, tagged for PDF/UA-1. `printpdf` and `lopdf` are used here and below alone.

mod content;
mod fonts;
mod metadata;
mod picture;
mod structure;

use std::fmt;
use std::io::Write;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions, Pt};

use crate::layout::{Faces, Pages};
use crate::picture::Picture;
use content::page_content;
use fonts::Subsets;
use picture::{Entry, ImageObject};

/// Why a PDF cannot be written. Each is a fault of the program or its libraries, none of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfError {
    /// A face that cannot be subset.
    Subset(&'static str),
    /// The library's document lacks a part that it always had.
    Shell(String),
    /// The finished document cannot be serialized.
    Save(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Subset(face) => write!(f, "the font {face} cannot be subset"),
            PdfError::Shell(part) => write!(f, "the PDF library made no usable {part}"),
            PdfError::Save(cause) => write!(f, "the PDF cannot be serialized: {cause}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl From<lopdf::Error> for PdfError {
    fn from(error: lopdf::Error) -> Self {
        PdfError::Shell(error.to_string())
    }
}

/// Writes pages as a PDF 1.7 file. Equal pages give equal bytes.
///
/// # Errors
/// Those of [`PdfError`].
pub fn write(pages: &Pages, faces: &Faces) -> Result<Vec<u8>, PdfError> {
    let mut subsets = Subsets::of(pages, faces)?;
    let contents: Vec<_> = pages.pages.iter().map(|page| page_content(page, pages, faces, &mut subsets)).collect();
    let mut file = shell(pages, faces, &subsets)?;
    let page_ids = page_ids(&file)?;
    subsets.map_to_unicode(&mut file, page_ids.first())?;
    let mut images = Images::default();
    for (id, content) in page_ids.iter().zip(&contents) {
        if !content.rasters.is_empty() {
            let named = images.of(&mut file, &content.rasters);
            name_images(&mut file, *id, named)?;
        }
        let page = file.get_dictionary_mut(*id)?;
        for key in [b"TrimBox".as_slice(), b"CropBox", b"Annots"] {
            page.remove(key);
        }
        // printpdf's detour over millimetres leaves 792.001.
        page.set("MediaBox", vec![0.into(), 0.into(), length(pages.size.0), length(pages.size.1)]);
        let stream = page.get(b"Contents").and_then(Object::as_reference)?;
        file.objects.insert(stream, Object::Stream(Stream::new(Dictionary::new(), content.stream.clone())));
    }
    structure::attach(&mut file, pages, &page_ids, &contents)?;
    metadata::attach(&mut file, pages, &page_ids)?;
    file.prune_objects();
    file.renumber_objects();
    metadata::identify(&mut file);
    deflate(&mut file)?;
    let mut bytes = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    file.save_with_options(&mut bytes, options).map_err(|error| PdfError::Save(error.to_string()))?;
    Ok(bytes)
}

/// The image objects of a file: one for each picture, however often it is shown.
#[derive(Default)]
struct Images(Vec<(Arc<Picture>, ObjectId)>);

impl Images {
    /// The names of a page's pictures and the objects that they stand for.
    fn of(&mut self, file: &mut lopdf::Document, rasters: &[Arc<Picture>]) -> Dictionary {
        let mut named = Dictionary::new();
        for (at, raster) in rasters.iter().enumerate() {
            let known = self.0.iter().find(|(picture, _)| Arc::ptr_eq(picture, raster)).map(|(_, id)| *id);
            let id = known.or_else(|| {
                let (image, mask) = picture::image(raster)?;
                let mut image = stream(image);
                if let Some(mask) = mask {
                    image.dict.set("SMask", Object::Reference(file.add_object(stream(mask))));
                }
                let id = file.add_object(image);
                self.0.push((Arc::clone(raster), id));
                Some(id)
            });
            if let Some(id) = id {
                named.set(format!("Im{at}"), Object::Reference(id));
            }
        }
        named
    }
}

/// Gives a page resources of its own, in which its images have their names.
fn name_images(file: &mut lopdf::Document, page: ObjectId, named: Dictionary) -> Result<(), PdfError> {
    let resources = file.get_dictionary(page)?.get(b"Resources")?;
    let mut resources = file.dereference(resources)?.1.as_dict()?.clone();
    resources.set("XObject", named);
    file.get_dictionary_mut(page)?.set("Resources", resources);
    Ok(())
}

fn stream(image: ImageObject) -> Stream {
    let entries = image.entries.into_iter().map(|(key, value)| {
        let value = match value {
            Entry::Name(name) => Object::Name(name.into()),
            Entry::Number(number) => Object::Integer(number),
            Entry::Numbers(numbers) => Object::Array(numbers.into_iter().map(Object::Integer).collect()),
        };
        (key, value)
    });
    Stream::new(entries.collect(), image.bytes)
}

/// The document as printpdf makes it: pages without content, and the fonts.
fn shell(pages: &Pages, faces: &Faces, subsets: &Subsets) -> Result<lopdf::Document, PdfError> {
    let mut shell = PdfDocument::new(&pages.title);
    subsets.embed(&mut shell, faces);
    let (width, height) = (Mm::from(Pt(pages.size.0)), Mm::from(Pt(pages.size.1)));
    let sheets = (0..pages.pages.len()).map(|at| {
        // printpdf embeds a font only where it sees its glyphs shown.
        let ops = if at == 0 { subsets.show_all() } else { Vec::new() };
        PdfPage::new(width, height, ops)
    });
    shell.with_pages(sheets.collect());
    let options = PdfSaveOptions { subset_fonts: false, optimize: false, ..PdfSaveOptions::default() };
    Ok(shell.to_lopdf_document(&options, &mut Vec::new()))
}

fn page_ids(file: &lopdf::Document) -> Result<Vec<ObjectId>, PdfError> {
    let root = file.catalog()?;
    let tree = file.get_dictionary(root.get(b"Pages").and_then(Object::as_reference)?)?;
    let kids = tree.get(b"Kids").and_then(Object::as_array)?;
    Ok(kids.iter().map(Object::as_reference).collect::<Result<_, _>>()?)
}

/// A length in points to two decimals.
fn length(points: f32) -> Object {
    Object::Real((points * 100.0).round() / 100.0)
}

/// Deflates the streams, but for the metadata, which tools look for in the clear.
fn deflate(file: &mut lopdf::Document) -> Result<(), PdfError> {
    for object in file.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        let is_xml = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"XML");
        if is_xml || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(&stream.content).map_err(|error| PdfError::Save(error.to_string()))?;
        let deflated = encoder.finish().map_err(|error| PdfError::Save(error.to_string()))?;
        if deflated.len() < stream.content.len() {
            stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
            stream.set_content(deflated);
        }
    }
    Ok(())
}
