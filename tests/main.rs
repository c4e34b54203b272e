//! Every test of the program, one module for each kind, linked once: a binary for each would be 30 links of 100 MB.

mod common;

mod aids;
mod assemble;
mod bad;
mod bank;
mod bubbles;
mod cases;
mod cli;
mod explain;
mod export;
mod fillable;
mod fuzz;
mod hostile;
mod html;
mod import;
mod import_qti12;
mod impose;
mod languages;
mod layering;
mod leak;
mod letter;
mod links;
mod own_fonts;
mod packet;
mod picture;
mod readme;
mod repeat;
mod resume;
mod scaffold;
mod seeds;
mod shard;
mod show;
mod specimen;
mod study;
