//! The paths of a written drawing, told shorter: from point to point instead of from the corner, in hundredths of a pixel.
//! Text is drawn as outlines: told so, every *e* of a drawing is the same row of numbers, which a deflated file has once.

use std::fmt::Write as _;

/// A hundredth of a pixel cannot be seen at any size to which a page enlarges a picture.
const UNITS: f32 = 100.0;

/// In the same units: beyond it a step gives back what rounding took from those before.
const MOST_DRIFT: f32 = 5.0;

/// The drawing with its paths shortened. A path with other commands than usvg writes stays as it is.
pub(super) fn shortened(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, from)) = rest.split_once(" d=\"") {
        let Some((path, after)) = from.split_once('"') else { break };
        out += before;
        out += " d=\"";
        match relative(path) {
            Some(short) => out += &short,
            None => out += path,
        }
        out.push('"');
        rest = after;
    }
    out + rest
}

/// A path of the commands M, L, Q, C and Z, with the points after each M told from the one before.
fn relative(path: &str) -> Option<String> {
    let mut out = String::with_capacity(path.len() / 2);
    let mut words = path.split_ascii_whitespace();
    let mut pen = Pen::default();
    let mut last = ' ';
    while let Some(command) = words.next() {
        let (short, points) = match command {
            "M" => ('M', 1),
            "L" => ('l', 1),
            "Q" => ('q', 2),
            "C" => ('c', 3),
            "Z" => ('z', 0),
            _ => return None,
        };
        if short != last || short == 'M' {
            out.push(short);
        } else {
            out.push(' ');
        }
        last = short;
        for at in 1..=points {
            let mut number = || words.next()?.parse::<f32>().ok().map(|n| n * UNITS);
            let point = [number()?, number()?];
            let [x, y] = match (short, at == points) {
                ('M', _) => pen.set(point),
                (_, true) => pen.draw(point),
                (_, false) => pen.from(point),
            };
            let separator = if at == 1 { "" } else { " " };
            let _ = write!(out, "{separator}{} {}", Hundredths(x), Hundredths(y));
        }
    }
    Some(out)
}

/// Where a path has come to.
#[derive(Default)]
struct Pen {
    at: [f32; 2],
    /// How far rounding has led away from it. It begins anew with each M, so that equal outlines are told in equal numbers.
    drift: [f32; 2],
}

impl Pen {
    /// Sets it down.
    fn set(&mut self, point: [f32; 2]) -> [i64; 2] {
        *self = Pen { at: point, drift: [0.0; 2] };
        point.map(|n| n.round() as i64)
    }

    /// A point told from it.
    fn from(&self, point: [f32; 2]) -> [i64; 2] {
        [0, 1].map(|axis| (point[axis] - self.at[axis]).round() as i64)
    }

    /// The same, going there.
    fn draw(&mut self, point: [f32; 2]) -> [i64; 2] {
        let step = [0, 1].map(|axis| {
            let exact = point[axis] - self.at[axis];
            let back = if self.drift[axis].abs() > MOST_DRIFT { self.drift[axis] } else { 0.0 };
            let step = (exact - back).round();
            self.drift[axis] += step - exact;
            step as i64
        });
        self.at = point;
        step
    }
}

/// A number of hundredths, in as few characters as it needs.
struct Hundredths(i64);

impl std::fmt::Display for Hundredths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match (whole, part) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (0, part) => write!(f, "{sign}.{}", format!("{part:02}").trim_end_matches('0')),
            (whole, part) => write!(f, "{sign}{whole}.{}", format!("{part:02}").trim_end_matches('0')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn points_are_told_from_the_point_before() {
        let long =
            "<path fill=\"red\" d=\"M 10.004 20 L 12.5 20 L 12.5 19.496 Q 1 2 3.25 4 C 1 1 2 2 3 3 Z M 5 5 Z\"/>";
        let short =
            "<path fill=\"red\" d=\"M10 20l2.5 0 0 -.5q-11.5 -17.5 -9.25 -15.5c-2.25 -3 -1.25 -2 -.25 -1zM5 5z\"/>";
        assert_eq!(shortened(long), short);
    }

    #[test]
    fn rounding_does_not_add_up() {
        let points: Vec<String> = (1..=500).map(|n| format!("L {} 0", n as f32 * 1.0049)).collect();
        let short = shortened(&format!("<path d=\"M 0 0 {}\"/>", points.join(" ")));
        let numbers = short.split(['l', ' ', '"']).filter_map(|word| word.parse::<f32>().ok()).skip(1).step_by(2);
        let end: f32 = numbers.sum();
        assert!((end - 502.45).abs() < 0.1, "{end}");
    }

    #[test]
    fn what_is_no_such_path_stays() {
        for svg in ["<path d=\"M 1 1 A 5 5 0 0 1 2 2\"/>", "<path d=\"M 1\"/>", "<g id=\"a d=\"/>", "<path d=\"M 1 1"] {
            assert_eq!(shortened(svg), svg);
        }
    }
}
