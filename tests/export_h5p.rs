//! H5P: what the content types read between stars is the key, and nothing else has stars; the file names all that it uses.

use std::sync::Arc;

use pilcrow::bank::{Figure, Kind};
use pilcrow::exchange::archive::unzipped;
use pilcrow::exchange::{Exercise, Shown, Stimulus};
use serde_json::Value;

use crate::common::exchange::{changed, exported, figure, with_bank};
use crate::common::shipped;

#[test]
fn a_set_names_what_it_uses_and_its_marks_are_whole() {
    for shipped in shipped() {
        let files = with_bank(&shipped.source, |package| exported(package, "h5p").files);
        for file in files {
            let inside = unzipped(&file.bytes).unwrap();
            let json = |name: &str| -> Value {
                serde_json::from_slice(&inside.iter().find(|file| file.name == name).unwrap().bytes).unwrap()
            };
            let (head, content) = (json("h5p.json"), json("content/content.json"));
            let named: Vec<String> = head["preloadedDependencies"]
                .as_array()
                .unwrap()
                .iter()
                .map(|d| format!("{} {}.{}", d["machineName"].as_str().unwrap(), d["majorVersion"], d["minorVersion"]))
                .collect();
            for question in content["questions"].as_array().unwrap() {
                assert!(named.iter().any(|name| question["library"] == name.as_str()), "{question}");
                let params = &question["params"];
                for field in ["textField", "distractors"] {
                    let stars = params[field].as_str().unwrap_or_default().matches('*').count();
                    assert_eq!(stars % 2, 0, "{params}");
                }
                if let Some(path) = params["media"]["type"]["params"]["file"]["path"].as_str() {
                    assert!(inside.iter().any(|file| file.name == format!("content/{path}")), "{path}");
                }
            }
        }
    }
}

#[test]
fn pictures_that_are_not_shown_are_described_and_credit_is_given() {
    let over = Figure { credit: "An archive".to_owned(), ..Figure::clone(&figure("pictures/over.png", "rgb.png")) };
    let change = |exercise: &mut Exercise| {
        exercise.figure = Some(Arc::new(over.clone()));
        exercise.stimulus = Some(0);
    };
    changed(Kind::SingleChoice, change, |package| {
        let mut package = package.clone();
        package.stimuli = vec![Stimulus {
            id: "set".to_owned(),
            title: "A set".to_owned(),
            intro: String::new(),
            passages: vec![Shown::Figure(figure("pictures/shared.svg", "tall.svg"))],
        }];
        let exported = exported(&package, "h5p");
        let inside = unzipped(&exported.files[0].bytes).unwrap();
        let content = inside.iter().find(|file| file.name == "content/content.json").unwrap();
        let content: Value = serde_json::from_slice(&content.bytes).unwrap();
        let question = content["questions"][0]["params"]["question"].as_str().unwrap();
        assert!(question.contains("[What tall.svg shows]") && question.contains("An archive"), "{question}");
        assert!(!question.contains("[What rgb.png shows]"), "{question}");
        let told = &exported.report.fates[0].lost;
        assert!(told.iter().any(|lost| lost.contains("several pictures")), "{told:?}");
    });
}
