//! Pictures from the bytes of a file to the printed sheet.

use crate::common;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::common::{done, files, refused};
use pilcrow::picture::{Colour, Matter, Picture, Raster, Samples};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn read(name: &str) -> Picture {
    Picture::read(&std::fs::read(root().join("pictures").join(name)).unwrap().into()).unwrap()
}

fn raster(name: &str) -> Raster {
    match read(name).matter {
        Matter::Raster(raster) => raster,
        Matter::Drawing(_) => panic!("{name} is a drawing"),
    }
}

fn inflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

fn samples(raster: &Raster) -> Vec<u8> {
    match &raster.samples {
        Samples::Deflated(bytes) => inflated(bytes),
        Samples::Jpeg => panic!("a JPEG"),
    }
}

fn faults(text: &str) -> Vec<String> {
    let bytes: Arc<[u8]> = text.as_bytes().into();
    Picture::read(&bytes).err().unwrap_or_default().into_iter().map(|fault| fault.message).collect()
}

/// The 6 × 4 pixels of the PNG files: red by column, green by row.
fn colours() -> Vec<u8> {
    (0..4u32).flat_map(|y| (0..6u32).flat_map(move |x| [x * 40, y * 60, x * y * 10])).map(|v| v as u8).collect()
}

#[test]
fn png_of_every_sort_gives_the_same_pixels() {
    for name in ["rgb.png", "interlaced.png", "palette.png", "alpha.png"] {
        let raster = raster(name);
        assert_eq!((raster.width, raster.height, raster.colour), (6, 4, Colour::Rgb), "{name}");
        // The palette has eight colours for twenty-four pixels.
        if name != "palette.png" {
            assert_eq!(samples(&raster), colours(), "{name}");
        }
        assert_eq!(samples(&raster).len(), 6 * 4 * 3, "{name}");
    }
    let alpha = raster("alpha.png").alpha.map(|alpha| inflated(&alpha)).unwrap();
    assert_eq!(alpha, [255, 255, 255, 128, 128, 128].repeat(4));
    for name in ["gray.png", "sixteen.png"] {
        let raster = raster(name);
        assert_eq!((raster.colour, samples(&raster).len(), raster.alpha), (Colour::Gray, 24, None), "{name}");
    }
    assert_eq!(samples(&raster("sixteen.png"))[..6], [0, 40, 80, 120, 160, 200]);
}

#[test]
fn jpeg_goes_on_as_it_is_and_upright() {
    let of = |name| (raster(name).colour, read(name).size);
    assert_eq!(of("gray.jpg"), (Colour::Gray, (45.0, 30.0)));
    assert_eq!(of("progressive.jpg"), (Colour::Rgb, (45.0, 30.0)));
    assert_eq!(of("cmyk.jpg"), (Colour::InvertedCmyk, (45.0, 30.0)));
    // 60 × 40 pixels of a camera held on its side.
    assert_eq!(of("turned.jpg"), (Colour::Rgb, (30.0, 45.0)));
    assert_eq!(read("turned.jpg").pixels_wide(), Some(40));
    let whole = std::fs::read(root().join("pictures/gray.jpg")).unwrap();
    assert!(raster("gray.jpg").samples == Samples::Jpeg && *read("gray.jpg").web.bytes == *whole);
}

#[test]
fn a_drawing_has_its_text_as_paths_and_its_size_in_points() {
    let drawing = read("drawing.svg");
    assert!((drawing.size.0 - 80.0 * 72.0 / 25.4).abs() < 0.01, "{drawing:?}");
    let Matter::Drawing(paths) = &drawing.matter else { panic!() };
    // Box, curve, arrowhead, disc, and a word.
    assert!(paths.len() >= 5, "{}", paths.len());
    let web = std::str::from_utf8(&drawing.web.bytes).unwrap();
    assert!(!web.contains("<text") && web.contains("<path"), "{web}");
}

#[test]
fn what_is_drawn_in_the_same_words_is_the_same() {
    let bytes = |name| read(name).web.bytes.to_vec();
    assert!((0..4).all(|_| bytes("drawing.svg") == bytes("drawing.svg")));
}

#[test]
fn no_file_is_read_and_no_address_asked() {
    let secret = root().join("pictures/gray.png");
    let text = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/><image href='{}' width='9' height='9'/></svg>",
        secret.display()
    );
    assert!(faults(&text)[0].contains("a picture inside it"), "{:?}", faults(&text));
    let entity = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='9'>&x;</text></svg>";
    assert!(!faults(entity).is_empty());
}

/// What is thrown at the reader is refused with a reason, and soon.
#[test]
fn hostile_files_are_refused_in_a_second() {
    let svg = |inner: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inner}</svg>");
    let mut uses = "<defs><path id='a0' d='M0 0H9'/>".to_owned();
    for level in 1..12 {
        let inner = format!("<use href='#a{}'/>", level - 1).repeat(10);
        uses += &format!("<g id='a{level}'>{inner}</g>");
    }
    uses += "</defs><use href='#a11'/>";
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'>]>".to_owned()
        + &svg("<text>&e;&e;&e;&e;</text>");
    let texts = [
        ("deep", svg(&"<g>".repeat(200_000))),
        ("deep and closed", svg(&("<g>".repeat(9_000) + &"</g>".repeat(9_000)))),
        ("many", svg(&"<path d='M0 0H9'/>".repeat(200_000))),
        ("uses", svg(&uses)),
        (
            "arrowheads",
            svg(&format!(
                "<marker id='m'>{}</marker><path marker-mid='url(#m)' stroke='#000' d='M0 0{}'/>",
                "<path d='M0 0H9'/>".repeat(900),
                "h1".repeat(9_000)
            )),
        ),
        ("itself", svg("<g id='a'><use href='#a'/></g>")),
        ("laughs", laughs),
        ("numbers", svg("<path d='M0 0L1e38 1e38 -1e38 nan'/>") + "x"),
        ("no size", "<svg xmlns='http://www.w3.org/2000/svg'/>".to_owned()),
        (
            "huge size",
            "<svg xmlns='http://www.w3.org/2000/svg' width='1e30' height='-4'><path d='M0 0H9V9z'/></svg>".to_owned(),
        ),
    ];
    for (name, text) in texts {
        let start = Instant::now();
        let found = faults(&text);
        let took = start.elapsed();
        println!("{name}: {took:?} {found:?}");
        assert!(!found.is_empty(), "{name}");
        // Ten times the limit: tests run unoptimised and beside one another.
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    }
}

#[test]
fn no_change_of_a_byte_makes_it_panic() {
    for (name, whole) in files(&root().join("pictures")) {
        for cut in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let _ = Picture::read(&whole[..cut].into());
            for value in [0, 0xff, whole[cut] ^ 0x10] {
                let mut bytes = whole.clone();
                bytes[cut] = value;
                if let Ok(picture) = Picture::read(&bytes.into()) {
                    assert!(picture.size.0 > 0.0 && picture.size.1 > 0.0, "{name} at {cut}");
                }
            }
        }
    }
}

/// The built-in bank in a folder of its own, with a picture over one of its questions.
fn bank(folder: &Path) {
    let from = root().join("../questions/kennedy-1961");
    for (name, bytes) in files(&from) {
        let path = folder.join("bank").join(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::copy(root().join("pictures/turned.jpg"), folder.join("bank/pictures/dock.jpg")).unwrap();
    let path = folder.join("bank/bank/b-ark.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let picture = "    picture: {file: pictures/dock.jpg, alt: \"A dark corner on a white sheet.\", caption: \"At the dock\", width: 10}\n";
    let spoilt = text.replacen("    kind: single-choice\n", &format!("    kind: single-choice\n{picture}"), 1);
    std::fs::write(path, spoilt).unwrap();
    let blueprint = "name: look\ntitle: \"Look\"\nabout: \"x\"\nmodes: [same-items]\nreading: none\nparts:\n  - {title: \"Look\", directions: \"\", cells: [{take_sets: 1, items: [timeline-last-month, timeline-silence, timeline-congress, days-to-the-answer]}, {take: 1, items: [ITEM]}]}\n";
    let item = text.split("- id: ").find(|item| item.contains("kind: single-choice")).unwrap().lines().next().unwrap();
    std::fs::write(folder.join("look.yaml"), blueprint.replace("ITEM", item.trim())).unwrap();
}

const MAKE: [&str; 11] =
    ["make", "--bank", "bank", "--blueprint", "look.yaml", "--forms", "1", "--seed", "5", "--out", "out"];

#[test]
fn the_sheet_shows_pictures_and_says_what_is_to_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    bank(folder.path());
    done(folder.path(), &MAKE);
    let out = |name: &str| folder.path().join("out").join(name);
    let html = std::fs::read_to_string(out("kennedy-1961-worksheet-A.html")).unwrap();
    assert_eq!(html.matches("<figure>").count(), 2);
    assert!(html.contains("alt=\"A dark corner on a white sheet.\" src=\"data:image/jpeg;base64,"));
    assert!(html.contains("alt=\"A timeline of 1961") && html.contains("src=\"data:image/svg+xml;base64,"));
    assert!(html.contains("<figcaption>At the dock"));
    let pdf = out("kennedy-1961-worksheet-A.pdf");
    let told = std::process::Command::new("pdfinfo").arg("-struct").arg(&pdf).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.matches("Figure").count(), 2, "{told}");
    assert!(told.contains("BBox"), "{told}");
    let key = common::pdf_text(&out("kennedy-1961-TEACHER-key-A.pdf"));
    assert!(key.contains("Picture: At the dock. A dark corner on a white sheet."), "{key}");
    assert_eq!(
        key.matches("Picture: Private letters and other events").count(),
        1,
        "once for the three items of the set"
    );
}

#[test]
fn a_manifest_keeps_the_pictures_of_its_sheets() {
    let folder = tempfile::tempdir().unwrap();
    bank(folder.path());
    done(folder.path(), &MAKE);
    let before = std::fs::read(folder.path().join("out/kennedy-1961-TEACHER-key-A.pdf")).unwrap();
    let manifest = std::fs::read_to_string(folder.path().join("out/manifest.yaml")).unwrap();
    let code = manifest.lines().find_map(|line| line.trim().strip_prefix("code: ")).unwrap().to_owned();
    let sheet = |args: &[&str]| {
        let all = [&["key", &code, "--bank", "bank", "--out", "again"], args].concat();
        done(folder.path(), &all);
    };
    // Another picture under the same name is another bank; its sheets are rebuilt from the manifest alone.
    std::fs::copy(root().join("pictures/gray.jpg"), folder.path().join("bank/pictures/dock.jpg")).unwrap();
    let said =
        refused(folder.path(), &["key", &code, "--bank", "bank", "--blueprint", "look.yaml", "--out", "again"], 1);
    assert!(said.contains("bank"), "{said}");
    sheet(&["--manifest", "out/manifest.yaml"]);
    let again = files(&folder.path().join("again"));
    let (_, key) = again.iter().find(|(name, _)| name.ends_with(".pdf")).unwrap();
    assert!(!key.is_empty() && !before.is_empty());
}

/// Whether a file claims to be fit to be kept, in its metadata, which stand in the clear, and says what its colours mean.
fn claims(folder: &Path) -> [bool; 2] {
    let bytes = std::fs::read(folder.join("out/kennedy-1961-worksheet-A.pdf")).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let claim = b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>";
    [bytes.windows(claim.len()).any(|words| words == claim), file.catalog().unwrap().has(b"OutputIntents")]
}

#[test]
fn a_file_with_a_photograph_in_four_inks_claims_no_more_than_it_is() {
    let folder = tempfile::tempdir().unwrap();
    bank(folder.path());
    done(folder.path(), &MAKE);
    assert_eq!(claims(folder.path()), [true, true]);
    std::fs::copy(root().join("pictures/cmyk.jpg"), folder.path().join("bank/pictures/dock.jpg")).unwrap();
    done(folder.path(), &MAKE);
    assert_eq!(claims(folder.path()), [false, false]);
}
