mod common;
use pilcrow::assemble::assemble;
use pilcrow::blueprint::*;
#[test]
fn told() {
    let source = common::kennedy();
    for (headnote, aids) in [(Headnote::Short, vec![]), (Headnote::Full, vec![]), (Headnote::None, vec![Aid::Adapted])]
    {
        println!("== {headnote:?} {aids:?}");
        for item in &source.bank.items {
            if item.set.is_some() {
                continue;
            }
            let b = Blueprint {
                headnote,
                aids: aids.iter().copied().collect(),
                modes: vec![Mode::SameItems],
                reading: Reading::None,
                questions: None,
                points: None,
                minutes: None,
                parts: vec![Part {
                    title: "T".into(),
                    directions: "".into(),
                    cells: vec![Cell { take: 1, items: vec![item.id.clone()], ..Default::default() }],
                }],
                ..source.blueprints[0].clone()
            };
            if let Err(e) = assemble(common::job(&source, &b, 1), 0..1) {
                if e.to_string().contains("tells") {
                    println!("{} [{}] {} => {:?}", item.id, item.kind(), item.stem, item.keyed());
                } else {
                    println!("?? {} {e}", item.id);
                }
            }
        }
    }
}
