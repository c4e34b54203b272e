//! H5P: what the content types read between stars is the key, and nothing else has stars; the file names all that it uses.

use pilcrow::exchange::archive::unzipped;
use serde_json::Value;

use crate::common::exchange::{exported, with_bank};
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
