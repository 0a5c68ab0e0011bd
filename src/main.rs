//! The program: reads the command line, does it, says what went wrong.

fn main() {}
