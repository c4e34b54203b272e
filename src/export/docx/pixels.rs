//! A drawing as pixels: what programs show of it that do not know SVG in a document of Word.

use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

use crate::picture::{Path, Segment};

/// Pixels to a pixel of the drawing, of which 96 make an inch: enough for print.
const FINE: f32 = 2.5;
/// Points in a pixel of a drawing.
const PIXEL: f32 = 0.75;
/// Most pixels across or down.
const MOST: f32 = 4000.0;

/// A PNG of a drawing on white, whose size is given in points.
pub(super) fn png(paths: &[Path], (width, height): (f32, f32)) -> Option<Vec<u8>> {
    let (across, down) = (width / PIXEL, height / PIXEL);
    let fine = FINE.min(MOST / across.max(down).max(1.0));
    let side = |length: f32| (length * fine).ceil().clamp(1.0, MOST) as u32;
    let mut pixmap = Pixmap::new(side(across), side(down))?;
    pixmap.fill(Color::WHITE);
    paths.iter().for_each(|path| draw(&mut pixmap, path, fine));
    pixmap.encode_png().ok()
}

fn draw(pixmap: &mut Pixmap, path: &Path, fine: f32) {
    let Some(outline) = outline(&path.segments) else { return };
    let [a, b, c, d, e, f] = path.matrix;
    let transform = Transform::from_row(a, b, c, d, e, f).post_scale(fine, fine);
    let area = |pixmap: &mut Pixmap| {
        if let Some(fill) = path.fill {
            let rule = if fill.even_odd { FillRule::EvenOdd } else { FillRule::Winding };
            pixmap.fill_path(&outline, &paint(fill.rgb), rule, transform, None);
        }
    };
    let line = |pixmap: &mut Pixmap| {
        if let Some(stroke) = &path.stroke {
            pixmap.stroke_path(&outline, &paint(stroke.rgb), &line_of(stroke), transform, None);
        }
    };
    if path.stroke_first {
        line(pixmap);
        area(pixmap);
    } else {
        area(pixmap);
        line(pixmap);
    }
}

fn outline(segments: &[Segment]) -> Option<tiny_skia::Path> {
    let mut builder = PathBuilder::new();
    for segment in segments {
        match *segment {
            Segment::Move([x, y]) => builder.move_to(x, y),
            Segment::Line([x, y]) => builder.line_to(x, y),
            Segment::Curve([x1, y1, x2, y2, x, y]) => builder.cubic_to(x1, y1, x2, y2, x, y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn paint([red, green, blue]: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn line_of(stroke: &crate::picture::Stroke) -> Stroke {
    let (dashes, start) = &stroke.dash;
    Stroke {
        width: stroke.width,
        miter_limit: stroke.miter_limit,
        line_cap: match stroke.cap {
            1 => LineCap::Round,
            2 => LineCap::Square,
            _ => LineCap::Butt,
        },
        line_join: match stroke.join {
            1 => LineJoin::Round,
            2 => LineJoin::Bevel,
            _ => LineJoin::Miter,
        },
        dash: StrokeDash::new(dashes.clone(), *start),
    }
}
