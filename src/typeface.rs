//! The built-in font files, for setting text and for the text of drawings.

macro_rules! fonts {
    ($($(#[$doc:meta])* $name:ident = $file:literal),+ $(,)?) => {
        $($(#[$doc])* pub static $name: &[u8] = include_bytes!(concat!("../templates/fonts/", $file, ".ttf"));)+
    };
}

fonts! {
    /// Source Serif 4 Regular.
    SERIF = "SourceSerif4-Regular",
    /// Source Serif 4 Italic.
    SERIF_ITALIC = "SourceSerif4-It",
    /// Source Serif 4 Semibold.
    SERIF_SEMIBOLD = "SourceSerif4-Semibold",
    /// Source Serif 4 Bold.
    SERIF_BOLD = "SourceSerif4-Bold",
    /// Atkinson Hyperlegible Next Regular.
    SANS = "AtkinsonHyperlegibleNext-Regular",
    /// Atkinson Hyperlegible Next Italic.
    SANS_ITALIC = "AtkinsonHyperlegibleNext-Italic",
    /// Atkinson Hyperlegible Next Bold.
    SANS_BOLD = "AtkinsonHyperlegibleNext-Bold",
}

/// Every file.
pub static ALL: [&[u8]; 7] = [SERIF, SERIF_ITALIC, SERIF_SEMIBOLD, SERIF_BOLD, SANS, SANS_ITALIC, SANS_BOLD];

/// Family name of the serif faces, as the files have it.
pub const SERIF_FAMILY: &str = "Source Serif 4";

/// Family name of the sans-serif faces, as the files have it.
pub const SANS_FAMILY: &str = "Atkinson Hyperlegible Next";
