//! Pictures as PDF has them: a raster as the entries and bytes of an image object, a drawing as a piece of a content stream.
//! Plain values: nothing here knows the objects of the library that writes the file.

use crate::picture::{Colour, Matter, Path, Picture, Raster, Samples, Segment};

/// An image object: what its dictionary says, and its bytes, which have their filter already.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ImageObject {
    pub entries: Vec<(&'static str, Entry)>,
    pub bytes: Vec<u8>,
}

impl ImageObject {
    /// The entries of its dictionary as they are written.
    pub fn written(&self) -> Vec<u8> {
        let entry = |(key, value): &(&str, Entry)| match value {
            Entry::Name(name) => format!("/{key}/{name}"),
            Entry::Number(number) => format!("/{key} {number}"),
            Entry::Numbers(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
                format!("/{key}[{}]", numbers.join(" "))
            }
        };
        self.entries.iter().map(entry).collect::<String>().into_bytes()
    }
}

/// The value of an entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    Name(&'static str),
    Number(i64),
    Numbers(Vec<i64>),
}

/// The image object of a raster, and that of its opacity, which belongs to it as its `SMask`. A drawing has none.
pub(super) fn image(picture: &Picture) -> Option<(ImageObject, Option<ImageObject>)> {
    let Matter::Raster(raster) = &picture.matter else { return None };
    let (space, inverted) = match raster.colour {
        Colour::Gray => ("DeviceGray", false),
        Colour::Rgb => ("DeviceRGB", false),
        Colour::Cmyk => ("DeviceCMYK", false),
        Colour::InvertedCmyk => ("DeviceCMYK", true),
    };
    let mut image = match &raster.samples {
        Samples::Deflated(bytes) => object(raster, space, ("FlateDecode", bytes)),
        Samples::Jpeg => object(raster, space, ("DCTDecode", &picture.web.bytes)),
    };
    if inverted {
        image.entries.push(("Decode", Entry::Numbers([1, 0].repeat(4))));
    }
    let mask = raster.alpha.as_ref().map(|alpha| object(raster, "DeviceGray", ("FlateDecode", alpha)));
    Some((image, mask))
}

/// Whether a picture is a photograph in the four inks of a press.
pub(super) fn in_four_inks(picture: &Picture) -> bool {
    matches!(&picture.matter, Matter::Raster(Raster { colour: Colour::Cmyk | Colour::InvertedCmyk, .. }))
}

fn object(raster: &Raster, space: &'static str, (filter, bytes): (&'static str, &[u8])) -> ImageObject {
    let entries = vec![
        ("Type", Entry::Name("XObject")),
        ("Subtype", Entry::Name("Image")),
        ("Width", Entry::Number(raster.width.into())),
        ("Height", Entry::Number(raster.height.into())),
        ("ColorSpace", Entry::Name(space)),
        ("BitsPerComponent", Entry::Number(8)),
        ("Filter", Entry::Name(filter)),
    ];
    ImageObject { entries, bytes: bytes.to_vec() }
}

/// Draws a picture into a rectangle: left, bottom, width, height, pt from the page's lower left corner. `name` is what the
/// page calls the image object of a raster.
pub(super) fn drawn(picture: &Picture, rect: [f32; 4], name: &str) -> Vec<u8> {
    let [x, y, width, height] = rect;
    let mut out = Stream(String::from("q "));
    match &picture.matter {
        Matter::Raster(raster) => {
            out.numbers(&[width, 0.0, 0.0, height, x, y]);
            out.0 += "cm ";
            if raster.orientation != 1 {
                out.numbers(&upright(raster.orientation));
                out.0 += "cm ";
            }
            out.0 += &format!("/{name} Do ");
        }
        Matter::Drawing(paths) => {
            out.numbers(&[x, y, width, height]);
            out.0 += "re W n ";
            // A drawing counts in pixels from its top.
            let (across, down) = (width / picture.size.0 * PIXEL, height / picture.size.1 * PIXEL);
            out.numbers(&[across, 0.0, 0.0, -down, x, y + height]);
            out.0 += "cm\n";
            paths.iter().for_each(|path| out.path(path));
        }
    }
    out.0 += "Q\n";
    out.0.into_bytes()
}

/// Points to a pixel.
const PIXEL: f32 = 0.75;

/// What puts an image upright within the unit square, by how the camera was held (EXIF 2.32, table 6).
fn upright(orientation: u8) -> [f32; 6] {
    match orientation {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    }
}

/// A piece of a content stream.
struct Stream(String);

impl Stream {
    fn path(&mut self, path: &Path) {
        self.0 += "q ";
        self.numbers(&path.matrix);
        self.0 += "cm ";
        if let Some(fill) = path.fill {
            self.colour(fill.rgb, "rg");
        }
        if let Some(stroke) = &path.stroke {
            self.colour(stroke.rgb, "RG");
            self.numbers(&[stroke.width]);
            self.0 += &format!("w {} J {} j ", stroke.cap, stroke.join);
            self.numbers(&[stroke.miter_limit]);
            self.0 += "M ";
            if !stroke.dash.0.is_empty() {
                self.0.push('[');
                self.numbers(&stroke.dash.0);
                self.0 += "] ";
                self.numbers(&[stroke.dash.1]);
                self.0 += "d ";
            }
        }
        let fill = path.fill.map(|fill| if fill.even_odd { "f*" } else { "f" });
        match (fill, path.stroke.is_some()) {
            (Some(fill), true) if path.stroke_first => {
                self.outline(path, "S");
                self.outline(path, fill);
            }
            (Some("f*"), true) => self.outline(path, "B*"),
            (Some(_), true) => self.outline(path, "B"),
            (Some(fill), false) => self.outline(path, fill),
            (None, true) => self.outline(path, "S"),
            (None, false) => {}
        }
        self.0 += "Q\n";
    }

    fn outline(&mut self, path: &Path, paint: &str) {
        for segment in &path.segments {
            let operator = match segment {
                Segment::Move(to) => {
                    self.numbers(to);
                    "m "
                }
                Segment::Line(to) => {
                    self.numbers(to);
                    "l "
                }
                Segment::Curve(points) => {
                    self.numbers(points);
                    "c "
                }
                Segment::Close => "h ",
            };
            self.0 += operator;
        }
        self.0 += paint;
        self.0.push('\n');
    }

    /// Equal parts of red, green and blue as gray: a printer then takes black ink alone.
    fn colour(&mut self, [red, green, blue]: [u8; 3], operator: &str) {
        let share = |part: u8| f32::from(part) / 255.0;
        if red == green && green == blue {
            self.numbers(&[share(red)]);
            self.0 += if operator == "rg" { "g " } else { "G " };
        } else {
            self.numbers(&[share(red), share(green), share(blue)]);
            self.0 += operator;
            self.0.push(' ');
        }
    }

    /// Numbers with four decimals at most, each followed by a space: PDF knows no exponents.
    fn numbers(&mut self, values: &[f32]) {
        for value in values {
            let text = format!("{value:.4}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            self.0 += if text == "-0" { "0" } else { text };
            self.0.push(' ');
        }
    }
}
