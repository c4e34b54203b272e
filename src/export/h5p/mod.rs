//! H5P: a Question Set for each group, of the content types that it takes. Sites have these installed; the file names them.
//!
//! Fields and versions are those of the types’ own `semantics.json` and of Question Set 1.20 (h5p/h5p-question-set and its like).

mod question;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Format, Held, Part};
use crate::bank::Figure;
use crate::exchange::archive::{Packed, zipped};
use crate::exchange::inline::escaped;
use crate::exchange::{Exercise, Group, Interaction, Package, Share, blanks, picture_file};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "h5p",
    about: "H5P (a Question Set for each section), for Moodle, WordPress, Drupal and Lumi, which have the content types",
    lacks: &[Part::Hints, Part::Notes, Part::Tags, Part::Gate, Part::Stimulus],
    native: false,
    leaves_out: "the content types themselves are not in the file: the site has them; enemies, what gives an item away, estimates, \
                 minutes, misconceptions and reviews are left out",
    hold,
    write,
};

/// A content type with its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Library(&'static str, u32, u32);

const SET: Library = Library("H5P.QuestionSet", 1, 20);
const CHOICE: Library = Library("H5P.MultiChoice", 1, 16);
const TRUE_FALSE: Library = Library("H5P.TrueFalse", 1, 8);
const BLANKS: Library = Library("H5P.Blanks", 1, 14);
const DRAG: Library = Library("H5P.DragText", 1, 10);
const MARK: Library = Library("H5P.MarkTheWords", 1, 11);
const IMAGE: Library = Library("H5P.Image", 1, 1);

impl Library {
    /// `H5P.Blanks 1.14`.
    fn named(self) -> String {
        format!("{} {}.{}", self.0, self.1, self.2)
    }
}

fn hold(exercise: &Exercise, package: &Package<'_>) -> Held {
    let mut lost: Vec<&str> = Vec::new();
    let form = match &exercise.interaction {
        Interaction::Choice { options, shuffle, .. } => {
            if *shuffle && options.iter().any(|option| option.fixed) {
                lost.push("the options keep one order, as some of them must keep their place");
            }
            if question::library(exercise) == Some(TRUE_FALSE) { "True/False" } else { "Multiple Choice" }
        }
        Interaction::Matching { premises, .. } => {
            if premises.iter().any(|premise| !premise.feedback.is_empty()) {
                lost.push("the reasons of the pairs are left out");
            }
            "Drag the Words"
        }
        Interaction::Ordering { .. } => {
            lost.push("each part is dragged to its place, and scored by its place");
            "Drag the Words"
        }
        Interaction::Gaps { words, .. } if !words.is_empty() => "Drag the Words",
        Interaction::Gaps { passage, .. } => {
            if blanks(passage).flatten().any(|answer| !question::is_typable(answer)) {
                return Held::not("an answer has a sign (: / *) that H5P’s blanks cannot hold");
            }
            "Fill in the Blanks"
        }
        Interaction::Entry { answers, number, .. } => {
            if !answers.iter().any(|answer| answer.share == Share::ALL && question::is_typable(&answer.text)) {
                return Held::not("its answer has a sign (: / *) that H5P’s blanks cannot hold");
            }
            if number.is_some_and(|number| number.tolerance > 0.0) {
                lost.push("a number is taken only as it is written: what is near is not");
            }
            if answers.iter().any(|answer| answer.share != Share::ALL && !answer.feedback.is_empty()) {
                lost.push("what is said to foreseen errors is left out");
            }
            if answers.iter().any(|answer| answer.share == Share::ALL && !question::is_typable(&answer.text)) {
                lost.push("answers with a sign (: / *) that H5P’s blanks cannot hold are left out");
            }
            "Fill in the Blanks"
        }
        Interaction::HotText { choose, .. } => {
            lost.push("the sentences have numbers, which are marked in their place");
            if exercise.points != *choose {
                lost.push("each right sentence counts one point, whatever the points of the question");
            }
            if !exercise.interaction.near().is_empty() {
                lost.push("a sentence that comes near earns nothing");
            }
            "Mark the Words"
        }
        Interaction::Extended { .. } => {
            return Held::not("H5P marks by itself: what is written for a person to mark has no place");
        }
        Interaction::Talk { .. } => return Held::not("H5P asks for answers: what is talked about has no place"),
    };
    let reason = match &exercise.interaction {
        Interaction::Choice { options, .. } if question::library(exercise) == Some(TRUE_FALSE) => {
            Some(question::because(options))
        }
        Interaction::Choice { .. } => None,
        _ => Some(""),
    };
    if reason.is_some_and(|reason| !question::explained(exercise, reason).1) {
        lost.push("of what is said after the answer there is so much as H5P takes, 255 characters, in whole parts");
    }
    if figure(exercise, package).is_some_and(|figure| shortened(&figure.alt).is_some()) {
        lost.push("the description of the picture is longer than H5P takes, 255 characters, and stands in the question as well");
    }
    if package.figures([exercise]).len() > 1 {
        lost.push("of several pictures one is shown, and the others are described");
    }
    if !question::has_all_words(exercise) {
        lost.push("of the words that belong nowhere there are so many as H5P takes, 255 characters");
    }
    Held::As(form, lost.into_iter().map(str::to_owned).collect())
}

fn write(package: &Package<'_>) -> Result<Vec<Packed>, String> {
    let id = &package.letter.about.id;
    let file = |group: &Group| {
        let bytes = zipped(&files(package, group)?)?;
        Ok(Packed::new(format!("{id}-TEACHER-{}.h5p", group.id), bytes))
    };
    package.groups.iter().map(file).collect()
}

/// The files of a Question Set.
fn files(package: &Package<'_>, group: &Group) -> Result<Vec<Packed>, String> {
    let told = |error: serde_json::Error| error.to_string();
    let mut used = vec![SET];
    let mut pictures: Vec<&Figure> = Vec::new();
    let mut questions = Vec::new();
    for exercise in &group.exercises {
        let stimulus = exercise.stimulus.and_then(|at| package.stimuli.get(at));
        let figure = figure(exercise, package);
        let Some((library, mut params)) = question::of(exercise, package.labels, stimulus, figure) else { continue };
        if let (Some(figure), Some(params)) = (figure, params.as_object_mut()) {
            params.insert("media".to_owned(), media(figure, &exercise.id));
            let task = ["question", "text", "taskDescription"].into_iter().find(|name| params.contains_key(*name));
            if let (Some(task), Some(_)) = (task, shortened(&figure.alt)) {
                let asked = params[task].as_str().unwrap_or_default();
                params[task] = json!(format!("{asked}<p><em>{}</em></p>", escaped(&figure.alt)));
            }
            used.push(IMAGE);
            if !pictures.iter().any(|known| known.file == figure.file) {
                pictures.push(figure);
            }
        }
        used.push(library);
        let mut metadata = about(&exercise.title());
        metadata["contentType"] = json!(library.0.trim_start_matches("H5P."));
        questions.push(json!({
            "library": library.named(),
            "params": params,
            "subContentId": unique(&exercise.id),
            "metadata": metadata,
        }));
    }
    used.sort_unstable();
    used.dedup();
    let content = json!({
        "introPage": { "showIntroPage": false },
        "progressType": "dots",
        "passPercentage": 50,
        "disableBackwardsNavigation": false,
        "randomQuestions": false,
        "questions": questions,
        "endGame": {
            "showResultPage": true,
            "showSolutionButton": true,
            "showRetryButton": true,
            "overallFeedback": [{ "from": 0, "to": 100 }],
            "showAnimations": false,
            "skippable": false,
        },
        "override": { "checkButton": true },
    });
    let dependencies: Vec<Value> = used
        .iter()
        .map(|Library(name, major, minor)| json!({ "machineName": name, "majorVersion": major, "minorVersion": minor }))
        .collect();
    let language = package.letter.about.language.split('-').next().unwrap_or("und").to_lowercase();
    let mut head = about(&format!("{} – {}", package.title, group.title));
    head["language"] = json!(language);
    head["mainLibrary"] = json!(SET.0);
    head["embedTypes"] = json!(["iframe"]);
    head["preloadedDependencies"] = json!(dependencies);
    let mut files = vec![
        Packed::new("h5p.json", serde_json::to_vec_pretty(&head).map_err(told)?),
        Packed::new("content/content.json", serde_json::to_vec_pretty(&content).map_err(told)?),
    ];
    files.extend(
        pictures
            .into_iter()
            .map(|figure| Packed::new(format!("content/{}", image(figure)), &*figure.picture.picture().web.bytes)),
    );
    Ok(files)
}

/// The picture over a question, or that of the passage before it.
fn figure<'a>(exercise: &'a Exercise, package: &'a Package<'_>) -> Option<&'a Figure> {
    let shown = exercise.stimulus.and_then(|at| package.stimuli.get(at)).and_then(|stimulus| stimulus.figures().next());
    exercise.figure.as_deref().or(shown)
}

/// A description that is longer than H5P takes: its first words. `None` for one that fits.
fn shortened(alt: &str) -> Option<String> {
    if alt.chars().count() <= question::LONGEST {
        return None;
    }
    let start: String = alt.chars().take(question::LONGEST - 1).collect();
    let words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    Some(format!("{words}…"))
}

/// Title and licence, as H5P asks for both; a title has at most 255 characters.
fn about(title: &str) -> Value {
    json!({ "title": title.chars().take(255).collect::<String>(), "license": "U" })
}

/// The path of a picture in the content.
fn image(figure: &Figure) -> String {
    format!("images/{}", picture_file(figure))
}

fn media(figure: &Figure, id: &str) -> Value {
    json!({
        "type": {
            "library": IMAGE.named(),
            "params": {
                "contentName": "Image",
                "alt": shortened(&figure.alt).unwrap_or_else(|| figure.alt.clone()),
                "title": figure.caption,
                "file": { "path": image(figure), "mime": figure.picture.picture().web.media_type, "copyright": { "license": "U" } },
            },
            "subContentId": unique(&format!("{id} picture")),
            "metadata": { "contentType": "Image", "title": figure.alt.chars().take(255).collect::<String>(), "license": "U" },
        },
        "disableImageZooming": false,
    })
}

/// An identifier in the shape of a UUID, the same on every export.
fn unique(of: &str) -> String {
    let hash = Sha256::digest(of.as_bytes());
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}
