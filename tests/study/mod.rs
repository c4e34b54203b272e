//! The self-study quiz, through the program: what its file holds, how it is scored, what it refuses.

use pilcrow::study::Task;
use pilcrow::study::score::{Answer, score};

#[derive(serde::Deserialize)]
struct Vector {
    name: String,
    task: Task,
    answer: Answer,
    points: u32,
    of: u32,
}

/// The page's script is held to the same vectors by node's own test runner.
#[test]
fn points_are_those_of_the_shared_vectors() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("study/vectors.json")).unwrap();
    assert!(vectors.len() >= 60);
    let faults: Vec<String> = vectors
        .iter()
        .filter_map(|v| {
            let got = (score(&v.task, &v.answer), v.task.points());
            (got != (v.points, v.of)).then(|| format!("{}: {got:?} for {:?}", v.name, (v.points, v.of)))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
