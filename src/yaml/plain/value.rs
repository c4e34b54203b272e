//! Serde's side of the plain reader: each value read where its type wants it.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{NotPlain, Reader, Result, Scalar};

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a line that is set in by so much, or (a list's entry) after its dash in that column.
    Block(usize),
    /// After the colon of a key in a block that is set in by so much.
    AfterKey(usize),
    /// Inside brackets or braces.
    Flow,
}

/// A value that is still to be read.
pub(super) struct Value<'r, 'de> {
    pub reader: &'r mut Reader<'de>,
    pub place: Place,
}

impl<'de> Value<'_, 'de> {
    /// Goes to where the value begins, and says what kind of place that is.
    fn enter(&mut self) -> Result<Place> {
        let Place::AfterKey(outer) = self.place else { return Ok(self.place) };
        self.reader.spaces();
        if self.reader.peek().is_some_and(|byte| byte != b'\n') {
            return Ok(self.place);
        }
        self.reader.end_line()?;
        let indent = self.reader.next_line().ok_or(NotPlain)?;
        let dash = self.reader.rest().get(indent) == Some(&b'-');
        if indent > outer || (indent == outer && dash) { Ok(Place::Block(indent)) } else { Err(NotPlain) }
    }

    /// Below a key, at the start of a line that begins with a dash.
    fn at_dash(&self, indent: usize) -> bool {
        matches!(self.place, Place::AfterKey(_)) && self.reader.rest().get(indent) == Some(&b'-')
    }

    fn scalar(mut self) -> Result<Scalar<'de>> {
        match self.enter()? {
            // A text on a line of its own may go on in the next.
            Place::Block(_) if matches!(self.place, Place::AfterKey(_)) => Err(NotPlain),
            Place::Flow => self.reader.scalar(true),
            _ => {
                let scalar = self.reader.scalar(false)?;
                self.reader.end_line()?;
                Ok(scalar)
            }
        }
    }

    fn unquoted(self) -> Result<Cow<'de, str>> {
        let scalar = self.scalar()?;
        if scalar.plain { Ok(scalar.text) } else { Err(NotPlain) }
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let text = self.unquoted()?;
        if !text.bytes().all(|b| b.is_ascii_digit()) || (text.len() > 1 && text.starts_with('0')) {
            return Err(NotPlain);
        }
        visitor.visit_u64(text.parse().map_err(|_| NotPlain)?)
    }
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = NotPlain;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value> {
        Err(NotPlain)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.scalar()?.text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.number(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.number(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let text = self.unquoted()?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (whole, after) = text.split_once('.').unwrap_or((&text, "0"));
        if !digits(whole) || !digits(after) || (whole.len() > 1 && whole.starts_with('0')) {
            return Err(NotPlain);
        }
        visitor.visit_f64(text.parse().map_err(|_| NotPlain)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(self.unquoted()?.into_deserializer())
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        match (self.enter()?, self.reader.peek()) {
            (Place::Block(indent), _) if self.at_dash(indent) => {
                visitor.visit_seq(BlockList { reader: self.reader, indent })
            }
            (place, Some(b'[')) => in_flow(self.reader, place, b']', |list| visitor.visit_seq(list)),
            _ => Err(NotPlain),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        match (self.enter()?, self.reader.peek()) {
            (place, Some(b'{')) => in_flow(self.reader, place, b'}', |map| visitor.visit_map(map)),
            (Place::Block(indent), Some(_)) => {
                // After a dash the first key stands on the dash's line.
                let entered = matches!(self.place, Place::Block(column) if column > 0);
                visitor.visit_map(BlockMap { reader: self.reader, indent, entered })
            }
            _ => Err(NotPlain),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u16 u64 f32 char bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// Reads what stands in brackets or braces, with the rest of the line where they stand in a block.
fn in_flow<'de, T>(
    reader: &mut Reader<'de>,
    place: Place,
    closing: u8,
    read: impl FnOnce(Flow<'_, 'de>) -> Result<T>,
) -> Result<T> {
    reader.at += 1;
    let value = read(Flow { reader, closing, first: true })?;
    reader.gap()?;
    reader.take(closing)?;
    if place != Place::Flow {
        reader.end_line()?;
    }
    Ok(value)
}

/// The entries of a list with dashes in one column.
struct BlockList<'r, 'de> {
    reader: &'r mut Reader<'de>,
    indent: usize,
}

impl<'de> SeqAccess<'de> for BlockList<'_, 'de> {
    type Error = NotPlain;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        match self.reader.next_line() {
            None => return Ok(None),
            Some(indent) if indent < self.indent => return Ok(None),
            Some(indent) if indent > self.indent => return Err(NotPlain),
            // Under a key in the same column the list ends with its last dash.
            Some(indent) if self.reader.rest().get(indent) != Some(&b'-') => return Ok(None),
            Some(indent) => self.reader.at += indent + 1,
        }
        let spaces = self.reader.spaces();
        if spaces == 0 || self.reader.peek() == Some(b'\n') {
            return Err(NotPlain);
        }
        self.reader.count()?;
        let place = Place::Block(self.indent + 1 + spaces);
        seed.deserialize(Value { reader: self.reader, place }).map(Some)
    }
}

/// The pairs of a block, all in one column.
struct BlockMap<'r, 'de> {
    reader: &'r mut Reader<'de>,
    indent: usize,
    /// The first key is where the reader is.
    entered: bool,
}

impl<'de> MapAccess<'de> for BlockMap<'_, 'de> {
    type Error = NotPlain;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !std::mem::take(&mut self.entered) {
            match self.reader.next_line() {
                None => return Ok(None),
                Some(indent) if indent < self.indent => return Ok(None),
                Some(indent) if indent > self.indent => return Err(NotPlain),
                Some(indent) => self.reader.at += indent,
            }
        }
        self.reader.count()?;
        let key = self.reader.key().ok_or(NotPlain)?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(Value { reader: self.reader, place: Place::AfterKey(self.indent) })
    }
}

/// The entries of brackets, or the pairs of braces.
struct Flow<'r, 'de> {
    reader: &'r mut Reader<'de>,
    closing: u8,
    first: bool,
}

impl Flow<'_, '_> {
    /// Whether another entry follows; then the reader is at it.
    fn goes_on(&mut self) -> Result<bool> {
        self.reader.gap()?;
        let first = std::mem::take(&mut self.first);
        if self.reader.peek() == Some(self.closing) {
            return Ok(false);
        }
        if !first {
            self.reader.take(b',')?;
            self.reader.gap()?;
        }
        self.reader.count()?;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Flow<'_, 'de> {
    type Error = NotPlain;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        match self.goes_on()? {
            true => seed.deserialize(Value { reader: self.reader, place: Place::Flow }).map(Some),
            false => Ok(None),
        }
    }
}

impl<'de> MapAccess<'de> for Flow<'_, 'de> {
    type Error = NotPlain;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.goes_on()? {
            return Ok(None);
        }
        let key = self.reader.key().ok_or(NotPlain)?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        self.reader.gap()?;
        seed.deserialize(Value { reader: self.reader, place: Place::Flow })
    }
}
