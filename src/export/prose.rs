//! Questions and key as running text, in whatever notation: what Markdown and plain text have in common.

use crate::bank::Figure;
use crate::compose::Labels;
use crate::exchange::archive::Packed;
use crate::exchange::inline::as_markup;
use crate::exchange::{Exercise, Group, Interaction, Package, Piece, Quoted, Shown, Stimulus};

/// How texts and blocks are written. Texts come in the mark-up of `text`.
pub(super) struct Notation {
    /// Ending of the files: `md`.
    pub ending: &'static str,
    /// Authored text on one line.
    pub inline: fn(&str) -> String,
    /// Plain words on one line.
    pub words: fn(&str) -> String,
    /// A heading of level 1 to 3, with the empty line after it.
    pub heading: fn(usize, &str) -> String,
    /// A quotation or passage, with its line's end.
    pub quotation: fn(&str) -> String,
    /// A picture, with its line's end; where there is none, its description is quoted.
    pub picture: Option<fn(&Figure) -> String>,
    /// An option or a line that hangs from its mark (`A.`), with its line's end.
    pub entry: fn(&str, &str) -> String,
}

/// The questions, without answers, and the key: a file each.
pub(super) fn files(package: &Package<'_>, notation: &Notation) -> Vec<Packed> {
    let stem = &package.letter.about.id;
    let prose = Prose { package, notation };
    let file = |name: String, text: String| Packed::new(name, text);
    vec![
        file(format!("{stem}-questions.{}", notation.ending), prose.whole(false)),
        file(format!("{stem}-TEACHER-key.{}", notation.ending), prose.whole(true)),
    ]
}

struct Prose<'a> {
    package: &'a Package<'a>,
    notation: &'a Notation,
}

impl Prose<'_> {
    fn whole(&self, key: bool) -> String {
        let Notation { heading, words, .. } = self.notation;
        let Labels { teacher, answer_key, .. } = self.package.labels;
        let title = match key {
            true => format!("{} ({teacher}: {answer_key})", self.package.title),
            false => self.package.title.clone(),
        };
        let mut out = heading(1, &words(&title));
        let mut number = 0;
        for group in &self.package.groups {
            out += &heading(2, &words(&group.title));
            self.group(&mut out, group, &mut number, key);
        }
        out.trim_end().to_owned() + "\n\n" + &words(&self.package.letter.about.citation) + "\n"
    }

    fn group(&self, out: &mut String, group: &Group, number: &mut u32, key: bool) {
        let mut before = None;
        for exercise in &group.exercises {
            if exercise.stimulus != before
                && let Some(stimulus) = exercise.stimulus.and_then(|at| self.package.stimuli.get(at))
                && !key
            {
                self.stimulus(out, stimulus);
            }
            before = exercise.stimulus;
            // A part that hangs from another stands under its number.
            if exercise.gate.is_none() {
                *number = exercise.number.unwrap_or(*number + 1);
            }
            if key {
                self.answer(out, exercise, *number)
            } else {
                self.question(out, exercise, *number)
            }
            out.push('\n');
        }
    }

    fn stimulus(&self, out: &mut String, stimulus: &Stimulus) {
        let Notation { heading, inline, words, quotation, .. } = self.notation;
        *out += &heading(3, &words(&stimulus.title));
        if !stimulus.intro.is_empty() {
            *out += &(inline(&stimulus.intro) + "\n\n");
        }
        for passage in &stimulus.passages {
            *out += &match passage {
                Shown::Quoted(quoted) => quotation(&self.quoted(quoted)),
                Shown::Text(text, source) => quotation(&format!("{} ({})", inline(text), inline(source))),
                Shown::Figure(figure) => self.figure(figure),
            };
            out.push('\n');
        }
    }

    fn figure(&self, figure: &Figure) -> String {
        let Notation { words, quotation, picture, .. } = self.notation;
        picture.map_or_else(|| quotation(&format!("[{}]", words(&figure.alt))), |picture| picture(figure))
    }

    /// `¶6 “…”`.
    fn quoted(&self, quoted: &Quoted) -> String {
        (self.notation.words)(&format!("{} “{}”", quoted.place, quoted.words.replace('“', "‘").replace('”', "’")))
    }

    fn points(&self, exercise: &Exercise) -> String {
        if exercise.points == 0 {
            String::new()
        } else {
            format!(" ({})", self.package.labels.count_points(exercise.points))
        }
    }

    fn question(&self, out: &mut String, exercise: &Exercise, number: u32) {
        let Notation { inline, words, quotation, entry, .. } = self.notation;
        if let Some(figure) = &exercise.figure {
            *out += &(self.figure(figure) + "\n");
        }
        *out += &entry(&format!("{number}."), &(inline(&exercise.stem) + &self.points(exercise)));
        out.push('\n');
        match &exercise.interaction {
            Interaction::Choice { options, .. } => {
                options.iter().for_each(|o| *out += &entry(&format!("{}.", o.id), &inline(&o.text)));
            }
            Interaction::Matching { heads, premises, responses, .. } => {
                let head = |head: &String| if head.is_empty() { String::new() } else { inline(head) + ":\n\n" };
                *out += &head(&heads[0]);
                premises
                    .iter()
                    .for_each(|p| *out += &entry(&format!("{}.", p.id), &format!("{} ____", inline(&p.text))));
                out.push('\n');
                *out += &head(&heads[1]);
                responses.iter().for_each(|r| *out += &entry(&format!("{}.", r.id), &inline(&r.text)));
            }
            Interaction::Ordering { elements, by, .. } => {
                elements.iter().for_each(|e| *out += &entry(&format!("{}.", e.id), &inline(&e.text)));
                *out += &format!("\n{} ____\n", inline(by));
            }
            Interaction::Gaps { passage, words: list } => {
                let mut number = 0;
                let text: String = passage
                    .iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => text.clone(),
                        Piece::Gap(_) => {
                            number += 1;
                            format!("({number}) ____")
                        }
                    })
                    .collect();
                *out += &quotation(&inline(&text));
                if !list.is_empty() {
                    *out += &format!("\n[ {} ]\n", words(&list.join(" · ")));
                }
            }
            Interaction::Entry { unit, .. } => *out += &format!("{}\n", words(&format!("____ {unit}")).trim_end()),
            Interaction::HotText { passages, .. } => {
                for passage in passages {
                    let sentences: Vec<&str> = passage.sentences.iter().map(|s| s.words.as_str()).collect();
                    *out += &quotation(&words(&format!("{} {}", passage.place, sentences.join(" "))));
                }
            }
            Interaction::Extended { rows, starters, .. } => {
                for starter in starters {
                    *out += &entry("•", &inline(starter));
                }
                for row in rows {
                    let points = self.package.labels.count_points(row.points);
                    *out += &entry("•", &format!("{} ({points})", inline(&row.prompt)));
                }
            }
            Interaction::Talk { stance, follow_ups, starters, norms } => {
                if let Some([left, right]) = stance {
                    *out += &format!("{} ←→ {}\n\n", inline(left), inline(right));
                }
                let all = follow_ups.iter().chain(starters).chain(norms);
                all.for_each(|line| *out += &entry("•", &inline(line)));
            }
        }
    }

    fn answer(&self, out: &mut String, exercise: &Exercise, number: u32) {
        let Notation { inline, words, entry, .. } = self.notation;
        let line = exercise.answer_line();
        let line = if line.is_empty() { inline(&exercise.stem) } else { inline(&format!("**{line}**")) };
        let head = format!("{line}{} {}", self.points(exercise), words(&format!("[{}]", exercise.id)));
        *out += &entry(&format!("{number}."), &head);
        out.push('\n');
        for answer in exercise.answers() {
            let because = if answer.because.is_empty() { String::new() } else { format!(" — {}", answer.because) };
            let label = if answer.label.is_empty() { String::new() } else { format!("{}. ", answer.label) };
            *out += &entry("✓", &inline(&format!("{label}{}{because}", answer.words)));
        }
        if let Interaction::Choice { options, .. } = &exercise.interaction {
            for option in options.iter().filter(|option| !option.right) {
                *out += &entry("✗", &inline(&format!("{}. {} — {}", option.id, option.text, option.feedback)));
            }
        }
        if let Interaction::Entry { answers, .. } = &exercise.interaction {
            for wrong in answers.iter().filter(|answer| answer.share.of <= 0) {
                *out += &entry("✗", &inline(&format!("{} — {}", wrong.text, wrong.feedback)));
            }
        }
        for near in exercise.interaction.near() {
            let because = if near.feedback.is_empty() { String::new() } else { format!(" — {}", near.feedback) };
            *out += &entry("½", &inline(&(as_markup(&near.words) + &because)));
        }
        if let Interaction::Extended { grading, .. } = &exercise.interaction {
            grading.iter().for_each(|paragraph| *out += &entry("•", &inline(paragraph)));
        }
        exercise.evidence.iter().for_each(|quoted| *out += &entry("¶", &self.quoted(quoted)));
        let told = [("→", &exercise.explanation), ("!", &exercise.teacher_note)];
        for (mark, text) in told.into_iter().filter(|(_, text)| !text.is_empty()) {
            *out += &entry(mark, &inline(text));
        }
        exercise.hints.iter().for_each(|hint| *out += &entry("?", &inline(hint)));
        *out += &entry("#", &words(&exercise.tags.join(", ")));
    }
}
