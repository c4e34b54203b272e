//! Quizzes that a class plays: questions with a few short options, in the spreadsheets that such programs take. What is longer
//! than a program takes is left out and told, never cut.

mod blooket;
mod kahoot;
mod quizizz;

pub(super) use blooket::FORMAT as BLOOKET;
pub(super) use kahoot::FORMAT as KAHOOT;
pub(super) use quizizz::FORMAT as QUIZIZZ;

use super::asked::before;
use super::{Held, Part};
use crate::exchange::archive::Packed;
use crate::exchange::inline::plain;
use crate::exchange::workbook::characters;
use crate::exchange::{ChoiceSort, Exercise, Group, Interaction, Package, choices};

/// What no such program has a place for. Whether options are shuffled is the host’s choice when the game is played.
const LACKS: [Part; 10] = [
    Part::Points,
    Part::Locks,
    Part::Feedback,
    Part::Hints,
    Part::Notes,
    Part::Tags,
    Part::Pictures,
    Part::Gate,
    Part::Stimulus,
    Part::Identifier,
];

/// What a program takes at most.
struct Limits {
    /// As it calls itself.
    program: &'static str,
    /// Characters of a question, and of an option.
    question: usize,
    option: usize,
    /// Options of a question; two at least.
    options: usize,
    /// Seconds that may be given, in rising order.
    seconds: &'static [u32],
    /// What is lost where several options are right.
    several: &'static str,
}

/// A question as these programs know it: plain text, its options, and which of them are right, from 1.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    text: String,
    options: Vec<String>,
    right: Vec<usize>,
    seconds: u32,
}

impl Asked {
    /// `2`; `1,3`.
    fn right(&self) -> String {
        self.right.iter().map(usize::to_string).collect::<Vec<_>>().join(",")
    }
}

impl Limits {
    /// The questions that an exercise becomes, and what is lost by that.
    ///
    /// # Errors
    /// Why none of it can be asked, as the end of a sentence.
    fn asked(&self, exercise: &Exercise, package: &Package<'_>) -> Result<(Vec<Asked>, Vec<String>), String> {
        let split = choices(exercise).ok_or("nothing in it can be chosen: it is typed, ordered, written or spoken")?;
        let whole = split.exercises.len();
        let mut lost = split.lost;
        let (mut asked, mut refused) = (Vec::new(), Vec::new());
        for (number, part) in (1..).zip(&split.exercises) {
            let Some(question) = self.question(part, package) else { continue };
            match self.too_much(&question) {
                Some(why) => refused.push((number, why)),
                None => asked.push(question),
            }
        }
        if asked.is_empty() {
            let mut reasons: Vec<String> = refused.into_iter().map(|(_, why)| why).collect();
            reasons.dedup();
            return Err(reasons.join("; "));
        }
        let refused = refused.into_iter().map(|(n, why): (usize, _)| (format!("question {n} of {whole}"), why));
        lost.extend(refused.map(|(name, why)| format!("{name} is left out: {why}")));
        let several = |question: &Asked| question.right.len() > 1;
        if asked.iter().any(several) {
            lost.push(self.several.to_owned());
        }
        if !exercise.interaction.near().is_empty() {
            lost.push("a sentence that comes near earns nothing".to_owned());
        }
        Ok((asked, lost))
    }

    fn question(&self, part: &Exercise, package: &Package<'_>) -> Option<Asked> {
        let Interaction::Choice { options, .. } = &part.interaction else { return None };
        let right = (1..).zip(options).filter(|(_, option)| option.right).map(|(number, _)| number).collect();
        let options: Vec<String> = options.iter().map(|option| plain(&option.text)).collect();
        let text = text(part, package);
        let words = options.iter().chain([&text]).map(|text| text.split_whitespace().count()).sum();
        Some(Asked { text, right, seconds: self.seconds(words), options })
    }

    /// Time to read so many words at a pupil's pace (two a second) and to think for ten seconds, as the program has it.
    fn seconds(&self, words: usize) -> u32 {
        let wanted = u32::try_from(words / 2 + 10).unwrap_or(u32::MAX);
        let last = self.seconds.last().copied().unwrap_or(30);
        self.seconds.iter().copied().find(|seconds| *seconds >= wanted).unwrap_or(last)
    }

    /// Why the program would not take a question, as the end of a sentence.
    fn too_much(&self, asked: &Asked) -> Option<String> {
        let Limits { program, question, option, options, .. } = self;
        let long = characters(&asked.text);
        if long > *question {
            return Some(format!("its question has {long} characters, and {program} takes {question}"));
        }
        if asked.options.len() > *options {
            return Some(format!("it has {} options, and {program} takes {options}", asked.options.len()));
        }
        let longest = asked.options.iter().map(|text| characters(text)).max().unwrap_or(0);
        (longest > *option)
            .then(|| format!("one of its options has {longest} characters, and {program} takes {option}"))
    }

    /// What an exercise is called there; `whole` is the word for one right option, `several` for more of them.
    fn held(&self, exercise: &Exercise, package: &Package<'_>, (whole, several): (&'static str, &'static str)) -> Held {
        match self.asked(exercise, package) {
            Ok((_, lost)) => {
                let many = matches!(
                    &exercise.interaction,
                    Interaction::Choice { sort: ChoiceSort::Several(2..), .. }
                        | Interaction::HotText { choose: 2.., .. }
                );
                Held::As(if many { several } else { whole }, lost)
            }
            Err(why) => Held::not(why),
        }
    }
}

/// What is asked, with the passage and the picture's description before it.
fn text(exercise: &Exercise, package: &Package<'_>) -> String {
    let mut lines = before(exercise, package, plain);
    lines.push(plain(&exercise.stem));
    lines.join("\n")
}

/// A file for the whole of a bank, or one for each sheet where several are drawn.
fn files(
    package: &Package<'_>,
    (program, ending): (&str, &str),
    bytes: impl Fn(&str, &[Group]) -> Result<Vec<u8>, String>,
) -> Result<Vec<Packed>, String> {
    let id = &package.letter.about.id;
    if package.drawn && package.groups.len() > 1 {
        let sheet = |group: &Group| {
            let name = format!("{id}-TEACHER-{program}-{}.{ending}", group.id);
            bytes(&group.title, std::slice::from_ref(group)).map(|bytes| Packed::new(name, bytes))
        };
        return package.groups.iter().map(sheet).collect();
    }
    let name = format!("{id}-TEACHER-{program}.{ending}");
    Ok(vec![Packed::new(name, bytes(&package.title, &package.groups)?)])
}
