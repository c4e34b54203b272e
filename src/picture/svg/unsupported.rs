//! What a drawing may not have, each with what to do about it.

use usvg::{BlendMode, Color, Group, Opacity, Paint, roxmltree};

use super::Fault;

/// What paper, or paper in plain colours, cannot show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unsupported {
    Opacity,
    Blending,
    Gradient,
    Pattern,
    ClipPath,
    Mask,
    Filter,
    Image,
}

impl Unsupported {
    pub fn fault(self) -> Fault {
        const PLAIN: &str = "save it as plain paths in plain colours, or as PNG";
        let (what, help) = match self {
            Unsupported::Opacity => {
                ("colours that are partly transparent", "give them the plain colour that is seen, or save it as PNG")
            }
            Unsupported::Blending => ("blended layers", PLAIN),
            Unsupported::Gradient => ("a gradient", "fill with a plain colour, or save it as PNG"),
            Unsupported::Pattern => ("a pattern", "draw its lines as paths, or save it as PNG"),
            Unsupported::ClipPath => {
                ("a clip path that cuts something off", "cut the paths themselves, or save it as PNG")
            }
            Unsupported::Mask => ("a mask", PLAIN),
            Unsupported::Filter => ("a filter, such as a blur or a shadow", PLAIN),
            Unsupported::Image => {
                ("a picture inside it", "save the whole as PNG or JPEG, or take the inner picture out")
            }
        };
        Fault::new(format!("the SVG has {what}, which is not supported"), help)
    }
}

/// What a group does to all that it holds.
pub(super) fn of_group(group: &Group) -> impl Iterator<Item = Unsupported> {
    let clipped = group.clip_path().is_some_and(|clip| !is_idle(clip, group));
    let found = [
        (group.opacity().get() < 1.0, Unsupported::Opacity),
        (group.blend_mode() != BlendMode::Normal, Unsupported::Blending),
        (clipped, Unsupported::ClipPath),
        (group.mask().is_some(), Unsupported::Mask),
        (!group.filters().is_empty(), Unsupported::Filter),
    ];
    found.into_iter().filter(|(there, _)| *there).map(|(_, what)| what)
}

/// Whether a clip path is a rectangle around all that it could cut, as around most arrowheads.
fn is_idle(clip: &usvg::ClipPath, group: &Group) -> bool {
    let [usvg::Node::Path(path)] = clip.root().children() else { return false };
    let upright = |to: usvg::Transform| to.kx == 0.0 && to.ky == 0.0;
    let to = clip.transform().pre_concat(path.abs_transform());
    // Four corners and a return: the only outline of which the box says all.
    let is_box = path.data().len() <= 6
        && upright(to)
        && path.data().points().iter().all(|point| {
            let bounds = path.data().bounds();
            (point.x == bounds.left() || point.x == bounds.right())
                && (point.y == bounds.top() || point.y == bounds.bottom())
        });
    let Some(around) = path.data().bounds().transform(to) else { return false };
    let inner = group.stroke_bounding_box();
    const SLACK: f32 = 0.01;
    is_box
        && clip.clip_path().is_none()
        && around.left() <= inner.left() + SLACK
        && around.top() <= inner.top() + SLACK
        && around.right() >= inner.right() - SLACK
        && around.bottom() >= inner.bottom() - SLACK
}

/// A plain opaque colour, or what there is in its place.
pub(super) fn of_paint(paint: &Paint, opacity: Opacity) -> Result<Color, Unsupported> {
    match paint {
        Paint::Color(color) if opacity.get() >= 1.0 => Ok(*color),
        Paint::Color(_) => Err(Unsupported::Opacity),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) => Err(Unsupported::Gradient),
        Paint::Pattern(_) => Err(Unsupported::Pattern),
    }
}

/// What the file has that usvg passes over in silence: scripts, animation, foreign matter, addresses of other files.
pub(super) fn elements(xml: &roxmltree::Document<'_>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut add = |line: u32, what: String, help: &str| {
        let told = format!("the SVG has {what}");
        if !faults.iter().any(|fault| fault.message.starts_with(&told)) {
            faults.push(Fault::new(format!("{told} (line {line} of the file), which is not supported"), help));
        }
    };
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        let line = xml.text_pos_at(node.range().start).row;
        let name = node.tag_name().name();
        match name {
            "script" | "handler" => add(line, "a script".to_owned(), "take the script out: paper runs none"),
            "animate" | "animateColor" | "animateMotion" | "animateTransform" | "set" => {
                add(line, "animation".to_owned(), "save the picture as it is to be seen, at rest");
            }
            "image" | "feImage" => {
                let help = "save the whole as PNG or JPEG, or take the inner picture out";
                add(line, "a picture inside it".to_owned(), help);
            }
            "foreignObject" | "iframe" | "video" | "audio" | "canvas" => {
                add(line, format!("foreign matter (<{name}>)"), "save it as plain SVG, or as PNG");
            }
            _ => {}
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value().trim());
            if name == "href" && !value.starts_with('#') && !matches!(node.tag_name().name(), "a" | "image" | "feImage")
            {
                add(line, "a reference to another file".to_owned(), "put what it refers to into the file itself");
            } else if name.len() > 2 && name.starts_with("on") {
                add(line, "a script".to_owned(), "take the script out: paper runs none");
            } else if refers_outside(value) {
                add(line, "a reference to another file".to_owned(), "put what it refers to into the file itself");
            }
        }
        if name == "style" && node.text().is_some_and(|text| text.contains("@import") || refers_outside(text)) {
            add(line, "a reference to another file".to_owned(), "put what it refers to into the file itself");
        }
    }
    faults
}

/// Whether a style names an address: `url(…)` of anything but a part of this file.
fn refers_outside(style: &str) -> bool {
    style.match_indices("url(").any(|(at, _)| {
        let inner = style[at + 4..].trim_start_matches([' ', '"', '\'']);
        !inner.starts_with('#')
    })
}
