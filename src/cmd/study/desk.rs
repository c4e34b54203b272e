//! Where a session in a terminal asks: prompts to move in with the arrow keys, or lines to type where no such terminal is.

use std::io::{BufRead, IsTerminal};

use dialoguer::theme::ColorfulTheme;
use dialoguer::{Input, MultiSelect, Select, Sort};

use super::super::Failure;
use super::super::terminal::say;

/// Columns of an entry in a list to move in: a longer one would break, and has been printed whole above it.
const ENTRY: usize = 72;

/// What was chosen at a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picked {
    /// An option, by its place in the list.
    Option(usize),
    /// A command, by its place.
    Command(usize),
}

/// Something to do beside answering: the key that is typed for it, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    pub key: char,
    pub name: String,
}

/// A place to ask at. Every answer may be `None`: the user wants to end.
pub(super) trait Desk {
    /// Whether its prompts show these options whole, so that they need not be printed before.
    fn shows(&self, options: &[String]) -> bool;
    /// One of the options, labelled A, B, C …, or a command.
    fn pick(&mut self, prompt: &str, options: &[String], commands: &[Command]) -> Result<Option<Picked>, Failure>;
    /// Any of the options.
    fn pick_many(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, Failure>;
    /// All of the options, in an order.
    fn put_in_order(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, Failure>;
    /// Words.
    fn word(&mut self, prompt: &str) -> Result<Option<String>, Failure>;
}

/// A desk as the standard streams allow it.
pub(super) fn desk() -> Box<dyn Desk> {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !dumb {
        true => Box::new(Prompts(ColorfulTheme::default())),
        false => Box::new(Lines),
    }
}

/// The letters of labels: those that are typed for something else, L and Q, are none.
const LABELS: &[u8; 24] = b"ABCDEFGHIJKMNOPRSTUVWXYZ";

/// A, B, C …; numbers behind Z.
pub(super) fn label(at: usize) -> String {
    LABELS.get(at).map_or_else(|| (at + 1).to_string(), |letter| char::from(*letter).to_string())
}

/// Lists to move in with the arrow keys.
struct Prompts(ColorfulTheme);

impl Prompts {
    fn entries(options: &[String]) -> Vec<String> {
        let short = |text: &String| match text.chars().nth(ENTRY) {
            Some(_) => format!("{}…", text.chars().take(ENTRY - 1).collect::<String>()),
            None => text.clone(),
        };
        options.iter().enumerate().map(|(at, text)| format!("{}. {}", label(at), short(text))).collect()
    }
}

/// What a prompt gave. Ctrl-C ends the session as Esc does: what was answered is kept.
fn given<T>(result: dialoguer::Result<Option<T>>) -> Result<Option<T>, Failure> {
    match result {
        Ok(answer) => Ok(answer),
        Err(dialoguer::Error::IO(error)) if error.kind() == std::io::ErrorKind::Interrupted => Ok(None),
        Err(dialoguer::Error::IO(error)) => Err(Failure::new(format!("the terminal: {error}"))),
    }
}

impl Desk for Prompts {
    fn shows(&self, options: &[String]) -> bool {
        options.iter().all(|text| text.chars().count() <= ENTRY)
    }

    fn pick(&mut self, prompt: &str, options: &[String], commands: &[Command]) -> Result<Option<Picked>, Failure> {
        let mut entries = Self::entries(options);
        entries.extend(commands.iter().map(|command| format!("({})", command.name)));
        let select = Select::with_theme(&self.0).with_prompt(prompt).items(&entries).default(0);
        Ok(given(select.interact_opt())?.map(|at| match at.checked_sub(options.len()) {
            None => Picked::Option(at),
            Some(command) => Picked::Command(command),
        }))
    }

    fn pick_many(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, Failure> {
        let prompt = format!("{prompt} (space to tick, Enter when done)");
        given(MultiSelect::with_theme(&self.0).with_prompt(prompt).items(Self::entries(options)).interact_opt())
    }

    fn put_in_order(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, Failure> {
        let prompt = format!("{prompt} (space to take one and move it, Enter when done)");
        given(Sort::with_theme(&self.0).with_prompt(prompt).items(Self::entries(options)).interact_opt())
    }

    fn word(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        let input = Input::<String>::with_theme(&self.0).with_prompt(prompt).allow_empty(true);
        given(input.interact_text().map(Some))
    }
}

/// Lines to type: for pipes, scripts and screen readers.
struct Lines;

impl Lines {
    /// The next line; `None` at the end of the input, and for `q`.
    fn line(&self, prompt: &str) -> Result<Option<String>, Failure> {
        say(&format!("{prompt}: "))?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        match read.map_err(|error| Failure::new(format!("standard input: {error}")))? {
            0 => say("\n").map(|()| None),
            _ if line.trim().eq_ignore_ascii_case("q") => Ok(None),
            _ => Ok(Some(line.trim().to_owned())),
        }
    }

    /// Options named by their labels, in the order in which they are named: `B D`, `b,d`, `BD`.
    fn named(line: &str, count: usize) -> Option<Vec<usize>> {
        let place = |name: &str| (0..count).find(|at| label(*at).eq_ignore_ascii_case(name));
        let parted: Vec<&str> = line.split([' ', ',', ';', '.', ')']).filter(|name| !name.is_empty()).collect();
        let places = parted.iter().map(|name| place(name)).collect::<Option<Vec<usize>>>();
        places.or_else(|| line.chars().map(|name| place(name.encode_utf8(&mut [0; 4]))).collect())
    }

    /// Asks until the line is understood.
    fn until<T>(&self, prompt: &str, wanted: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Failure> {
        loop {
            let Some(line) = self.line(prompt)? else { return Ok(None) };
            match read(&line) {
                Some(answer) => return Ok(Some(answer)),
                None => say(&format!("“{line}” is not understood; {wanted}\n"))?,
            }
        }
    }
}

/// `A–D`.
fn span(count: usize) -> String {
    match count {
        0 | 1 => label(0),
        _ => format!("{}–{}", label(0), label(count - 1)),
    }
}

impl Desk for Lines {
    fn shows(&self, _: &[String]) -> bool {
        false
    }

    fn pick(&mut self, prompt: &str, options: &[String], commands: &[Command]) -> Result<Option<Picked>, Failure> {
        let others: String = commands.iter().map(|command| format!(", {}: {}", command.key, command.name)).collect();
        let only = options.len() == 1;
        let answers = if only { "Enter to answer".to_owned() } else { span(options.len()) };
        let keys = format!("{answers}{others}, q: end");
        let command = |line: &str| commands.iter().position(|c| line.eq_ignore_ascii_case(&c.key.to_string()));
        self.until(&format!("{prompt} ({keys})"), &format!("type one of these: {keys}"), |line| {
            command(line).map(Picked::Command).or_else(|| match Self::named(line, options.len())?.as_slice() {
                [one] => Some(Picked::Option(*one)),
                [] if only => Some(Picked::Option(0)),
                _ => None,
            })
        })
    }

    fn pick_many(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, Failure> {
        let wanted = format!("type letters of {}, such as A C, or nothing", span(options.len()));
        self.until(&format!("{prompt} ({wanted})"), &wanted, |line| {
            let mut all = Self::named(line, options.len())?;
            all.sort_unstable();
            all.dedup();
            Some(all)
        })
    }

    fn put_in_order(&mut self, prompt: &str, options: &[String]) -> Result<Option<Vec<usize>>, Failure> {
        let wanted = format!("type all letters of {} in their order, such as B A C", span(options.len()));
        self.until(&format!("{prompt} ({wanted})"), &wanted, |line| {
            let order = Self::named(line, options.len())?;
            let mut sorted = order.clone();
            sorted.sort_unstable();
            sorted.into_iter().eq(0..options.len()).then_some(order)
        })
    }

    fn word(&mut self, prompt: &str) -> Result<Option<String>, Failure> {
        self.line(prompt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_people_type_them() {
        assert_eq!(Lines::named("b", 4), Some(vec![1]));
        assert_eq!(Lines::named("B, D", 4), Some(vec![1, 3]));
        assert_eq!(Lines::named("bdac", 4), Some(vec![1, 3, 0, 2]));
        assert_eq!(Lines::named("", 4), Some(vec![]));
        assert_eq!(Lines::named("e", 4), None);
        assert_eq!(Lines::named("apple", 4), None);
        assert_eq!(Lines::named("27", 30), Some(vec![26]));
        // They are typed to read on and to end.
        assert_eq!(Lines::named("l", 24), None);
        assert_eq!(Lines::named("q", 24), None);
        assert_eq!(Lines::named("m", 24), Some(vec![11]));
    }
}
