//! Options, read or chosen on a screen.

use super::block::Fragment;
use super::fill::{open_group, push_tick};
use super::inline::push_text;
use crate::doc::{Choice, Flow, Labelled};

/// From so many options on, and up to so many characters in each, they stand two by two where the print has room.
const PAIRED: (usize, usize) = (4, 36);

impl Fragment<'_> {
    /// Labels are text, not counters: they are in what is copied and what is read aloud.
    pub(super) fn options(&mut self, flow: Flow, options: &[Labelled], choice: Option<&Choice>) {
        let class = match flow {
            Flow::Stacked => "stacked",
            Flow::Row => "row",
            Flow::Pairs => {
                let (least, longest) = PAIRED;
                let short = |option: &Labelled| self.plain(&option.text).chars().count() <= longest;
                if options.len() >= least && options.iter().all(short) { "pairs" } else { "stacked" }
            }
        };
        let group = choice.and_then(|choice| Some((choice, choice.asked.as_ref()?)));
        if let Some((choice, asked)) = group {
            open_group(&mut self.out, choice, asked);
        }
        self.out += &format!("<ol class=\"options {class}\">\n");
        for option in options {
            self.out += "<li>";
            match group {
                None => self.option(option),
                Some((choice, asked)) => {
                    self.out += "<label>";
                    push_tick(&mut self.out, option, choice, asked);
                    self.option(option);
                    self.out += "</label>";
                }
            }
            self.out += "</li>\n";
        }
        self.out += if group.is_some() { "</ol></div>\n" } else { "</ol>\n" };
    }

    fn option(&mut self, option: &Labelled) {
        if option.label.is_empty() {
            self.out += "<span class=\"box\" aria-hidden=\"true\"></span> ";
        } else {
            self.out += "<span class=\"letter\">";
            push_text(&mut self.out, &option.label);
            self.out += " </span>";
        }
        self.inlines(&option.text);
    }
}
