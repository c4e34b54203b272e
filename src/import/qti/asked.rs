//! An interaction of QTI → one of the common model.

use super::declared::Declared;
use super::shown::{Told, Words, found, has_class, words};
use crate::bank::Kind;
use crate::exchange::xml::Node;
use crate::exchange::{
    Alternative, ChoiceSort, HotPassage, HotSentence, Interaction, Labelled, Premise, Share, letter,
};

/// What interactions are read with.
pub(super) struct Asking<'a> {
    pub item: &'a Node,
    pub told: &'a Told,
    /// The kind that the item's tags name.
    pub kind: Option<Kind>,
    /// Pilcrow made the file: its classes mean what it means by them.
    pub is_own: bool,
    pub changed: Vec<String>,
}

/// Why an interaction is not read, as the end of a sentence.
pub(super) type Dropped = String;

pub(super) fn id_of(node: &Node) -> &str {
    node.attribute("identifier").unwrap_or_default()
}

fn is_true(node: &Node, name: &str) -> bool {
    node.attribute(name).is_some_and(|value| value.trim() == "true")
}

impl Asking<'_> {
    /// The words of a choice; pictures in it are told.
    pub(super) fn text(&mut self, node: &Node) -> String {
        let Words { mut text, pictures, changed } = words(node);
        self.note(changed);
        for (_, alt) in pictures {
            self.note(vec!["a picture in a choice became its description".to_owned()]);
            text =
                crate::exchange::inline::joined(&[&text, &format!("[{}]", crate::exchange::inline::as_markup(&alt))]);
        }
        text
    }

    pub(super) fn note(&mut self, what: Vec<String>) {
        for what in what {
            if !self.changed.contains(&what) {
                self.changed.push(what);
            }
        }
    }

    pub(super) fn declared(&self, interaction: &Node) -> Declared {
        Declared::of(self.item, interaction.attribute("responseIdentifier").unwrap_or_default())
    }

    /// An interaction that stands by itself.
    pub fn block(&mut self, interaction: &Node) -> Result<Interaction, Dropped> {
        match interaction.name.as_str() {
            "choiceInteraction" => self.choice(interaction),
            "matchInteraction" => self.matching(interaction),
            "orderInteraction" => self.ordering(interaction),
            "hottextInteraction" => self.hot_text(interaction),
            other => {
                let name = other.trim_end_matches("Interaction");
                Err(format!("a question of the form “{name}” has no like in a bank"))
            }
        }
    }

    fn choice(&mut self, interaction: &Node) -> Result<Interaction, Dropped> {
        let declared = self.declared(interaction);
        let shuffle = is_true(interaction, "shuffle");
        let nodes: Vec<&Node> = interaction.all("simpleChoice").collect();
        let right = nodes.iter().filter(|node| declared.correct.iter().any(|id| id == id_of(node))).count();
        let whole = u32::try_from(right).unwrap_or(1);
        if whole == 0 {
            return Err(no_key(&declared));
        }
        let several = whole > 1 || !declared.is_single && self.kind == Some(Kind::MultipleSelect);
        let mut options = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            let right = declared.correct.iter().any(|id| id == id_of(node));
            let share = match (right, several) {
                (true, true) => Share { of: 1, whole },
                (true, false) => Share::ALL,
                (false, true) => Share { of: -1, whole },
                (false, false) => match declared.share(id_of(node)) {
                    share if share.of > 0 => Share { of: 1, whole: 2 },
                    share => share,
                },
            };
            if !right && !several && share.of > 0 {
                self.note(vec!["an option that earns a part of the points is wrong here".to_owned()]);
            }
            let text = self.text(node);
            let fixed = !shuffle || is_true(node, "fixed");
            options.push(Alternative {
                id: letter(at),
                text,
                right,
                share,
                feedback: self.told.to_choice(node),
                fixed,
            });
        }
        if several && !declared.mapping.is_empty() && declared.mapping.iter().all(|(_, points)| *points >= 0.0) {
            self.note(vec!["a wrong choice takes a point off here".to_owned()]);
        }
        let sort = match several {
            true => ChoiceSort::Several(whole),
            false if self.is_judgment(&mut options) => ChoiceSort::TrueFalse,
            false => ChoiceSort::Single,
        };
        let shuffle = shuffle && sort != ChoiceSort::TrueFalse;
        Ok(Interaction::Choice { options, sort, shuffle })
    }

    /// True and False, in this order, whatever the file's.
    fn is_judgment(&self, options: &mut [Alternative]) -> bool {
        let [one, other] = options else { return false };
        let word = |option: &Alternative| crate::text::fold(&option.text);
        if self.kind == Some(Kind::TrueFalse) {
            return true;
        }
        let is = |option: &Alternative, wanted: &str| word(option) == wanted;
        if self.kind.is_none() && is(one, "false") && is(other, "true") {
            options.swap(0, 1);
            return true;
        }
        self.kind.is_none() && is(one, "true") && is(other, "false")
    }

    fn matching(&mut self, interaction: &Node) -> Result<Interaction, Dropped> {
        let declared = self.declared(interaction);
        let sets: Vec<&Node> = interaction.all("simpleMatchSet").collect();
        let [first, second] = sets.as_slice() else { return Err("it has not two lists".to_owned()) };
        let pairs: Vec<(&str, &str)> = declared
            .correct
            .iter()
            .filter_map(|pair| {
                let mut ids = pair.split_whitespace();
                Some((ids.next()?, ids.next()?))
            })
            .collect();
        if pairs.is_empty() {
            return Err(no_key(&declared));
        }
        let once = |of: &dyn Fn(&(&str, &str)) -> String| {
            let mut ids: Vec<String> = pairs.iter().map(of).collect();
            ids.sort();
            ids.windows(2).all(|two| two[0] != two[1])
        };
        // What is asked is the list whose every entry has one answer.
        let swapped = match (once(&|(one, _)| (*one).to_owned()), once(&|(_, other)| (*other).to_owned())) {
            (true, _) => false,
            (false, true) => true,
            (false, false) => return Err("several answers belong to one premise".to_owned()),
        };
        let (asked, answers) = if swapped { (second, first) } else { (first, second) };
        let nodes: Vec<&Node> = answers.all("simpleAssociableChoice").collect();
        let mut responses = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            responses.push(Labelled { id: letter(at), text: self.text(node) });
        }
        let mut premises = Vec::new();
        for (at, node) in asked.all("simpleAssociableChoice").enumerate() {
            let id = id_of(node);
            let answer = pairs.iter().find_map(|(one, other)| match swapped {
                false => (*one == id).then_some(*other),
                true => (*other == id).then_some(*one),
            });
            let response = answer.and_then(|answer| nodes.iter().position(|node| id_of(node) == answer));
            let Some(response) = response else {
                self.note(vec!["a premise without an answer was left out".to_owned()]);
                continue;
            };
            let (text, feedback) = (self.text(node), self.told.to_choice(node));
            premises.push(Premise { id: letter(at).to_lowercase(), text, response: letter(response), feedback });
        }
        if premises.is_empty() {
            return Err("its key names nothing in its lists".to_owned());
        }
        let reuse = nodes.iter().any(|node| node.attribute("matchMax").is_some_and(|most| most.trim() != "1"));
        let heads = match found(self.item, &|node| self.is_own && has_class(node, "heads")).first() {
            Some(node) => {
                let heads: Vec<String> = node.all("strong").map(|head| words(head).text).collect();
                heads.try_into().unwrap_or_default()
            }
            None => Default::default(),
        };
        // A response that could serve twice and does not is one of a plain matching, unless the tags say otherwise.
        let served_twice =
            premises.iter().any(|p| premises.iter().filter(|other| other.response == p.response).count() > 1);
        let reuse =
            reuse && self.kind != Some(Kind::Matching) && (served_twice || self.kind == Some(Kind::Attribution));
        Ok(Interaction::Matching { heads, premises, responses, shuffle: is_true(interaction, "shuffle"), reuse })
    }

    fn ordering(&mut self, interaction: &Node) -> Result<Interaction, Dropped> {
        let declared = self.declared(interaction);
        let nodes: Vec<&Node> = interaction.all("simpleChoice").collect();
        let place = |id: &String| nodes.iter().position(|node| id_of(node) == id);
        let right: Vec<usize> = declared.correct.iter().filter_map(place).collect();
        if right.len() < 2 {
            return Err(no_key(&declared));
        }
        if right.len() < nodes.len() {
            self.note(vec!["elements that have no place in the order were left out".to_owned()]);
        }
        let mut elements = Vec::new();
        for (at, node) in nodes.iter().enumerate().filter(|(at, _)| right.contains(at)) {
            elements.push(Labelled { id: letter(at), text: self.text(node) });
        }
        let by = found(self.item, &|node| self.is_own && has_class(node, "order"));
        let by = by.first().map(|node| words(node).text).unwrap_or_default();
        Ok(Interaction::Ordering { elements, right: right.into_iter().map(letter).collect(), by })
    }

    fn hot_text(&mut self, interaction: &Node) -> Result<Interaction, Dropped> {
        let declared = self.declared(interaction);
        let is_right = |id: &str| declared.correct.iter().any(|correct| correct == id);
        let mut passages: Vec<HotPassage> = Vec::new();
        let mut loose = false;
        for block in interaction.nodes().filter(|node| node.name != "prompt") {
            let hot = found(block, &|node| node.name == "hottext");
            if hot.is_empty() {
                loose |= !block.words().trim().is_empty();
                continue;
            }
            let place = found(block, &|node| self.is_own && has_class(node, "place"));
            let sentence = |node: &&Node| HotSentence {
                id: id_of(node).to_owned(),
                words: without_feedback(node),
                share: if is_right(id_of(node)) { Share::ALL } else { declared.share(id_of(node)) },
                feedback: self.told.to(id_of(node)),
            };
            passages.push(HotPassage {
                place: place.first().map(|node| node.words().trim().to_owned()).unwrap_or_default(),
                sentences: hot.iter().map(sentence).collect(),
            });
            let marked: usize = hot.iter().map(|node| without_feedback(node).len()).sum();
            loose |= !self.is_own && without_feedback(block).len() > marked + 2 * hot.len();
        }
        if loose {
            self.note(vec!["words between those that can be marked were left out".to_owned()]);
        }
        let all = || passages.iter().flat_map(|passage| &passage.sentences);
        let choose = u32::try_from(all().filter(|sentence| is_right(&sentence.id)).count()).unwrap_or(0);
        if choose == 0 {
            return Err(no_key(&declared));
        }
        for sentence in passages.iter_mut().flat_map(|passage| &mut passage.sentences) {
            sentence.share = match sentence.share {
                _ if is_right(&sentence.id) => Share { of: 1, whole: choose },
                Share { of: 1.., .. } => Share { of: 1, whole: 2 * choose },
                _ => Share::NOTHING,
            };
        }
        Ok(Interaction::HotText { passages, choose })
    }

    /// The lines of a list of a class that an export writes.
    pub fn list(&self, class: &str) -> Vec<String> {
        let lists = found(self.item, &|node| self.is_own && node.name == "ul" && has_class(node, class));
        lists.into_iter().flat_map(|list| list.all("li")).map(|line| words(line).text).collect()
    }
}

pub(super) fn no_key(declared: &Declared) -> Dropped {
    match declared.correct.is_empty() {
        true => "nothing in it says which answer is right".to_owned(),
        false => "its key names no choice that it has".to_owned(),
    }
}

/// Words without mark-up and without what is said to them, spaces made one.
pub(super) fn without_feedback(node: &Node) -> String {
    crate::exchange::inline::plain(&words(node).text)
}
