//! Deflates the streams of a run's files, which are many and short.
//!
//! For each stream zlib clears 128 KB of tables, and at its usual levels it weighs many places for each byte; a sheet has a dozen
//! streams of a few kilobytes. This keeps its tables from one stream to the next, looks at the last two places that began
//! alike, and takes the longer match: half of the work of zlib's level 4 for a twentieth more bytes. Source: RFC 1950 and 1951.

use flate2::{Compress, Compression, FlushCompress, Status};

use super::huffman::{Code, MOST};

/// Bits of a hash: so many rows of places.
const HASH: u32 = 12;

/// How far back a match may lie, and how long it may be: by the standard.
const WINDOW: usize = 32_768;
const LONGEST: usize = 258;

/// Bytes of a block, each of which has a code of its own.
const BLOCK: usize = 1 << 16;

/// The symbol that ends a block; those of lengths follow.
const END: usize = 256;

/// Symbols for distances, and for lengths of words in a block's head.
const DISTANCES: usize = 30;
const WORDS: usize = 19;

/// The shortest length of each symbol for lengths; the last stands for the longest alone.
const LENGTHS: [u16; 29] = {
    let mut lengths = [0; 29];
    let mut at = 0;
    while at < 28 {
        lengths[at] = 3 + if at < 8 { at as u16 } else { (4 + at as u16 % 4) << (at / 4 - 1) };
        at += 1;
    }
    lengths[28] = LONGEST as u16;
    lengths
};

/// The symbol of each length, counted from a length of 3 on.
const LENGTH_SYMBOLS: [u8; LONGEST - 2] = {
    let mut symbols = [0; LONGEST - 2];
    let (mut length, mut symbol) = (3, 0);
    while length <= LONGEST {
        if symbol < 28 && length as u16 == LENGTHS[symbol + 1] {
            symbol += 1;
        }
        symbols[length - 3] = symbol as u8;
        length += 1;
    }
    symbols
};

/// Deflates, with the memory that it needs for it made once.
pub(super) struct Deflater {
    /// By the hash of four bytes, the last two places that began with them, counted through all streams; the later first.
    places: Vec<[u32; 2]>,
    /// The count at which this stream begins: places before it are another stream's.
    base: u32,
    /// Matches of the block.
    copies: Vec<Copied>,
    bits: Bits,
}

/// Bytes that stand `distance` bytes before as well, after others that do not.
#[derive(Debug, Clone, Copy)]
struct Copied {
    literals: u32,
    length: u16,
    distance: u16,
}

/// Bits that become bytes, the first in the lowest place.
#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    waiting: u64,
    count: u32,
}

impl Bits {
    /// Adds at most 57 bits between two settlings.
    #[inline]
    fn put(&mut self, (bits, count): (u64, u32)) {
        self.waiting |= bits << self.count;
        self.count += count;
    }

    #[inline]
    fn word(&mut self, (word, count): (u16, u8)) {
        self.put((u64::from(word), u32::from(count)));
    }

    /// Writes the whole bytes.
    #[inline]
    fn settle(&mut self) {
        let whole = self.count / 8;
        let end = self.out.len() + whole as usize;
        self.out.extend_from_slice(&self.waiting.to_le_bytes());
        self.out.truncate(end);
        self.waiting >>= whole * 8;
        self.count %= 8;
    }
}

impl Default for Deflater {
    fn default() -> Self {
        let bits = Bits::default();
        Deflater { places: vec![[0; 2]; 1 << HASH], base: 1, copies: Vec::new(), bits }
    }
}

impl Deflater {
    /// The deflated bytes, in zlib's wrapping; they stand until the next are.
    pub fn deflate(&mut self, bytes: &[u8]) -> &[u8] {
        let length = bytes.len() as u32;
        if self.base.checked_add(length).is_none() {
            self.places.fill([0; 2]);
            self.base = 1;
        }
        self.bits.out.clear();
        // Deflate with a window of 32 KB, made quickly.
        self.bits.out.extend_from_slice(&[0x78, 0x5e]);
        let mut start = 0;
        loop {
            let end = bytes.len().min(start + BLOCK);
            self.search(bytes, start, end);
            self.write(bytes.get(start..end).unwrap_or_default(), end == bytes.len());
            start = end;
            if start == bytes.len() {
                break;
            }
        }
        self.base += length;
        self.bits.count = self.bits.count.next_multiple_of(8);
        self.bits.settle();
        self.bits.out.extend_from_slice(&simd_adler32::adler32(&bytes).to_be_bytes());
        &self.bits.out
    }

    /// Finds the matches of a block.
    fn search(&mut self, bytes: &[u8], start: usize, end: usize) {
        self.copies.clear();
        let block = bytes.get(..end).unwrap_or_default();
        let (mut at, mut literal) = (start, start);
        while at + 8 <= end {
            let here = eight(block, at);
            let place = self.base.wrapping_add(at as u32);
            let row = &mut self.places[hash(here)];
            let [last, earlier] = *row;
            *row = [place, last];
            let (mut length, mut distance) = (0, 0);
            for known in [last, earlier] {
                let back = place.wrapping_sub(known) as usize;
                if back <= at.min(WINDOW - 1) {
                    let differing = eight(block, at - back) ^ here;
                    if differing as u32 == 0 {
                        let alike = match differing {
                            0 => 8 + alike(&block[at - back + 8..], &block[at + 8..]),
                            _ => differing.trailing_zeros() as usize / 8,
                        };
                        if alike > length {
                            (length, distance) = (alike, back);
                        }
                    }
                }
            }
            if length == 0 {
                at += 1;
                continue;
            }
            let literals = (at - literal) as u32;
            self.copies.push(Copied { literals, length: length as u16, distance: distance as u16 });
            // Every other place of a match is enough to find it again.
            for inner in (at + 1..(at + length).min(end.saturating_sub(7))).step_by(2) {
                let row = &mut self.places[hash(eight(block, inner))];
                *row = [self.base.wrapping_add(inner as u32), row[0]];
            }
            at += length;
            literal = at;
        }
    }

    /// Writes a block.
    fn write(&mut self, block: &[u8], last: bool) {
        let (mut symbols, mut distances) = ([0u32; MOST], [0u32; DISTANCES]);
        let mut rest = block;
        for copied in &self.copies {
            let (literals, after) = rest.split_at(copied.literals as usize);
            literals.iter().for_each(|byte| symbols[usize::from(*byte)] += 1);
            symbols[length_symbol(copied.length)] += 1;
            distances[distance_symbol(copied.distance).0] += 1;
            rest = after.get(usize::from(copied.length)..).unwrap_or_default();
        }
        rest.iter().for_each(|byte| symbols[usize::from(*byte)] += 1);
        symbols[END] = 1;
        let (symbols, distances) = (Code::of(&symbols, 15), Code::of(&distances, 15));
        self.bits.head(&symbols, &distances, last);
        let mut rest = block;
        for copied in &self.copies {
            let (literals, after) = rest.split_at(copied.literals as usize);
            self.bits.literals(literals, &symbols);
            rest = after.get(usize::from(copied.length)..).unwrap_or_default();
            let symbol = length_symbol(copied.length);
            let (shortest, extra) = lengths_of(symbol);
            self.bits.word(symbols.word(symbol));
            self.bits.put((u64::from(copied.length - shortest), extra));
            let (symbol, extra) = distance_symbol(copied.distance);
            self.bits.word(distances.word(symbol));
            // What follows a distance's symbol are its own lower bits, counted from a distance of 1.
            self.bits.put((u64::from(copied.distance - 1) & ((1 << extra) - 1), extra));
            self.bits.settle();
        }
        self.bits.literals(rest, &symbols);
        self.bits.word(symbols.word(END));
        self.bits.settle();
    }
}

impl Bits {
    fn literals(&mut self, bytes: &[u8], symbols: &Code<MOST>) {
        // Three words have 45 bits at most.
        for some in bytes.chunks(3) {
            some.iter().for_each(|byte| self.word(symbols.word(usize::from(*byte))));
            self.settle();
        }
    }

    /// The head of a block: its codes, by the lengths of their words, in a code of their own.
    fn head(&mut self, symbols: &Code<MOST>, distances: &Code<DISTANCES>, last: bool) {
        /// The order in which the lengths of that code stand.
        const ORDER: [usize; WORDS] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
        let mut lengths = Vec::with_capacity(MOST + DISTANCES);
        lengths.extend(symbols.lengths(END + 1));
        let symbol_count = lengths.len();
        lengths.extend(distances.lengths(1));
        let mut counts = [0; WORDS];
        for_each_piece(&lengths, |symbol, _| counts[symbol] += 1);
        let code = Code::of(&counts, 7);
        let used = ORDER.iter().rposition(|symbol| code.word(*symbol).1 > 0).map_or(4, |at| (at + 1).max(4));
        self.put((u64::from(last) | 2 << 1, 3));
        self.put(((symbol_count - END - 1) as u64, 5));
        self.put(((lengths.len() - symbol_count - 1) as u64, 5));
        self.put(((used - 4) as u64, 4));
        for symbol in &ORDER[..used] {
            self.settle();
            self.put((u64::from(code.word(*symbol).1), 3));
        }
        for_each_piece(&lengths, |symbol, extra| {
            self.settle();
            self.word(code.word(symbol));
            self.put(extra);
        });
        self.settle();
    }
}

/// The symbols by which the lengths of words are told, each with what follows on it: bits, and how many.
fn for_each_piece(lengths: &[u8], mut each: impl FnMut(usize, (u64, u32))) {
    for run in lengths.chunk_by(|a, b| a == b) {
        let length = usize::from(run[0]);
        let mut left = run.len();
        if length > 0 {
            each(length, (0, 0));
            left -= 1;
        }
        while left > 0 {
            let (symbol, least, most, bits) = match (length, left) {
                (0, 11..) => (18, 11, 138, 7),
                (0, 3..) => (17, 3, 10, 3),
                (1.., 3..) => (16, 3, 6, 2),
                _ => (length, 1, 1, 0),
            };
            let covered = left.min(most);
            each(symbol, ((covered - least) as u64, bits));
            left -= covered;
        }
    }
}

/// As small as zlib makes it: for what is deflated once a run.
pub(super) fn small(bytes: &[u8]) -> Vec<u8> {
    let mut zlib = Compress::new(Compression::best(), true);
    let mut out = Vec::with_capacity(bytes.len() + 64);
    loop {
        let read = zlib.total_in() as usize;
        // An error is impossible here: it stands for a stream that was damaged by its caller.
        match zlib.compress_vec(bytes.get(read..).unwrap_or_default(), &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return out,
            Ok(_) => out.reserve(bytes.len() / 4 + 64),
        }
    }
}

/// Eight bytes from a place on, the first lowest.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// A row for the first four of eight bytes.
#[inline]
fn hash(eight: u64) -> usize {
    ((eight as u32).wrapping_mul(0x9E37_79B1) >> (32 - HASH)) as usize
}

/// How many bytes two rows have in common at their beginning, without the eight before them, up to the longest match.
fn alike(a: &[u8], b: &[u8]) -> usize {
    let most = b.len().min(LONGEST - 8);
    let mut at = 0;
    while at + 8 <= most {
        let differing = eight(a, at) ^ eight(b, at);
        if differing != 0 {
            return at + differing.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + a.iter().skip(at).zip(b.get(at..most).unwrap_or_default()).take_while(|(a, b)| a == b).count()
}

#[inline]
fn length_symbol(length: u16) -> usize {
    END + 1 + usize::from(LENGTH_SYMBOLS[usize::from(length) - 3])
}

/// The shortest length that a symbol stands for, and how many bits tell the others.
#[inline]
fn lengths_of(symbol: usize) -> (u16, u32) {
    let at = symbol - END - 1;
    (LENGTHS[at], if at < 8 || at == 28 { 0 } else { at as u32 / 4 - 1 })
}

/// The symbol of a distance, and how many bits follow on it: it tells the two highest bits and where they stand.
#[inline]
fn distance_symbol(distance: u16) -> (usize, u32) {
    let before = u32::from(distance - 1);
    match before.checked_ilog2() {
        None | Some(0) => (before as usize, 0),
        Some(high) => ((2 * high + (before >> (high - 1) & 1)) as usize, high - 1),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn inflated(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut out).unwrap();
        out
    }

    /// Bytes of some kind, without any library's chance.
    fn bytes(kind: usize, count: usize) -> Vec<u8> {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let byte = |at: usize| match kind {
            0 => 7,
            1 => next(),
            2 => b'a' + next() % 4,
            3 => (at / 300) as u8,
            _ => b"/P <</MCID 12>> BDC\n"[at % 20] ^ u8::from(next() < 9),
        };
        (0..count).map(byte).collect()
    }

    #[test]
    fn another_library_inflates_what_is_deflated() {
        let mut deflater = Deflater::default();
        for count in [0, 1, 2, 3, 7, 8, 9, 11, 12, 16, 257, 258, 259, 266, 1000, 40_000, 65_536, 65_540, 200_000] {
            for kind in 0..5 {
                let plain = bytes(kind, count);
                assert!(inflated(deflater.deflate(&plain)) == plain, "{count} bytes of kind {kind}");
            }
        }
    }

    #[test]
    fn what_was_deflated_before_changes_nothing() {
        let mut deflater = Deflater::default();
        let plain = bytes(4, 5000);
        let first = deflater.deflate(&plain).to_vec();
        deflater.deflate(&bytes(2, 3000));
        assert_eq!(deflater.deflate(&plain), first);
        // Where the count of places ends it begins anew.
        deflater.base = u32::MAX - 4000;
        assert_eq!(deflater.deflate(&plain), first);
        assert!(first.len() < plain.len() / 4);
    }

    #[test]
    fn what_cannot_be_made_smaller_grows_little() {
        let plain = bytes(1, 100_000);
        assert!(Deflater::default().deflate(&plain).len() < plain.len() + plain.len() / 100);
    }

    #[test]
    fn every_length_and_distance_has_the_standards_symbol() {
        for (length, symbol) in
            [(3, 257), (10, 264), (11, 265), (18, 268), (19, 269), (227, 284), (257, 284), (258, 285)]
        {
            assert_eq!(length_symbol(length), symbol, "{length}");
        }
        assert_eq!((lengths_of(265), lengths_of(284), lengths_of(285)), ((11, 1), (227, 5), (258, 0)));
        for (distance, symbol) in [(1, 0), (4, 3), (5, 4), (7, 5), (9, 6), (24_576, 28), (24_577, 29), (32_767, 29)] {
            assert_eq!(distance_symbol(distance).0, symbol, "{distance}");
        }
        assert_eq!((distance_symbol(5).1, distance_symbol(24_577).1), (1, 13));
    }
}
