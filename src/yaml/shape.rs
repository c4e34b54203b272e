//! A tree held against the JSON Schema of the wanted type: every fault of shape, and the sound rest as a value.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::Fault;
use super::tree::{Content, Node};
use crate::diag::did_you_mean;
use crate::input::Span;

/// At most so many words are listed in a remedy; more would not be read.
const LISTED: usize = 14;

/// So many faults of shape are told of one file.
const TOLD: usize = 200;

/// The value that serde can read as `T`, every fault, and the list entries left out.
pub(super) fn convert<T: JsonSchema>(root: &Node<'_>) -> (Option<Value>, Vec<Fault>, Vec<(String, usize)>) {
    let schema = schemars::schema_for!(T).to_value();
    let mut shape = Shape { root: &schema, faults: Vec::new(), count: 0, left_out: Vec::new() };
    let value = shape.outer(root, &schema, "");
    (value, shape.faults, shape.left_out)
}

struct Shape<'s> {
    root: &'s Value,
    faults: Vec<Fault>,
    /// Of all faults, those beyond the first [`TOLD`] too.
    count: usize,
    left_out: Vec<(String, usize)>,
}

/// A schema without its references and its `null` alternative.
struct Wanted<'s> {
    schema: &'s Value,
    nullable: bool,
}

impl<'s> Shape<'s> {
    /// Outside of any list: a faulty field or entry is left out, and the rest goes on.
    fn outer(&mut self, node: &Node<'_>, schema: &'s Value, path: &str) -> Option<Value> {
        let wanted = self.resolve(schema);
        match &node.content {
            Content::Map { pairs, flow } if wanted.schema.get("properties").is_some() => {
                let mut map = Map::new();
                for (name, key, value) in self.fields(pairs, *flow, wanted.schema) {
                    let below = &wanted.schema["properties"][name.as_str()];
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    if let Some(value) =
                        self.empty(key, value, below).unwrap_or_else(|| self.outer(value, below, &path))
                    {
                        map.insert(name, value);
                    }
                }
                self.missing(node, pairs, wanted.schema);
                Some(Value::Object(map))
            }
            Content::List(entries) if wanted.schema.get("items").is_some() => {
                let mut list = Vec::with_capacity(entries.len());
                for (at, entry) in entries.iter().enumerate() {
                    let full = self.faults.len() > TOLD;
                    match (!full).then(|| self.inner(entry, &wanted.schema["items"])).flatten() {
                        Some(value) => list.push(value),
                        None => self.left_out.push((path.to_owned(), at)),
                    }
                }
                Some(Value::Array(list))
            }
            _ => self.inner(node, schema),
        }
    }

    /// Inside a list: one fault makes the whole entry unsound, but all are told.
    fn inner(&mut self, node: &Node<'_>, schema: &'s Value) -> Option<Value> {
        let wanted = self.resolve(schema);
        if wanted.nullable && node.is_null() {
            return Some(Value::Null);
        }
        match &node.content {
            Content::Map { pairs, flow } if wanted.schema.get("properties").is_some() => {
                let before = self.count;
                let mut map = Map::new();
                for (name, key, value) in self.fields(pairs, *flow, wanted.schema) {
                    let below = &wanted.schema["properties"][name.as_str()];
                    if let Some(value) = self.empty(key, value, below).unwrap_or_else(|| self.inner(value, below)) {
                        map.insert(name, value);
                    }
                }
                self.missing(node, pairs, wanted.schema);
                (self.count == before).then_some(Value::Object(map))
            }
            Content::List(entries) if wanted.schema.get("items").is_some() => {
                let list: Vec<Option<Value>> =
                    entries.iter().map(|entry| self.inner(entry, &wanted.schema["items"])).collect();
                list.into_iter().collect::<Option<Vec<Value>>>().map(Value::Array)
            }
            Content::Scalar { text, .. } => match scalar(text, wanted.schema) {
                Ok(value) => Some(value),
                Err(fault) => self.fail(Fault { span: node.span.clone(), ..fault }),
            },
            Content::List(_) => self
                .fail(Fault::new(node.head(), format!("a list stands where {} is wanted", described(wanted.schema)))),
            Content::Map { .. } => self.fail(
                Fault::new(node.head(), format!("fields stand where {} is wanted", described(wanted.schema)))
                    .help("a text with a colon in it goes in straight double quotes"),
            ),
        }
    }

    fn fail(&mut self, fault: Fault) -> Option<Value> {
        self.tell(fault);
        None
    }

    /// Keeps a fault, unless so many are kept that one cause must be behind them.
    fn tell(&mut self, fault: Fault) {
        self.count += 1;
        match self.faults.len().cmp(&TOLD) {
            Ordering::Less => self.faults.push(fault),
            Ordering::Equal => {
                let message = format!("from here on faults are not listed: {TOLD} stand above");
                self.faults.push(Fault::new(fault.span, message).help("mend those first; many have one cause"));
            }
            Ordering::Greater => {}
        }
    }

    /// Follows references, and steps over the `null` of an optional value.
    fn resolve(&self, mut schema: &'s Value) -> Wanted<'s> {
        let mut nullable = false;
        loop {
            if let Some(name) = schema["$ref"].as_str() {
                schema = self.root.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
            } else if let Some(choices) = schema["anyOf"].as_array() {
                let is_null = |choice: &&Value| choice["type"] == "null";
                nullable |= choices.iter().any(|choice| is_null(&choice));
                schema = choices.iter().find(|choice| !is_null(choice)).unwrap_or(&Value::Null);
            } else {
                nullable |= schema["type"].as_array().is_some_and(|types| types.iter().any(|t| t == "null"));
                return Wanted { schema, nullable };
            }
        }
    }

    /// The known fields, each once; unknown and repeated ones are faults.
    fn fields<'n, 'a>(
        &mut self,
        pairs: &'n [(Node<'a>, Node<'a>)],
        flow: bool,
        schema: &Value,
    ) -> Vec<(String, Span, &'n Node<'a>)> {
        let known = names(&schema["properties"]);
        let mut seen: Vec<(String, Span, &Node<'a>)> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            let Some(name) = key.text() else {
                self.tell(Fault::new(key.span.clone(), "a field's name must be a word"));
                continue;
            };
            if seen.iter().any(|(other, ..)| other == name) {
                self.tell(
                    Fault::new(key.span.clone(), format!("the field `{name}` stands here a second time"))
                        .help("keep one of the two"),
                );
            } else if known.contains(&name) {
                seen.push((name.to_owned(), key.span.clone(), value));
            } else {
                self.tell(unknown(name, key, value, &known, flow));
            }
        }
        seen
    }

    /// A field with nothing behind its colon, where nothing is no value: `Some(None)` after telling it.
    fn empty(&mut self, key: Span, value: &Node<'_>, schema: &'s Value) -> Option<Option<Value>> {
        let wanted = self.resolve(schema);
        if !value.is_null() || wanted.nullable || wanted.schema["type"] == "string" {
            return None;
        }
        self.faults
            .push(Fault::new(key, "this field is empty").help("write its value after the colon, or delete the line"));
        Some(None)
    }

    fn missing(&mut self, node: &Node<'_>, pairs: &[(Node<'_>, Node<'_>)], schema: &Value) {
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        for name in required.iter().filter_map(Value::as_str) {
            if !pairs.iter().any(|(key, _)| key.text() == Some(name)) {
                let fault = Fault::new(node.head(), format!("the field `{name}` is missing"));
                let what = schema["properties"][name]["description"].as_str();
                self.tell(match what {
                    Some(what) => fault.help(format!("`{name}`: {}", what.replace('\n', " "))),
                    None => fault,
                });
            }
        }
    }
}

fn names(properties: &Value) -> Vec<&str> {
    properties.as_object().map(|map| map.keys().map(String::as_str).collect()).unwrap_or_default()
}

fn unknown(name: &str, key: &Node<'_>, value: &Node<'_>, known: &[&str], flow: bool) -> Fault {
    let fault = Fault::new(key.span.clone(), format!("the field `{}` is not known here", clip(name)));
    if let Some(near) = did_you_mean(&clip(name), known.iter().copied()) {
        fault.help(format!("did you mean `{near}`?"))
    } else if flow && value.span.is_empty() {
        fault.help("inside braces a comma ends the text: put a text with a comma in straight double quotes")
    } else if known.len() <= LISTED {
        fault.help(format!("the fields here are {}", known.join(", ")))
    } else {
        fault.help("the fields of each kind of item are in questions/README.md")
    }
}

/// A scalar read as the schema wants it. The fault's span is still to be set.
fn scalar(text: &str, schema: &Value) -> Result<Value, Fault> {
    let words = closed_list(schema);
    if !words.is_empty() {
        // As text: what stands for yes and no reads texts too.
        return match words.iter().any(|word| shown(word) == text) {
            true => Ok(Value::String(text.to_owned())),
            false => Err(not_listed(text, &words)),
        };
    }
    match one_type(schema) {
        "string" => Ok(Value::String(text.to_owned())),
        "integer" => integer(text, schema),
        "number" => match text.trim().parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(Fault::new(0..0, format!("“{}” is not a number", clip(text)))
                .help("write it in digits, with a point: 0.65")),
        },
        "boolean" => match text.trim() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(Fault::new(0..0, format!("“{}” is neither true nor false", clip(text)))
                .help("write true or false, without quotation marks")),
        },
        "array" => Err(Fault::new(0..0, "a single value stands where a list is wanted")
            .help(format!("put it in brackets: [{}]", clip(text)))),
        "object" => Err(Fault::new(0..0, format!("a text stands where {} is wanted", described(schema)))
            .help("write its fields in braces, `{text: \"…\", because: \"…\"}`, or each on a line of its own")),
        _ => Err(Fault::new(0..0, format!("“{}” cannot stand here", clip(text)))),
    }
}

fn integer(text: &str, schema: &Value) -> Result<Value, Fault> {
    let least = schema["minimum"].as_i64().unwrap_or(i64::MIN);
    let most = schema["maximum"]
        .as_i64()
        .unwrap_or_else(|| if schema["format"] == "uint32" { i64::from(u32::MAX) } else { i64::MAX });
    match text.trim().parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(Value::from(number)),
        Ok(number) if number < least => {
            Err(Fault::new(0..0, format!("{number} is too small here")).help(format!("it is {least} or more")))
        }
        Ok(number) => {
            Err(Fault::new(0..0, format!("{number} is too large here")).help(format!("it is {most} at most")))
        }
        Err(_) => {
            Err(Fault::new(0..0, format!("“{}” is not a whole number", clip(text))).help("write it in digits: 3"))
        }
    }
}

/// The values of a closed list, if the schema is one.
fn closed_list(schema: &Value) -> Vec<&Value> {
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().filter(|word| !word.is_null()).collect();
    }
    schema["oneOf"]
        .as_array()
        .map(|choices| choices.iter().filter_map(|choice| choice.get("const")).collect())
        .unwrap_or_default()
}

fn shown(word: &Value) -> String {
    word.as_str().map_or_else(|| word.to_string(), str::to_owned)
}

fn not_listed(text: &str, words: &[&Value]) -> Fault {
    let words: Vec<String> = words.iter().map(|word| shown(word)).collect();
    let fault = Fault::new(0..0, format!("“{}” is not known here", clip(text)));
    let list = words.join(", ");
    match did_you_mean(&clip(text), words.iter().map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean `{near}`? It is one of {list}")),
        None => fault.help(format!("it is one of {list}")),
    }
}

/// A text short enough for a message.
fn clip(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn one_type(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|t| *t != "null").unwrap_or(""),
        other => other.as_str().unwrap_or(""),
    }
}

fn described(schema: &Value) -> String {
    match one_type(schema) {
        "integer" | "number" => "a number".to_owned(),
        "array" => "a list".to_owned(),
        "boolean" => "true or false".to_owned(),
        "object" => match names(&schema["properties"]) {
            names if names.len() <= LISTED => format!("a group of fields ({})", names.join(", ")),
            _ => "a group of fields".to_owned(),
        },
        _ if !closed_list(schema).is_empty() => "a word".to_owned(),
        _ => "a text".to_owned(),
    }
}
