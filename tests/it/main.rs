//! The tests of the whole program, in one binary: linking it once is faster than linking it for each file.

mod cli;
mod contract;
mod house;
mod support;
