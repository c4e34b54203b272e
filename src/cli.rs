//! The command line: flags and their help.
