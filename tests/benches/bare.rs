//! The least that a writer of worksheets must do: it copies strings of glyphs that were shaped, placed and coded before into
//! tagged, deflated PDF files. How near Pilcrow comes to it shows what all the rest of its work costs.
//!
//! `cargo run --release --example bare -- FINISHED OUT COUNT` takes the pages of the PDF files in the folder FINISHED, writes
//! COUNT files to the folder OUT on every core, and prints pages and seconds of the writing alone as JSON.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement ends at the first fault")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Document, Object};
use rayon::prelude::*;

/// The level of deflating, the same as Pilcrow's for pages.
const LEVEL: i32 = 1;

/// A document whose pages are coded.
struct Sheet {
    /// The objects of its fonts, as they stand in a file, and where each begins in these bytes; numbers run from 1.
    fonts: Vec<u8>,
    starts: Vec<usize>,
    /// The number of the dictionary of fonts.
    resources: u32,
    pages: Vec<Page>,
}

/// A page as lines of its content stream, and the number of marked-content sequences in it.
struct Page {
    lines: Vec<Vec<u8>>,
    sequences: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (from, to) = (PathBuf::from(arguments.next().unwrap()), PathBuf::from(arguments.next().unwrap()));
    let count: usize = arguments.next().unwrap().parse().unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(&from).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "pdf"));
    files.sort();
    let sheets: Vec<Sheet> = files.par_iter().take(count).map(|path| read(path)).collect();
    let (start, before) = (Instant::now(), processor_seconds());
    let pages: usize = (0..count)
        .into_par_iter()
        .map_init(deflater, |deflater, at| {
            let sheet = &sheets[at % sheets.len()];
            fs::write(to.join(format!("{at}.pdf")), write(sheet, deflater)).unwrap();
            sheet.pages.len()
        })
        .sum();
    let (wall, cpu) = (start.elapsed().as_secs_f64(), processor_seconds() - before);
    println!("{{\"files\": {count}, \"pages\": {pages}, \"wall\": {wall}, \"cpu\": {cpu}}}");
}

/// Seconds that this process has had of all cores, by Linux's count of hundredths; 0 on other systems.
fn processor_seconds() -> f64 {
    let counts = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = counts.rsplit(')').next().unwrap_or_default();
    // The fields utime and stime are the 14th and 15th, the first after the name the third: proc(5).
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn read(path: &Path) -> Sheet {
    let file = Document::load(path).unwrap();
    let pages = file.page_iter().map(|page| {
        let content = file.get_page_content(page);
        let lines: Vec<Vec<u8>> = content.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        Page { sequences: lines.iter().filter(|line| line.ends_with(b" BDC\n")).count(), lines }
    });
    let pages: Vec<Page> = pages.collect();
    // What is left when all but the fonts is cut off is what each file embeds.
    let mut fonts = file.clone();
    let first = fonts.page_iter().next().unwrap();
    let resources = file.get_page_resources(first).unwrap();
    let resources = resources.0.cloned().unwrap_or_else(|| file.get_dictionary(resources.1[0]).unwrap().clone());
    fonts.trailer = Dictionary::new();
    fonts.trailer.set("Root", Object::Dictionary(resources));
    let root = fonts.trailer.remove(b"Root").unwrap();
    let root = fonts.add_object(root);
    fonts.trailer.set("Root", root);
    fonts.prune_objects();
    fonts.renumber_objects();
    fonts.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    let resources = fonts.trailer.get(b"Root").unwrap().as_reference().unwrap().0;
    let mut bytes = Vec::new();
    fonts.save_to(&mut bytes).unwrap();
    let find = |from: usize, what: &[u8]| from + bytes[from..].windows(what.len()).position(|at| at == what).unwrap();
    let numbers = 1..=fonts.max_id;
    let starts: Vec<usize> = numbers.map(|number| find(0, format!("\n{number} 0 obj").as_bytes()) + 1).collect();
    let (head, end) = (*starts.iter().min().unwrap(), bytes.len() - 4);
    let end = (0..end).rev().find(|at| bytes[*at..].starts_with(b"\nxref\n")).unwrap();
    let starts = starts.iter().map(|start| start - head).collect();
    Sheet { fonts: bytes[head..=end].to_vec(), starts, resources, pages }
}

fn deflater() -> Compressor {
    Compressor::new(CompressionLvl::new(LEVEL).unwrap())
}

fn deflated(bytes: &[u8], deflater: &mut Compressor) -> Vec<u8> {
    let mut out = vec![0; deflater.zlib_compress_bound(bytes.len())];
    let length = deflater.zlib_compress(bytes, &mut out).unwrap();
    out.truncate(length);
    out
}

/// Catalog, page tree, pages and a structure with an element for each marked-content sequence, all in one object stream.
fn write(sheet: &Sheet, deflater: &mut Compressor) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places: Vec<(u8, usize, usize)> = vec![(0, 0, 0)];
    places.extend(sheet.starts.iter().map(|start| (1, out.len() + start, 0)));
    out.extend_from_slice(&sheet.fonts);
    let mut stream = |places: &mut Vec<(u8, usize, usize)>, entries: &str, bytes: &[u8]| {
        let (number, bytes) = (places.len(), deflated(bytes, deflater));
        places.push((1, out.len(), 0));
        write!(out, "{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {}>>\nstream\n", bytes.len()).unwrap();
        out.extend_from_slice(&bytes);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    };
    let content = places.len();
    for page in &sheet.pages {
        stream(&mut places, "", &page.lines.concat());
    }
    let count = sheet.pages.len();
    let packed = places.len() + 1;
    let (page, element) = (packed + 5, packed + 5 + 2 * count);
    let mut objects: Vec<String> = vec![
        format!(
            "<</Type/Catalog/Pages {} 0 R/StructTreeRoot {} 0 R/MarkInfo<</Marked true>>/Lang(en-US)>>",
            packed + 1,
            packed + 2
        ),
        format!(
            "<</Type/Pages/Count {count}/MediaBox[0 0 612 792]/Kids[{}]/Resources {} 0 R>>",
            references(page, count),
            sheet.resources
        ),
        format!("<</Type/StructTreeRoot/K {} 0 R/ParentTree {} 0 R>>", packed + 3, packed + 4),
    ];
    let all: usize = sheet.pages.iter().map(|page| page.sequences).sum();
    objects.push(format!("<</S/Document/P {} 0 R/K[{}]>>", packed + 2, references(element, all)));
    let parents = (0..count).map(|at| format!("{at} {} 0 R ", page + count + at));
    objects.push(format!("<</Nums[{}]>>", parents.collect::<String>()));
    objects.extend((0..count).map(|at| {
        format!("<</Type/Page/Parent {} 0 R/Contents {} 0 R/StructParents {at}/Tabs/S>>", packed + 1, content + at)
    }));
    let mut first = element;
    for of in &sheet.pages {
        objects.push(format!("[{}]", references(first, of.sequences)));
        first += of.sequences;
    }
    for (at, of) in sheet.pages.iter().enumerate() {
        let element = |number| format!("<</S/P/P {} 0 R/Pg {} 0 R/K {number}>>", packed + 3, page + at);
        objects.extend((0..of.sequences).map(element));
    }
    let (mut head, mut body) = (String::new(), String::new());
    for (at, object) in objects.iter().enumerate() {
        head += &format!("{} {} ", packed + at, body.len());
        body += object;
        body.push('\n');
    }
    let entries = format!("/Type/ObjStm/N {}/First {}", objects.len(), head.len());
    stream(&mut places, &entries, (head + &body).as_bytes());
    places.extend((0..objects.len()).map(|at| (2, packed - 1, at)));
    let (number, at) = (places.len(), out.len());
    places.push((1, at, 0));
    let row = |(kind, first, second): &(u8, usize, usize)| {
        let mut row = vec![*kind];
        row.extend_from_slice(&(*first as u32).to_be_bytes());
        row.extend_from_slice(&(*second as u16).to_be_bytes());
        row
    };
    let rows: Vec<u8> = places.iter().flat_map(row).collect();
    let table = deflated(&rows, deflater);
    let size = number + 1;
    let entries =
        format!("/Type/XRef/W[1 4 2]/Size {size}/Root {packed} 0 R/Filter/FlateDecode/Length {}", table.len());
    write!(out, "{number} 0 obj\n<<{entries}>>\nstream\n").unwrap();
    out.extend_from_slice(&table);
    write!(out, "\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").unwrap();
    out
}

fn references(from: usize, count: usize) -> String {
    (from..from + count).map(|number| format!("{number} 0 R ")).collect()
}
