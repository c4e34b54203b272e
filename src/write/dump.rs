//! Pages → text: each line's place and words, for golden files.

use std::fmt::Write;

use crate::layout::{Ink, Mark, NodeRole, Pages};

/// Every mark of every page, one a line, places rounded to whole points: `x y size face role text`.
pub fn dump(pages: &Pages) -> String {
    let mut out = String::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let _ = writeln!(out, "page {} of {}", number + 1, pages.pages.len());
        for mark in page.all() {
            let _ = writeln!(out, "{}", line(pages, mark));
        }
    }
    out
}

fn line(pages: &Pages, mark: &Mark) -> String {
    let role = mark.node.and_then(|id| pages.tree.nodes().get(id)).map_or("-".to_string(), |node| {
        let name = role_name(node.role);
        let said = node.spoken.as_ref().or(node.language.as_ref());
        said.map_or_else(|| name.to_string(), |said| format!("{name}({said})"))
    });
    match &mark.ink {
        Ink::Text(run) => {
            format!("{:4.0} {:4.0} {:4.1} {:?} {role} {}", run.x, run.y, run.size, run.face, run.text.trim_end())
        }
        Ink::Rule { from, to, .. } => format!("{:4.0} {:4.0} rule to {:.0} {:.0}", from.0, from.1, to.0, to.1),
        Ink::Circle { centre: (x, y), radius, thickness } => {
            let what = if thickness.is_some() { "circle" } else { "disc" };
            format!("{x:4.0} {y:4.0} {what} {radius:.0}")
        }
        Ink::Picture { rect: [x, y, width, height], .. } => {
            format!("{x:4.0} {y:4.0} picture {width:.0} × {height:.0} {role}")
        }
        Ink::Field { rect: [x, y, width, height], field } => {
            format!("{x:4.0} {y:4.0} field {width:.0} × {height:.0} {role} {} ({})", field.name, field.words)
        }
        Ink::Frame { rect, .. } => format!("{:4.0} {:4.0} frame {:.0} × {:.0}", rect[0], rect[1], rect[2], rect[3]),
    }
}

fn role_name(role: NodeRole) -> &'static str {
    match role {
        NodeRole::Document => "document",
        NodeRole::Section => "section",
        NodeRole::Heading(1) => "h1",
        NodeRole::Heading(2) => "h2",
        NodeRole::Heading(_) => "h3",
        NodeRole::Paragraph => "p",
        NodeRole::Span => "span",
        NodeRole::List(_) => "list",
        NodeRole::Item => "item",
        NodeRole::Label => "label",
        NodeRole::Body => "body",
        NodeRole::Table => "table",
        NodeRole::Row => "row",
        NodeRole::ColumnHeader => "column header",
        NodeRole::RowHeader => "row header",
        NodeRole::Cell => "cell",
        NodeRole::Link => "link",
        NodeRole::Field => "field",
        NodeRole::Figure => "figure",
        NodeRole::Caption => "caption",
    }
}
