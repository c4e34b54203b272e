//! An item → the questions of a bank that it is.

use super::asked::Asking;
use super::declared::max_score;
use super::package::Documents;
use super::pictures::Pictures;
use super::shown::{HERE, INLINE, Told, Words, found, has_class, is_shared, stimuli, words, words_with};
use crate::bank::Kind;
use crate::exchange::inline::joined;
use crate::exchange::xml::{Child, MOST_OF_AN_ITEM, Node};
use crate::exchange::{Exercise, Interaction, Stimulus};
use crate::import::exercise::{exercise, points};
use crate::import::{Entry, Question, kind_of};

/// What items of a package share while they are read.
pub(super) struct Reading<'a> {
    pub documents: &'a Documents,
    pub pictures: Pictures<'a>,
    pub stimuli: Vec<Stimulus>,
}

/// An item in reading.
struct Item<'a> {
    node: &'a Node,
    path: &'a str,
    id: String,
    is_own: bool,
    tags: Vec<String>,
    kind: Option<Kind>,
}

/// Rubrics: for those who mark, who teach, and who answer.
#[derive(Default)]
struct Rubrics {
    grading: Vec<String>,
    note: String,
    hints: Vec<String>,
    asked: String,
    changed: Vec<String>,
}

/// Words around interactions that are no part of what is asked.
const APART: [&str; 8] = ["heads", "order", "stimulus", "starters", "stance", "follow-ups", "norms", "caption"];

impl Reading<'_> {
    /// The questions of an item, or why there is none.
    pub fn item(&mut self, path: &str, tool: &str) -> Vec<Entry> {
        let documents = self.documents;
        let node = match documents.item(path) {
            Ok(node) => node,
            Err(why) => {
                let name = if path.is_empty() { "the file" } else { path };
                return vec![Entry::Dropped { name: name.to_owned(), why }];
            }
        };
        let is_own = node.attribute("toolName") == Some(tool);
        let named = node.attribute("identifier").or(node.attribute("title")).unwrap_or_default();
        let id = if is_own { named.strip_prefix("q-").unwrap_or(named) } else { named };
        let tags = documents.keywords(path);
        let kind = tags.iter().find_map(|tag| tag.strip_prefix("kind:")?.parse::<Kind>().ok());
        let item = Item { node, path, id: id.to_owned(), is_own, tags, kind };
        match self.questions(&item) {
            Ok(entries) => entries,
            Err(why) => {
                let name = if item.id.is_empty() { path.to_owned() } else { item.id };
                vec![Entry::Dropped { name, why }]
            }
        }
    }

    fn questions(&mut self, item: &Item<'_>) -> Result<Vec<Entry>, String> {
        if item.node.first("templateDeclaration").is_some() {
            return Err("its numbers are made anew for each pupil".to_owned());
        }
        if item.node.count() > MOST_OF_AN_ITEM {
            return Err(format!("it has more than {MOST_OF_AN_ITEM} elements"));
        }
        let body = item.node.first("itemBody").ok_or("it has no body")?;
        let is_interaction = |node: &Node| node.name.ends_with("Interaction") && node.name != "endAttemptInteraction";
        let all = found(body, &is_interaction);
        let names: Vec<String> = item
            .node
            .below("simpleChoice")
            .into_iter()
            .chain(item.node.below("simpleAssociableChoice"))
            .chain(item.node.below("hottext"))
            .filter_map(|node| node.attribute("identifier").map(str::to_owned))
            .chain(
                all.iter()
                    .flat_map(|node| {
                        let said =
                            super::declared::said(item.node, node.attribute("responseIdentifier").unwrap_or_default());
                        said.into_iter().map(|said| said.feedback)
                    })
                    .filter(|name| name != "explanation"),
            )
            .collect();
        let told = Told::of(item.node, &names);
        let rubrics = rubrics(body, item.is_own);
        let mut asking =
            Asking { item: item.node, told: &told, kind: item.kind, is_own: item.is_own, changed: Vec::new() };
        let shown = Shown::of(body, item.is_own);
        let mut changed = rubrics.changed.clone();
        changed.extend(told.changed.iter().cloned());
        changed.extend(shown.changed.iter().cloned());
        if item.node.attribute("adaptive") == Some("true") {
            changed.push("its steps after a wrong answer are left out".to_owned());
        }
        if !body.below("endAttemptInteraction").is_empty() {
            changed.push("a button was left out".to_owned());
        }
        let lead = joined(&[&rubrics.asked, &shown.lead]);
        let parts = parts(&all, item, &shown, (&lead, rubrics.grading.clone()), &mut asking)?;
        changed.extend(asking.changed);
        let (picture, more) = self.pictures.of(item.path, &shown.pictures);
        changed.extend(more);
        let stimulus = self.stimulus(item);
        let several = parts.len() > 1;
        if several && item.kind != Some(Kind::PairedEvidence) {
            changed.push(format!("its {} parts are questions of their own", parts.len()));
        }
        let all_points = max_score(item.node).filter(|_| !several);
        let mut entries = Vec::new();
        for (at, (stem, interaction)) in parts.into_iter().enumerate() {
            let end = if at == 0 {
                String::new()
            } else {
                format!("-{}", char::from(b'a' + u8::try_from(at % 26).unwrap_or(0)))
            };
            let mut changed = if at == 0 { std::mem::take(&mut changed) } else { Vec::new() };
            changed.dedup();
            let stem = if stem.is_empty() {
                changed.push("its title is asked, as it has no other words".to_owned());
                crate::exchange::inline::as_markup(item.node.attribute("title").unwrap_or_default())
            } else {
                stem
            };
            let kind = match item.kind {
                Some(kind) if !several || kind == Kind::PairedEvidence => kind,
                _ => kind_of(&interaction),
            };
            let points = points(all_points, &interaction, &mut changed);
            let exercise = Exercise {
                kind,
                stimulus,
                points,
                gate: (at > 0 && kind == Kind::PairedEvidence).then(|| item.id.clone()),
                explanation: told.explanation.clone(),
                evidence: told.evidence.clone(),
                hints: rubrics.hints.clone(),
                teacher_note: rubrics.note.clone(),
                tags: item.tags.clone(),
                ..exercise(format!("{}{end}", item.id), stem, interaction)
            };
            entries.push(Entry::Question(Box::new(Question { exercise, picture, changed })));
        }
        Ok(entries)
    }

    /// Index of the passage that the item shares with others; the same words are the same passage.
    fn stimulus(&mut self, item: &Item<'_>) -> Option<usize> {
        let mut all = stimuli(item.node, item.path, self.documents);
        let mut first = all.drain(..).reduce(|mut one, other| {
            one.passages.extend(other.passages);
            one
        })?;
        if first.id.is_empty() {
            first.id = format!("passage-{}", self.stimuli.len() + 1);
        }
        let known = self.stimuli.iter().position(|known| known.passages == first.passages);
        Some(known.unwrap_or_else(|| {
            self.stimuli.push(first);
            self.stimuli.len() - 1
        }))
    }
}

/// What stands in the body beside interactions.
struct Shown {
    /// Before the first of them.
    lead: String,
    /// What has interactions in its lines, with their places.
    running: String,
    /// The unit of a number.
    unit: String,
    pictures: Vec<(String, String)>,
    changed: Vec<String>,
    /// Its lines are a passage with gaps.
    is_passage: bool,
}

impl Shown {
    fn of(body: &Node, is_own: bool) -> Shown {
        let mut shown = Shown {
            lead: String::new(),
            running: String::new(),
            unit: String::new(),
            pictures: Vec::new(),
            changed: Vec::new(),
            is_passage: false,
        };
        let mut kept = body.clone();
        thin(&mut kept, is_own);
        if is_own {
            shown.unit =
                found(&kept, &|node| has_class(node, "unit")).first().map(|node| node.words()).unwrap_or_default();
            shown.is_passage = !found(&kept, &|node| has_class(node, "passage")).is_empty();
        }
        let mut number = 0;
        let mut blocks = Vec::new();
        // Blocks of a body that is wrapped whole are what is in the wrapping.
        let mut inside = &kept;
        while let [only] = inside.nodes().collect::<Vec<_>>().as_slice()
            && only.name == "div"
            && !inside.children.iter().any(|child| matches!(child, Child::Text(text) if !text.trim().is_empty()))
        {
            inside = *only;
        }
        for child in &inside.children {
            let block = match child {
                Child::Node(node) => Node { children: vec![Child::Node(node.clone())], ..Node::default() },
                text @ Child::Text(_) => Node { children: vec![text.clone()], ..Node::default() },
            };
            let Words { text, pictures, changed } = words_with(&block, &mut |_| {
                number += 1;
                Some(number - 1)
            });
            shown.pictures.extend(pictures);
            shown.changed.extend(changed);
            blocks.push(text);
        }
        let is_running = |text: &String| text.contains(HERE[0]);
        let first = blocks.iter().position(is_running).unwrap_or(blocks.len());
        let texts = |blocks: &[String]| joined(&blocks.iter().map(String::as_str).collect::<Vec<_>>());
        shown.lead = texts(&blocks[..first]);
        shown.running = texts(&blocks[first..]);
        shown
    }
}

/// Takes out what is read elsewhere.
fn thin(node: &mut Node, is_own: bool) {
    node.children.retain_mut(|child| match child {
        Child::Text(_) => true,
        Child::Node(inner) => {
            let apart = is_own && APART.iter().any(|class| has_class(inner, class));
            if apart || is_shared(inner) {
                return false;
            }
            thin(inner, is_own);
            true
        }
    });
}

/// Each part of an item: what is asked, and how it is answered.
fn parts(
    all: &[&Node],
    item: &Item<'_>,
    shown: &Shown,
    (lead, grading): (&str, Vec<String>),
    asking: &mut Asking<'_>,
) -> Result<Vec<(String, Interaction)>, String> {
    let inline: Vec<&Node> = all.iter().copied().filter(|node| INLINE.contains(&node.name.as_str())).collect();
    let blocks: Vec<&Node> = all.iter().copied().filter(|node| !INLINE.contains(&node.name.as_str())).collect();
    let mut parts = Vec::new();
    let prompted = |node: &Node, asking: &mut Asking<'_>| {
        let prompt = node.first("prompt").map(words).unwrap_or_default();
        asking.changed.extend(prompt.changed);
        joined(&[lead, &prompt.text])
    };
    if let [one] = inline.as_slice()
        && one.name == "textEntryInteraction"
        && !shown.is_passage
    {
        let around = shown.running.replace(shown.unit.as_str(), "");
        let around = if shown.unit.is_empty() { shown.running.as_str() } else { around.as_str() };
        let is_bare =
            around.trim_matches(|c: char| c.is_whitespace() || HERE.contains(&c) || c.is_ascii_digit()).is_empty();
        let blank = format!("{}0{}", HERE[0], HERE[1]);
        let stem = if is_bare { lead.to_owned() } else { joined(&[lead, &shown.running.replace(&blank, "____")]) };
        parts.push((stem, asking.entry(one, shown.unit.clone())?));
    } else if !inline.is_empty() {
        let (lead, passage) = if shown.is_passage {
            (lead.to_owned(), shown.running.clone())
        } else {
            split(lead, &shown.running, item.node)
        };
        parts.push((lead, asking.gaps(&passage, &inline)?));
    }
    let (written, others): (Vec<&Node>, Vec<&Node>) =
        blocks.iter().partition(|node| node.name == "extendedTextInteraction");
    for node in others {
        if node.name == "gapMatchInteraction" {
            let (prompt, interaction) = asking.gap_match(node)?;
            parts.push((joined(&[lead, &prompt]), interaction));
            continue;
        }
        let interaction = asking.block(node)?;
        parts.push((prompted(node, asking), interaction));
    }
    if !written.is_empty() {
        let stem = if written.len() == 1 { prompted(written[0], asking) } else { lead.to_owned() };
        parts.push((stem, asking.written(&written, grading)));
    }
    if parts.is_empty() {
        let stance: Vec<String> = asking.list("stance");
        let [follow_ups, starters, norms] = ["follow-ups", "starters", "norms"].map(|class| asking.list(class));
        if item.kind != Some(Kind::Discussion) && follow_ups.is_empty() {
            return Err("nothing is asked in it".to_owned());
        }
        parts
            .push((lead.to_owned(), Interaction::Talk { stance: stance.try_into().ok(), follow_ups, starters, norms }));
    }
    Ok(parts)
}

/// A passage with gaps, and what is asked before it: where nothing is, the title.
fn split(lead: &str, running: &str, item: &Node) -> (String, String) {
    if lead.is_empty() {
        let title = crate::exchange::inline::as_markup(item.attribute("title").unwrap_or_default());
        return (title, running.to_owned());
    }
    (lead.to_owned(), running.to_owned())
}

fn rubrics(body: &Node, is_own: bool) -> Rubrics {
    let mut rubrics = Rubrics::default();
    for block in found(body, &|node| node.name == "rubricBlock") {
        let view = block.attribute("view").unwrap_or_default();
        let is_for = |who: &str| view.split_whitespace().any(|known| known == who);
        if is_own && has_class(block, "hints") {
            rubrics.hints.extend(block.below("li").into_iter().map(|line| words(line).text));
            continue;
        }
        let read = words(block);
        rubrics.changed.extend(read.changed);
        if is_own && has_class(block, "note") {
            rubrics.note = joined(&[&rubrics.note, &read.text]);
        } else if is_for("scorer") {
            let paragraphs: Vec<String> =
                block.nodes().map(|node| words(node).text).filter(|text| !text.is_empty()).collect();
            rubrics.grading.extend(if paragraphs.is_empty() { vec![read.text] } else { paragraphs });
        } else if is_for("candidate") || view.is_empty() {
            rubrics.asked = joined(&[&rubrics.asked, &read.text]);
        } else {
            rubrics.note = joined(&[&rubrics.note, &read.text]);
        }
    }
    rubrics
}
