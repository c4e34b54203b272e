//! Document → pages of placed glyphs and rules, with the reading structure.
