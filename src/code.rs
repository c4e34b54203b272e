//! The sheet code: format version, seed, form and fingerprints, with a check symbol, in Crockford's base 32.
//!
//! 75 bits, highest first: version (3), then 72 bits stirred so that the codes of one run look unlike each other: seed (26),
//! form (14), bank (16), blueprint (16). After them a check symbol, chosen so that the sixteen symbols s₀…s₁₅, as elements of GF(32) with x⁵ + x² + 1, fulfil Σ αⁱ·sᵢ = 0. As the powers of α are distinct, every single
//! wrong symbol and every exchange of two symbols is caught.

use std::fmt;
use std::str::FromStr;

use crate::rng::{Form, Seed};

/// The format of code that this program writes and reads.
const VERSION: u8 = 1;

/// Crockford's digits: no I, L, O, U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetCode {
    /// Seed of the run.
    pub seed: Seed,
    /// Form.
    pub form: Form,
    /// First 16 bits of the bank's fingerprint.
    pub bank: u16,
    /// First 16 bits of the blueprint's fingerprint.
    pub blueprint: u16,
}

/// Why a text is no code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeError {
    /// Not sixteen symbols: so many.
    Length(usize),
    /// A character that no code has.
    Character(char),
    /// The check symbol does not agree: a character is wrong, or two are exchanged.
    Check,
    /// From another version of the code.
    Version(u8),
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeError::Length(n) => write!(f, "a sheet code has 16 letters and digits, this has {n}"),
            CodeError::Character(c) => write!(f, "“{c}” does not occur in sheet codes"),
            CodeError::Check => {
                f.write_str("a character is wrong, or two are exchanged: the check symbol at the end does not agree")
            }
            CodeError::Version(v) => {
                write!(f, "the code is of format {v}, which this version of pilcrow does not know")
            }
        }
    }
}

impl std::error::Error for CodeError {}

/// The first 16 bits of a fingerprint given as hex digits.
pub fn short(fingerprint: &str) -> u16 {
    fingerprint.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok()).unwrap_or(0)
}

impl SheetCode {
    fn bits(&self) -> u128 {
        let said = [
            (u64::from(self.seed.get()), 26),
            (u64::from(self.form.index()), 14),
            (u64::from(self.bank), 16),
            (u64::from(self.blueprint), 16),
        ];
        let said = said.iter().fold(0u128, |bits, (value, width)| bits << width | u128::from(*value));
        u128::from(VERSION) << 72 | stir(said, [0, 1, 2, 3])
    }
}

impl fmt::Display for SheetCode {
    /// `7Q2K-M4XD-9F0T-C3RH`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.bits();
        let mut symbols: Vec<u8> = (0..15).rev().map(|at| (bits >> (5 * at) & 31) as u8).collect();
        // Solve the sum for the last symbol: s₁₅ = (Σ αⁱ·sᵢ) / α¹⁵.
        let sum = weighted_sum(&symbols);
        symbols.extend((0..32).find(|last| times(power(15), *last) == sum));
        for (at, symbol) in symbols.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(DIGITS[usize::from(*symbol)]))?;
        }
        Ok(())
    }
}

impl FromStr for SheetCode {
    type Err = CodeError;

    /// Reads without regard to case, hyphens and spaces; I and L count as 1, O as 0.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut symbols = Vec::with_capacity(16);
        for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‐' | '‑' | '−'))
        {
            let upper = match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                other => other,
            };
            let symbol = DIGITS.iter().position(|d| char::from(*d) == upper).ok_or(CodeError::Character(c))?;
            symbols.push(symbol as u8);
        }
        if symbols.len() != 16 {
            return Err(CodeError::Length(symbols.len()));
        }
        if weighted_sum(&symbols) != 0 {
            return Err(CodeError::Check);
        }
        let bits = symbols[..15].iter().fold(0u128, |bits, s| bits << 5 | u128::from(*s));
        let version = (bits >> 72) as u8;
        let said = stir(bits & ((1 << 72) - 1), [3, 2, 1, 0]);
        let field = |low: u32, width: u32| (said >> low & ((1 << width) - 1)) as u32;
        match (version, Seed::new(field(46, 26)), Form::new(field(32, 14) as u16)) {
            (VERSION, Some(seed), Some(form)) => {
                Ok(SheetCode { seed, form, bank: field(16, 16) as u16, blueprint: field(0, 16) as u16 })
            }
            _ => Err(CodeError::Version(version)),
        }
    }
}

/// A Feistel network over two halves of 36 bits; run with its rounds in reverse order it undoes itself.
fn stir(bits: u128, rounds: [u64; 4]) -> u128 {
    const HALF: u64 = (1 << 36) - 1;
    let mix = |half: u64, round: u64| {
        let product = (half ^ round << 20).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(round);
        (product ^ product >> 29) >> 20 & HALF
    };
    let (mut left, mut right) = ((bits >> 36) as u64 & HALF, bits as u64 & HALF);
    for round in rounds {
        (left, right) = (right, left ^ mix(right, round));
    }
    // The last exchange is taken back, so that the reverse order of rounds is the inverse.
    u128::from(right) << 36 | u128::from(left)
}

/// αⁿ in GF(32).
fn power(n: u32) -> u8 {
    (0..n).fold(1, |value, _| times(value, 2))
}

/// Product in GF(32) modulo x⁵ + x² + 1.
fn times(a: u8, b: u8) -> u8 {
    let mut product = 0u16;
    for bit in 0..5 {
        if b >> bit & 1 == 1 {
            product ^= u16::from(a) << bit;
        }
    }
    for bit in (5..9).rev() {
        if product >> bit & 1 == 1 {
            product ^= 0b10_0101 << (bit - 5);
        }
    }
    product as u8
}

fn weighted_sum(symbols: &[u8]) -> u8 {
    symbols.iter().enumerate().fold(0, |sum, (at, s)| sum ^ times(power(at as u32), *s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(seed: u32, form: u16) -> SheetCode {
        SheetCode { seed: Seed::new(seed).unwrap(), form: Form::new(form).unwrap(), bank: 0xBEEF, blueprint: 0x1234 }
    }

    #[test]
    fn reads_what_it_writes_however_it_is_typed() {
        for (seed, form) in [(0, 0), (1, 1), (Seed::MAX, Form::COUNT - 1), (1961, 3)] {
            let code = sample(seed, form);
            let text = code.to_string();
            assert_eq!(text.len(), 19);
            assert_eq!(text.parse(), Ok(code));
            let typed = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(typed.parse(), Ok(code));
        }
    }

    #[test]
    fn every_wrong_character_and_every_exchange_is_caught() {
        let text: String = sample(1961, 2).to_string().replace('-', "");
        for at in 0..16 {
            for digit in DIGITS.iter().map(|d| char::from(*d)) {
                let mut typed: Vec<char> = text.chars().collect();
                if typed[at] != digit {
                    typed[at] = digit;
                    assert_eq!(typed.iter().collect::<String>().parse::<SheetCode>(), Err(CodeError::Check));
                }
            }
            for other in 0..at {
                let mut typed: Vec<char> = text.chars().collect();
                if typed[at] != typed[other] {
                    typed.swap(at, other);
                    assert_eq!(typed.iter().collect::<String>().parse::<SheetCode>(), Err(CodeError::Check));
                }
            }
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!("7Q2K".parse::<SheetCode>(), Err(CodeError::Length(4)));
        assert_eq!("7Q2U-M4XD-9F0T-C3RH".parse::<SheetCode>(), Err(CodeError::Character('U')));
    }
}
