//! The commands: read, call, write.
