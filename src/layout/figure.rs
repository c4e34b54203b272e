//! Pictures: scaled to their place, with caption and credit kept under them.

use super::LayoutError;
use super::galley::Slab;
use super::look::MM;
use super::page::{Ink, Mark};
use super::setter::{Setter, Slot};
use super::tree::NodeRole;
use crate::doc::{Figure, Inlines, Print};

/// Share of a page's height that a picture may take; in large print, where it may need a page of its own to be legible, more.
const HIGHEST: (f32, f32) = (0.6, 0.78);

/// What large print makes of a picture, as it makes 18 pt of text of 11.
const LARGE: f32 = 18.0 / 11.0;

impl Setter<'_> {
    /// A picture, its caption and its credit, which no page break parts.
    pub fn figure(&mut self, figure: &Figure, slot: Slot) -> Result<(), LayoutError> {
        let section = self.node(slot.node, NodeRole::Section);
        let node = self.text.tree.add_figure(section, figure.alt.as_str());
        let (width, height) = self.figure_size(figure, slot.width);
        let leading = self.look.body.leading;
        self.galley.gap(leading * 0.5);
        let ink = Ink::Picture { rect: [slot.x, 0.0, width, height], picture: figure.picture.clone() };
        let start = self.galley.slabs.len();
        self.galley.push(Slab::new(height, height, vec![Mark { node: Some(node), ink }]));
        let texts: Vec<&Inlines> =
            [&figure.caption, &figure.credit].into_iter().filter(|text| !text.is_empty()).collect();
        if !texts.is_empty() {
            let caption = self.node(section, NodeRole::Caption);
            let kind = self.look.note;
            self.galley.gap(kind.leading * 0.45);
            for text in texts {
                self.prose(text, &kind, slot.under(caption))?;
            }
        }
        self.galley.keep(start, self.room);
        self.galley.gap(leading * 0.5);
        Ok(())
    }

    /// Width and height, pt: as wide as is asked for, or as it is by itself, within the column and the page.
    fn figure_size(&self, figure: &Figure, room: f32) -> (f32, f32) {
        let (natural, height) = figure.picture.size;
        let wanted = figure.width.map_or(figure.picture.width_unasked(), |width| width * MM);
        let (factor, highest) = if self.style.print == Print::Large { (LARGE, HIGHEST.1) } else { (1.0, HIGHEST.0) };
        let scale = ((wanted * factor).min(room) / natural).min(self.room * highest / height);
        (natural * scale, height * scale)
    }
}
