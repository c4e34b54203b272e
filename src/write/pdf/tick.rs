//! The circle or the box of an option, ticked or not, as a piece of a content stream.

use super::number::{real, reals};

/// A circle or a box in the middle of its widget, ticked or not, pt.
pub(super) fn mark(several: bool, ticked: bool, side: f32, [width, height]: [f32; 2]) -> Vec<u8> {
    let mut out = Vec::with_capacity(300);
    let line = side / 13.0;
    let (x, y, half) = (width / 2.0, height / 2.0, (side - line) / 2.0);
    out.extend_from_slice(b"q 0 G 0 g ");
    real(&mut out, line);
    out.extend_from_slice(b" w ");
    if several {
        reals(&mut out, &[x - half, y - half, 2.0 * half, 2.0 * half]);
        out.extend_from_slice(b"re S\n");
    } else {
        circle(&mut out, [x, y], half);
        out.extend_from_slice(b"s\n");
    }
    if ticked && several {
        real(&mut out, side / 6.5);
        out.extend_from_slice(b" w 1 J 1 j ");
        reals(&mut out, &[x - half * 0.55, y + half * 0.02]);
        out.extend_from_slice(b"m ");
        reals(&mut out, &[x - half * 0.15, y - half * 0.45]);
        out.extend_from_slice(b"l ");
        reals(&mut out, &[x + half * 0.55, y + half * 0.5]);
        out.extend_from_slice(b"l S\n");
    } else if ticked {
        circle(&mut out, [x, y], half * 0.58);
        out.extend_from_slice(b"f\n");
    }
    out.extend_from_slice(b"Q\n");
    out
}

/// A circle of four curves; so far, in radii, their handles reach.
fn circle(out: &mut Vec<u8>, [x, y]: [f32; 2], radius: f32) {
    const HANDLE: f32 = 0.5523;
    let at = |dx: f32, dy: f32| [x + dx * radius, y + dy * radius];
    reals(out, &at(1.0, 0.0));
    out.extend_from_slice(b"m ");
    let mut from = (1.0, 0.0);
    for to in [(0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)] {
        reals(out, &at(from.0 + to.0 * HANDLE, from.1 + to.1 * HANDLE));
        reals(out, &at(to.0 + from.0 * HANDLE, to.1 + from.1 * HANDLE));
        reals(out, &at(to.0, to.1));
        out.extend_from_slice(b"c ");
        from = to;
    }
}
