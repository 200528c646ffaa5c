//! Ingest: the one orchestrator. Walk → read → passage → extract → writer, in parallel, with the
//! outcome of every file in its report.
//!
//! Only files that changed since the last run are read; a bad one is a line in the report. Not for
//! printing, and not for deciding what an article says.

mod articles;
mod entries;
mod report;

pub use articles::{Sources, each_article};
use entries::passage_entries;
pub use entries::{extract_article, language_of};
pub use report::Report;

use crate::analysis::stem::Tongue;
use crate::error::{Error, Kind, Result};
use crate::extract::wordbook::Wordbook;
use crate::gazetteer::Gazetteer;
use crate::index::records::{Files, Seen};
use crate::index::stored::{StoredArticle, StoredFile, StoredRoot};
use crate::index::writer::{Batch, Entry, Writer};
use crate::index::{Index, records};
use crate::read::Article;
use crate::walk::{self, Source, Step};
use crossbeam_channel::Sender;
use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// A commit is due after so much time, or so many bytes of articles, whichever comes first.
const COMMIT_EVERY: Duration = Duration::from_secs(30);
const COMMIT_BYTES: u64 = 512 << 20;

/// How to index.
pub struct Options<'a> {
    /// What to read, and what shapes the reading.
    pub sources: &'a Sources,
    /// Threads that read and extract.
    pub threads: usize,
    /// Set from outside to stop early; what is done is committed.
    pub stop: &'a AtomicBool,
    /// Counts the files that are done, for whoever shows progress.
    pub done: &'a AtomicU64,
}

/// Brings the index in `index` up to date with `root`, a folder or a file.
///
/// # Errors
/// A missing or unreadable root, or an index that cannot be opened or written. Anything that is
/// wrong with a file below the root is in the report.
pub fn index(
    root: &Path,
    index: &Path,
    gazetteer: &Gazetteer,
    options: &Options,
) -> Result<Report> {
    let canonical = root.canonicalize().map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::new(Kind::Missing, root),
        _ => Error::new(Kind::Unreadable, root).because(e),
    })?;
    let name = walk::escaped(canonical.as_os_str());
    let mut writer = Writer::open(index, options.threads)?;
    let kept = writer.keep(gazetteer.own())?;
    let snapshot = Index::open(index)?;
    let hash = xxh3_64(name.as_bytes());
    let roots = records::roots(&snapshot)?;
    let details = StoredRoot {
        root: name.clone(),
        settings: options.sources.settings(),
    };
    let recorded = roots.contains(&details);
    if !recorded {
        // At once: what a run that is killed leaves behind has a root to be found under.
        writer.record_root(hash, &details)?;
        writer.record_unread(hash, &[unfinished(&name)])?;
        writer.commit()?;
    }
    let run = Run {
        root: hash,
        name,
        gazetteer,
        options,
        writer: RwLock::new(writer),
        unwritten: AtomicU64::new(0),
        last_commit: Mutex::new(Instant::now()),
        marked: AtomicBool::new(false),
    };
    let known = Known {
        seen: records::seen(&snapshot, run.root)?,
        failing: records::failing(&snapshot, run.root)?,
        listed: false,
    };
    let unread_before = records::has_unread(&snapshot, run.root)?;
    drop(snapshot);
    let mut report = run.everything(root, index, known)?;
    report.notes.extend(overlaps(&details, &roots));
    if kept {
        report.notes.extend(other_tables(&run.name, &roots));
    }
    let writer = run
        .writer
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if report.stopped {
        report.unread.push(unfinished(&run.name));
    }
    let marked = !recorded || run.marked.into_inner();
    if marked || unread_before || !report.unread.is_empty() {
        writer.record_unread(run.root, &report.unread)?;
    }
    let changed = report.indexed + report.removed > 0 || !report.failed.is_empty();
    if kept || marked || unread_before || changed {
        writer.finish()?;
    }
    Ok(report)
}

/// A file that is to be read.
struct Task {
    source: Source,
    file: u64,
    now: Seen,
    /// The index has something of it.
    known: bool,
    /// All it has of it is why it could not be read.
    failed: bool,
}

/// Tasks that go to a worker at once: so many, or of so many bytes.
const HANDFUL: usize = 16;
const HANDFUL_BYTES: u64 = 64 << 10;

/// What a worker has to itself.
struct Desk<'a> {
    book: Wordbook<'a>,
    batch: Batch,
    report: Report,
}

/// What the index knows of a root.
struct Known {
    seen: Files,
    failing: HashMap<u64, StoredFile>,
    /// The walk has met a file that the manifest names.
    listed: bool,
}

/// One run over one root.
struct Run<'a> {
    root: u64,
    name: String,
    gazetteer: &'a Gazetteer,
    options: &'a Options<'a>,
    // Held for reading while a file is written, and for writing by a commit: a commit has files whole.
    writer: RwLock<Writer>,
    unwritten: AtomicU64,
    last_commit: Mutex<Instant>,
    /// A commit says that the run goes on.
    marked: AtomicBool,
}

impl Run<'_> {
    fn everything(&self, root: &Path, index: &Path, mut known: Known) -> Result<Report> {
        let (to_workers, from_walk) = crossbeam_channel::bounded::<Vec<Task>>(32);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.options.threads.max(1))
                .map(|_| {
                    let from_walk = from_walk.clone();
                    scope.spawn(move || {
                        let mut desk = Desk {
                            book: Wordbook::new(self.gazetteer),
                            batch: Batch::default(),
                            report: Report::default(),
                        };
                        for task in from_walk.into_iter().flatten() {
                            self.file(&task, &mut desk)?;
                            self.options.done.fetch_add(1, Ordering::Relaxed);
                        }
                        self.writer().send(&mut desk.batch)?;
                        Ok(desk.report)
                    })
                })
                .collect();
            drop(from_walk);
            let mut report = Report::default();
            let walked = self.walk(root, index, &mut known, &mut report, &to_workers);
            drop(to_workers);
            for worker in workers {
                report.add(
                    worker
                        .join()
                        .unwrap_or_else(|_| Err(Error::new(Kind::Damaged, index)))?,
                );
            }
            walked?;
            if !report.stopped {
                self.remove_gone(index, &known.seen, &mut report)?;
                report.notes.extend(self.unmatched(known.listed));
            }
            report.sort();
            Ok(report)
        })
    }

    /// Sends every file that is new or changed to the workers; takes what it meets out of `seen`.
    fn walk(
        &self,
        root: &Path,
        index: &Path,
        known: &mut Known,
        report: &mut Report,
        to_workers: &Sender<Vec<Task>>,
    ) -> Result<()> {
        let sources = self.options.sources;
        let settings = sources.settings_hash();
        let own = self.gazetteer.own().map_or(0, |own| own.0);
        let mut options = sources.walk.clone();
        options.skip.push(index.to_owned());
        let mut handful: Vec<Task> = Vec::new();
        let mut bytes = 0;
        walk::walk(root, &options, |step| {
            match step {
                Step::Source(source) => {
                    let file = self.hash(&source);
                    known.listed = known.listed || sources.row(&source.relative).is_some();
                    let shaped_by = sources.shaped_by(settings, &source.relative) ^ own;
                    let now = Seen {
                        size: source.size,
                        modified: source.modified,
                        shaped_by,
                    };
                    let before = known.seen.meet(file, now);
                    if before == Some(true) {
                        report.unchanged += 1;
                        self.options.done.fetch_add(1, Ordering::Relaxed);
                        // What failed and has not changed fails again; it need not be read for that.
                        if let Some(why) = known.failing.remove(&file).and_then(|f| f.failure) {
                            report.failed.push((source.relative, why));
                        }
                    } else {
                        bytes += source.size;
                        let failed = known.failing.get(&file);
                        handful.push(Task {
                            source,
                            file,
                            now,
                            known: before.is_some(),
                            failed: failed.is_some_and(|f| f.articles == 0),
                        });
                        if handful.len() >= HANDFUL || bytes >= HANDFUL_BYTES {
                            bytes = 0;
                            if to_workers.send(std::mem::take(&mut handful)).is_err() {
                                return false;
                            }
                        }
                    }
                }
                Step::Hidden(_) => report.hidden += 1,
                Step::Ignored(_) => report.ignored += 1,
                Step::NoFile(_) => report.no_files += 1,
                Step::Unreadable(path, why) => {
                    report.unread.push((path.clone(), why.clone()));
                    report.failed.push((path, why));
                }
            }
            report.stopped = self.options.stop.load(Ordering::Relaxed);
            !report.stopped
        })?;
        // Workers that are gone have failed, and say why.
        let _ = to_workers.send(handful);
        Ok(())
    }

    /// A file's hash. A name that is no text is no other's, however it is written as text.
    fn hash(&self, source: &Source) -> u64 {
        let hash = xxh3_64_with_seed(source.relative.as_bytes(), self.root);
        match source.path.to_str() {
            Some(_) => hash,
            None => xxh3_64_with_seed(source.path.as_os_str().as_encoded_bytes(), hash),
        }
    }

    /// The writer, for as long as it takes to write a file.
    fn writer(&self) -> RwLockReadGuard<'_, Writer> {
        self.writer.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads one file and writes its articles and its record.
    fn file(&self, task: &Task, desk: &mut Desk) -> Result<()> {
        let path = &task.source.relative;
        let bytes = match std::fs::read(&task.source.path) {
            Ok(bytes) => bytes,
            Err(e) => return self.unreadable(task, &e, desk),
        };
        {
            let writer = self.writer();
            if task.known {
                writer.forget(&mut desk.batch, task.file)?;
            }
            let mut details = StoredFile::new(path);
            let mut failures = Vec::new();
            let mut written = Ok(());
            let notes = self
                .options
                .sources
                .articles(path, &bytes, &mut |article| match article {
                    Ok(article) => {
                        details.count(article.published.is_none(), &article.notes);
                        if written.is_ok() {
                            let passages = self.article(&writer, task.file, path, &article, desk);
                            written = passages.map(|n| desk.report.passages += n);
                        }
                    }
                    Err(why) => failures.push(why),
                });
            written?;
            details.notes.extend(notes);
            let report = &mut desk.report;
            report.articles += details.articles as u64;
            report.undated += details.undated as u64;
            report.bytes += bytes.len() as u64;
            report.notes.extend(
                details
                    .notes
                    .iter()
                    .map(|note| (path.clone(), note.clone())),
            );
            let failures = shortened(failures);
            details.failure = (!failures.is_empty()).then(|| failures.join("; "));
            report
                .failed
                .extend(failures.into_iter().map(|why| (path.clone(), why)));
            report.indexed += u64::from(details.failure.is_none() || details.articles > 0);
            writer.record(&mut desk.batch, self.root, task.file, task.now, &details)?;
        }
        self.commit_if_due(bytes.len() as u64)
    }

    /// A file that cannot be read: gone, or kept from us.
    fn unreadable(&self, task: &Task, why: &std::io::Error, desk: &mut Desk) -> Result<()> {
        let writer = self.writer();
        if why.kind() == std::io::ErrorKind::NotFound {
            if task.known {
                writer.forget(&mut desk.batch, task.file)?;
                desk.report.removed += 1;
            }
            return Ok(());
        }
        let why = format!("cannot be read: {why}; check its permissions");
        let failed = (task.source.relative.clone(), why.clone());
        // What the index has of the file stays: it may be readable again tomorrow. It is tried again
        // every time, changed or not.
        if task.known && !task.failed {
            desk.report.unread.push(failed.clone());
        } else {
            if task.known {
                writer.forget(&mut desk.batch, task.file)?;
            }
            let details = StoredFile {
                failure: Some(why),
                ..StoredFile::new(&task.source.relative)
            };
            writer.record(
                &mut desk.batch,
                self.root,
                task.file,
                Seen {
                    shaped_by: 0,
                    ..task.now
                },
                &details,
            )?;
        }
        desk.report.failed.push(failed);
        Ok(())
    }

    /// Writes one article; returns how many passages it has.
    fn article(
        &self,
        writer: &Writer,
        file: u64,
        path: &str,
        article: &Article,
        desk: &mut Desk,
    ) -> Result<u64> {
        let extraction = extract_article(article, path, self.options.sources, &mut desk.book);
        let spoken = language_of(article);
        let stored = StoredArticle {
            root: self.name.clone(),
            path: path.to_owned(),
            record: article.record,
            title: article.text[article.title.clone()].trim().to_owned(),
            published: article.published.as_ref().map(|p| {
                (
                    p.interval.start.to_string(),
                    p.interval.end.to_string(),
                    p.precision.as_str().to_owned(),
                    p.from.as_str().to_owned(),
                )
            }),
            source: article.source.clone(),
            author: article.author.clone(),
            url: article.url.clone(),
            lang: spoken.as_ref().map(|s| s.code.clone()),
            lang_confidence: spoken.as_ref().and_then(|s| s.confidence),
        };
        let entry = Entry {
            article: &stored,
            tongue: Tongue::of(spoken.as_ref()),
            published: article
                .published
                .as_ref()
                .map(|p| (p.interval, p.precision)),
            passages: passage_entries(article, &extraction),
        };
        writer.add(&mut desk.batch, file, &entry)?;
        Ok(entry.passages.len() as u64)
    }

    /// Takes out what was indexed under this root and was not met again.
    fn remove_gone(&self, index: &Path, seen: &Files, report: &mut Report) -> Result<()> {
        // Below a folder that cannot be read nothing is known to be gone.
        let kept = match report.unread.is_empty() {
            true => HashMap::new(),
            false => self.kept(index, seen, report)?,
        };
        let writer = self.writer();
        let mut batch = Batch::default();
        for file in seen.rest().filter(|file| !kept.contains_key(file)) {
            writer.forget(&mut batch, file)?;
            report.removed += 1;
        }
        writer.send(&mut batch)
    }

    /// The files that were not met because they are, or lie below, what could not be read; says so
    /// where there is anything of them. Why one could not be read before counts no more.
    fn kept(
        &self,
        index: &Path,
        seen: &Files,
        report: &mut Report,
    ) -> Result<HashMap<u64, StoredFile>> {
        let rest: HashSet<u64> = seen.rest().collect();
        let mut rest = records::of_files(&Index::open(index)?, self.root, &rest)?;
        let mut counts = vec![0usize; report.unread.len()];
        rest.retain(|_, file| {
            let below = |(folder, _): &(String, String)| {
                let rest = file.path.strip_prefix(folder.as_str());
                folder.is_empty() || rest.is_some_and(|r| r.is_empty() || r.starts_with('/'))
            };
            let Some(under) = report.unread.iter().position(below) else {
                return false;
            };
            counts[under] += usize::from(file.articles > 0);
            file.articles > 0 || file.path != report.unread[under].0
        });
        let files: HashSet<&str> = rest.values().map(|file| file.path.as_str()).collect();
        for ((path, _), count) in report.unread.iter().zip(counts) {
            let what = match files.contains(path.as_str()) {
                _ if count == 0 => continue,
                true => "what was indexed of it stays".to_owned(),
                false => format!("{count} files that were indexed below it stay"),
            };
            let note = format!("{what} in the index, for nobody can see whether it is gone");
            report.notes.push((path.clone(), note));
        }
        Ok(rest)
    }

    /// A note on a manifest that says nothing of any file, if it is one.
    fn unmatched(&self, listed: bool) -> Option<(String, String)> {
        let sources = self.options.sources;
        let (manifest, path) = (sources.manifest.as_ref()?, sources.manifest_path.as_ref()?);
        if listed || manifest.is_empty() {
            return None;
        }
        let rows = manifest.len();
        let note = format!(
            "none of its {rows} rows names a file of {}; give paths relative to it",
            self.name
        );
        Some((walk::escaped(path.as_os_str()), note))
    }

    fn commit_if_due(&self, bytes: u64) -> Result<()> {
        let unwritten = self.unwritten.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let Ok(mut last) = self.last_commit.try_lock() else {
            return Ok(());
        };
        if unwritten < COMMIT_BYTES && last.elapsed() < COMMIT_EVERY {
            return Ok(());
        }
        self.unwritten.store(0, Ordering::Relaxed);
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        self.marked.store(true, Ordering::Relaxed);
        writer.record_unread(self.root, &[unfinished(&self.name)])?;
        writer.commit()?;
        *last = Instant::now();
        Ok(())
    }
}

/// What the index says of a root until a run over it has ended.
fn unfinished(root: &str) -> (String, String) {
    let why = "indexing it was not finished; the same `belli index` goes on from here";
    (root.to_owned(), why.to_owned())
}

/// What is said of the reasons of a file: the first ones, and how many more there are.
fn shortened(mut failures: Vec<String>) -> Vec<String> {
    const SAID: usize = 5;
    let more = failures.len().saturating_sub(SAID);
    if more > 0 {
        failures.splice(SAID.., [format!("… and {more} more")]);
    }
    failures
}

/// Notes on the roots that the index has: one that was indexed otherwise before, and those that
/// hold, or lie in, the one that is indexed.
fn overlaps(details: &StoredRoot, roots: &[StoredRoot]) -> Vec<(String, String)> {
    let root = details.root.as_str();
    let other = roots
        .iter()
        .map(|r| r.root.as_str())
        .filter(|other| *other != root);
    let overlapping = other
        .filter(|other| Path::new(other).starts_with(root) || Path::new(root).starts_with(other));
    let note = |other| {
        format!(
            "overlaps the root {other}: what lies in both is in the index twice; `belli index --forget PATH` takes one out"
        )
    };
    let mut notes: Vec<_> = overlapping
        .map(|other| (root.to_owned(), note(other)))
        .collect();
    let before = roots
        .iter()
        .find(|r| r.root == root && r.settings != details.settings);
    let changed = |r: &StoredRoot| {
        let before = r.settings.join(", ");
        (
            root.to_owned(),
            format!("was indexed with other settings before: {before}"),
        )
    };
    notes.extend(before.map(changed));
    notes
}

/// Notes on the roots that were read with other tables of the user's than the index has now.
fn other_tables(name: &str, roots: &[StoredRoot]) -> Vec<(String, String)> {
    let others = roots
        .iter()
        .filter(|r| r.root != name && !r.settings.is_empty());
    let note = |root: &StoredRoot| {
        let why = "was read with other tables of your own; index it again";
        (root.root.clone(), why.to_owned())
    };
    others.map(note).collect()
}

/// Takes everything of a root out of the index; returns how many files that were.
///
/// # Errors
/// A root that the index does not hold, or an index that cannot be opened or written.
pub fn forget(root: &Path, index: &Path) -> Result<u64> {
    let name = walk::escaped(located(root).as_os_str());
    let mut writer = Writer::open(index, 1)?;
    let snapshot = Index::open(index)?;
    if !records::roots(&snapshot)?.iter().any(|r| r.root == name) {
        return Err(Error::new(Kind::NoRoot, root));
    }
    let hash = xxh3_64(name.as_bytes());
    let files = records::seen(&snapshot, hash)?;
    let mut batch = Batch::default();
    let mut forgotten = 0;
    for file in files.rest() {
        writer.forget(&mut batch, file)?;
        forgotten += 1;
    }
    writer.forget(&mut batch, hash)?;
    writer.send(&mut batch)?;
    writer.record_unread(hash, &[])?;
    writer.commit()?;
    Ok(forgotten)
}

/// The canonical path of what may be gone: links are followed as far as they lead.
fn located(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut found = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                found.pop();
            }
            part => {
                found.push(part);
                found = found.canonicalize().unwrap_or(found);
            }
        }
    }
    found
}
