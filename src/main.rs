//! The `belli` command. Everything about it is in `cli`; the library knows nothing of it.

mod cli;

/// Reading an article makes many short-lived values; the system's allocator takes a tenth of indexing for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
