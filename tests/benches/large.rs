//! A bank of any size made of the shipped one: its items again and again, under new ids and with stems of their own.
//!
//! As a program it writes the bank as a folder: `cargo run --release --example large-bank -- FOLDER [ITEMS]`.
#![allow(dead_code, reason = "the benches use the texts, the program writes them")]

use std::fs;
use std::path::{Path, PathBuf};

use pilcrow::input::Input;

/// A file takes no more items than keep it below the limits of size and number of entries.
const ITEMS_OF_A_FILE: usize = 6_000;

/// Words that make each copy's stems differ as the stems of different authors would.
const WORDS: [&str; 16] = [
    "careful",
    "hurried",
    "puzzled",
    "patient",
    "younger",
    "doubtful",
    "thorough",
    "curious",
    "historian",
    "reporter",
    "diplomat",
    "student",
    "teacher",
    "archivist",
    "lawyer",
    "neighbor",
];

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        return Err(std::io::Error::other("name the folder to write"));
    };
    let count = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(60_000);
    let shipped = shipped();
    fs::create_dir_all(folder.join("bank"))?;
    for name in ["letter.txt", "letter.yaml"] {
        fs::copy(shipped.join(name), folder.join(name))?;
    }
    for part in ["blueprints", "pictures"] {
        fs::create_dir_all(folder.join(part))?;
        for entry in fs::read_dir(shipped.join(part))?.flatten() {
            fs::copy(entry.path(), folder.join(part).join(entry.file_name()))?;
        }
    }
    for input in texts(count)? {
        fs::write(folder.join(&input.name), input.text.as_bytes())?;
    }
    Ok(())
}

/// The shipped bank's folder.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("questions/kennedy-1961")
}

/// The files of a bank of `count` items at least: whole copies of the shipped bank, so that sets and enemies are complete.
pub fn texts(count: usize) -> std::io::Result<Vec<Input>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(shipped().join("bank"))?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut own = Bank::default();
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        if path.ends_with("misconceptions.yaml") {
            files.push(Input::new("bank/misconceptions.yaml", text));
        } else {
            own.add(&text);
        }
    }
    let mut copy = 0;
    while copy * own.items.len() < count {
        let (mut items, mut sets) = (String::from("items:\n"), String::from("sets:\n"));
        let mut written = 0;
        while written < ITEMS_OF_A_FILE && copy * own.items.len() < count {
            own.items.iter().for_each(|item| items += &copied(item, copy));
            own.sets.iter().for_each(|set| sets += &copied(set, copy));
            written += own.items.len();
            copy += 1;
        }
        files.push(Input::new(format!("bank/copies-{:03}.yaml", files.len()), items + &sets));
    }
    Ok(files)
}

/// Entries of the shipped bank, each as its lines of YAML.
#[derive(Default)]
struct Bank {
    items: Vec<String>,
    sets: Vec<String>,
}

impl Bank {
    fn add(&mut self, text: &str) {
        let mut in_items = true;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if !line.starts_with(' ') && !line.is_empty() {
                in_items = line == "items:";
                continue;
            }
            let list = if in_items { &mut self.items } else { &mut self.sets };
            if line.starts_with("  - id: ") {
                list.push(String::new());
            }
            if let Some(entry) = list.last_mut() {
                entry.push_str(line);
                entry.push('\n');
            }
        }
    }
}

/// An entry with its names changed for the copy, and with words of its own in the stem. The first copy keeps the names, which
/// blueprints ask for.
fn copied(entry: &str, copy: usize) -> String {
    let end = if copy == 0 { String::new() } else { format!("-{copy}") };
    let mut out = String::with_capacity(entry.len() + 64);
    let mut mixed = copy as u64 + 1;
    for line in entry.lines() {
        let field = line.trim_start().split(':').next().unwrap_or_default();
        match field {
            "- id" | "set" => out += &format!("{line}{end}"),
            "enemies" => out += &line.replace(',', &format!("{end},")).replace(']', &format!("{end}]")),
            "stem" | "statement" => {
                for byte in line.bytes() {
                    mixed = (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
                }
                let word = |shift: u32| WORDS[(mixed >> shift) as usize % WORDS.len()];
                let opening = format!("{} and {} {}, no. {copy}. ", word(20), word(30), word(40));
                out += &line.replacen('"', &format!("\"For a {opening}"), 1);
            }
            _ => out += line,
        }
        out.push('\n');
    }
    out
}
