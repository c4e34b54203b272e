//! Codes of standards, and depth against Bloom's level (rule E17).

use super::report::Report;
use crate::bank::raw::RawItem;
use crate::bank::{Bloom, Skill};

/// Common Core strands with the number of their anchor standards.
const COMMON_CORE: [(&str, u32); 7] =
    [("RH", 10), ("RI", 10), ("RL", 10), ("RST", 10), ("WHST", 10), ("W", 10), ("SL", 6)];

/// Grade bands of both frameworks.
const BANDS: [&str; 3] = ["6-8", "9-10", "11-12"];

/// Disciplines of the C3 Framework's second dimension, with the number of their indicators.
const C3_DISCIPLINES: [(&str, u32); 4] = [("His", 17), ("Civ", 14), ("Eco", 15), ("Geo", 12)];

/// Checks an item's levels and codes.
pub(super) fn check(raw: &RawItem, report: &mut Report) {
    if !(1..=4).contains(&raw.dok) {
        report.error(
            "E17",
            "dok",
            format!("there is no depth of knowledge {}", raw.dok),
            "1 recall, 2 skill or concept, 3 strategic thinking, 4 extended thinking",
        );
    }
    if raw.dok == 1 && raw.bloom >= Bloom::Analyze {
        report.warning(
            "E17",
            "dok",
            format!("{} at depth 1", raw.bloom),
            "what asks for analysis is depth 2 at least; or the level is lower",
        );
    }
    if raw.dok >= 3 && raw.bloom == Bloom::Remember {
        report.warning(
            "E17",
            "dok",
            format!("remember at depth {}", raw.dok),
            "what is remembered is depth 1 or 2; or the level is higher",
        );
    }
    for (at, code) in raw.standards.iter().enumerate() {
        if !(common_core(code) || c3(code)) {
            report.error(
                "E17",
                format_args!("standards[{at}]"),
                format!("“{code}” is no code of a standard"),
                "Common Core: RH.9-10.1, WHST.11-12.9; C3: D2.His.11.9-12",
            );
        }
    }
    for (at, skill) in raw.skills.iter().enumerate() {
        let known: &[Skill] = &raw.skills[..at];
        if known.contains(skill) {
            report.error(
                "E17",
                format_args!("skills[{at}]"),
                format!("the skill {skill} stands twice"),
                "take one out",
            );
        }
    }
}

/// `RH.9-10.1`, `WHST.11-12.1b`.
fn common_core(code: &str) -> bool {
    let mut parts = code.split('.');
    let (Some(strand), Some(band), Some(number), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let letters = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &number[..number.len() - letters.len()];
    let most = COMMON_CORE.iter().find(|(name, _)| *name == strand).map_or(0, |(_, most)| *most);
    BANDS.contains(&band)
        && in_range(digits, most)
        && letters.len() <= 1
        && letters.chars().all(|c| ('a'..='f').contains(&c))
}

/// `D2.His.11.9-12`, `D1.5.9-12`, `D3.3.9-12`.
fn c3(code: &str) -> bool {
    let parts: Vec<&str> = code.split('.').collect();
    let band = |band: &str| matches!(band, "6-8" | "9-12");
    match parts.as_slice() {
        ["D2", discipline, number, grades] => {
            let most = C3_DISCIPLINES.iter().find(|(name, _)| name == discipline).map_or(0, |(_, most)| *most);
            in_range(number, most) && band(grades)
        }
        ["D1", number, grades] => in_range(number, 5) && band(grades),
        ["D3", number, grades] => in_range(number, 4) && band(grades),
        ["D4", number, grades] => in_range(number, 8) && band(grades),
        _ => false,
    }
}

fn in_range(digits: &str, most: u32) -> bool {
    !digits.starts_with('0') && digits.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for good in
            ["RH.9-10.1", "RH.11-12.10", "WHST.11-12.1b", "D2.His.11.9-12", "D1.5.9-12", "D4.1.9-12", "SL.9-10.1a"]
        {
            assert!(common_core(good) || c3(good), "{good}");
        }
        for bad in [
            "RH.9-12.1",
            "RH.9-10.11",
            "RH.9-10",
            "D2.His.18.9-12",
            "D5.1.9-12",
            "RH.9-10.01",
            "RH.9-10.",
            "rh.9-10.1",
            "",
        ] {
            assert!(!(common_core(bad) || c3(bad)), "{bad}");
        }
    }
}
