//! Texts as they are typed in a bank file, lent from it; those that may look like something else stay as typed.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A text as typed, which a bank of a hundred megabytes lends from its file: nothing is copied to be checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Typed<'t>(pub Cow<'t, str>);

/// A text that may look like something else: `6`, `1961`, `no`. It stays as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent, bound(deserialize = "'de: 't"))]
pub struct Text<'t>(pub Typed<'t>);

impl<'de: 't, 't> Deserialize<'de> for Typed<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(AsTyped(PhantomData))
    }
}

/// Borrows where the format can lend.
struct AsTyped<'t>(PhantomData<&'t str>);

impl<'de: 't, 't> Visitor<'de> for AsTyped<'t> {
    type Value = Typed<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Typed(Cow::Borrowed(text)))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Typed(Cow::Owned(text)))
    }
}

impl Typed<'_> {
    /// A copy that outlives the file.
    pub fn owned(&self) -> String {
        self.0.as_ref().to_owned()
    }
}

/// Copies that outlive the file.
pub fn owned(texts: &[Typed<'_>]) -> Vec<String> {
    texts.iter().map(Typed::owned).collect()
}

impl Deref for Typed<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Typed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl JsonSchema for Typed<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

impl JsonSchema for Text<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    /// Editors that know YAML's own types must not object to `cite: 6`.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// `yes` or `no`, `true` or `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct YesNo(pub bool);

impl<'de> Deserialize<'de> for YesNo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "yes" | "true" => Ok(YesNo(true)),
            "no" | "false" => Ok(YesNo(false)),
            other => Err(serde::de::Error::custom(format!("“{other}” is neither yes nor no"))),
        }
    }
}

impl JsonSchema for YesNo {
    fn schema_name() -> Cow<'static, str> {
        "YesNo".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "enum": ["yes", "no", true, false] })
    }
}
