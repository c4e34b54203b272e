//! The fields of each kind, from the interaction: choices, pairs, orders, gaps, numbers.

use super::{Making, cited, tagged_place, text, typed};
use crate::assemble::is_logical;
use crate::bank::raw::{
    RawAttributed, RawChoice, RawCorrection, RawElement, RawHeads, RawItem, RawPair, RawQuote, RawRemark, RawSpeaker,
    YesNo,
};
use crate::bank::{Basis, ClozeMode, Kind, Order, Pin, Verdict};
use crate::exchange::inline::plain;
use crate::exchange::{
    Accepted, Alternative, ChoiceSort, Exercise, Interaction, Labelled, Number, Piece, Premise, Quoted, Share,
    in_a_tag, tagged_run,
};
use crate::import::kind_of;
use crate::letter::Place;
use crate::text::Folded;

impl Making<'_> {
    /// The item with the fields of its kind.
    pub(super) fn item(&mut self, id: &str, second: Option<&Exercise>) -> RawItem<'static> {
        let exercise = self.exercise;
        let kind = kind_of(&exercise.interaction);
        let mut raw = RawItem::empty(id, kind);
        raw.stem = Some(typed(&exercise.stem));
        raw.explanation = typed(&exercise.explanation);
        match &exercise.interaction {
            Interaction::Choice { options, sort, shuffle } => self.choice(&mut raw, (options, *sort, *shuffle), second),
            Interaction::Matching { premises, responses, .. } if kind == Kind::Attribution => {
                self.attribution(&mut raw, premises, responses);
            }
            Interaction::Matching { heads, premises, responses, .. } => {
                self.matching(&mut raw, heads, (premises, responses));
            }
            Interaction::Ordering { elements, right, .. } => self.ordering(&mut raw, elements, right),
            Interaction::Gaps { passage, words } => self.gaps(&mut raw, passage, words),
            Interaction::Entry { answers, number, unit } if kind == Kind::Numeric => {
                Self::numeric(&mut raw, answers, *number, unit);
            }
            _ => self.open(&mut raw),
        }
        raw
    }

    fn choice(
        &mut self,
        raw: &mut RawItem<'static>,
        (options, sort, shuffle): (&[Alternative], ChoiceSort, bool),
        second: Option<&Exercise>,
    ) {
        let kind = self.exercise.kind;
        let (right, wrong): (Vec<&Alternative>, Vec<&Alternative>) = options.iter().partition(|option| option.right);
        if sort == ChoiceSort::TrueFalse {
            return self.judged(raw, options);
        }
        if kind == Kind::StatementCheck && options.len() == 3 && right.len() == 1 {
            let at = options.iter().position(|option| option.right).unwrap_or(0);
            raw.kind = Kind::StatementCheck;
            raw.statement = raw.stem.take();
            raw.verdict = Verdict::ALL.get(at).copied();
            raw.because = right.first().map(|option| typed(&option.feedback));
            return;
        }
        let last = options.len().saturating_sub(1);
        let pinned = |option: &Alternative| {
            let at = options.iter().position(|other| other == option)?;
            (shuffle && option.fixed).then_some(if at == 0 {
                Pin::First
            } else if at == last {
                Pin::Last
            } else {
                return None;
            })
        };
        let made = |option: &&Alternative| RawChoice { pin: pinned(option), ..as_choice(option) };
        raw.distractors = wrong.iter().map(made).collect();
        if right.len() > 1 {
            raw.keys = right.iter().map(made).collect();
        } else {
            raw.kind = Kind::SingleChoice;
            raw.key = right.first().map(made).map(Box::new);
        }
        if let (Kind::PairedEvidence, Some(second)) = (kind, second) {
            self.paired(raw, second);
        } else if !shuffle {
            self.fixed(raw, options);
        }
        if kind == Kind::Vocabulary && right.len() == 1 && self.vocabulary(raw).is_none() {
            self.changed.push("it is a single-choice now: the file does not tell the word and its phrase".to_owned());
        }
    }

    /// The word and its phrase, which stand among the tags. Where the phrase is not told it is the shortest quotation
    /// that has the word.
    fn vocabulary(&self, raw: &mut RawItem<'static>) -> Option<()> {
        let exercise = self.exercise;
        let tag = exercise.tagged("word").next()?;
        let named = exercise.tags.iter().filter_map(|tag| tagged_place(tag));
        let anywhere = self.ground.letter.paragraphs.iter().map(|paragraph| Place::Paragraph(paragraph.number));
        let more = (2..).map_while(|n| exercise.tagged(&format!("phrase-{n}")).next().map(str::to_owned));
        let phrase: Vec<String> = exercise.tagged("phrase").take(1).map(str::to_owned).chain(more).collect();
        let phrase = phrase.join("-");
        let told = named.chain(anywhere).find_map(|place| {
            let text = self.ground.letter.text_at(place)?;
            Some((place, text[tagged_run(text, &phrase)?].to_owned()))
        });
        let quoted = || {
            let located = exercise.evidence.iter().filter_map(|quoted| self.locate(quoted));
            let with_word = located.filter(|(_, words)| tagged_run(words, tag).is_some());
            with_word.min_by_key(|(_, words)| words.len())
        };
        let (place, phrase) = told.or_else(quoted)?;
        let word = &phrase[tagged_run(&phrase, tag)?];
        raw.kind = Kind::Vocabulary;
        raw.word = Some(typed(word));
        for choice in &mut raw.distractors {
            // A long one is cut off.
            let words = in_a_tag(&plain(&choice.text));
            let is_sense = exercise.tagged("other-sense").any(|sense| words.starts_with(sense));
            choice.other_sense = is_sense.then_some(YesNo(true));
        }
        raw.phrase = Some(RawQuote { cite: cited(place), quote: typed(&phrase) }.into());
        Some(())
    }

    /// Options that the other program keeps in their order: numbers, dates and the alphabet are an order here too.
    fn fixed(&mut self, raw: &mut RawItem<'static>, options: &[Alternative]) {
        let texts: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
        if is_logical(&texts) {
            raw.order = Some(Order::Logical);
        } else {
            self.changed.push(
                "its options kept their order, and are shuffled here: pin some, or write `order: text`".to_owned(),
            );
        }
    }

    /// True or false. What the export wrote before the explanation is the correction.
    fn judged(&mut self, raw: &mut RawItem<'static>, options: &[Alternative]) {
        // By their words where these tell, else by their order.
        let says_false = |option: &Alternative| plain(&option.text).trim().eq_ignore_ascii_case("false");
        let place_of_true = usize::from(options.first().is_some_and(says_false));
        let is_true = options.iter().position(|option| option.right) == Some(place_of_true);
        let because = options.iter().find(|option| option.right).map_or("", |option| option.feedback.as_str());
        raw.statement = raw.stem.take();
        raw.because = Some(typed(because));
        raw.answer = Some(text(if is_true { "true" } else { "false" }));
        if is_true {
            return;
        }
        let statement = raw.statement.as_deref().unwrap_or_default().to_owned();
        let corrected = self.exercise.explanation.split_once(" → ").and_then(|(replace, rest)| {
            let (with, explanation) = rest.split_once(". ").or_else(|| Some((rest.strip_suffix('.')?, "")))?;
            let inside = Folded::new(&statement).find(&Folded::new(replace)).is_some();
            inside.then(|| (replace.to_owned(), with.to_owned(), explanation.to_owned()))
        });
        let (replace, with) = match corrected {
            Some((replace, with, explanation)) => {
                raw.explanation = typed(&explanation);
                (replace, with)
            }
            None => {
                self.comments
                    .push(("correction", "TO DO: the words that are false, and what they should be".to_owned()));
                self.not_yet(raw, "a false statement needs its correction");
                (statement, "[the right words]".to_owned())
            }
        };
        raw.correction = Some(Box::new(RawCorrection {
            replace: typed(&replace),
            with: typed(&with),
            accept: Vec::new(),
            must_mention: Vec::new(),
            reject: Vec::new(),
        }));
    }

    /// Each answer with the quotation that has the same reason.
    fn paired(&mut self, raw: &mut RawItem<'static>, second: &Exercise) {
        let Interaction::Choice { options, .. } = &second.interaction else { return };
        let words =
            |option: &Alternative| plain(&option.text).trim_matches(['“', '”']).replace('‘', "“").replace('’', "”");
        let mut prove = |choice: &mut RawChoice<'static>| {
            let option =
                options.iter().find(|option| !option.feedback.is_empty() && option.feedback == *choice.because)?;
            let raw_words = plain(&option.text);
            let inner = raw_words.trim_matches(['“', '”']);
            let found = [inner.to_owned(), words(option)].into_iter();
            let quoted = |words: String| Quoted { place: String::new(), words };
            let (place, words) = found.filter_map(|words| self.locate(&quoted(words))).next()?;
            choice.cite = Some(cited(place));
            choice.quote = Some(typed(&words));
            Some(())
        };
        let proved =
            raw.key.as_deref_mut().into_iter().chain(&mut raw.distractors).map(&mut prove).all(|found| found.is_some());
        let bare = |text: &str| text.split_once("** ").map_or(text, |(_, rest)| rest).to_owned();
        raw.stem = Some(typed(&bare(&self.exercise.stem)));
        if proved {
            raw.kind = Kind::PairedEvidence;
            raw.part_b = Some(typed(&bare(&second.stem)));
        } else {
            for choice in raw.key.as_deref_mut().into_iter().chain(&mut raw.distractors) {
                choice.cite = None;
                choice.quote = None;
            }
            self.changed.push(
                "its Part B, the choice of evidence, was left out: the letter does not have the words".to_owned(),
            );
        }
    }

    fn matching(
        &mut self,
        raw: &mut RawItem<'static>,
        heads: &[String; 2],
        (premises, responses): (&[Premise], &[Labelled]),
    ) {
        let of = |id: &str| responses.iter().find(|response| response.id == id).map_or("", |r| r.text.as_str());
        let head = |at: usize, usual: &str| typed(if heads[at].is_empty() { usual } else { &heads[at] });
        raw.heads =
            Some(RawHeads { premises: head(0, "What is asked"), responses: head(1, "What belongs to it") }.into());
        let pair = |premise: &Premise| RawPair {
            premise: text(&premise.text),
            response: text(of(&premise.response)),
            because: typed(&premise.feedback),
        };
        raw.pairs = premises.iter().map(pair).collect();
        let unused = responses.iter().filter(|response| premises.iter().all(|premise| premise.response != response.id));
        let unused: Vec<&str> = unused.map(|response| response.text.as_str()).collect();
        let reasons = self.reasons_in_note(&unused);
        let remark = |(at, response): (usize, &&str)| {
            let because = reasons.iter().find(|(of, _)| *of == at).map_or("", |(_, why)| why.as_str());
            RawRemark { text: text(response), because: typed(because) }
        };
        raw.extra_responses = unused.iter().enumerate().map(remark).collect();
    }

    /// Why responses belong to no premise, which an export tells at the end of the teacher’s note: `response: reason`. What is
    /// before them is the note.
    fn reasons_in_note(&mut self, responses: &[&str]) -> Vec<(usize, String)> {
        let note = &self.exercise.teacher_note;
        let begin =
            |(of, response): (usize, &&str)| Some((note.find(&format!("{response}: "))?, of, response.len() + 2));
        let mut found: Vec<(usize, usize, usize)> = responses.iter().enumerate().filter_map(begin).collect();
        found.sort_unstable();
        let ends = found.iter().skip(1).map(|(at, ..)| *at).chain([note.len()]);
        let reason = |((at, of, length), end): (&(usize, usize, usize), usize)| {
            Some((*of, note.get(at + length..end)?.trim().to_owned()))
        };
        let reasons = found.iter().zip(ends).filter_map(reason).collect();
        if let Some((at, ..)) = found.first() {
            self.note = note[..*at].trim().to_owned();
        }
        reasons
    }

    fn attribution(&mut self, raw: &mut RawItem<'static>, premises: &[Premise], responses: &[Labelled]) {
        let speaker = |id: &str| format!("speaker-{}", id.to_lowercase());
        raw.speakers =
            responses.iter().map(|r| RawSpeaker { id: typed(&speaker(&r.id)), text: typed(&r.text) }).collect();
        raw.statements = premises
            .iter()
            .map(|premise| {
                let words = plain(&premise.text).trim_matches(['“', '”']).to_owned();
                let place = self.locate(&Quoted { place: String::new(), words }).map(|(place, _)| place);
                RawAttributed {
                    text: typed(&premise.text),
                    speaker: typed(&speaker(&premise.response)),
                    cite: cited(place.unwrap_or_else(|| self.first_place())),
                    because: typed(&premise.feedback),
                    misconception: None,
                }
            })
            .collect();
    }

    /// The first place that the question names, or ¶1.
    pub(super) fn first_place(&self) -> Place {
        let mut tagged = self.exercise.tags.iter().filter_map(|tag| tagged_place(tag));
        tagged.find(|place| self.ground.letter.text_at(*place).is_some()).unwrap_or(Place::Paragraph(1))
    }

    /// The last quotations are the elements' own, if there are enough of them.
    fn ordering(&mut self, raw: &mut RawItem<'static>, elements: &[Labelled], right: &[String]) {
        let evidence = &self.exercise.evidence;
        let own = evidence.len().checked_sub(right.len()).map(|from| &evidence[from..]);
        let mut quoted = Vec::new();
        for (at, id) in right.iter().enumerate() {
            let found = own.and_then(|own| self.locate(own.get(at)?));
            quoted.extend(found.clone());
            let (place, words) = found.unwrap_or((self.first_place(), String::new()));
            raw.elements.push(RawElement {
                text: typed(elements.iter().find(|element| element.id == *id).map_or("", |element| &element.text)),
                cite: cited(place),
                quote: typed(&words),
                when: None,
            });
        }
        // Elements that stand otherwise in the letter than in their order are ordered by something else.
        let start = |(place, words): &(Place, String)| {
            let text = self.ground.letter.text_at(*place)?;
            Some((*place, text.find(words.as_str())?))
        };
        let as_they_stand = quoted.windows(2).all(|two| start(&two[0]) < start(&two[1]));
        let told = self.exercise.tagged("basis").next().and_then(|word| word.parse().ok());
        let basis = told.unwrap_or(if as_they_stand { Basis::Text } else { Basis::Time });
        raw.basis = Some(basis);
        if basis == Basis::Time {
            self.comments
                .push(("elements", "TO DO: when each was: `when: 1961`, `1961-07` or `1961-07-25`".to_owned()));
            self.changed.push("the dates of its elements, which the file does not have, are yours to add".to_owned());
        }
        if quoted.len() < right.len() {
            self.comments.push(("elements", "TO DO: where each stands, and the words there".to_owned()));
            self.not_yet(raw, "each element needs its place in the letter");
        }
    }

    fn gaps(&mut self, raw: &mut RawItem<'static>, passage: &[Piece], words: &[String]) {
        let mut marked = String::new();
        let mut whole = String::new();
        let mut answers: Vec<&str> = Vec::new();
        for piece in passage {
            match piece {
                Piece::Text(text) => {
                    // Braces of its own are no gap.
                    marked.push_str(&text.replace("{{", "{ {").replace("}}", "} }"));
                    whole.push_str(&plain(text));
                }
                Piece::Gap(accepted) => {
                    let clean: Vec<String> = accepted.iter().map(|word| word.replace(['{', '}', '|'], " ")).collect();
                    marked += &format!("{{{{{}}}}}", clean.join("|"));
                    let first = accepted.first().map_or("", String::as_str);
                    whole.push_str(first);
                    answers.push(first);
                }
            }
        }
        let mut left: Vec<&String> = words.iter().collect();
        for answer in answers {
            if let Some(at) = left.iter().position(|word| *word == answer) {
                left.remove(at);
            }
        }
        let wanted = Folded::new(&whole);
        let mut paragraphs = self.ground.letter.paragraphs.iter();
        let verbatim = self.ground.given && paragraphs.any(|p| Folded::new(&p.text).find(&wanted).is_some());
        raw.mode = Some(if verbatim { ClozeMode::Verbatim } else { ClozeMode::Summary });
        raw.passage = Some(typed(&marked));
        raw.extra_words = left.into_iter().map(|word| text(word)).collect();
    }

    fn numeric(raw: &mut RawItem<'static>, answers: &[Accepted], number: Option<Number>, unit: &str) {
        let right = |answer: &&Accepted| answer.share == Share::ALL;
        let mut accepted = answers.iter().filter(right);
        raw.answer = accepted.next().map(|answer| text(&answer.text));
        raw.accept = accepted.map(|answer| text(&answer.text)).collect();
        raw.known_errors = answers
            .iter()
            .filter(|answer| !right(answer))
            .map(|answer| RawRemark { text: text(&answer.text), because: typed(&answer.feedback) })
            .collect();
        raw.tolerance = number.map(|number| number.tolerance).filter(|tolerance| *tolerance > 0.0);
        raw.unit = (!unit.is_empty()).then(|| typed(unit));
    }

    /// A quotation that was found, for fields that have one.
    pub(super) fn quotation(&self, words: &str) -> Option<RawQuote<'static>> {
        let quoted = Quoted { place: self.first_place().to_string(), words: words.to_owned() };
        self.locate(&quoted).map(|(place, words)| RawQuote { cite: cited(place), quote: typed(&words) })
    }
}

fn as_choice(option: &Alternative) -> RawChoice<'static> {
    RawChoice {
        text: text(&option.text),
        because: typed(&option.feedback),
        misconception: None,
        cite: None,
        quote: None,
        pin: None,
        other_sense: None,
    }
}
