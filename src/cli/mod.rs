//! The command line: terminal and environment → what the library is asked, and its answers → stdout.
//!
//! The only room that knows clap, the environment, the terminal and the clock. Nothing of it is
//! visible to the library.

/// Writes a line on stderr; that nobody reads it is no error.
macro_rules! say {
    ($($part:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($part)*);
    }};
}

mod args;
mod batch;
mod config;
mod count;
mod entries;
mod eval;
mod extract;
mod facets;
mod index;
mod kwic;
mod output;
mod own;
mod progress;
mod question;
mod search;
mod show;
mod status;
mod timeline;
mod watch;

use args::{Cli, Verb};
use belli::search::Which;
use clap::Parser;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

/// How a verb ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Found, or done.
    Found,
    /// Nothing was found.
    Nothing,
    /// Done, but some files or queries failed.
    Partly,
    /// Stopped by Ctrl-C; what was done is kept.
    Stopped,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // A panic is our bug or a damaged index: one line instead of a trace, and an exit status that
    // scripts know.
    let message = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&message);
    std::panic::set_hook(Box::new(move |panic| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.clone_from(&panic.to_string());
    }));
    match catch_unwind(AssertUnwindSafe(|| verb(cli))) {
        Ok(Ok(Outcome::Found)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Nothing)) => ExitCode::from(1),
        Ok(Ok(Outcome::Partly)) => ExitCode::from(3),
        Ok(Ok(Outcome::Stopped)) => ExitCode::from(130),
        // Whoever closed the pipe has read enough.
        Ok(Err(e)) if is_broken_pipe(&e) => ExitCode::SUCCESS,
        Ok(Err(e)) => {
            say!("belli: {e:#}");
            ExitCode::from(2)
        }
        Err(_) => {
            let message = message.lock().unwrap_or_else(PoisonError::into_inner);
            say!("belli: this is a bug, please report it: {message}");
            ExitCode::from(2)
        }
    }
}

fn verb(cli: Cli) -> anyhow::Result<Outcome> {
    match cli.verb {
        Verb::Index(args) => index::run(args, cli.quiet),
        Verb::Search(args) => search::run(*args, cli.color, cli.quiet),
        Verb::Count(args) => count::run(*args, cli.quiet),
        Verb::Kwic(args) => kwic::run(*args, cli.color, cli.quiet),
        Verb::Facets(args) => facets::run(*args, cli.quiet),
        Verb::Timeline(args) => timeline::run(*args, cli.color, cli.quiet),
        Verb::Show(args) => show::run(args, cli.color, cli.quiet),
        Verb::Eval(args) => eval::run(*args, cli.quiet),
        Verb::Extract(args) => extract::run(args),
        Verb::Actors(args) => entries::run(Which::Actors, args, cli.quiet),
        Verb::Places(args) => entries::run(Which::Places, args, cli.quiet),
        Verb::Status(args) => status::run(args),
        Verb::About => status::about(),
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
