//! An entry of a bank as JSON with sorted keys and without what is not there, so that a new optional field of the format
//! changes nothing. Written in one pass: by way of a tree it was a third of a large bank's loading.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

/// Fields of an entry that steer the checks, or tell how it was made, and print nothing.
const NOT_PRINTED: [&str; 5] = ["allow", "imported", "not_a_quote", "review", "status"];

/// Most entries have no more bytes than this.
const ROOM: usize = 2 << 10;

/// The entry's text.
pub(super) fn canonical<T: Serialize>(entry: &T) -> Vec<u8> {
    let mut text = Vec::with_capacity(ROOM);
    // The types of the format hold nothing that cannot be written.
    match entry.serialize(Writer { out: &mut text, outermost: true }) {
        Ok(()) => text,
        Err(Unwritable) => Vec::new(),
    }
}

/// A type that the format does not have: a map, a tuple, bytes.
#[derive(Debug)]
struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a type that the format does not have")
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unwritable
    }
}

type Result<T> = std::result::Result<T, Unwritable>;

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    outermost: bool,
}

impl Writer<'_> {
    /// A number, text or truth value, as JSON has it.
    fn plain<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        serde_json::to_writer(self.out, value).map_err(|_| Unwritable)
    }
}

/// The entries of a list.
struct List<'a> {
    out: &'a mut Vec<u8>,
    first: bool,
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        value.serialize(Writer { out: self.out, outermost: false })
    }

    fn end(self) -> Result<()> {
        self.out.push(b']');
        Ok(())
    }
}

/// The fields of a struct, written as they come and put in order at its end.
struct Fields<'a> {
    out: &'a mut Vec<u8>,
    outermost: bool,
    start: usize,
    /// Names and where their values end.
    fields: Vec<(&'static str, usize)>,
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        if self.outermost && NOT_PRINTED.contains(&name) {
            return Ok(());
        }
        let start = self.out.len();
        value.serialize(Writer { out: self.out, outermost: false })?;
        if matches!(&self.out[start..], b"null" | b"[]") {
            self.out.truncate(start);
        } else {
            self.fields.push((name, self.out.len()));
        }
        Ok(())
    }

    fn end(self) -> Result<()> {
        let written = self.out.split_off(self.start);
        let mut from = 0;
        let mut fields: Vec<(&str, &[u8])> = Vec::with_capacity(self.fields.len());
        for (name, end) in self.fields {
            fields.push((name, &written[from..end - self.start]));
            from = end - self.start;
        }
        fields.sort_unstable();
        for (at, (name, value)) in fields.into_iter().enumerate() {
            self.out.push(if at == 0 { b'{' } else { b',' });
            self.out.push(b'"');
            self.out.extend_from_slice(name.as_bytes());
            self.out.extend_from_slice(b"\":");
            self.out.extend_from_slice(value);
        }
        if self.out.len() == self.start {
            self.out.push(b'{');
        }
        self.out.push(b'}');
        Ok(())
    }
}

/// Values that JSON writes by itself.
macro_rules! plain {
    ($($method:ident: $type:ty),+) => {
        $(fn $method(self, value: $type) -> Result<()> { self.plain(&value) })+
    };
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = List<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Impossible<(), Unwritable>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_f32: f32, serialize_f64: f64, serialize_char: char
    }

    /// Most texts stand in JSON as they are: that is seen at one glance.
    fn serialize_str(self, text: &str) -> Result<()> {
        if text.bytes().fold(false, |odd, b| odd | (b < b' ') | (b == b'"') | (b == b'\\')) {
            return self.plain(text);
        }
        self.out.reserve(text.len() + 2);
        self.out.push(b'"');
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>> {
        self.out.push(b'[');
        Ok(List { out: self.out, first: true })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields<'a>> {
        let (start, fields) = (self.out.len(), Vec::with_capacity(length));
        Ok(Fields { out: self.out, outermost: self.outermost, start, fields })
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<()> {
        Err(Unwritable)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<()> {
        Err(Unwritable)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        Err(Unwritable)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct> {
        Err(Unwritable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(Unwritable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap> {
        Err(Unwritable)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(Unwritable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::raw::RawBank;
    use serde_json::Value;

    /// The same by way of a tree.
    fn sorted(mut value: Value, outermost: bool) -> Value {
        let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        match &mut value {
            Value::Object(fields) => {
                fields.retain(|name, value| !(empty(value) || outermost && NOT_PRINTED.contains(&name.as_str())));
                fields.sort_keys();
                fields.values_mut().for_each(|value| *value = sorted(value.take(), false));
            }
            Value::Array(entries) => entries.iter_mut().for_each(|value| *value = sorted(value.take(), false)),
            _ => {}
        }
        value
    }

    #[test]
    fn keys_are_sorted_and_what_is_not_there_is_left_out() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bank/bank");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let bank: RawBank = serde_yaml::from_str(&text).unwrap();
            for item in &bank.items {
                let tree = sorted(serde_json::to_value(item).unwrap(), true).to_string();
                assert_eq!(String::from_utf8(canonical(item)).unwrap(), tree);
                seen += 1;
            }
            for set in &bank.sets {
                let tree = sorted(serde_json::to_value(set).unwrap(), true).to_string();
                assert_eq!(String::from_utf8(canonical(set)).unwrap(), tree);
            }
        }
        assert!(seen > 15);
        assert_eq!(canonical(&RawBank::default()), b"{}");
    }
}
