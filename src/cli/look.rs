//! The flags that say how a document looks.

use clap::Args;

use crate::doc::{AnswerGrid, Answers, Imposition, Numbers, Paper, Print, Style};

/// How it looks, as far as flags say so.
#[derive(Debug, Args)]
pub(super) struct Look {
    /// Sheet size [default: letter]. Example: --paper a4
    #[arg(long, value_name = "SIZE", help_heading = "How it looks")]
    paper: Option<Paper>,
    /// Text columns, 1 or 2 [default: 1; 2 with --n-up 2]. Example: --columns 2
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=2), help_heading = "How it looks")]
    columns: Option<u8>,
    /// For which readers it is set [default: standard]. Example: --print large
    #[arg(long, value_name = "KIND", help_heading = "How it looks")]
    print: Option<Print>,
    /// Answer space ruled, blank, in a box or in squares of 5 mm [default: lines]. Example: --answers grid
    #[arg(long, value_name = "KIND", help_heading = "How it looks")]
    answers: Option<Answers>,
    /// What the answer grid at the head has for each answer: a box for its letter, bubbles to fill in, or no grid at all
    /// [default: letters]. Example: --answer-grid bubbles
    #[arg(long, value_name = "KIND", help_heading = "How it looks")]
    answer_grid: Option<AnswerGrid>,
    /// Type size of large print, pt: 18, 20 or 24 [default: 18]. Example: --print large --size 24
    #[arg(long, value_name = "PT", value_parser = large_size, help_heading = "How it looks")]
    size: Option<u8>,
    /// What is numbered beside the printed letter, and so what questions refer to [default: paragraphs]. Example: --numbers lines
    #[arg(long, value_name = "WHAT", help_heading = "How it looks")]
    numbers: Option<Numbers>,
    /// Pad each document to an even number of pages. Example: --duplex
    #[arg(long, help_heading = "How it looks")]
    duplex: bool,
    /// 2 or 4 small forms on a paper, to be cut: laid out at their own size, in a packet. Cut the papers as one stack and lay the
    /// piles on one another, top left first: the forms are in order. Example: --n-up 4 --roster p3.csv
    #[arg(long, value_name = "N", value_parser = n_up, conflicts_with = "booklet", help_heading = "How it looks")]
    n_up: Option<Imposition>,
    /// Each worksheet as a booklet, two half pages on a side. Print it on both sides, flipped on the SHORT edge, and fold.
    /// Example: --booklet --reading full
    #[arg(long, help_heading = "How it looks")]
    booklet: bool,
}

impl Look {
    /// The look over another, or `None` where no flag says anything.
    pub(super) fn over(&self, base: Style) -> Option<Style> {
        let said = self.paper.is_some()
            || self.columns.is_some()
            || self.print.is_some()
            || self.answers.is_some()
            || self.answer_grid.is_some()
            || self.size.is_some()
            || self.numbers.is_some()
            || self.n_up.is_some()
            || self.booklet
            || self.duplex;
        // Half a page is wide and low.
        let columns = if self.n_up == Some(Imposition::TwoUp) { 2 } else { base.columns };
        said.then(|| Style {
            paper: self.paper.unwrap_or(base.paper),
            columns: self.columns.unwrap_or(columns),
            print: self.print.unwrap_or(base.print),
            answers: self.answers.unwrap_or(base.answers),
            answer_grid: self.answer_grid.unwrap_or(base.answer_grid),
            duplex: self.duplex || base.duplex,
            numbers: self.numbers.unwrap_or(base.numbers),
            large: self.size.unwrap_or(base.large),
            fillable: base.fillable,
            imposition: match self.n_up {
                Some(imposition) => imposition,
                None if self.booklet => Imposition::Booklet,
                None => base.imposition,
            },
        })
    }
}

fn large_size(text: &str) -> Result<u8, String> {
    let size = text.trim().trim_end_matches("pt").parse().ok().filter(|size| [18, 20, 24].contains(size));
    size.ok_or_else(|| "large print is 18, 20 or 24 pt".to_owned())
}

fn n_up(text: &str) -> Result<Imposition, String> {
    match text.trim() {
        "2" => Ok(Imposition::TwoUp),
        "4" => Ok(Imposition::FourUp),
        _ => Err("2 or 4 forms stand on a paper".to_owned()),
    }
}
