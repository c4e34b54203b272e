//! The file that `pilcrow study` writes.
