//! Where a question ends and the next begins.

/// What a question, a comment or a category begins with.
pub(super) const BEGINNINGS: [&str; 3] = ["::", "//", "$CATEGORY"];

/// The lines of a question.
pub(super) struct Block {
    pub text: String,
    /// A blank line stood before it, or the file began.
    pub is_parted: bool,
}

/// Questions stand apart by blank lines; a blank line inside the first braces of a question parts none, unless what follows it
/// begins another: braces that are never closed would take the rest of the file. Where no blank line stands between two
/// questions, the second begins in the line after the braces of the first.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut block = Block { text: String::new(), is_parted: true };
    let mut braces = Braces::Before;
    // Where the line ends in which the braces close.
    let mut closed = None;
    let mut end = |block: &mut Block, is_parted: bool| {
        let whole = std::mem::replace(block, Block { text: String::new(), is_parted });
        blocks.extend((!whole.text.trim().is_empty()).then_some(whole));
    };
    for line in text.lines().map(str::trim) {
        let begins = BEGINNINGS.iter().any(|begin| line.starts_with(begin));
        let is_comment = line.starts_with("//");
        match (braces, closed) {
            (Braces::Open, _) if begins && block.text.ends_with("\n\n") => {
                end(&mut block, true);
                (braces, closed) = (Braces::Before, None);
            }
            (Braces::Before | Braces::Closed, _) if line.is_empty() => {
                end(&mut block, true);
                (braces, closed) = (Braces::Before, None);
            }
            (Braces::Closed, Some(at)) if !is_comment && (begins || Braces::Before.after(line) != Braces::Before) => {
                let tail = block.text.split_off(at);
                end(&mut block, false);
                block.text = tail;
                (braces, closed) = (Braces::Before, None);
            }
            _ => {}
        }
        braces = braces.after(line);
        block.text.push_str(line);
        block.text.push('\n');
        if braces == Braces::Closed {
            closed.get_or_insert(block.text.len());
        }
    }
    end(&mut block, true);
    blocks
}

/// Where a question’s text is with its first pair of braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Braces {
    Before,
    Open,
    Closed,
}

impl Braces {
    fn after(mut self, line: &str) -> Braces {
        if line.starts_with("//") {
            return self;
        }
        let mut escaped = false;
        for c in line.chars() {
            self = match (self, c) {
                (Braces::Before, '{') if !escaped => Braces::Open,
                (Braces::Open, '}') if !escaped => Braces::Closed,
                (braces, _) => braces,
            };
            escaped = c == '\\' && !escaped;
        }
        self
    }
}
