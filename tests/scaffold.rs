//! A bank started from any text is one that the author can go on with: it reads, and its quotations are the text's own.

use std::collections::BTreeMap;

use pilcrow::bank::Kind;
use pilcrow::blueprint::Blueprint;
use pilcrow::letter::{About, Letter, decode, read};
use pilcrow::scaffold;
use pilcrow::text::Folded;
use serde_yaml::Value;

const KENNEDY: &[u8] = include_bytes!("../questions/kennedy-1961/letter.txt");
const SHORT: &str = "A Short Speech\n\nFriends, we have come a long way together since the morning. We are tired.\n\nThe river behind us has 7 bridges, and we shall need every one of them tomorrow.\n\nSleep well, and keep your boots within reach of your hands.";
const HOSTILE: &str = "He said: \"yes\" # and {{no}} — *so* [we] \\ went 'home' to C:\\dir, & more.\n\n- a: b, [c, *d] ¶9 ____ words enough to go on for quite a while here.\n\n\u{fffe}\u{10ffff} 我们来了。 Plain words follow here so that something can be quoted, we hope.\n\n%YAML 1.2\n---\n\nThe last words of this “text” are plain and long enough for any one.";

/// The letter and the YAML of its items, and the blueprint.
fn folder(text: &str) -> (Letter, Value, Blueprint) {
    let files: BTreeMap<String, String> = scaffold::start("some text", text).unwrap().files.into_iter().collect();
    assert_eq!(files["letter.txt"], text);
    let about: About = serde_yaml::from_str(&files["letter.yaml"]).unwrap();
    assert_eq!(about.id, "some-text");
    let (letter, _) = read(text, about).unwrap();
    assert_eq!(letter.about.fingerprints.len(), letter.paragraphs.len());
    let items: Value = serde_yaml::from_str(&files["bank/items.yaml"]).unwrap();
    (letter, items, serde_yaml::from_str(&files["blueprints/first-sheet.yaml"]).unwrap())
}

/// Every mapping anywhere in a value.
fn mappings<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Sequence(entries) => entries.iter().for_each(|entry| mappings(entry, found)),
        Value::Mapping(fields) => {
            found.push(value);
            fields.values().for_each(|field| mappings(field, found));
        }
        _ => {}
    }
}

fn check(text: &str) -> usize {
    let (letter, items, blueprint) = folder(text);
    let items = items["items"].as_sequence().unwrap();
    for item in items {
        let id = item["id"].as_str().unwrap();
        let cite: Vec<u64> = item["cite"].as_sequence().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        let mut found = Vec::new();
        mappings(item, &mut found);
        let quotes: Vec<&Value> = found.into_iter().filter(|m| m.get("quote").is_some()).collect();
        assert!(!quotes.is_empty(), "{id} has evidence");
        for place in quotes {
            let (number, quote) = (place["cite"].as_u64().unwrap(), place["quote"].as_str().unwrap());
            assert!(cite.contains(&number), "{id} cites ¶{number}");
            let wanted = Folded::new(quote);
            let homes: Vec<u32> = letter
                .paragraphs
                .iter()
                .filter(|p| Folded::new(&p.text).find(&wanted).is_some())
                .map(|p| p.number)
                .collect();
            assert_eq!(homes, [u32::try_from(number).unwrap()], "{id}: {quote}");
            assert!((4..=45).contains(&quote.split_whitespace().count()), "{id}: {quote}");
        }
    }
    let drawn: Vec<&str> =
        items.iter().filter(|item| item.get("status").is_none()).map(|item| item["kind"].as_str().unwrap()).collect();
    let asked: Vec<&str> =
        blueprint.parts.iter().flat_map(|part| &part.cells).map(|cell| cell.kinds[0].word()).collect();
    assert_eq!(drawn, asked, "the blueprint asks for what can be drawn");
    items.len()
}

#[test]
fn the_letter_gives_an_item_of_each_kind() {
    assert_eq!(check(&decode(KENNEDY).0), Kind::ALL.len());
}

#[test]
fn three_paragraphs_give_most_kinds() {
    assert!(check(SHORT) >= 12);
}

#[test]
fn no_character_breaks_the_yaml() {
    assert!(check(&decode(HOSTILE.as_bytes()).0) >= 10);
}

#[test]
fn a_text_too_short_is_told_so() {
    let files = scaffold::start("x", "Too short.").unwrap().files;
    assert!(files[2].1.contains("items: []") && files[2].1.contains("Left out"));
    let items: Value = serde_yaml::from_str(&files[2].1).unwrap();
    assert_eq!(items["items"].as_sequence().unwrap().len(), 0);
    assert!(
        !files.iter().any(|(path, _)| path.starts_with("blueprints")),
        "a blueprint that draws nothing would be a fault"
    );
    assert!(scaffold::start("x", "\n[Page 4]\n").is_err());
}
