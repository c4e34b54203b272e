//! What a drawing may not have, each with what to do about it.

use std::collections::BTreeMap;

use usvg::{BlendMode, Color, Group, Opacity, Paint, roxmltree};

use super::Fault;

/// Most elements of a drawing, `use` unfolded: enough for a detailed map.
pub(super) const MOST_ELEMENTS: u32 = 100_000;

/// Most characters of text in a drawing.
const MOST_TEXT: usize = 20_000;

/// Most arrowheads, times the parts of one.
const MOST_HEADS: usize = 1_000_000;

/// The name space of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";

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
    let mut add = |node: roxmltree::Node<'_, '_>, what: String, help: &str| {
        let told = format!("the SVG has {what}");
        if !faults.iter().any(|fault| fault.message.starts_with(&told)) {
            // The whole text before it is counted: for the first of each sort alone.
            let line = xml.text_pos_at(node.range().start).row;
            faults.push(Fault::new(format!("{told} (line {line} of the file), which is not supported"), help));
        }
    };
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        match name {
            "script" | "handler" => add(node, "a script".to_owned(), "take the script out: paper runs none"),
            "animate" | "animateColor" | "animateMotion" | "animateTransform" | "set" => {
                add(node, "animation".to_owned(), "save the picture as it is to be seen, at rest");
            }
            "image" | "feImage" => {
                let help = "save the whole as PNG or JPEG, or take the inner picture out";
                add(node, "a picture inside it".to_owned(), help);
            }
            "foreignObject" | "iframe" | "video" | "audio" | "canvas" => {
                add(node, format!("foreign matter (<{name}>)"), "save it as plain SVG, or as PNG");
            }
            _ => {}
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value().trim());
            if name == "href" && !value.starts_with('#') && !matches!(node.tag_name().name(), "a" | "image" | "feImage")
            {
                add(node, "a reference to another file".to_owned(), "put what it refers to into the file itself");
            } else if name.len() > 2 && name.starts_with("on") {
                add(node, "a script".to_owned(), "take the script out: paper runs none");
            } else if refers_outside(value) {
                add(node, "a reference to another file".to_owned(), "put what it refers to into the file itself");
            }
        }
        if name == "style" && node.text().is_some_and(|text| text.contains("@import") || refers_outside(text)) {
            add(node, "a reference to another file".to_owned(), "put what it refers to into the file itself");
        }
    }
    faults
}

/// Refuses a drawing that unfolds to more than can be drawn: `use` in `use`, arrowheads at every point of a long line.
pub(super) fn unfolded(xml: &roxmltree::Document<'_>) -> Result<(), Fault> {
    let too_much = |what: String| Err(Fault::new(what, "simplify it in the drawing program, or save it as PNG"));
    let ids: BTreeMap<&str, roxmltree::Node<'_, '_>> =
        xml.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let href = |node: &roxmltree::Node<'_, '_>| {
        let href = node.attributes().find(|attribute| attribute.name() == "href")?.value().trim();
        ids.get(href.strip_prefix('#')?).copied()
    };
    let mut open = vec![xml.root_element()];
    let mut elements = 0;
    while let Some(node) = open.pop() {
        elements += 1;
        if elements > MOST_ELEMENTS {
            return too_much(format!("the SVG unfolds to more than {MOST_ELEMENTS} elements"));
        }
        open.extend(node.children().filter(roxmltree::Node::is_element));
        open.extend(Some(node).filter(|node| node.has_tag_name((SVG, "use"))).as_ref().and_then(href));
    }
    let of_text = |node: roxmltree::Node<'_, '_>| node.text().map_or(0, |text| text.trim().len());
    let texts = xml
        .descendants()
        .filter(|node| node.is_text() && !node.parent().is_some_and(|p| p.has_tag_name((SVG, "style"))));
    if texts.map(of_text).sum::<usize>() > MOST_TEXT {
        return too_much(format!("the SVG has more than {MOST_TEXT} characters of text"));
    }
    let heads =
        xml.descendants().filter(|node| node.has_tag_name((SVG, "marker"))).map(|node| node.descendants().count());
    let points = xml.descendants().flat_map(|node| node.attributes()).filter(|a| matches!(a.name(), "d" | "points"));
    // A point takes two characters at least.
    let points = points.map(|attribute| attribute.value().len() / 2).sum::<usize>();
    if heads.max().unwrap_or(0).saturating_mul(points) > MOST_HEADS {
        return too_much("the SVG has lines too long for their arrowheads".to_owned());
    }
    Ok(())
}

/// Whether a style names an address: `url(…)` of anything but a part of this file.
fn refers_outside(style: &str) -> bool {
    style.match_indices("url(").any(|(at, _)| {
        let inner = style[at + 4..].trim_start_matches([' ', '"', '\'']);
        !inner.starts_with('#')
    })
}
