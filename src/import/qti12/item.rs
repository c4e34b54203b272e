//! An item → a question in the common model, a passage, or why it is neither.

use super::scored::Scored;
use super::{Reading, texts};
use crate::bank::Kind;
use crate::exchange::inline::plain;
use crate::exchange::xml::Node;
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, HotPassage, HotSentence, Interaction, Labelled, Number, Piece,
    Premise, Quoted, Row, Share, Shown, Stimulus, decimal,
};
use crate::import::{Marked, Question, from_html, kind_of};

/// What an item is.
pub(super) enum Is {
    Question(Box<Question>),
    /// What others share: its ident, and it.
    Passage(String, Stimulus),
    /// What it is called, and why it is left out.
    Nothing(String, String),
}

/// The forms of questions that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Choice,
    TrueFalse,
    Several,
    Matching,
    Menus,
    Blanks,
    Number,
    Words,
    Written,
    Order,
    Read,
}

/// Reads the item at a place of its document.
pub(super) fn of(node: &Node, reading: &mut Reading<'_>, at: usize) -> Is {
    let ident = node.attribute("ident").unwrap_or_default().trim();
    let title = node.attribute("title").unwrap_or_default().trim();
    let name = [ident, title].into_iter().find(|name| !name.is_empty()).map(str::to_owned);
    let name = name.unwrap_or_else(|| format!("question {}", at + 1));
    let Some(presentation) = node.first("presentation") else {
        return Is::Nothing(name, "it shows nothing: it has no presentation".to_owned());
    };
    let html = texts::html(presentation);
    let mut item = ItemRead {
        fields: fields(node),
        scored: Scored::of(node),
        responses: responses(presentation),
        html,
        changed: Vec::new(),
    };
    let form = match item.form() {
        Ok(form) => form,
        Err(why) => return Is::Nothing(name, why),
    };
    if form == Form::Read && !item.is_talk() {
        let id = if ident.is_empty() { format!("passage-{}", at + 1) } else { ident.to_owned() };
        return Is::Passage(ident.to_owned(), item.passage(id, title));
    }
    item.question(form, ident, reading).map_or_else(|why| Is::Nothing(name, why), |question| Is::Question(question))
}

/// The fields of the metadata: labels in small letters, and entries.
fn fields(node: &Node) -> Vec<(String, String)> {
    let named = node.below("qtimetadatafield").into_iter().filter_map(|field| {
        let label = field.first("fieldlabel")?.words().trim().to_lowercase();
        Some((label, field.first("fieldentry").map(Node::words).unwrap_or_default()))
    });
    // Blackboard has elements of its own in place of fields.
    let own = ["bbmd_questiontype", "qmd_itemtype", "qmd_weighting", "qmd_absolutescore_max"];
    let elements =
        own.into_iter().filter_map(|name| Some((name.to_owned(), node.below(name).first()?.words().trim().to_owned())));
    named.chain(elements).collect()
}

/// A response of an item.
struct Response {
    ident: String,
    /// HTML over it; often none.
    prompt: String,
    /// `Single`, `Multiple`, `Ordered`.
    cardinality: String,
    labels: Vec<Label>,
    shuffle: Option<bool>,
    is_typed: bool,
    is_number: bool,
}

struct Label {
    ident: String,
    html: String,
    fixed: bool,
}

fn responses(presentation: &Node) -> Vec<Response> {
    let mut found = Vec::new();
    let mut left: Vec<&Node> = presentation.nodes().collect();
    left.reverse();
    while let Some(node) = left.pop() {
        match node.name.as_str() {
            "response_lid" | "response_str" | "response_num" | "response_grp" => found.push(response(node)),
            _ => {
                let at = left.len();
                left.extend(node.nodes());
                left[at..].reverse();
            }
        }
    }
    found
}

fn response(node: &Node) -> Response {
    let choice = node.below("render_choice").into_iter().next();
    let fib = node.below("render_fib").into_iter().next();
    let is = |node: &Node, name: &str, value: &str| node.attribute(name).is_some_and(|v| v.eq_ignore_ascii_case(value));
    let label = |label: &Node| Label {
        ident: label.attribute("ident").unwrap_or_default().trim().to_owned(),
        html: texts::html(label),
        fixed: is(label, "rshuffle", "no") || is(label, "lock", "yes"),
    };
    let prompts: String = node.nodes().filter(|n| n.name == "material" || n.name == "flow").map(texts::html).collect();
    let labels = choice.or(fib.is_none().then_some(node)).map(|of| of.below("response_label")).unwrap_or_default();
    let number = |fib: &Node| is(fib, "fibtype", "decimal") || is(fib, "fibtype", "integer");
    Response {
        ident: node.attribute("ident").unwrap_or_default().trim().to_owned(),
        prompt: prompts,
        cardinality: node.attribute("rcardinality").unwrap_or("Single").to_lowercase(),
        labels: labels.into_iter().map(label).collect(),
        shuffle: choice.and_then(|c| c.attribute("shuffle")).map(|word| word.eq_ignore_ascii_case("yes")),
        is_typed: fib.is_some() || choice.is_none() && node.name != "response_lid",
        is_number: node.name == "response_num" || fib.is_some_and(number),
    }
}

/// `A` of the first.
fn letter(at: usize) -> String {
    let nth = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { nth(at).to_string() } else { format!("{}{}", nth(at / 26 - 1), nth(at)) }
}

struct ItemRead {
    fields: Vec<(String, String)>,
    scored: Scored,
    responses: Vec<Response>,
    html: String,
    changed: Vec<String>,
}

impl ItemRead {
    fn field(&self, label: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == label).map(|(_, entry)| entry.trim())
    }

    fn all(&self, label: &str) -> Vec<String> {
        let of = self.fields.iter().filter(|(known, _)| known == label);
        of.map(|(_, entry)| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
    }

    fn tag(&self, tag: &str) -> bool {
        self.fields.iter().any(|(label, entry)| label == "pilcrow_tag" && entry.trim() == tag)
    }

    /// What it calls itself, or what its responses show.
    fn form(&self) -> Result<Form, String> {
        let told = ["question_type", "cc_profile", "bbmd_questiontype", "qmd_itemtype"];
        let told = told.into_iter().find_map(|label| self.field(label)).unwrap_or_default().to_lowercase();
        let known = match told.as_str() {
            "multiple_choice_question" | "cc.multiple_choice.v0p1" | "multiple choice" => Form::Choice,
            "true_false_question" | "cc.true_false.v0p1" | "true/false" | "either/or" => Form::TrueFalse,
            "multiple_answers_question" | "cc.multiple_response.v0p1" | "multiple answer" => Form::Several,
            "matching_question" | "matching" if self.responses.len() > 1 => Form::Matching,
            "multiple_dropdowns_question" => Form::Menus,
            "fill_in_multiple_blanks_question" => Form::Blanks,
            "numerical_question" | "numeric" => Form::Number,
            "short_answer_question" | "cc.fib.v0p1" | "cc.pattern_match.v0p1" | "fill in the blank" => Form::Words,
            "essay_question" | "cc.essay.v0p1" | "essay" | "short response" => Form::Written,
            "ordering_question" | "ordering" => Form::Order,
            "text_only_question" => Form::Read,
            "calculated_question" | "formula_question" | "calculated" => {
                return Err("a calculated question, whose numbers change, has no like in a bank".to_owned());
            }
            "file_upload_question" | "file upload" => {
                return Err("a file is handed in, which a sheet cannot ask for".to_owned());
            }
            "hot_spot_question" | "hot spot" => {
                return Err("a spot on a picture is asked for, which has no like in a bank".to_owned());
            }
            "categorization_question" => {
                return Err("things are sorted into groups, which has no like in a bank".to_owned());
            }
            _ => return self.guessed(&told),
        };
        Ok(known)
    }

    fn guessed(&self, told: &str) -> Result<Form, String> {
        let Some(first) = self.responses.first() else {
            return Err("it asks for no response".to_owned());
        };
        let typed = self.responses.iter().filter(|response| response.is_typed).count();
        Ok(match (self.responses.len(), typed) {
            (1, 1) if first.is_number => Form::Number,
            (1, 1) if self.scored.keys(&first.ident).is_empty() => Form::Written,
            (1, 1) => Form::Words,
            (1, 0) if first.cardinality == "ordered" => Form::Order,
            (1, 0) if first.cardinality == "multiple" => Form::Several,
            (1, 0) => Form::Choice,
            (_, 0) => Form::Matching,
            (all, typed) if all == typed => Form::Blanks,
            _ if told.is_empty() => return Err("it asks for responses of several kinds".to_owned()),
            _ => return Err(format!("its type “{told}” is not known")),
        })
    }

    /// Whether a text without a question is one to talk about, as an export wrote it.
    fn is_talk(&self) -> bool {
        let classes = ["stance", "follow-up", "norm"];
        self.tag("kind:discussion") || classes.iter().any(|class| !texts::paragraphs(&self.html, class).is_empty())
    }

    fn text(&mut self, html: &str) -> String {
        texts::text(html, &mut self.changed)
    }

    /// The paragraphs of a class, as authored text.
    fn class(&mut self, class: &str) -> Vec<String> {
        let html = self.html.clone();
        texts::paragraphs(&html, class).into_iter().map(|inner| self.text(inner)).collect()
    }

    fn passage(&mut self, id: String, title: &str) -> Stimulus {
        let html = self.html.clone();
        if !texts::is_own(&html) {
            let words = self.text(&html);
            let title = if title.is_empty() { id.clone() } else { title.to_owned() };
            let passages = vec![Shown::Text(words, title.clone())];
            return Stimulus { id, title, intro: String::new(), passages };
        }
        let quoted = |inner: &str| texts::quoted(inner).map(|(place, words)| Shown::Quoted(Quoted { place, words }));
        let mut passages: Vec<Shown> = texts::paragraphs(&html, "set-quoted").into_iter().filter_map(quoted).collect();
        for inner in self.class("set-text") {
            let (words, source) = inner.rsplit_once(" (").unwrap_or((&inner, ""));
            passages.push(Shown::Text(words.to_owned(), source.trim_end_matches(')').to_owned()));
        }
        let intro = self.class("set-intro").concat();
        Stimulus { id, title: title.to_owned(), intro, passages }
    }

    /// The question, or why there is none.
    fn question(mut self, form: Form, ident: &str, reading: &mut Reading<'_>) -> Result<Box<Question>, String> {
        let own = texts::is_own(&self.html);
        let html = self.html.clone();
        let Marked { pictures, text, changed } = from_html(&html);
        let mut stem = if own { self.class("stem").concat() } else { text };
        if !own {
            changed.iter().for_each(|what| texts::note(&mut self.changed, what));
        }
        let picture = self.pictures(&pictures, reading);
        let interaction = self.interaction(form, &mut stem)?;
        if stem.is_empty() {
            return Err("it has no text".to_owned());
        }
        let kind = self.all("pilcrow_tag").iter().find_map(|tag| tag.strip_prefix("kind:")?.parse::<Kind>().ok());
        let said = self.said();
        let points = self.points(&interaction);
        let stimulus = self.field("parent_stimulus_item_ident").and_then(|ident| reading.passage_of(ident));
        let exercise = Exercise {
            id: ident.strip_prefix("q-").unwrap_or(ident).to_owned(),
            item: String::new(),
            kind: kind.unwrap_or_else(|| kind_of(&interaction)),
            number: None,
            stem,
            figure: None,
            stimulus,
            points,
            gate: self.field("pilcrow_gate").map(str::to_owned),
            interaction,
            explanation: said.explanation,
            evidence: said.evidence,
            hints: said.hints,
            teacher_note: self.all("pilcrow_note").join("\n"),
            tags: self.all("pilcrow_tag"),
            lost: Vec::new(),
        };
        Ok(Box::new(Question { exercise, picture, changed: self.changed }))
    }

    /// The first picture stands over the question.
    fn pictures(&mut self, pictures: &[(String, String)], reading: &mut Reading<'_>) -> Option<usize> {
        let mut over = None;
        for (source, alt) in pictures {
            match reading.picture(source, alt) {
                Some(at) if over.is_none() => over = Some(at),
                Some(_) => texts::note(&mut self.changed, "an item has one picture: the others are left out"),
                None => texts::note(&mut self.changed, "a picture that the file does not have was left out"),
            }
        }
        over
    }

    fn interaction(&mut self, form: Form, stem: &mut String) -> Result<Interaction, String> {
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
            texts::note(&mut self.changed, "answers that earned a part earn nothing");
        }
        let count = response.labels.iter().filter(|label| right(&label.ident)).count();
        if let Some((lost, _)) = keys.iter().find(|(key, _)| response.labels.iter().all(|label| label.ident != *key)) {
            return Err(format!("its key names the option “{lost}”, which is not there"));
        }
        let whole = u32::try_from(count).ok().filter(|whole| *whole > 0).ok_or("no option is marked as right")?;
        if let Some(hot) = self.hot_text(&response, &right, whole) {
            return Ok(hot);
        }
        // More than one answer earns all: each would do. On paper that is a choice of several.
        let several = form == Form::Several && (count > 1 || self.tag("kind:multiple-select")) || count > 1;
        if form != Form::Several && count > 1 {
            texts::note(&mut self.changed, "several of its options are right, so all of them are asked for");
        }
        let shuffle = response.shuffle.unwrap_or(true);
        let mut options: Vec<Alternative> = Vec::new();
        for (at, label) in response.labels.iter().enumerate() {
            let feedback = self.scored.to(&response.ident, &label.ident, false).to_owned();
            let mut text = self.text(&label.html);
            if text.is_empty() {
                text = texts::words(&label.ident);
                texts::note(&mut self.changed, "an option without a text has its ident as text");
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
            for at in crate::letter::sentences(words) {
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
                texts::note(&mut self.changed, "a line without a right answer was left out");
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
        if self.tag("kind:ordering") {
            if let Some(order) = self.order_of(&premises, &responses) {
                return Ok(order);
            }
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
                texts::note(&mut self.changed, "each blank had a list of its own: all words are in one list");
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
            texts::note(&mut self.changed, "“Fill in the blanks.” was set before its text");
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
            texts::note(&mut self.changed, "its numbers have one margin");
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
            texts::note(&mut self.changed, "a part of an answer was enough there");
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
        Interaction::Extended {
            lines: self.field("pilcrow_lines").and_then(|lines| lines.parse().ok()).unwrap_or(6),
            rows,
            starters: self.class("starter"),
            grading: notes.lines().filter(|line| !line.trim().is_empty()).map(texts::words).collect(),
        }
    }

    /// What is said after an answer.
    fn said(&mut self) -> Said {
        let mut said = Said { hints: self.all("pilcrow_hint"), ..Said::default() };
        let general = self.scored.feedback("general_fb").unwrap_or_default().to_owned();
        if texts::is_own(&general) {
            said.explanation = texts::paragraphs(&general, "why")
                .into_iter()
                .map(|inner| self.text(inner))
                .collect::<Vec<_>>()
                .join(" ");
            let quoted = |inner: &str| texts::quoted(inner).map(|(place, words)| Quoted { place, words });
            said.evidence = texts::paragraphs(&general, "evidence").into_iter().filter_map(quoted).collect();
        } else {
            said.explanation = self.text(&general);
        }
        let wrong = self.scored.feedback("general_incorrect_fb").unwrap_or_default().to_owned();
        let hints = texts::paragraphs(&wrong, "hint");
        if !hints.is_empty() {
            said.hints = hints.into_iter().map(|inner| self.text(inner)).collect();
        } else if !wrong.trim().is_empty() {
            said.hints.push(self.text(&wrong));
            texts::note(&mut self.changed, "what is said after a wrong answer became a hint");
        }
        for ident in ["correct_fb", "correct", "solution"] {
            let right = self.scored.feedback(ident).unwrap_or_default().to_owned();
            let right = self.text(&right);
            if !right.is_empty() && right != said.explanation {
                said.explanation = [said.explanation.as_str(), &right].join(" ").trim().to_owned();
                texts::note(&mut self.changed, "what is said after a right answer stands in the explanation");
            }
        }
        let hint = self.scored.feedback("hint").unwrap_or_default().to_owned();
        if !hint.is_empty() {
            said.hints.push(self.text(&hint));
        }
        said
    }

    fn points(&mut self, interaction: &Interaction) -> u32 {
        let labels = ["points_possible", "cc_weighting", "qmd_weighting", "qmd_absolutescore_max"];
        let told = labels.into_iter().find_map(|label| self.field(label)?.parse::<f64>().ok());
        let parts = match interaction {
            Interaction::Choice { options, .. } => options.iter().filter(|option| option.right).count(),
            Interaction::Matching { premises, .. } => premises.len(),
            Interaction::Ordering { elements, .. } => elements.len().saturating_sub(1),
            Interaction::Gaps { passage, .. } => passage.iter().filter(|p| matches!(p, Piece::Gap(_))).count(),
            _ => 1,
        };
        let parts = f64::from(u32::try_from(parts).unwrap_or(1));
        let by_parts = !matches!(
            interaction,
            Interaction::Extended { .. } | Interaction::Talk { .. } | Interaction::HotText { .. }
        );
        let points = told.filter(|points| points.is_finite() && *points >= 0.0).unwrap_or(parts);
        let own = self.fields.iter().any(|(label, _)| label.starts_with("pilcrow_"));
        if by_parts && !own && (points - parts).abs() > 1e-9 {
            self.changed.push(format!("its {} points follow from its parts here", decimal(points)));
        }
        // The nearest whole number: banks know no parts of points.
        let whole =
            (0..=100u32).min_by(|a, b| (f64::from(*a) - points).abs().total_cmp(&(f64::from(*b) - points).abs()));
        if !by_parts && (points - points.round()).abs() > 1e-9 {
            self.changed.push(format!("its {} points became a whole number", decimal(points)));
        }
        whole.unwrap_or(1)
    }
}

/// What is said after an answer.
#[derive(Default)]
struct Said {
    explanation: String,
    evidence: Vec<Quoted>,
    hints: Vec<String>,
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
    if !swapped && !(is(first, "true", "t") && is(second, "false", "f")) {
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
