//! Questions composed before: forms of the same items print most of them in the same way, but for their numbers.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHasher;

use super::{Context, languages};
use crate::blueprint::Aid;
use crate::doc::{Block, Style};
use crate::known::Lately;
use crate::sheet::Question;

/// So many are kept, and at most as many again.
const KEPT: usize = 512;

/// The bodies of questions of one letter under one set of labels.
#[derive(Debug, Default)]
pub struct Composed(Mutex<Lately<u64, Arc<Known>, KEPT>>);

/// A question that was composed, and how.
#[derive(Debug)]
struct Known {
    question: Question,
    style: Style,
    aids: BTreeSet<Aid>,
    body: Arc<[Block]>,
}

impl Known {
    /// Whether a question is printed in the same way, but for its number.
    fn is(&self, question: &Question, context: Context<'_>) -> bool {
        let Question { number: _, item, stem, points, cite, figure, starters, prompt } = question;
        let known = &self.question;
        (item, prompt, stem, starters) == (&known.item, &known.prompt, &known.stem, &known.starters)
            && (points, cite, figure) == (&known.points, &known.cite, &known.figure)
            && self.style == context.style
            && self.aids == *context.aids
    }
}

impl Composed {
    /// The body of a question, composed now if it was not before. Its foreign words are marked.
    pub(super) fn body(
        &self,
        question: &Question,
        context: Context<'_>,
        compose: impl FnOnce() -> Vec<Block>,
    ) -> Arc<[Block]> {
        let mut hasher = FxHasher::default();
        (&question.item, &question.prompt).hash(&mut hasher);
        let hash = hasher.finish();
        let known = self.0.lock().ok().and_then(|mut known| known.get(&hash));
        if let Some(known) = known.filter(|known| known.is(question, context)) {
            return Arc::clone(&known.body);
        }
        let mut body = compose();
        languages::mark(&mut body, &context.letter.about.languages);
        let (style, aids, body) = (context.style, context.aids.clone(), Arc::from(body));
        let known = Known { question: question.clone(), style, aids, body: Arc::clone(&body) };
        if let Ok(mut all) = self.0.lock() {
            all.insert(hash, Arc::new(known));
        }
        body
    }
}
