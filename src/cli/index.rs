//! `belli index`: bring the index up to date, and say what became of every file.

use super::args::IndexArgs;
use super::{Outcome, config, own, progress};
use anyhow::{Context, Result, bail};
use belli::gazetteer::Gazetteer;
use belli::index::stored::StoredRoot;
use belli::index::writer::Writer;
use belli::index::{Index, records};
use belli::ingest::{self, Options, Report, Sources};
use belli::render::text::one_line;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Set by the first Ctrl-C; what is done is then committed.
static STOP: AtomicBool = AtomicBool::new(false);

/// Runs the verb.
pub fn run(args: IndexArgs, quiet: bool) -> Result<Outcome> {
    let index = &args.index.index;
    if args.forget {
        for path in &args.paths {
            let files = ingest::forget(path, index)?;
            if !quiet {
                say!(
                    "{} forgotten: {files} files are out of the index",
                    path.display()
                );
            }
        }
        return Ok(Outcome::Found);
    }
    // What is wrong with the options is said before anything is removed or made.
    let asked = config::sources(&args.reading, &[])?.settings();
    let given = own::given(&args.reading)?;
    stop_on_interrupt(quiet);
    for path in &args.paths {
        // Said before anything is removed or made.
        if let Err(e) = std::fs::metadata(path) {
            bail!(
                "{} does not exist or cannot be read ({e}); nothing was changed. To take a folder that is gone out of the index: belli index --forget {}",
                path.display(),
                path.display()
            );
        }
    }
    if args.rebuild {
        Writer::remove(index)?;
    }
    let mut all_sources = Vec::new();
    for path in &args.paths {
        let before = known(path, index)?.1.map(|root| root.settings);
        let sources = config::sources(&args.reading, &before.unwrap_or_default())?;
        let mut kept = sources.settings();
        kept.retain(|setting| !asked.contains(setting));
        if !quiet && !kept.is_empty() {
            say!("{} is read as before: {}", path.display(), kept.join(", "));
        }
        all_sources.push(sources);
    }
    let gazetteer = match given {
        Some(gazetteer) => gazetteer,
        None => own::of_index(index)?,
    };
    let mut report = Report::default();
    let threads = config::threads(args.threads);
    for (n, (path, sources)) in args.paths.iter().zip(&all_sources).enumerate() {
        match update(path, index, &gazetteer, sources, threads, quiet) {
            Ok(of_path) => report.add(of_path),
            Err(e) => {
                // What was done of the paths before it is kept, and said.
                if n > 0 {
                    print(&report, quiet);
                }
                return Err(e);
            }
        }
        if report.stopped {
            break;
        }
    }
    print(&report, quiet);
    if report.stopped {
        say!("stopped; what was done is kept, and the same command goes on from here");
        return Ok(Outcome::Stopped);
    }
    Ok(if report.failed.is_empty() {
        Outcome::Found
    } else {
        Outcome::Partly
    })
}

/// The name of a folder as a root, and what the index knows of it.
pub fn known(folder: &Path, index: &Path) -> Result<(String, Option<StoredRoot>)> {
    let root = folder
        .canonicalize()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    let root = belli::walk::escaped(root.as_os_str());
    let known = match Index::open(index) {
        Ok(opened) => records::roots(&opened)?
            .into_iter()
            .find(|r| r.root == root),
        // What is in the way of an index is said by whoever writes it.
        Err(e) if e.is_no_index() || e.is_foreign() => None,
        Err(e) => return Err(e.into()),
    };
    Ok((root, known))
}

/// Brings the index up to date with one folder or file.
pub fn update(
    path: &Path,
    index: &Path,
    gazetteer: &Gazetteer,
    sources: &Sources,
    threads: usize,
    quiet: bool,
) -> Result<Report> {
    let done = AtomicU64::new(0);
    let options = Options {
        sources,
        threads,
        stop: &STOP,
        done: &done,
    };
    let report = progress::shown(quiet, &done, || {
        ingest::index(path, index, gazetteer, &options)
    })?;
    Ok(report)
}

/// Prints the report on stderr: failures and notes by line, the rest as one.
pub fn print(report: &Report, quiet: bool) {
    for (path, why) in &report.failed {
        say!("{}", one_line(&format!("failed: {path}: {why}")));
    }
    if quiet {
        return;
    }
    for (path, note) in report.notes.iter().take(20) {
        say!("{}", one_line(&format!("note: {path}: {note}")));
    }
    if report.notes.len() > 20 {
        say!(
            "note: … and {} more notes, in `belli status`",
            report.notes.len() - 20
        );
    }
    let mut parts = vec![format!(
        "{} files indexed ({} articles, {} undated, {} passages, {:.1} MB)",
        report.indexed,
        report.articles,
        report.undated,
        report.passages,
        report.bytes as f64 / 1e6
    )];
    for (count, what) in [
        (report.unchanged, "unchanged"),
        (report.removed, "removed"),
        (report.hidden, "hidden left out"),
        (report.ignored, "ignored left out"),
        (report.no_files, "links and devices left out"),
        (report.failed_files(), "failed"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    say!("{}", parts.join(", "));
}

/// The first Ctrl-C stops the walk, the second one the process.
fn stop_on_interrupt(quiet: bool) {
    let handler = move || {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        if !quiet {
            say!("stopping after the files under way; press Ctrl-C again to end at once");
        }
    };
    // Without a handler Ctrl-C ends the process at once; the last commit holds.
    let _ = ctrlc::set_handler(handler);
}
