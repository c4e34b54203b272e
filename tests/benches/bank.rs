//! How long a bank takes to be read, checked and drawn from, for the shipped bank and for one of 6,000 items.
//! `cargo bench --bench bank`

#[path = "large.rs"]
mod large;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pilcrow::assemble::{Job, assemble};
use pilcrow::bank::raw::RawBank;
use pilcrow::bank::{self, Bank};
use pilcrow::blueprint::{self, Blueprint};
use pilcrow::input::Input;
use pilcrow::letter::{self, Letter};
use pilcrow::picture::Stored;
use pilcrow::rng::Seed;
use pilcrow::yaml;

/// Numbers of items that are asked for; whole copies of the shipped bank are made until there are so many.
const SIZES: [usize; 2] = [1, 6_000];

fn the_letter() -> Letter {
    let text = std::fs::read_to_string(large::shipped().join("letter.txt")).unwrap();
    let about = Input::read(&large::shipped().join("letter.yaml")).unwrap();
    letter::read(&text, yaml::read(&about, 0).0.unwrap()).unwrap().0
}

fn the_pictures() -> Vec<Stored> {
    let files = std::fs::read_dir(large::shipped().join("pictures")).unwrap().map(|entry| entry.unwrap());
    let stored = files.map(|file| Stored {
        name: format!("pictures/{}", file.file_name().to_string_lossy()),
        bytes: Ok(std::fs::read(file.path()).unwrap().into()),
    });
    stored.collect()
}

fn the_blueprint(letter: &Letter, bank: &Bank) -> Blueprint {
    let input = Input::read(&large::shipped().join("blueprints/class-period.yaml")).unwrap();
    blueprint::load(&[input], letter, bank).0.remove(0)
}

fn stages(criterion: &mut Criterion) {
    let letter = the_letter();
    let pictures = the_pictures();
    for size in SIZES {
        let texts = large::texts(size).unwrap();
        let bank = bank::load(&texts, &letter, &pictures).0;
        let blueprint = the_blueprint(&letter, &bank);
        let items = bank.items.len();
        let mut group = criterion.benchmark_group("bank");
        group.sample_size(10).throughput(Throughput::Elements(items as u64));
        group.bench_function(BenchmarkId::new("read", items), |bench| {
            bench.iter(|| yaml::read_partly::<RawBank<'_>>(black_box(&texts)).len());
        });
        // What the plain reader of `yaml` saves: the parser of all YAML that stands behind it.
        group.bench_function(BenchmarkId::new("read by serde_yaml", items), |bench| {
            let parse = |text: &Input| serde_yaml::from_str::<RawBank<'_>>(black_box(&text.text)).unwrap().items.len();
            bench.iter(|| texts.iter().map(parse).sum::<usize>());
        });
        group.bench_function(BenchmarkId::new("read and check", items), |bench| {
            bench.iter(|| bank::load(black_box(&texts), &letter, &pictures));
        });
        group.bench_function(BenchmarkId::new("draw", items), |bench| {
            let job = Job { letter: &letter, bank: &bank, blueprint: &blueprint, seed: Seed::new(1).unwrap() };
            bench.iter(|| assemble(black_box(job), 0..1).unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
