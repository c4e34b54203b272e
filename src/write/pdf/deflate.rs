//! Deflates the streams of a run's files by zlib.

use flate2::{Compress, Compression, FlushCompress, Status};

/// zlib's level for what is deflated once a file: 6 gains some hundredths of the size for twice the time.
const QUICK: u32 = 1;

/// Deflates, with the memory that it needs for it made once.
pub(super) struct Deflater {
    zlib: Compress,
    out: Vec<u8>,
}

impl Default for Deflater {
    fn default() -> Self {
        Deflater { zlib: Compress::new(Compression::new(QUICK), true), out: Vec::new() }
    }
}

impl Deflater {
    /// The deflated bytes, in zlib's wrapping; they stand until the next are.
    pub fn deflate(&mut self, bytes: &[u8]) -> &[u8] {
        self.zlib.reset();
        self.out.clear();
        self.out.reserve(bytes.len() / 2 + 64);
        finish(&mut self.zlib, bytes, &mut self.out);
        &self.out
    }
}

/// As small as zlib makes it: for what is deflated once a run.
pub(super) fn small(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 64);
    finish(&mut Compress::new(Compression::best(), true), bytes, &mut out);
    out
}

fn finish(zlib: &mut Compress, bytes: &[u8], out: &mut Vec<u8>) {
    loop {
        let read = zlib.total_in() as usize;
        // An error is impossible here: it stands for a stream that was damaged by its caller.
        match zlib.compress_vec(bytes.get(read..).unwrap_or_default(), out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return,
            Ok(_) => out.reserve(bytes.len() / 4 + 64),
        }
    }
}
