//! Straight quotes, double hyphens and three dots of authored text → “ ” ‘ ’ — ….

/// Words that begin with an apostrophe, without it.
const ELISIONS: &[&str] = &["tis", "twas", "twere", "twill", "em", "til", "till", "cause", "bout", "round", "n"];

/// The text with typographic quotes, dashes and ellipses. What has them already comes out as it went in;
/// `5'10"` keeps its straight marks, which are no quotes. Stars are looked through.
pub fn typographic(text: &str) -> String {
    if is_typographic(text.as_bytes()) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut quotes = Quotes::default();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let (written, taken) = match c {
            '-' => match chars[at..].iter().take_while(|d| **d == '-').count() {
                run @ (2 | 3) => ('—', run),
                run => {
                    out.extend(std::iter::repeat_n('-', run - 1));
                    ('-', run)
                }
            },
            '.' if chars[at..].starts_with(&['.'; 3]) => ('…', 3),
            '"' | '\'' => (quotes.turn(&chars, at), 1),
            _ => (c, 1),
        };
        quotes.pass(written);
        out.push(written);
        at += taken;
    }
    out
}

/// Whether nothing is typed in place of a typographic sign.
fn is_typographic(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'"' | b'\'' => false,
        b'-' => bytes.get(at + 1) != Some(&b'-'),
        b'.' => bytes.get(at + 1..at + 3) != Some(b".."),
        _ => true,
    })
}

/// What is known on the way: quotes still open, and the last character written, stars apart.
#[derive(Debug, Default)]
struct Quotes {
    double: u32,
    single: u32,
    before: Option<char>,
}

impl Quotes {
    fn pass(&mut self, c: char) {
        match c {
            '“' => self.double += 1,
            '”' => self.double = self.double.saturating_sub(1),
            '‘' => self.single += 1,
            '’' if !self.before.is_some_and(char::is_alphanumeric) => self.single = self.single.saturating_sub(1),
            _ => {}
        }
        if c != '*' {
            self.before = Some(c);
        }
    }

    /// The quote to print for the straight one at `at`.
    fn turn(&mut self, chars: &[char], at: usize) -> char {
        let straight = chars[at];
        let is_double = straight == '"';
        let (opening, closing) = if is_double { ('“', '”') } else { ('‘', '’') };
        let open = if is_double { self.double } else { self.single };
        let mut following = chars[at + 1..].iter().copied().filter(|c| *c != '*');
        let after = following.next();
        let after_digit = after.is_some_and(|c| c.is_ascii_digit());
        match self.before {
            // Feet and inches: 5'10", 6'.
            Some(d) if d.is_ascii_digit() && (after_digit || open == 0) && after.is_none_or(|c| !c.is_alphabetic()) => {
                straight
            }
            Some('“' | '‘' | '(' | '[' | '{' | '¿' | '¡') if after.is_some() => opening,
            Some(c) if !is_double && c.is_alphanumeric() => '’',
            before if before.is_none_or(char::is_whitespace) => {
                if !is_double && elided(&chars[at + 1..]) {
                    '’'
                } else if after.is_none_or(char::is_whitespace) && open > 0 {
                    closing
                } else {
                    opening
                }
            }
            Some('—' | '–' | '-' | '/') if after.is_some_and(|c| !c.is_whitespace()) && open == 0 => opening,
            _ => closing,
        }
    }
}

/// Whether an apostrophe before these characters stands for letters left out: ’tis, ’60s.
fn elided(rest: &[char]) -> bool {
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    if digits == 2 {
        return rest.get(2).is_none_or(|c| !c.is_alphanumeric()) || rest.get(2) == Some(&'s');
    }
    let word: String = rest.iter().take(8).take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
    ELISIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::typographic;

    #[test]
    fn by_context() {
        for (typed, printed) in [
            ("\"Yes,\" he said.", "“Yes,” he said."),
            ("(\"Yes\")", "(“Yes”)"),
            ("Berlin--\"free city\"--is", "Berlin—“free city”—is"),
            ("Berlin—\"free city\"", "Berlin—“free city”"),
            ("\"I was--\" He stopped.", "“I was—” He stopped."),
            ("\"'Normal,' you say\"", "“‘Normal,’ you say”"),
            ("\"you say 'normal'\"", "“you say ‘normal’”"),
            ("Noah's Ark, the powers' aims, don't", "Noah’s Ark, the powers’ aims, don’t"),
            ("'Tis the '60s", "’Tis the ’60s"),
            ("the 1960's", "the 1960’s"),
            ("\"in 1939\"", "“in 1939”"),
            ("'in 1939'", "‘in 1939’"),
            ("5'10\" tall, a 6\" gun", "5'10\" tall, a 6\" gun"),
            ("wait... what....", "wait… what…."),
            ("a -- b - c ---- d", "a — b - c ---- d"),
            ("“already” ‘set’—so…", "“already” ‘set’—so…"),
            ("[\"a\"] /\"b\"", "[“a”] /“b”"),
            ("\"", "“"),
            ("", ""),
        ] {
            assert_eq!(typographic(typed), printed, "{typed}");
            assert_eq!(typographic(printed), printed, "twice: {typed}");
        }
    }
}
