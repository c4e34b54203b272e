//! Word: the parts hang together, the elements stand in the schema's order, lists number the questions, and what makes a file
//! accessible is there.

use std::collections::BTreeSet;

use pilcrow::bank::Item;
use pilcrow::exchange::archive::{Packed, unzipped};
use pilcrow::exchange::inline::plain;
use pilcrow::exchange::xml::{Node, read};
use pilcrow::exchange::{Interaction, Package};

use crate::common::exchange::{exported, with_bank, with_items, with_sheets};
use crate::common::{done, kennedy, shipped};

/// A file of Word, read.
struct Word {
    name: String,
    files: Vec<Packed>,
    body: Node,
}

fn words(package: &Package<'_>) -> Vec<Word> {
    exported(package, "docx").files.iter().map(|file| Word::of(&file.name, &file.bytes)).collect()
}

impl Word {
    fn of(name: &str, bytes: &[u8]) -> Word {
        let files = unzipped(bytes).unwrap();
        let body = part(&files, "word/document.xml");
        Word { name: name.to_owned(), files, body }
    }

    fn part(&self, name: &str) -> Node {
        part(&self.files, name)
    }

    fn is_key(&self) -> bool {
        self.name.contains("TEACHER")
    }

    /// Paragraphs with their style and words, in order.
    fn paragraphs(&self) -> Vec<(String, String)> {
        self.body.below("p").into_iter().map(|p| (style(p), text(p))).collect()
    }

    fn of_style(&self, wanted: &str) -> Vec<String> {
        self.paragraphs().into_iter().filter(|(style, _)| style == wanted).map(|(_, text)| text).collect()
    }
}

fn part(files: &[Packed], name: &str) -> Node {
    let file = files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name}"));
    read(&String::from_utf8(file.bytes.clone()).unwrap()).unwrap()
}

fn value<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.attribute(name)
}

fn style(paragraph: &Node) -> String {
    paragraph.below("pStyle").first().and_then(|style| value(style, "val")).unwrap_or_default().to_owned()
}

/// The words of a paragraph; a tab is a space.
fn text(paragraph: &Node) -> String {
    paragraph.below("t").iter().map(|t| t.words()).collect::<String>()
}

fn each<'n>(node: &'n Node, call: &mut impl FnMut(&'n Node)) {
    call(node);
    node.nodes().for_each(|child| each(child, call));
}

/// A text without its spaces: the reader drops those that stand alone.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_question_has_its_number_by_a_list_and_its_options_their_letters() {
    let source = kennedy();
    with_sheets(&source, "class-period", 2, |package| {
        let files = words(package);
        assert_eq!(files.iter().filter(|file| file.is_key()).count(), 2);
        for (word, sheet) in files.iter().filter(|word| !word.is_key()).zip(package.sheets.iter()) {
            let questions = word.of_style("Question");
            assert_eq!(questions.len(), sheet.paper.questions().count());
            for (shown, question) in questions.iter().zip(sheet.paper.questions()) {
                let stem = bare(&plain(&question.stem));
                assert!(stem.is_empty() || bare(shown).contains(&stem), "{shown} / {stem}");
            }
            let all: Vec<String> = word.paragraphs().into_iter().map(|(_, text)| bare(&text)).collect();
            for exercise in package.exercises().filter(|exercise| exercise.id.ends_with("form-a")) {
                if let Interaction::Choice { options, .. } = &exercise.interaction {
                    for option in options {
                        assert!(all.iter().any(|text| text.contains(&bare(&plain(&option.text)))), "{}", option.text);
                    }
                }
            }
            assert!(word.of_style("Option").len() > 20 && !word.of_style("SecondOption").is_empty());
        }
    });
}

/// How each level of the list of questions counts, as Word does it: a level begins anew after each level over it.
#[test]
fn options_begin_anew_in_every_question() {
    let source = kennedy();
    with_sheets(&source, "class-period", 1, |package| {
        let files = words(package);
        let numbering = files[0].part("word/numbering.xml");
        let list = numbering.first("abstractNum").unwrap();
        let levels: Vec<(String, String)> = list
            .below("lvl")
            .iter()
            .map(|level| {
                let of = |name: &str| value(level.below(name)[0], "val").unwrap().to_owned();
                assert!(level.below("lvlRestart").is_empty(), "a level that is told nothing begins anew");
                (of("pStyle"), of("numFmt"))
            })
            .collect();
        assert_eq!(levels[0], ("Question".to_owned(), "decimal".to_owned()));
        assert!(levels[1..].iter().all(|(_, format)| format == "upperLetter"), "{levels:?}");
        // Every list of small letters is one of its own, begun at a.
        let used: Vec<&str> = files[0].body.below("numId").iter().filter_map(|id| value(id, "val")).collect();
        assert!(!used.is_empty());
        for number in numbering.below("num").iter().filter(|n| used.contains(&value(n, "numId").unwrap())) {
            assert_eq!(value(number.below("startOverride")[0], "val"), Some("1"));
        }
    });
}

#[test]
fn what_is_referred_to_is_there() {
    for shipped in shipped() {
        with_bank(&shipped.source, |package| {
            for word in words(package) {
                let ids = |node: &Node, element: &str, name: &str| -> BTreeSet<String> {
                    node.below(element).iter().filter_map(|n| value(n, name)).map(str::to_owned).collect()
                };
                let styles = ids(&word.part("word/styles.xml"), "style", "styleId");
                for element in ["pStyle", "rStyle", "tblStyle"] {
                    let used = ids(&word.body, element, "val");
                    assert!(used.is_subset(&styles), "{element}: {:?}", used.difference(&styles).collect::<Vec<_>>());
                }
                for element in ["basedOn", "next"] {
                    assert!(ids(&word.part("word/styles.xml"), element, "val").is_subset(&styles), "{element}");
                }
                let numbers = ids(&word.part("word/numbering.xml"), "num", "numId");
                assert!(ids(&word.body, "numId", "val").is_subset(&numbers));
                let bookmarks = word.body.below("bookmarkStart");
                let names = ids(&word.body, "bookmarkStart", "name");
                assert_eq!(bookmarks.len(), names.len(), "a name occurs once");
                assert!(ids(&word.body, "hyperlink", "anchor").is_subset(&names));
                let relations = word.part("word/_rels/document.xml.rels");
                let known = ids(&relations, "Relationship", "Id");
                assert!(ids(&word.body, "blip", "embed").is_subset(&known));
                for target in ids(&relations, "Relationship", "Target") {
                    assert!(word.files.iter().any(|file| file.name == format!("word/{target}")), "{target}");
                }
            }
        });
    }
}

/// The order of elements in ISO/IEC 29500-1:2016, annex A (wml.xsd): CT_PPr, CT_RPr (EG_RPrBase), CT_TblPr, CT_TcPr, CT_Lvl,
/// CT_Style, CT_SectPr, CT_Settings. What is written here of each.
const ORDER: [(&str, &[&str]); 8] = [
    ("pPr", &["pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl"]),
    ("rPr", &["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "vertAlign", "rtl", "lang"]),
    ("tblPr", &["tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]),
    ("tcPr", &["tcW", "vMerge", "shd"]),
    ("lvl", &["start", "numFmt", "pStyle", "lvlText", "lvlJc", "pPr", "rPr"]),
    ("style", &["name", "basedOn", "next", "uiPriority", "semiHidden", "qFormat", "pPr", "rPr", "tblPr", "tblStylePr"]),
    ("sectPr", &["headerReference", "footerReference", "pgSz", "pgMar", "titlePg"]),
    (
        "settings",
        &[
            "zoom",
            "defaultTabStop",
            "characterSpacingControl",
            "compat",
            "themeFontLang",
            "decimalSymbol",
            "listSeparator",
        ],
    ),
];

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    let source = kennedy();
    with_bank(&source, |package| {
        for word in words(package) {
            for file in word.files.iter().filter(|file| file.name.ends_with(".xml")) {
                each(&word.part(&file.name), &mut |node| {
                    let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == node.name) else { return };
                    let places: Vec<usize> = node
                        .nodes()
                        .map(|child| {
                            let name = &child.name;
                            order.iter().position(|known| *known == name).unwrap_or_else(|| {
                                panic!("{}: {} in {} is not in the list", file.name, name, node.name)
                            })
                        })
                        .collect();
                    assert!(places.is_sorted(), "{}: {node:?}", file.name);
                });
            }
            // A cell ends with a paragraph, and no table touches another.
            for cell in word.body.below("tc") {
                assert!(cell.nodes().last().unwrap().name == "p");
            }
            let body = &word.body.below("body")[0];
            let names: Vec<&str> = body.nodes().map(|node| node.name.as_str()).collect();
            assert!(!names.windows(2).any(|two| two[0] == "tbl" && two[1] == "tbl"));
        }
    });
}

#[test]
fn a_file_says_its_title_and_language_and_heads_its_tables() {
    let source = kennedy();
    with_sheets(&source, "class-period", 1, |package| {
        for word in words(package) {
            let core = word.part("docProps/core.xml");
            let said = |name: &str| core.below(name).first().map(|node| node.words()).unwrap_or_default();
            assert!(said("title").contains(&package.title), "{}", said("title"));
            assert_eq!(said("language"), source.letter.about.language);
            assert!(core.below("created").is_empty() && core.below("modified").is_empty(), "no clock");
            let styles = word.part("word/styles.xml");
            assert_eq!(value(styles.below("lang")[0], "val"), Some(source.letter.about.language.as_str()));
            // Headings begin at 1 and leave none out.
            let levels: Vec<usize> =
                word.paragraphs().iter().filter_map(|(style, _)| style.strip_prefix("Heading")?.parse().ok()).collect();
            assert_eq!(levels[0], 1);
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
            assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
            for table in word.body.below("tbl") {
                let rows = table.all("tr").collect::<Vec<_>>();
                let headed = !rows[0].below("tblHeader").is_empty();
                let look = table.below("tblLook")[0];
                assert_eq!(value(look, "firstRow") == Some("1"), headed);
                // A table without a head row has heads at the left, or is two lists side by side.
                assert!(
                    headed
                        || value(look, "firstColumn") == Some("1")
                        || value(table.below("tblStyle")[0], "val") == Some("OpenTable"),
                    "{}",
                    text(table)
                );
            }
            let foot = word.part("word/footer1.xml");
            let fields: Vec<&str> =
                foot.below("fldSimple").iter().filter_map(|f| value(f, "instr")).map(str::trim).collect();
            assert_eq!(fields, ["PAGE", "NUMPAGES"]);
            assert!(text(&foot).contains(&package.sheets[0].paper.code.to_string()));
            let stamped = text(&word.part("word/header2.xml"));
            assert_eq!(stamped.contains(&package.labels.teacher), word.is_key(), "{stamped}");
        }
    });
}

#[test]
fn no_stem_is_parted_from_what_follows() {
    let source = kennedy();
    with_bank(&source, |package| {
        for word in words(package) {
            let body = &word.body.below("body")[0];
            let pieces: Vec<&Node> = body.nodes().collect();
            let mut stems = 0;
            for two in pieces.windows(2).filter(|two| style(two[0]) == "Question") {
                if style(two[1]) != "Question" && !style(two[1]).starts_with("Heading") {
                    assert!(!two[0].below("keepNext").is_empty(), "{}", text(two[0]));
                    stems += 1;
                }
            }
            assert!(stems > 250, "{stems}");
        }
    });
}

#[test]
fn pupils_get_no_answer_and_the_key_gives_all() {
    let source = kennedy();
    with_bank(&source, |package| {
        let files = words(package);
        let all = |word: &Word| bare(&word.paragraphs().into_iter().map(|(_, text)| text + " ").collect::<String>());
        let key = files.iter().find(|word| word.is_key()).map(all).unwrap();
        let worksheet = files.iter().find(|word| !word.is_key()).map(all).unwrap();
        for item in &source.bank.items {
            let told = bare(&plain(&item.explanation));
            assert!(!worksheet.contains(&told) && key.contains(&told), "{}", item.id);
            assert!(!worksheet.contains(&bare(&format!("item {}", item.id))));
        }
        // The reading has its numbers, and the calls of its notes.
        assert!(worksheet.contains('¹') && worksheet.contains('²'));
        let worksheet = worksheet.replace(['¹', '²'], "");
        for paragraph in &source.letter.paragraphs {
            assert!(
                worksheet.contains(&bare(&format!("¶{}{}", paragraph.number, paragraph.text))),
                "¶{}",
                paragraph.number
            );
        }
    });
}

#[test]
fn pictures_have_alternative_text_and_drawings_are_both_pixels_and_lines() {
    let bank = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify/bank");
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["export", "--to", "docx", "--bank", bank.to_str().unwrap(), "--out", "w"]);
    let mut shown = 0;
    let mut drawn = 0;
    for entry in std::fs::read_dir(folder.path().join("w")).unwrap().flatten() {
        let word = Word::of(&entry.file_name().to_string_lossy(), &std::fs::read(entry.path()).unwrap());
        for picture in word.body.below("docPr") {
            assert!(!value(picture, "descr").unwrap().trim().is_empty());
            shown += 1;
        }
        drawn += word.body.below("svgBlip").len();
        for file in word.files.iter().filter(|file| file.name.starts_with("word/media/")) {
            let magic: &[u8] = match file.name.rsplit('.').next().unwrap() {
                "png" => b"\x89PNG",
                "jpeg" => b"\xff\xd8",
                "svg" => b"<",
                other => panic!("{other}"),
            };
            assert!(file.bytes.starts_with(magic), "{}", file.name);
        }
    }
    assert!(shown > 0 && drawn > 0, "{shown} {drawn}");
}

#[test]
fn hostile_words_and_foreign_ones_are_written_as_they_are() {
    let source = kennedy();
    let mut item: Item = source.bank.items[0].clone();
    item.stem = "a < b & \"c\" ]]> \u{1} \u{fffe} [détente]{fr} [שלום]{he} *e **es*** </w:t>".to_owned();
    let shown = bare(&plain(&item.stem)).replace(['\u{1}', '\u{fffe}'], "\u{FFFD}");
    with_items(&source, &[&item], |package| {
        // The key asks the bank itself.
        for word in words(package).iter().filter(|word| !word.is_key()) {
            assert!(word.of_style("Question").iter().any(|text| bare(text).starts_with(&shown)), "{shown}");
            let languages: BTreeSet<(Option<&str>, Option<&str>)> =
                word.body.below("lang").iter().map(|lang| (value(lang, "val"), value(lang, "bidi"))).collect();
            assert!(
                languages.contains(&(Some("fr"), None)) && languages.contains(&(None, Some("he"))),
                "{languages:?}"
            );
        }
    });
}

#[test]
fn the_command_names_each_sheet_and_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let said = done(at, &["export", "--to", "docx", "--blueprint", "exit-ticket", "--forms", "2", "--out", "word"]);
    for name in ["form-a-worksheet", "form-a-TEACHER-key", "form-b-worksheet", "form-b-TEACHER-key"] {
        assert!(at.join(format!("word/kennedy-1961-{name}.docx")).is_file(), "{said}");
    }
    done(at, &["export", "--to", "docx", "--types", "essay", "--out", "essays"]);
    let key = std::fs::read(at.join("essays/kennedy-1961-TEACHER-key.docx")).unwrap();
    assert!(Word::of("key", &key).of_style("Question").len() > 1);
}
