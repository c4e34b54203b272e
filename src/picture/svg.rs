//! SVG → paths in plain colours, text turned to outlines with the built-in fonts; whatever else it has is named.

mod short;
mod unsupported;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use usvg::tiny_skia_path::PathSegment;
use usvg::{
    FontFamily, FontResolver, ImageHrefResolver, Node, Options, PaintOrder, Tree, WriteOptions, fontdb, roxmltree,
};

use super::{Fault, Fill, Matter, PIXEL, Path, Picture, Segment, Stroke, Web, damaged};
use crate::typeface;
use unsupported::{MOST_ELEMENTS, Unsupported};

/// Deepest nesting of elements: usvg calls itself for each level.
const DEEPEST: usize = 128;

/// Widths and heights of a drawing, pixels: from a dot to a wall.
const SIZES: std::ops::RangeInclusive<f32> = 1.0..=20_000.0;

/// The built-in fonts, and no others: a drawing looks alike on every machine.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for file in typeface::ALL {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(file)));
    }
    fonts.set_serif_family(typeface::SERIF_FAMILY);
    fonts.set_sans_serif_family(typeface::SANS_FAMILY);
    Arc::new(fonts)
});

/// Reads an SVG file.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, Vec<Fault>> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| vec![Fault::new("the text of the SVG is not UTF-8", "save it as UTF-8")])?;
    if nested_too_deeply(text) {
        let message = format!("the elements of the SVG are nested more than {DEEPEST} deep");
        return Err(vec![Fault::new(message, "ungroup it in the drawing program")]);
    }
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MOST_ELEMENTS * 3, ..Default::default() };
    let xml = roxmltree::Document::parse_with_options(text, options).map_err(|error| vec![damaged(error)])?;
    unsupported::unfolded(&xml).map_err(|fault| vec![fault])?;
    let mut faults = unsupported::elements(&xml);
    let lacking = Mutex::new(Lacking::default());
    let tree = Tree::from_xmltree(&xml, &options_of(&lacking)).map_err(|error| vec![damaged(error)])?;
    let (width, height) = (tree.size().width(), tree.size().height());
    if !SIZES.contains(&width) || !SIZES.contains(&height) {
        let message = format!("the SVG is {width} × {height} pixels large");
        return Err(vec![Fault::new(message, "give its `width` and `height` in mm: width=\"120mm\"")]);
    }
    let mut found = Walk::default();
    found.group(tree.root());
    faults.extend(found.unsupported.into_iter().map(Unsupported::fault));
    faults.extend(lacking.into_inner().unwrap_or_else(PoisonError::into_inner).faults());
    if faults.is_empty() && found.paths.is_empty() {
        faults.push(Fault::new("nothing is to be seen in the SVG", "draw in the visible area, in visible colours"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let written = tree.to_string(&WriteOptions { indent: usvg::Indent::None, ..WriteOptions::default() });
    Ok(Picture {
        size: (width * PIXEL, height * PIXEL),
        matter: Matter::Drawing(found.paths),
        web: Web { media_type: "image/svg+xml", bytes: short::shortened(&written).into_bytes().into() },
    })
}

/// Whether opening tags outrun closing ones; counted on the text, before any parser follows them down.
fn nested_too_deeply(text: &str) -> bool {
    let mut depth = 0usize;
    for piece in text.split('<').skip(1) {
        match piece.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') => {}
            _ if piece.split('>').next().is_some_and(|tag| tag.ends_with('/')) => {}
            _ => depth += 1,
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// Families and characters that the built-in fonts do not have.
#[derive(Debug, Default)]
struct Lacking {
    families: BTreeSet<String>,
    characters: BTreeSet<char>,
}

impl Lacking {
    fn faults(self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if !self.families.is_empty() {
            let names: Vec<String> = self.families.into_iter().collect();
            faults.push(Fault::new(
                format!("the SVG has text in a font that is not built in: {}", names.join("; ")),
                format!(
                    "set it in {} or {}, or turn the text to paths in the drawing program",
                    typeface::SERIF_FAMILY,
                    typeface::SANS_FAMILY
                ),
            ));
        }
        if !self.characters.is_empty() {
            let signs: Vec<String> =
                self.characters.iter().map(|c| format!("“{c}” (U+{:04X})", u32::from(*c))).collect();
            faults.push(Fault::new(
                format!("no built-in font has {}, which the SVG shows", signs.join(", ")),
                "turn the text to paths in the drawing program",
            ));
        }
        faults
    }
}

/// No file, no address, no font of the machine; what is lacking is written down.
fn options_of(lacking: &Mutex<Lacking>) -> Options<'_> {
    let usual = FontResolver::default_font_selector();
    Options {
        font_family: typeface::SANS_FAMILY.to_owned(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        font_resolver: FontResolver {
            select_font: Box::new(move |font, fonts| {
                let known = |family: &FontFamily| match family {
                    FontFamily::Serif | FontFamily::SansSerif => true,
                    FontFamily::Named(name) => [typeface::SERIF_FAMILY, typeface::SANS_FAMILY].contains(&name.as_str()),
                    _ => false,
                };
                if !font.families().iter().any(known) {
                    let names: Vec<String> = font.families().iter().map(ToString::to_string).collect();
                    lacking.lock().unwrap_or_else(PoisonError::into_inner).families.insert(names.join(", "));
                }
                usual(font, fonts)
            }),
            select_fallback: Box::new(move |character, _, _| {
                lacking.lock().unwrap_or_else(PoisonError::into_inner).characters.insert(character);
                None
            }),
        },
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    }
}

/// The paths of a tree in the order in which they are painted, and what else it has.
#[derive(Debug, Default)]
struct Walk {
    paths: Vec<Path>,
    unsupported: BTreeSet<Unsupported>,
}

impl Walk {
    fn group(&mut self, group: &usvg::Group) {
        self.unsupported.extend(unsupported::of_group(group));
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner),
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.group(text.flattened()),
                Node::Image(_) => drop(self.unsupported.insert(Unsupported::Image)),
            }
        }
    }

    fn path(&mut self, path: &usvg::Path) {
        if !path.is_visible() {
            return;
        }
        let fill = path.fill().filter(|fill| fill.opacity().get() > 0.0);
        let stroke = path.stroke().filter(|stroke| stroke.opacity().get() > 0.0);
        let fill = fill.and_then(|fill| {
            let even_odd = fill.rule() == usvg::FillRule::EvenOdd;
            Some(Fill { rgb: self.plain(fill.paint(), fill.opacity())?, even_odd })
        });
        let stroke = stroke.and_then(|stroke| {
            Some(Stroke {
                rgb: self.plain(stroke.paint(), stroke.opacity())?,
                width: stroke.width().get(),
                dash: (stroke.dasharray().unwrap_or_default().to_vec(), stroke.dashoffset()),
                cap: match stroke.linecap() {
                    usvg::LineCap::Butt => 0,
                    usvg::LineCap::Round => 1,
                    usvg::LineCap::Square => 2,
                },
                join: match stroke.linejoin() {
                    usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => 0,
                    usvg::LineJoin::Round => 1,
                    usvg::LineJoin::Bevel => 2,
                },
                miter_limit: stroke.miterlimit().get(),
            })
        });
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let to = path.abs_transform();
        self.paths.push(Path {
            matrix: [to.sx, to.ky, to.kx, to.sy, to.tx, to.ty],
            segments: segments(path.data()),
            fill,
            stroke,
            stroke_first: path.paint_order() == PaintOrder::StrokeAndFill,
        });
    }

    /// A plain opaque colour; anything else is written down.
    fn plain(&mut self, paint: &usvg::Paint, opacity: usvg::Opacity) -> Option<[u8; 3]> {
        match unsupported::of_paint(paint, opacity) {
            Ok(color) => Some([color.red, color.green, color.blue]),
            Err(other) => {
                self.unsupported.insert(other);
                None
            }
        }
    }
}

/// The outline, quadratic curves raised to cubic ones, which PDF has alone.
fn segments(data: &usvg::tiny_skia_path::Path) -> Vec<Segment> {
    let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
    data.segments()
        .map(|segment| match segment {
            PathSegment::MoveTo(to) => {
                (at, start) = ((to.x, to.y), (to.x, to.y));
                Segment::Move([to.x, to.y])
            }
            PathSegment::LineTo(to) => {
                at = (to.x, to.y);
                Segment::Line([to.x, to.y])
            }
            PathSegment::QuadTo(by, to) => {
                let near = |end: f32, control: f32| end + (control - end) * 2.0 / 3.0;
                let curve = [near(at.0, by.x), near(at.1, by.y), near(to.x, by.x), near(to.y, by.y), to.x, to.y];
                at = (to.x, to.y);
                Segment::Curve(curve)
            }
            PathSegment::CubicTo(one, two, to) => {
                at = (to.x, to.y);
                Segment::Curve([one.x, one.y, two.x, two.y, to.x, to.y])
            }
            PathSegment::Close => {
                at = start;
                Segment::Close
            }
        })
        .collect()
}
