//! The command line: terminal and environment → what the library is asked, and its answers → stdout.
//!
//! The only room that knows clap, the environment, the terminal and the clock. Nothing of it is
//! visible to the library.

mod args;
mod batch;
mod config;
mod extract;
mod index;
mod output;
mod progress;
mod search;
mod status;

use args::{Cli, Verb};
use clap::Parser;
use std::io::ErrorKind;
use std::process::ExitCode;

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Found, or done.
    Found,
    /// Nothing was found.
    Nothing,
    /// Done, but some files or queries failed.
    Partly,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let quiet = cli.quiet;
    let outcome = match cli.verb {
        Verb::Index(args) => index::run(args, quiet),
        Verb::Search(args) => search::run(*args, cli.color, quiet),
        Verb::Extract(args) => extract::run(args),
        Verb::Status(args) => status::run(args),
        Verb::About => status::about(),
    };
    match outcome {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Partly) => ExitCode::from(3),
        // Whoever closed the pipe has read enough.
        Err(e) if is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("belli: {e:#}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(ErrorKind::BrokenPipe)
    })
}
