//! The `belli` command. Everything about it is in `cli`; the library knows nothing of it.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
