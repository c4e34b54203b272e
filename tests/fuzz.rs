//! Hostile files, and seeded mutations of them, through the readers: no panic, and no input that takes long.
//!
//! `cargo test fuzz::` takes seconds; `PILCROW_FUZZ_SECONDS=600 cargo test fuzz::` goes on with other seeds for ten minutes.
//! A file that once did harm goes into `tests/corpus/`.

#![expect(clippy::expect_used, reason = "without its corpus the test has nothing to say")]

use std::path::Path;
use std::time::{Duration, Instant};

use pilcrow::diag::render_all;
use pilcrow::input::Input;
use pilcrow::letter::{About, Section, decode, read};
use pilcrow::{blueprint::Blueprint, scaffold, text, yaml};

/// No file of the corpus is longer than some 100 kB: a linear reader needs milliseconds, a quadratic one minutes.
const SLOW: Duration = Duration::from_secs(3);
/// Mutations of each file in the short run.
const MUTATIONS: u64 = 40;

/// A small generator (SplitMix64), so that a seed names a case for good.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % (bound.max(1) as u64)).unwrap_or(0)
    }
}

/// Pieces that mean something to a reader.
const PIECES: [&[u8]; 22] = [
    b"[Page 7]",
    b"[",
    b"]",
    b"\n\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"1",
    b".2 ",
    b"\n  1. ",
    b"*",
    b"**",
    b"____",
    b"\xc2\xb6",
    b"\"",
    b"'",
    b"\xcc\x81",
    b"\xe2\x80\xa8",
    b"{{",
    b"- &a [*a, *a]\n",
];

fn mutate(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(6) {
        let at = chance.below(out.len() + 1);
        let end = (at + chance.below(40)).min(out.len());
        match chance.below(6) {
            0 => drop(out.drain(at..end)),
            1 => drop(out.splice(at..at, PIECES[chance.below(PIECES.len())].to_vec())),
            2 => drop(out.splice(at..at, PIECES[chance.below(PIECES.len())].repeat(1 + chance.below(200)))),
            3 => out[at..end].reverse(),
            4 => out.truncate(at),
            _ => {
                let copy = out[at..end].to_vec();
                out.splice(at..at, copy);
            }
        }
    }
    out
}

/// All that is done with a text of unknown origin.
fn text_readers(bytes: &[u8]) {
    let (decoded, reports) = decode(bytes);
    let section = |paragraphs: &str| Section {
        id: "A".into(),
        title: "A".into(),
        paragraphs: paragraphs.into(),
        ..Section::default()
    };
    let about = About { sections: vec![section("1-4000000000")], salutation: "Dear".into(), ..About::default() };
    let shown = match read(&decoded, about) {
        Ok((_, reports)) | Err(reports) => reports,
    };
    let input = [Input::new("letter.txt", decoded.clone())];
    assert!(!render_all(&shown[..shown.len().min(20)], &input).is_empty());
    assert!(reports.is_empty() || !render_all(&reports, &input).is_empty());
    let _ = text::plain(&text::parse(&decoded));
    let folded = text::Folded::new(&decoded);
    if let Some(at) = folded.find(&text::Folded::new("the  \"Ark\"")) {
        assert!(decoded.get(at).is_some());
    }
    let _ = scaffold::start("any", &decoded);
}

/// All that is done with YAML of unknown origin.
fn yaml_readers(bytes: &[u8]) {
    let input = [Input::new("any.yaml", decode(bytes).0)];
    let (about, mut faults) = yaml::read::<About>(&input[0], 0);
    let (blueprint, found) = yaml::read::<Blueprint>(&input[0], 0);
    assert!((about.is_some() && blueprint.is_some()) || !faults.is_empty() || !found.is_empty());
    faults.extend(found);
    faults.truncate(20);
    let _ = render_all(&faults, &input);
    if let Some(about) = about {
        let _ = read("One.\n\nTwo.", about);
    }
}

fn run(folder: &str, reader: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let longer = std::env::var("PILCROW_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).map(Duration::from_secs);
    let begun = Instant::now();
    let mut round = 0;
    loop {
        for path in &files {
            let bytes = std::fs::read(path).expect("a corpus file");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for seed in round * MUTATIONS..(round + 1) * MUTATIONS {
                // Long files are costly: a few of their mutations say as much.
                if seed % MUTATIONS > 4 && bytes.len() > 10_000 {
                    break;
                }
                let case = if seed == 0 { bytes.clone() } else { mutate(&bytes, &mut Chance(seed)) };
                let started = Instant::now();
                let outcome = std::panic::catch_unwind(|| reader(&case));
                assert!(outcome.is_ok(), "panic on {name}, seed {seed}");
                assert!(started.elapsed() < SLOW, "{:?} for {name}, seed {seed}", started.elapsed());
            }
        }
        round += 1;
        if longer.is_none_or(|longer| begun.elapsed() >= longer) {
            return;
        }
    }
}

#[test]
fn texts() {
    run("text", text_readers);
}

#[test]
fn yaml_files() {
    run("yaml", yaml_readers);
}
