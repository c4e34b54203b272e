//! How long a worksheet and a key take to be composed and laid out. `cargo bench --bench layout`

mod sheets;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pilcrow::blueprint::Reading;
use pilcrow::layout::{Faces, lay_out};
use sheets::Sheets;

fn stages(criterion: &mut Criterion) {
    for (name, reading) in [("questions", Reading::None), ("letter and questions", Reading::Full)] {
        let sheets = Sheets::new(reading);
        let faces = Faces::load().unwrap();
        let pages = lay_out(&sheets.worksheet(0), &faces).unwrap().pages.len();
        let mut group = criterion.benchmark_group("layout");
        group.sample_size(20).throughput(Throughput::Elements(pages as u64));
        group.bench_function(BenchmarkId::new("compose", name), |bench| bench.iter(|| sheets.worksheet(black_box(0))));
        // The faces keep words and paragraphs that were set before: a run of one sheet finds none there.
        group.bench_function(BenchmarkId::new("first worksheet", name), |bench| {
            let document = sheets.worksheet(0);
            bench.iter_with_large_drop(|| {
                let faces = Faces::load().unwrap();
                lay_out(black_box(&document), &faces).unwrap()
            });
        });
        group.bench_function(BenchmarkId::new("later worksheet", name), |bench| {
            let documents: Vec<_> = (0..8).map(|form| sheets.worksheet(form)).collect();
            let mut form = 0;
            bench.iter_with_large_drop(|| {
                form = (form + 1) % documents.len();
                lay_out(black_box(&documents[form]), &faces).unwrap()
            });
        });
        group.finish();
    }
    let (sheets, faces) = (Sheets::new(Reading::None), Faces::load().unwrap());
    let document = sheets.key(0);
    criterion.bench_function("layout/later key", |bench| {
        bench.iter_with_large_drop(|| lay_out(black_box(&document), &faces).unwrap());
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);
