//! The bytes of a PDF file: numbered objects, most of them in deflated object streams, and the table that finds them.
//!
//! printpdf and lopdf hold a whole document as objects in memory and write it at once; a class's worth of tagged sheets has
//! half a million objects, so these bytes are written as they come.

use std::io::{self, Write};

use libdeflater::Crc;
use sha2::{Digest, Sha256};

use super::deflate::Deflater;
use super::number::{hex, reference, whole};

/// Most objects of one object stream: a reader inflates all of them to find one.
const PACK: usize = 400;

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Nowhere,
    /// Byte of the file, or of its chunk.
    At(u64),
    /// Number of the object stream, and place in it.
    In(u32, u16),
}

/// Objects serialized apart from the file that they go to. Numbers below its first are those that the file kept.
pub(super) struct Chunk {
    next: u32,
    bytes: Vec<u8>,
    places: Vec<(u32, Place)>,
    /// The object stream that is being filled: numbers and ends of its objects, and their bytes.
    packed: Vec<(u32, usize)>,
    pack: Vec<u8>,
}

impl Chunk {
    /// An empty chunk whose first object has the number `first`.
    pub fn new(first: u32) -> Self {
        Chunk { next: first, bytes: Vec::new(), places: Vec::new(), packed: Vec::new(), pack: Vec::new() }
    }

    /// The next `count` numbers; the first of them.
    pub fn reserve(&mut self, count: u32) -> u32 {
        let number = self.next;
        self.next += count;
        number
    }

    /// Makes room for so many bytes at once.
    pub fn make_room(&mut self, bytes: usize) {
        self.bytes.reserve(bytes);
    }

    /// Adds an object to an object stream.
    pub fn object(&mut self, number: u32, deflater: &mut Deflater, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.pack);
        self.pack.push(b'\n');
        self.packed.push((number, self.pack.len()));
        if self.packed.len() == PACK {
            self.flush(deflater);
        }
    }

    /// Adds a stream that is deflated already; `entries` are those of its dictionary beside length and filter.
    pub fn stream(&mut self, number: u32, entries: &[u8], deflated: &[u8]) {
        let filter: &[u8] = b"/Filter/FlateDecode";
        self.plain_stream(number, &[entries, filter].concat(), deflated);
    }

    /// Adds a stream as it is.
    pub fn plain_stream(&mut self, number: u32, entries: &[u8], content: &[u8]) {
        self.places.push((number, Place::At(self.bytes.len() as u64)));
        let out = &mut self.bytes;
        whole(out, number);
        out.extend_from_slice(b" 0 obj\n<<");
        out.extend_from_slice(entries);
        out.extend_from_slice(b"/Length ");
        whole(out, content.len() as u64);
        out.extend_from_slice(b">>\nstream\n");
        out.extend_from_slice(content);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// The chunk as it will stand in the file.
    pub fn sealed(mut self, deflater: &mut Deflater) -> Sealed {
        self.flush(deflater);
        let mut crc = Crc::new();
        crc.update(&self.bytes);
        let sums = [crc.sum(), simd_adler32::adler32(&self.bytes.as_slice())];
        Sealed { next: self.next, bytes: self.bytes, places: self.places, sums }
    }

    /// Writes the object stream that is being filled; its number is the chunk's next one.
    fn flush(&mut self, deflater: &mut Deflater) {
        if self.packed.is_empty() {
            return;
        }
        let stream = self.reserve(1);
        let mut content = Vec::with_capacity(self.pack.len() + self.packed.len() * 10);
        let mut start = 0;
        let packed = std::mem::take(&mut self.packed);
        for (at, (number, end)) in packed.iter().enumerate() {
            whole(&mut content, *number);
            content.push(b' ');
            whole(&mut content, start as u64);
            content.push(b' ');
            start = *end;
            self.places.push((*number, Place::In(stream, at as u16)));
        }
        let mut entries = b"/Type/ObjStm/N ".to_vec();
        whole(&mut entries, packed.len() as u64);
        entries.extend_from_slice(b"/First ");
        whole(&mut entries, content.len() as u64);
        content.append(&mut self.pack);
        self.stream(stream, &entries, deflater.deflate(&content));
    }

    /// How many numbers a chunk takes that has so many objects, in object streams and apart.
    pub fn numbers(packed: u32, apart: u32) -> u32 {
        packed + apart + packed.div_ceil(PACK as u32)
    }
}

/// A chunk to which nothing is added any more.
pub(super) struct Sealed {
    next: u32,
    bytes: Vec<u8>,
    places: Vec<(u32, Place)>,
    /// Two checksums of its bytes, which together with those of other chunks tell files apart; SHA-256 of all bytes was a fiftieth
    /// of a run.
    sums: [u32; 2],
}

/// A file that is written from front to back.
pub(super) struct File<W> {
    out: W,
    written: u64,
    /// By object number; number 0 is never an object's.
    places: Vec<Place>,
    /// Of the checksums of what was written: the file's identity.
    hash: Sha256,
}

impl<W: Write> File<W> {
    /// Begins a file of PDF 1.7; the numbers 1 to `kept` are kept for the end.
    pub fn begin(out: W, kept: u32) -> io::Result<Self> {
        let mut file = File { out, written: 0, places: vec![Place::Nowhere; kept as usize + 1], hash: Sha256::new() };
        // Four bytes over 127 tell programs that move files that this is no text.
        file.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(file)
    }

    /// The number that the next chunk must begin with.
    pub fn next(&self) -> u32 {
        self.places.len() as u32
    }

    /// Writes a chunk, whose numbers begin with the next one.
    pub fn append(&mut self, chunk: &Sealed) -> io::Result<()> {
        let start = self.written;
        self.places.resize(self.places.len().max(chunk.next as usize), Place::Nowhere);
        for (number, place) in &chunk.places {
            if let Some(known) = self.places.get_mut(*number as usize) {
                *known = if let Place::At(at) = place { Place::At(start + at) } else { *place };
            }
        }
        chunk.sums.iter().for_each(|sum| self.hash.update(sum.to_be_bytes()));
        self.put(&chunk.bytes)
    }

    /// Writes the table of all objects and ends the file; `root` is the catalog's number, `info` the information's.
    pub fn end(mut self, root: u32, info: u32, deflater: &mut Deflater) -> io::Result<W> {
        let at = self.written;
        let number = self.next();
        self.places.push(Place::At(at));
        // What a row differs in from the one above deflates to a fifth of the rows themselves.
        let mut table = Vec::with_capacity(self.places.len() * 9);
        let mut above = 0u64;
        for place in &self.places {
            // A byte for the kind, five for a place, two for a place in it.
            let row = match *place {
                Place::Nowhere => 0,
                Place::At(at) => 1 << 56 | at << 16,
                Place::In(stream, index) => 2 << 56 | u64::from(stream) << 16 | u64::from(index),
            };
            table.push(2);
            let pairs = row.to_be_bytes().into_iter().zip(above.to_be_bytes());
            table.extend(pairs.map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        let id = self.hash.clone().finalize();
        let mut entries = b"/Type/XRef/W[1 5 2]/DecodeParms<</Predictor 12/Columns 8>>/Size ".to_vec();
        whole(&mut entries, u64::from(number) + 1);
        entries.extend_from_slice(b"/Root ");
        reference(&mut entries, root);
        entries.extend_from_slice(b"/Info ");
        reference(&mut entries, info);
        entries.extend_from_slice(b"/ID[");
        for _ in 0..2 {
            entries.push(b'<');
            id.chunks(2).take(8).for_each(|pair| hex(&mut entries, u16::from_be_bytes([pair[0], pair[1]])));
            entries.push(b'>');
        }
        entries.push(b']');
        let mut chunk = Chunk::new(number);
        chunk.reserve(1);
        chunk.stream(number, &entries, deflater.deflate(&table));
        self.put(&chunk.bytes)?;
        let mut end = b"startxref\n".to_vec();
        whole(&mut end, at);
        end.extend_from_slice(b"\n%%EOF\n");
        self.put(&end)?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}
