//! What an item asks → an interaction of the common model.

use super::item::{Form, ItemRead};
use super::response::{Label, Response};
use super::texts;
use crate::exchange::inline::plain;
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, HotPassage, HotSentence, Interaction, Labelled, Number, Piece, Premise, Row,
    Share, decimal, letter,
};
use crate::import::exercise::note;
use crate::import::from_html;

impl ItemRead {
    /// What is asked. `stem` gives up what belongs to the interaction.
    pub(super) fn interaction(&mut self, form: Form, stem: &mut String) -> Result<Interaction, String> {
        if form == Form::Read {
            return Ok(Interaction::Talk {
                stance: self.class("stance").first().and_then(|line| {
                    let (left, right) = line.split_once(" ↔ ")?;
                    Some([left.to_owned(), right.to_owned()])
                }),
                follow_ups: self.class("follow-up"),
                starters: self.class("starter"),
                norms: self.class("norm"),
            });
        }
        if self.responses.is_empty() && form != Form::Written {
            return Err("it asks for no response".to_owned());
        }
        match form {
            Form::Choice | Form::TrueFalse | Form::Several => self.choice(form),
            Form::Matching => self.matching(),
            Form::Order => self.order(),
            Form::Menus | Form::Blanks => self.gaps(form, stem),
            Form::Number => Ok(self.number()),
            Form::Words => self.words(),
            Form::Written | Form::Read => Ok(self.written()),
        }
    }

    fn choice(&mut self, form: Form) -> Result<Interaction, String> {
        let response = self.responses.remove(0);
        let keys = self.scored.keys(&response.ident);
        let best = keys.iter().map(|(_, share)| *share).fold(0.0, f64::max);
        let right = |ident: &str| keys.iter().any(|(key, share)| key == ident && *share >= best);
        if keys.iter().any(|(_, share)| *share < best) {
            note(&mut self.changed, "answers that earned a part earn nothing");
        }
        let count = response.labels.iter().filter(|label| right(&label.ident)).count();
        if let Some((lost, _)) = keys.iter().find(|(key, _)| response.labels.iter().all(|label| label.ident != *key)) {
            return Err(format!("its key names the option “{lost}”, which is not there"));
        }
        let whole = u32::try_from(count).ok().filter(|whole| *whole > 0).ok_or("no option is marked as right")?;
        if let Some(hot) = self.hot_text(&response, right, whole) {
            return Ok(hot);
        }
        // More than one answer earns all: each would do. On paper that is a choice of several.
        let several = count > 1 || form == Form::Several && self.tag("kind:multiple-select");
        if form != Form::Several && count > 1 {
            note(&mut self.changed, "several of its options are right, so all of them are asked for");
        }
        let shuffle = response.shuffle.unwrap_or(true);
        let mut options: Vec<Alternative> = Vec::new();
        for (at, label) in response.labels.iter().enumerate() {
            let feedback = self.scored.to(&response.ident, &label.ident, false).to_owned();
            let mut text = self.text(&label.html);
            if text.is_empty() {
                text = texts::words(&label.ident);
                note(&mut self.changed, "an option without a text has its ident as text");
            }
            options.push(Alternative {
                id: letter(at),
                text,
                right: right(&label.ident),
                share: match (right(&label.ident), several) {
                    (true, true) => Share { of: 1, whole },
                    (true, false) => Share::ALL,
                    (false, true) => Share { of: -1, whole },
                    (false, false) => Share::NOTHING,
                },
                feedback: self.text(&feedback),
                fixed: label.fixed || !shuffle,
            });
        }
        if form != Form::Several && !several && is_true_false(&response, &mut options, form) {
            return Ok(Interaction::Choice { options, sort: ChoiceSort::TrueFalse, shuffle: false });
        }
        let sort = if several { ChoiceSort::Several(whole) } else { ChoiceSort::Single };
        Ok(Interaction::Choice { options, sort, shuffle })
    }

    /// The sentences of a text, as an export wrote them as options.
    fn hot_text(&mut self, response: &Response, right: impl Fn(&str) -> bool, choose: u32) -> Option<Interaction> {
        let html = self.html.clone();
        let searched = texts::paragraphs(&html, "search");
        if searched.is_empty() {
            return None;
        }
        let mut labels = response.labels.iter();
        let mut passages = Vec::new();
        for inner in searched {
            let words = crate::exchange::xml::decoded(inner);
            let (place, words) = words.split_once(' ')?;
            let mut sentences = Vec::new();
            for at in crate::text::sentences(words) {
                let label = labels.next()?;
                let share = if right(&label.ident) { Share { of: 1, whole: choose } } else { Share::NOTHING };
                let feedback = self.scored.to(&response.ident, &label.ident, false).to_owned();
                let feedback = self.text(&feedback);
                sentences.push(HotSentence { id: label.ident.clone(), words: words[at].to_owned(), share, feedback });
            }
            passages.push(HotPassage { place: place.to_owned(), sentences });
        }
        labels.next().is_none().then_some(Interaction::HotText { passages, choose })
    }

    fn matching(&mut self) -> Result<Interaction, String> {
        let all = std::mem::take(&mut self.responses);
        // The responses of all premises, each once by its text: some programs give each premise a list of its own.
        let mut responses: Vec<Labelled> = Vec::new();
        let mut texts_of: Vec<Vec<(String, String)>> = Vec::new();
        for response in &all {
            let mut named = Vec::new();
            for label in &response.labels {
                let text = self.text(&label.html);
                if !text.is_empty() && !responses.iter().any(|known| known.text == text) {
                    responses.push(Labelled { id: letter(responses.len()), text: text.clone() });
                }
                named.push((label.ident.clone(), text));
            }
            texts_of.push(named);
        }
        let mut premises: Vec<Premise> = Vec::new();
        for (response, named) in all.iter().zip(&texts_of) {
            let keys = self.scored.keys(&response.ident);
            let key = keys.first().and_then(|(key, _)| named.iter().find(|(ident, _)| ident == key));
            let key = key.and_then(|(_, text)| responses.iter().find(|known| known.text == *text));
            let text = self.text(&response.prompt);
            let Some(key) = key.filter(|_| !text.is_empty()) else {
                note(&mut self.changed, "a line without a right answer was left out");
                continue;
            };
            let bare = response.ident.strip_prefix("response_").unwrap_or(&response.ident);
            let answer = keys.first().map(|(key, _)| key.as_str()).unwrap_or_default();
            let said = self.scored.to(&response.ident, answer, true);
            let said =
                if said.is_empty() { self.scored.feedback(&format!("{bare}_fb")).unwrap_or_default() } else { said };
            let said = said.to_owned();
            premises.push(Premise {
                id: letter(premises.len()).to_lowercase(),
                text,
                response: key.id.clone(),
                feedback: self.text(&said),
            });
        }
        if premises.is_empty() {
            return Err("none of its lines has a right answer".to_owned());
        }
        if self.tag("kind:ordering")
            && let Some(order) = self.order_of(&premises, &responses)
        {
            return Ok(order);
        }
        let heads = self.class("heads");
        let heads = heads.first().and_then(|line| line.split_once(" → "));
        let twice = |at: usize| premises[..at].iter().any(|other| other.response == premises[at].response);
        let reuse = self.tag("kind:attribution") || (0..premises.len()).any(twice);
        Ok(Interaction::Matching {
            heads: heads.map(|(one, other)| [one.to_owned(), other.to_owned()]).unwrap_or_default(),
            premises,
            responses,
            shuffle: true,
            reuse,
        })
    }

    /// What an export wrote as places: parts matched with their numbers.
    fn order_of(&mut self, premises: &[Premise], responses: &[Labelled]) -> Option<Interaction> {
        let place = |premise: &Premise| {
            let response = responses.iter().find(|response| response.id == premise.response)?;
            response.text.parse::<usize>().ok()
        };
        let mut right: Vec<(usize, String)> = Vec::new();
        let mut elements = Vec::new();
        for (at, premise) in premises.iter().enumerate() {
            right.push((place(premise)?, letter(at)));
            elements.push(Labelled { id: letter(at), text: premise.text.clone() });
        }
        right.sort();
        let by = self.class("by").concat();
        Some(Interaction::Ordering { elements, right: right.into_iter().map(|(_, id)| id).collect(), by })
    }

    /// An order of its own kind: the keys stand in the right order.
    fn order(&mut self) -> Result<Interaction, String> {
        let response = self.responses.remove(0);
        let keys = self.scored.keys(&response.ident);
        let mut elements = Vec::new();
        for (at, label) in response.labels.iter().enumerate() {
            elements.push(Labelled { id: letter(at), text: self.text(&label.html) });
        }
        let at = |key: &String| response.labels.iter().position(|label| label.ident == *key).map(letter);
        let right: Vec<String> = keys.iter().filter_map(|(key, _)| at(key)).collect();
        if right.len() != elements.len() || right.len() < 2 {
            return Err("the right order of its parts is not told".to_owned());
        }
        Ok(Interaction::Ordering { elements, right, by: self.class("by").concat() })
    }

    fn gaps(&mut self, form: Form, stem: &mut String) -> Result<Interaction, String> {
        let all = std::mem::take(&mut self.responses);
        let own = self.class("passage").concat();
        let passage = if own.is_empty() { std::mem::take(stem) } else { own };
        let listed = self.all("pilcrow_gap");
        let mut words = self.all("pilcrow_word");
        let mut gaps: Vec<(String, Vec<String>)> = Vec::new();
        let mut lists: Vec<Vec<String>> = Vec::new();
        for (at, response) in all.iter().enumerate() {
            let name = response.ident.strip_prefix("response_").unwrap_or(&response.ident).to_owned();
            let keys = self.scored.keys(&response.ident);
            let named: Vec<(&str, String)> =
                response.labels.iter().map(|label| (label.ident.as_str(), plain(&self.text(&label.html)))).collect();
            let is_key = |ident: &str| keys.iter().any(|(key, _)| key == ident);
            let right: Vec<String> = match () {
                () if response.is_typed => keys.iter().map(|(key, _)| key.clone()).collect(),
                // Of what is typed every answer that is listed is right.
                () if form == Form::Blanks => named.iter().map(|(_, text)| text.clone()).collect(),
                () => named.iter().filter(|(ident, _)| is_key(ident)).map(|(_, text)| text.clone()).collect(),
            };
            lists.push(named.into_iter().map(|(_, text)| text).collect());
            let right = listed.get(at).map_or(right, |line| line.split('|').map(str::to_owned).collect());
            if right.iter().all(String::is_empty) {
                return Err(format!("its blank “{name}” has no right answer"));
            }
            gaps.push((name, right));
        }
        if form == Form::Menus && words.is_empty() {
            if lists.windows(2).any(|pair| pair[0] != pair[1]) {
                note(&mut self.changed, "each blank had a list of its own: all words are in one list");
            }
            words = lists.concat();
            words.sort();
            words.dedup();
        }
        let pieces = pieces(&passage, &gaps);
        if pieces.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count() != gaps.len() {
            return Err("its text does not have all of its blanks".to_owned());
        }
        if stem.is_empty() {
            *stem = "Fill in the blanks.".to_owned();
            note(&mut self.changed, "“Fill in the blanks.” was set before its text");
        }
        Ok(Interaction::Gaps { passage: pieces, words })
    }

    /// What is said to foreseen errors, as an export wrote it.
    fn errors(&self) -> Vec<Accepted> {
        let error = |line: String| {
            let (text, feedback) = line.split_once(" => ").unwrap_or((&line, ""));
            Accepted { text: text.to_owned(), share: Share::NOTHING, feedback: feedback.to_owned() }
        };
        self.all("pilcrow_error").into_iter().map(error).collect()
    }

    fn unit(&mut self) -> String {
        let unit = self.class("unit").concat();
        unit.strip_prefix("____").unwrap_or(&unit).trim().to_owned()
    }

    fn number(&mut self) -> Interaction {
        let numbers = self.scored.numbers();
        let mut accepted = self.all("pilcrow_accept");
        if accepted.is_empty() {
            accepted = numbers.iter().map(|(value, _)| decimal(*value)).collect();
        }
        let right = accepted.into_iter().map(|text| Accepted { text, share: Share::ALL, feedback: String::new() });
        let answers: Vec<Accepted> = right.chain(self.errors()).collect();
        let number = numbers.first().map(|(value, tolerance)| Number {
            value: *value,
            // Margins come as bounds: what is left of adding and taking off is not the teacher’s.
            tolerance: decimal(*tolerance).parse().unwrap_or(0.0),
        });
        if numbers.windows(2).any(|pair| decimal(pair[0].1) != decimal(pair[1].1)) {
            note(&mut self.changed, "its numbers have one margin");
        }
        Interaction::Entry { answers, number, unit: self.unit() }
    }

    fn words(&mut self) -> Result<Interaction, String> {
        let response = self.responses.remove(0);
        let keys = self.scored.keys(&response.ident);
        if keys.is_empty() {
            return Err("it has no right answer".to_owned());
        }
        if self.scored.is_partly() {
            note(&mut self.changed, "a part of an answer was enough there");
        }
        let right = keys.into_iter().map(|(text, _)| Accepted { text, share: Share::ALL, feedback: String::new() });
        let answers: Vec<Accepted> = right.chain(self.errors()).collect();
        let value = answers.first().and_then(|answer| answer.text.parse::<f64>().ok());
        let number = value.filter(|value| value.is_finite() && response.is_number);
        let number = number.map(|value| Number { value, tolerance: 0.0 });
        Ok(Interaction::Entry { answers, number, unit: self.unit() })
    }

    fn written(&mut self) -> Interaction {
        let sizes = self.all("pilcrow_row");
        let rows = self.class("row").into_iter().enumerate().map(|(at, prompt)| {
            let size = sizes.get(at).and_then(|size| size.split_once(' '));
            let (points, lines) = size.unwrap_or(("1", "3"));
            let prompt = prompt.rsplit_once(" (").map_or(prompt.as_str(), |(prompt, _)| prompt).to_owned();
            Row { prompt, points: points.parse().unwrap_or(1), lines: lines.parse().unwrap_or(3) }
        });
        let rows = rows.collect();
        let notes = self.field("grading_notes").unwrap_or_default().to_owned();
        let own = self.all("pilcrow_grading");
        let plain = || notes.lines().filter(|line| !line.trim().is_empty()).map(texts::words).collect();
        Interaction::Extended {
            lines: self.field("pilcrow_lines").and_then(|lines| lines.parse().ok()).unwrap_or(6),
            rows,
            starters: self.class("starter"),
            grading: if own.is_empty() { plain() } else { own },
        }
    }
}

/// Whether the options are True and False; they are brought into this order.
fn is_true_false(response: &Response, options: &mut [Alternative], form: Form) -> bool {
    let [first, second] = response.labels.as_slice() else { return false };
    let fold = |label: &Label| plain(&from_html(&label.html).text).trim().to_lowercase();
    let is = |label: &Label, word: &str, short: &str| {
        let text = fold(label);
        text == word || text == short || form == Form::TrueFalse && label.ident.eq_ignore_ascii_case(word)
    };
    let swapped = is(first, "false", "f") && is(second, "true", "t");
    if !(swapped || is(first, "true", "t") && is(second, "false", "f")) {
        return false;
    }
    if swapped {
        options.swap(0, 1);
    }
    for (option, id) in options.iter_mut().zip(["A", "B"]) {
        option.id = id.to_owned();
        option.fixed = true;
    }
    true
}

/// A text with `[name]` for its gaps.
fn pieces(passage: &str, gaps: &[(String, Vec<String>)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = passage;
    while let Some((at, name, answers)) = gaps
        .iter()
        .filter_map(|(name, answers)| Some((rest.find(&format!("[{name}]"))?, name, answers)))
        .min_by_key(|(at, ..)| *at)
    {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        pieces.push(Piece::Gap(answers.clone()));
        rest = &rest[at + name.len() + 2..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}
