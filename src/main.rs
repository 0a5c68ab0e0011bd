//! The program: does what the command line says and gives back an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    onebox::cli::run()
}
