//! Round trips: what an export and an import keep of an item beyond what other programs show of it.

use std::collections::BTreeMap;

use pilcrow::bank::{Bank, Item, Kind, Outside, Passage, Quote, Task};
use pilcrow::exchange::tagged_run;

use crate::common::Shipped;
use crate::common::exchange::{bank_of, exported, imported, with_bank};
use crate::common::shipped;

/// Formats that bring back every kind.
const WHOLE: [&str; 5] = ["csv", "moodle-xml", "qti3", "qti21", "qti12"];

/// A bank after an export and an import.
fn back(shipped: &Shipped, format: &str) -> Bank {
    let file = with_bank(&shipped.source, |package| exported(package, format).files.remove(0));
    bank_of(&imported(shipped, &file, Some(format)), shipped)
}

/// Calls a test with each item of some kinds, before and after.
fn each(shipped: &Shipped, after: &Bank, kind: Kind, test: impl Fn(&Item, &Item)) {
    let of_kind = shipped.source.bank.items.iter().filter(|item| item.kind() == kind);
    for item in of_kind {
        test(item, after.item(&item.id).unwrap_or_else(|| panic!("{} is not there", item.id)));
    }
}

fn said(quote: &Quote) -> (String, &str) {
    (quote.cite.to_string(), quote.text.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

#[test]
fn vocabulary_comes_back_as_vocabulary() {
    for shipped in shipped() {
        for format in WHOLE.iter().chain(&["gift"]) {
            each(&shipped, &back(&shipped, format), Kind::Vocabulary, |before, after| {
                let Task::Vocabulary { word, phrase, distractors, .. } = &before.task else { panic!() };
                let Task::Vocabulary { word: other, phrase: found, distractors: shown, .. } = &after.task else {
                    panic!("{format}: {} is {}", after.id, after.kind())
                };
                assert_eq!((word, said(phrase)), (other, said(found)), "{format}: {}", after.id);
                let senses = |of: &[pilcrow::bank::Choice]| {
                    let mut all: Vec<String> =
                        of.iter().filter(|choice| choice.other_sense).map(|choice| choice.text.clone()).collect();
                    all.sort();
                    all
                };
                assert_eq!(senses(distractors), senses(shown), "{format}: {}", after.id);
            });
        }
    }
}

#[test]
fn a_phrase_that_was_taken_off_is_looked_for_in_the_evidence() {
    let [kennedy, _] = shipped();
    let file = with_bank(&kennedy.source, |package| exported(package, "moodle-xml").files.remove(0));
    let text = String::from_utf8(file.bytes).unwrap();
    assert!(text.contains("<text>phrase-2:"));
    let cut = pilcrow::exchange::archive::Packed::new("q.xml", text.replace("<text>phrase", "<text>was"));
    let after = bank_of(&imported(&kennedy, &cut, None), &kennedy);
    let mut kept = 0;
    each(&kennedy, &after, Kind::Vocabulary, |_, after| {
        if let Task::Vocabulary { word, phrase, .. } = &after.task {
            assert!(tagged_run(&phrase.text, &pilcrow::exchange::in_a_tag(word)).is_some());
        }
    });
    kept += after.items.iter().filter(|item| item.kind() == Kind::Vocabulary).count();
    assert!(kept > 10, "{kept}");
}

#[test]
fn elements_keep_their_own_quotations_and_their_basis() {
    for shipped in shipped() {
        for format in WHOLE.iter().chain(&["gift"]) {
            each(&shipped, &back(&shipped, format), Kind::Ordering, |before, after| {
                let of = |item: &Item| {
                    let Task::Ordering { basis, elements } = &item.task else { panic!("{}", item.id) };
                    let elements: Vec<(String, (String, String))> = elements
                        .iter()
                        .map(|element| {
                            let quote = (element.quote.cite.to_string(), element.quote.text.clone());
                            (element.text.clone(), quote)
                        })
                        .collect();
                    (*basis, elements)
                };
                assert_eq!(of(before), of(after), "{format}: {}", after.id);
            });
        }
    }
}

#[test]
fn how_answers_are_marked_comes_back() {
    for shipped in shipped() {
        for format in WHOLE {
            let after = back(&shipped, format);
            each(&shipped, &after, Kind::ShortAnswer, |before, after| {
                let Task::ShortAnswer { accepted, not_credited, samples, .. } = &before.task else { panic!() };
                let Task::ShortAnswer { accepted: ideas, not_credited: refused, samples: shown, .. } = &after.task
                else {
                    panic!()
                };
                assert_eq!((accepted, not_credited), (ideas, refused), "{format}: {}", after.id);
                assert_eq!((samples, before.points), (shown, after.points), "{format}: {}", after.id);
            });
            each(&shipped, &after, Kind::Essay, |before, after| {
                let of = |item: &Item| {
                    let Task::Essay { rubric, draw_on, not_credited, samples, .. } = &item.task else { panic!() };
                    (rubric.clone(), draw_on.clone(), not_credited.clone(), samples.clone())
                };
                assert_eq!(of(before), of(after), "{format}: {}", after.id);
            });
            each(&shipped, &after, Kind::Organizer, |before, after| {
                let of = |item: &Item| {
                    let Task::Organizer { layout, rows } = &item.task else { panic!() };
                    // HTML has a space where the bank keeps two words together.
                    let shown = |text: &String| text.replace('\u{a0}', " ");
                    let row = |row: &pilcrow::bank::OrganizerRow| {
                        (shown(&row.prompt), row.accept.iter().map(shown).collect::<Vec<_>>(), row.points)
                    };
                    let rows: Vec<_> = rows.iter().map(row).collect();
                    (*layout, rows)
                };
                assert_eq!(of(before), of(after), "{format}: {}", after.id);
            });
        }
    }
}

#[test]
fn what_a_set_shares_comes_back_as_a_set() {
    for shipped in shipped() {
        let bank = &shipped.source.bank;
        for format in ["moodle-xml", "gift", "qti3", "qti21", "qti12"] {
            let after = back(&shipped, format);
            // A picture of a set is not read.
            let told = |set: &pilcrow::bank::StimulusSet| {
                let passage = |passage: &Passage| match passage {
                    Passage::Letter(quote) => format!("{} {}", quote.cite, quote.text),
                    Passage::Other(text, source) => format!("{text} | {source}"),
                    Passage::Figure(_) => "picture".to_owned(),
                };
                let passages: Vec<String> = set.passages.iter().map(passage).collect();
                (set.title.clone(), set.intro.clone(), passages)
            };
            let members = |bank: &Bank| {
                let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
                for item in &bank.items {
                    if let Some(set) = item.set {
                        of.entry(bank.sets[set].title.clone()).or_default().push(item.id.clone());
                    }
                }
                of.values_mut().for_each(|items| items.sort());
                of
            };
            let words = bank.sets.iter().filter(|set| !set.passages.iter().any(|p| matches!(p, Passage::Figure(_))));
            let words: Vec<&pilcrow::bank::StimulusSet> = words.collect();
            assert!(!words.is_empty());
            for set in words {
                let found = after.sets.iter().find(|other| other.title == set.title);
                let found = found.unwrap_or_else(|| panic!("{format}: {} is not there", set.id));
                assert_eq!(told(set), told(found), "{format}");
                assert_eq!(members(bank)[&set.title], members(&after)[&set.title], "{format}: {}", set.id);
            }
        }
    }
}

#[test]
fn what_is_asked_of_other_sources_and_cited_comes_back() {
    for shipped in shipped() {
        for format in WHOLE {
            let after = back(&shipped, format);
            for item in &shipped.source.bank.items {
                let other = after.item(&item.id).unwrap();
                assert_eq!((item.outside, &item.cite), (other.outside, &other.cite), "{format}: {}", item.id);
            }
        }
        assert!(shipped.source.bank.items.iter().any(|item| item.outside != Outside::None));
    }
}

#[test]
fn reasons_of_unused_responses_come_back_where_notes_do() {
    for shipped in shipped() {
        for format in ["csv", "qti3", "qti21", "qti12"] {
            each(&shipped, &back(&shipped, format), Kind::Matching, |before, after| {
                let of = |item: &Item| {
                    let Task::Matching { extra, .. } = &item.task else { panic!("{}", item.id) };
                    let mut all: Vec<_> = extra.iter().map(|r| (r.text.clone(), r.because.clone())).collect();
                    all.sort();
                    (all, item.teacher_note.clone())
                };
                assert_eq!(of(before), of(after), "{format}: {}", after.id);
            });
        }
    }
}
