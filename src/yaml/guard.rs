//! What is refused before a parser sees it: nesting and numbers of entries that would cost it seconds or gigabytes.

use super::Fault;

/// Deepest nesting of brackets and braces, and of everything together. A bank needs six.
pub(super) const DEEPEST: usize = 64;

/// Most nodes in a text: a bank of 10,000 items has about 700,000.
pub(super) const MOST_NODES: usize = 1_000_000;

/// Most nodes that aliases (`*name`) may stand for: each costs memory that the file does not show. No bank needs a tenth.
pub(super) const MOST_REPEATED: usize = 100_000;

/// One pass over the bytes. It need not be exact, only never let through what a parser cannot stand: a bracket counts where
/// a value can begin, quoted texts and comments do not count.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut nodes = 0usize;
    let mut dashes = 0usize;
    let mut at = 0;
    // A value can begin here: at a line's start, or after an indicator and spaces.
    let mut opens = true;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' if opens => {
                nodes += 1;
                at = closing(bytes, at);
                opens = false;
            }
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() => {
                at = line_end(bytes, at);
                continue;
            }
            b'[' | b'{' if opens => {
                depth += 1;
                nodes += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                opens = false;
            }
            b',' => {
                nodes += 1;
                opens = true;
            }
            b':' | b'-' | b'?' => {
                let last = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
                if last && (byte == b':' || opens) {
                    nodes += 1;
                    dashes += usize::from(byte != b':');
                    opens = true;
                } else {
                    opens = depth > 0 && byte == b':';
                }
            }
            b'\n' => {
                opens = true;
                dashes = 0;
            }
            b' ' | b'\t' | b'\r' => {}
            _ => opens = false,
        }
        if depth.max(dashes) > DEEPEST {
            return Err(Fault::new(at..at + 1, format!("nested deeper than {DEEPEST} levels"))
                .help("a question bank needs six levels at most: is a bracket or brace not closed?"));
        }
        if nodes > MOST_NODES {
            return Err(Fault::new(at..at + 1, format!("more than {MOST_NODES} entries in one file"))
                .help("split the file: a bank may have as many files as you like"));
        }
        at += 1;
    }
    Ok(())
}

/// Where the quoted text that begins at `at` ends: at its closing quote, or at the text's end.
fn closing(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let mut end = at + 1;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if quote == b'"' => end += 1,
            b'\'' if quote == b'\'' && bytes.get(end + 1) == Some(&b'\'') => end += 1,
            byte if byte == quote => break,
            _ => {}
        }
        end += 1;
    }
    end
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_where_a_value_begins() {
        assert!(check(&format!("a: {}", "[".repeat(65))).is_err());
        assert!(check(&format!("a: {}{}", "[".repeat(64), "]".repeat(64))).is_ok());
        assert!(check(&format!("a:\n{}", "[\n".repeat(65))).is_err());
        assert!(check(&"- ".repeat(65)).is_err());
        for sound in
            [format!("a: \"{}\"", "[".repeat(99)), format!("a: see {}", "[".repeat(99)), "- it's [x\n".repeat(99)]
        {
            assert!(check(&sound).is_ok(), "{sound}");
        }
    }
}
