//! How long pages take to become a PDF file: alone, and with what the files of a run share. `cargo bench --bench pdf`

mod sheets;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pilcrow::blueprint::Reading;
use pilcrow::layout::{Faces, Pages, lay_out};
use pilcrow::write::pdf::{self, Differing, Press};
use sheets::Sheets;

fn stages(criterion: &mut Criterion) {
    let faces = Faces::load().unwrap();
    for (name, reading) in [("questions", Reading::None), ("letter and questions", Reading::Full)] {
        let sheets = Sheets::new(reading);
        let forms: Vec<Pages> = (0..8).map(|form| lay_out(&sheets.worksheet(form), &faces).unwrap()).collect();
        let mut group = criterion.benchmark_group("pdf");
        group.sample_size(20).throughput(Throughput::Elements(forms[0].pages.len() as u64));
        group.bench_function(BenchmarkId::new("alone", name), |bench| {
            bench.iter(|| pdf::write(black_box(&forms[0]), &faces).unwrap());
        });
        group.bench_function(BenchmarkId::new("of a run", name), |bench| {
            let press = Press::new(&faces, &[&forms[0]], Differing::default()).unwrap();
            let mut form = 0;
            bench.iter(|| {
                form = (form + 1) % forms.len();
                press.write(black_box(&forms[form])).unwrap()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
