//! Pilcrow: question banks keyed to the paragraphs of a primary source, and the worksheets and keys made from them.
//!
//! The modules stand in the order of the data's way; each may use only those above it (`tests/layering.rs` holds this).
//!
//! | module | knows |
//! |--|--|
//! | [`known`] | a map without an order |
//! | [`input`], [`diag`], [`file`], [`yaml`] | a named text; a fault at its place; a text from disk; a typed value read from YAML, or every fault in it |
//! | [`typeface`], [`picture`] | the built-in fonts; a picture that can be printed, made of a file's bytes |
//! | [`text`] | inline text and its mark-up |
//! | [`english`] | which words are common, stems, syllables, spelling |
//! | [`letter`] | the source: paragraphs, sections, notes |
//! | [`bank`] | the valid items; checks and lint |
//! | [`blueprint`] | what a sheet must contain |
//! | [`scaffold`] | a first bank for any text |
//! | [`rng`], [`code`], [`sheet`] | chance; the code on a sheet; one assembled form as a value |
//! | [`assemble`] | bank, blueprint, seed and form → sheet |
//! | [`doc`], [`compose`] | a document of a dozen blocks; sheet → worksheet, key, strip |
//! | [`study`] | bank → self-study quiz; scoring; what comes next in a session |
//! | [`layout`], [`write`] | document → pages; document or pages → bytes |
//! | [`exchange`], [`export`], [`import`] | exercises as other programs know them; → their files; their files → a bank |
//! | [`cmd`], [`cli`] | files; flags |

// The program never panics; its tests may.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)]

pub mod known;

pub mod input;

pub mod diag;

pub mod file;

pub mod typeface;

pub mod picture;

pub mod yaml;

pub mod text;

pub mod english;

pub mod letter;

pub mod bank;

pub mod blueprint;

pub mod scaffold;

pub mod rng;

pub mod code;

pub mod sheet;

pub mod assemble;

pub mod doc;

pub mod compose;

pub mod study;

pub mod layout;

pub mod write;

pub mod exchange;

pub mod export;

pub mod import;

pub mod cmd;

pub mod cli;
