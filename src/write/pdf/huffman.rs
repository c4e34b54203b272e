//! Huffman's codes as deflate has them: canonical, with a limit to the length of a word.
//!
//! Source: RFC 1951, “Compression by compressed blocks”.

/// Most symbols of a code: literals and lengths.
pub(super) const MOST: usize = 286;

/// A code for symbols from 0 on: of each its word, first bit lowest, and how long that is; no bits where it does not occur.
#[derive(Debug)]
pub(super) struct Code<const N: usize>([(u16, u8); N]);

impl<const N: usize> Code<N> {
    /// The shortest code for symbols that occur so often, or nearly so where a word would be longer than `longest` bits.
    pub fn of(counts: &[u32; N], longest: u8) -> Self {
        let lengths = lengths(counts, usize::from(longest));
        let mut used = [0u16; 16];
        lengths.iter().filter(|length| **length > 0).for_each(|length| used[usize::from(*length)] += 1);
        let mut next = [0u16; 16];
        for length in 1..16 {
            next[length] = (next[length - 1] + used[length - 1]) << 1;
        }
        let word = |length: u8| {
            let next = &mut next[usize::from(length)];
            let word = *next;
            *next += u16::from(length > 0);
            (word.reverse_bits().checked_shr(16 - u32::from(length)).unwrap_or(0), length)
        };
        Code(lengths.map(word))
    }

    /// A symbol's word and its length.
    pub fn word(&self, symbol: usize) -> (u16, u8) {
        self.0[symbol]
    }

    /// The lengths up to the last symbol that occurs, but at least so many.
    pub fn lengths(&self, least: usize) -> impl Iterator<Item = u8> {
        let used = self.0.iter().rposition(|(_, length)| *length > 0).map_or(0, |last| last + 1);
        self.0.iter().take(used.max(least)).map(|(_, length)| *length)
    }
}

/// Bits of a leaf that tell its symbol; those above tell how often it occurs, so that leaves are sorted by that.
const SYMBOL: u32 = 9;

/// The length of each symbol's word; 0 where it does not occur. Two at least have one: some readers want a whole code.
fn lengths<const N: usize>(counts: &[u32; N], longest: usize) -> [u8; N] {
    let mut leaves = [0u32; N];
    let mut used = 0;
    for (symbol, count) in (0..).zip(counts).filter(|(_, count)| **count > 0) {
        leaves[used] = count << SYMBOL | symbol;
        used += 1;
    }
    let unused = (0..).zip(counts).filter(|(_, count)| **count == 0);
    for (symbol, _) in unused.take(2usize.saturating_sub(used)) {
        leaves[used] = symbol;
        used += 1;
    }
    let leaves = &mut leaves[..used];
    leaves.sort_unstable();
    let per_length = per_length(leaves, longest);
    let mut lengths = [0; N];
    let mut rest = leaves.iter();
    for (length, count) in per_length.iter().enumerate().rev() {
        rest.by_ref().take(*count).for_each(|leaf| lengths[(leaf & ((1 << SYMBOL) - 1)) as usize] = length as u8);
    }
    lengths
}

/// How many words there are of each length. Leaves stand in the order of their counts, and so do the nodes made of them, so that
/// the next two to be joined always head one of two rows.
fn per_length(leaves: &[u32], longest: usize) -> [usize; 16] {
    let count = leaves.len();
    let (mut weights, mut parents) = ([0u32; 2 * MOST], [0u16; 2 * MOST]);
    weights.iter_mut().zip(leaves).for_each(|(weight, leaf)| *weight = leaf >> SYMBOL);
    let (mut leaf, mut inner) = (0, count);
    for node in count..2 * count - 1 {
        for _ in 0..2 {
            let takes_leaf = leaf < count && (inner == node || weights[leaf] <= weights[inner]);
            let next = if takes_leaf { &mut leaf } else { &mut inner };
            parents[*next] = node as u16;
            weights[node] += weights[*next];
            *next += 1;
        }
    }
    let mut per_length = [0; 16];
    let mut depths = [0u16; 2 * MOST];
    for node in (0..2 * count - 2).rev() {
        depths[node] = depths[usize::from(parents[node])] + 1;
        if node < count {
            per_length[usize::from(depths[node]).min(longest)] += 1;
        }
    }
    // Words cut to the limit take more room than there is: the deepest pair is parted, one half below a shorter word.
    let taken =
        |per_length: &[usize; 16]| (1..=longest).map(|length| per_length[length] << (longest - length)).sum::<usize>();
    while taken(&per_length) > 1 << longest {
        per_length[longest] -= 1;
        if let Some(shorter) = (1..longest).rev().find(|length| per_length[*length] > 0) {
            per_length[shorter] -= 1;
            per_length[shorter + 1] += 2;
        }
    }
    per_length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_the_standards_example_is_its_own() {
        // RFC 1951, 3.2.2: lengths 3, 3, 3, 3, 3, 2, 4, 4 give these words.
        let code = Code::of(&[4, 4, 4, 4, 4, 8, 2, 2], 15);
        assert_eq!(code.lengths(0).collect::<Vec<u8>>(), [3, 3, 3, 3, 3, 2, 4, 4]);
        let words: Vec<u16> = (0..8).map(|at| code.word(at)).map(|(word, n)| word.reverse_bits() >> (16 - n)).collect();
        assert_eq!(words, [0b010, 0b011, 0b100, 0b101, 0b110, 0b00, 0b1110, 0b1111]);
    }

    #[test]
    fn a_limited_code_is_whole() {
        let mut counts = [0u32; 30];
        (counts[0], counts[1]) = (1, 1);
        for at in 2..30 {
            counts[at] = counts[at - 1] + counts[at - 2];
        }
        for longest in [5, 7, 15] {
            let code = Code::of(&counts, longest);
            let lengths: Vec<u8> = code.lengths(0).collect();
            assert!(lengths.iter().all(|length| (1..=longest).contains(length)), "{lengths:?}");
            assert_eq!(lengths.iter().map(|length| 1u32 << (longest - length)).sum::<u32>(), 1 << longest);
            assert!(lengths.is_sorted_by(|a, b| a >= b), "{lengths:?}");
        }
    }

    #[test]
    fn one_symbol_has_a_companion() {
        let code = Code::of(&[0, 0, 9], 15);
        assert_eq!(code.lengths(0).collect::<Vec<u8>>(), [1, 0, 1]);
    }
}
