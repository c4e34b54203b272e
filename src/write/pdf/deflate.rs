//! Deflates the streams of a run's files by libdeflate, which takes each of them whole.

use libdeflater::{CompressionLvl, Compressor};

/// The level for what is deflated once a file: 6 gains a tenth of the size for three times the time. zlib's quickest took four
/// fifths of this one's time for a third more bytes.
const QUICK: i32 = 1;

/// The level for what is deflated once a run: the ones above gain some thousandths for five times the time.
const SMALL: i32 = 9;

/// Deflates, with the memory that it needs for it made once.
pub(super) struct Deflater {
    tool: Compressor,
    out: Vec<u8>,
}

impl Default for Deflater {
    fn default() -> Self {
        Deflater { tool: at_level(QUICK), out: Vec::new() }
    }
}

impl Deflater {
    /// The deflated bytes, in zlib's wrapping; they stand until the next are.
    pub fn deflate(&mut self, bytes: &[u8]) -> &[u8] {
        let length = deflated(&mut self.tool, bytes, &mut self.out);
        &self.out[..length]
    }
}

/// A little smaller: for what is deflated once a run.
pub(super) fn small(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let length = deflated(&mut at_level(SMALL), bytes, &mut out);
    out.truncate(length);
    out
}

fn at_level(level: i32) -> Compressor {
    Compressor::new(CompressionLvl::new(level).unwrap_or_default())
}

/// Puts the deflated bytes at the beginning of `out`; how many they are.
fn deflated(tool: &mut Compressor, bytes: &[u8], out: &mut Vec<u8>) -> usize {
    let most = tool.zlib_compress_bound(bytes.len());
    if out.len() < most {
        out.resize(most, 0);
    }
    // There is room for the longest that they can be.
    tool.zlib_compress(bytes, out).unwrap_or_default()
}
