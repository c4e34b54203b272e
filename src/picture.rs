//! A picture that can be printed, made of the bytes of a PNG, JPEG or SVG file; or every reason why it cannot.

mod jpeg;
mod png;
mod svg;

use std::fmt;
use std::sync::{Arc, OnceLock};

/// Most pixels of a picture: four times what a full page of print can show.
pub const MOST_PIXELS: u64 = 40_000_000;

/// A raster is enlarged so much at most where no width is asked for.
const ENLARGED: f32 = 1.5;

/// Points to a pixel at 96 pixels to the inch, the size that CSS gives a pixel.
const PIXEL: f32 = 0.75;

/// A file of a bank's folder of pictures, or why it was not read.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// Name inside the bank folder: `pictures/berlin.svg`.
    pub name: String,
    /// The bytes of the file.
    pub bytes: Result<Arc<[u8]>, Fault>,
}

/// Why a file cannot be printed as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// The remedy.
    pub help: String,
}

impl Fault {
    /// A fault with its remedy.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault { message: message.into(), help: help.into() }
    }
}

/// A picture that can be printed.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// Width and height as it is to be seen, pt: 96 pixels make an inch.
    pub size: (f32, f32),
    /// What is printed.
    pub matter: Matter,
    /// The picture as a web page carries it: the file itself, or a drawing written anew from what was read of it.
    pub web: Web,
}

/// A picture of a sound file, read when it is first shown: to read a drawing takes longer than to read a bank.
#[derive(Clone)]
pub struct OnDemand {
    bytes: Arc<[u8]>,
    read: OnceLock<Arc<Picture>>,
}

/// What a picture is made of.
#[derive(Clone, PartialEq)]
pub enum Matter {
    /// Pixels.
    Raster(Raster),
    /// Lines and areas.
    Drawing(Vec<Path>),
}

/// A picture for the web.
#[derive(Clone, PartialEq)]
pub struct Web {
    /// `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// Pixels in rows from the top, as they are stored.
#[derive(Clone, PartialEq)]
pub struct Raster {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What the samples of a pixel mean.
    pub colour: Colour,
    /// The samples.
    pub samples: Samples,
    /// How opaque each pixel is, where some are not: a byte a pixel, deflated (zlib).
    pub alpha: Option<Vec<u8>>,
    /// How the camera was held: 1 to 8 as EXIF counts, 1 upright.
    pub orientation: u8,
}

/// What the samples of a pixel mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One: white to black.
    Gray,
    /// Three: red, green, blue.
    Rgb,
    /// Four inks.
    Cmyk,
    /// Four inks, 0 for full, as Adobe's programs write them.
    InvertedCmyk,
}

/// The samples of a raster.
#[derive(Clone, PartialEq)]
pub enum Samples {
    /// A byte each, pixel after pixel, deflated (zlib): once for all sheets that show them.
    Deflated(Vec<u8>),
    /// [`Web::bytes`] of the picture is a JPEG file that goes into a PDF as it is.
    Jpeg,
}

/// A line or area of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// From the path's own coordinates to the drawing's, which are pixels, x right and y down: a b c d e f as in PDF.
    pub matrix: [f32; 6],
    /// Its outline.
    pub segments: Vec<Segment>,
    /// How it is filled.
    pub fill: Option<Fill>,
    /// How its outline is drawn.
    pub stroke: Option<Stroke>,
    /// Whether the outline is drawn before the area.
    pub stroke_first: bool,
}

/// A part of an outline, in the path's own coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Starts a new outline.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A Bézier curve: two control points and the end.
    Curve([f32; 6]),
    /// Back to the start.
    Close,
}

/// An area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// Whether what lies inside twice lies outside.
    pub even_odd: bool,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// Width.
    pub width: f32,
    /// Lengths of dashes and gaps, and where in them it starts; empty for a whole line.
    pub dash: (Vec<f32>, f32),
    /// Ends: 0 cut, 1 round, 2 square, as in PDF.
    pub cap: u8,
    /// Corners: 0 mitred, 1 round, 2 bevelled, as in PDF.
    pub join: u8,
    /// How long a mitre may be.
    pub miter_limit: f32,
}

impl Picture {
    /// Reads the bytes of a PNG, JPEG or SVG file, told apart by what they are, whatever the file's name.
    ///
    /// # Errors
    /// Every reason why it cannot be printed.
    pub fn read(bytes: &Arc<[u8]>) -> Result<Picture, Vec<Fault>> {
        let raster = |raster: Raster, media_type| {
            let (width, height) = match raster.orientation {
                5..=8 => (raster.height, raster.width),
                _ => (raster.width, raster.height),
            };
            let size = (width as f32 * PIXEL, height as f32 * PIXEL);
            Picture { size, matter: Matter::Raster(raster), web: Web { media_type, bytes: Arc::clone(bytes) } }
        };
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return png::read(bytes).map(|read| raster(read, "image/png")).map_err(|fault| vec![fault]);
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return jpeg::read(bytes).map(|read| raster(read, "image/jpeg")).map_err(|fault| vec![fault]);
        }
        let head = &bytes[..bytes.len().min(4096)];
        if head.windows(4).any(|window| window == b"<svg") || head.windows(5).any(|window| window == b":svg ") {
            return svg::read(bytes);
        }
        Err(vec![stranger(bytes)])
    }

    /// Width where none is asked for, pt: a drawing's own, half as much again for a raster, whose pixels can bear it.
    pub fn width_unasked(&self) -> f32 {
        match self.matter {
            Matter::Raster(_) => self.size.0 * ENLARGED,
            Matter::Drawing(_) => self.size.0,
        }
    }

    /// Width in pixels as it is to be seen, of a raster.
    pub fn pixels_wide(&self) -> Option<u32> {
        match &self.matter {
            Matter::Raster(raster) if raster.orientation >= 5 => Some(raster.height),
            Matter::Raster(raster) => Some(raster.width),
            Matter::Drawing(_) => None,
        }
    }
}

impl OnDemand {
    /// Of a file that is known to be sound.
    pub fn of_sound(bytes: &Arc<[u8]>) -> Self {
        OnDemand { bytes: Arc::clone(bytes), read: OnceLock::new() }
    }

    /// Of a file that has been read.
    pub fn of_read(bytes: &Arc<[u8]>, picture: Picture) -> Self {
        OnDemand { bytes: Arc::clone(bytes), read: OnceLock::from(Arc::new(picture)) }
    }

    /// The picture; of a file that was not sound after all, an empty one.
    pub fn picture(&self) -> &Arc<Picture> {
        self.read.get_or_init(|| {
            Arc::new(Picture::read(&self.bytes).unwrap_or_else(|_| Picture {
                size: (1.0, 1.0),
                matter: Matter::Drawing(Vec::new()),
                web: Web { media_type: "image/svg+xml", bytes: Arc::from(&b""[..]) },
            }))
        })
    }
}

/// One is another, if their files are.
impl PartialEq for OnDemand {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl fmt::Debug for OnDemand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OnDemand({:?})", self.read.get())
    }
}

/// The sizes, not the samples.
impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} × {} pt, {})", self.size.0, self.size.1, self.web.media_type)
    }
}

/// A file that is none of the three.
fn stranger(bytes: &[u8]) -> Fault {
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    let what = if bytes.is_empty() {
        "is empty"
    } else if begins(b"GIF8") {
        "is a GIF"
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        "is a WebP picture"
    } else if begins(b"%PDF") {
        "is a PDF"
    } else if begins(b"BM") {
        "is a Windows bitmap"
    } else if begins(b"II*\0") || begins(b"MM\0*") {
        "is a TIFF"
    } else if begins(b"\x1f\x8b") {
        "is compressed with gzip"
    } else if bytes.get(4..8) == Some(b"ftyp") {
        "is a HEIC or AVIF picture, or a film"
    } else {
        "is no picture that is known here"
    };
    Fault::new(
        format!("the file {what}"),
        "save it as PNG (scans, screenshots), JPEG (photographs) or plain SVG (drawings)",
    )
}

/// A picture of too many pixels, or of none.
fn countable(width: u64, height: u64) -> Result<(), Fault> {
    if width == 0 || height == 0 {
        return Err(damaged("it has no pixels"));
    }
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(Fault::new(
            format!("the picture has {width} × {height} pixels, more than {} million", MOST_PIXELS / 1_000_000),
            "make it smaller: 2000 pixels fill the width of a page sharply",
        ));
    }
    Ok(())
}

fn damaged(how: impl fmt::Display) -> Fault {
    Fault::new(format!("the file is damaged or not complete: {how}"), "fetch or save it again")
}
