//! Chance: seeds, sub-seeds, shuffles. `rand` is used here alone.
