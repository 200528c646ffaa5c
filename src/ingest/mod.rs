//! Ingest: the one orchestrator. Walk → read → passage → extract → writer, in parallel, with the
//! outcome of every file in its report.
//!
//! Only files that changed since the last run are read; a bad one is a line in the report. Not for
//! printing, and not for deciding what an article says.

mod articles;
mod report;

pub use articles::{Sources, each_article};
pub use report::Report;

use crate::analysis::language;
use crate::error::{Error, Kind, Result};
use crate::extract::{Extraction, Named, extract};
use crate::gazetteer::Gazetteer;
use crate::index::records::Seen;
use crate::index::stored::{StoredArticle, StoredFile, StoredPassage, StoredRoot};
use crate::index::writer::{Entry, PassageEntry, Writer};
use crate::index::{FORMAT, Index, records};
use crate::passage::{passages, trim};
use crate::read::Article;
use crate::walk::{self, Source, Step};
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
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
    let name = canonical.to_string_lossy().into_owned();
    let writer = Writer::open(index, options.threads)?;
    let run = Run {
        root: xxh3_64(name.as_bytes()),
        name,
        settings: options.sources.settings(),
        gazetteer,
        options,
        writer: RwLock::new(writer),
        unwritten: AtomicU64::new(0),
        last_commit: Mutex::new(Instant::now()),
    };
    let snapshot = Index::open(index)?;
    let seen = records::seen(&snapshot, run.root)?;
    let details = StoredRoot {
        root: run.name.clone(),
        settings: run.settings.clone(),
    };
    let known = records::roots(&snapshot)?.contains(&details);
    drop(snapshot);
    let report = run.everything(root, index, seen)?;
    let writer = run
        .writer
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    if !known {
        writer.record_root(run.root, &details)?;
    }
    if !known || report.indexed + report.removed > 0 || !report.failed.is_empty() {
        writer.finish()?;
    }
    Ok(report)
}

/// One run over one root.
struct Run<'a> {
    root: u64,
    name: String,
    settings: Vec<String>,
    gazetteer: &'a Gazetteer,
    options: &'a Options<'a>,
    // Held for reading while a file is written, and for writing by a commit: a commit has files whole.
    writer: RwLock<Writer>,
    unwritten: AtomicU64,
    last_commit: Mutex<Instant>,
}

impl Run<'_> {
    fn everything(
        &self,
        root: &Path,
        index: &Path,
        mut seen: HashMap<u64, Seen>,
    ) -> Result<Report> {
        let (to_workers, from_walk) = crossbeam_channel::bounded::<(Source, u64, Seen, bool)>(256);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..self.options.threads.max(1))
                .map(|_| {
                    let from_walk = from_walk.clone();
                    scope.spawn(move || {
                        let mut report = Report::default();
                        for (source, file, now, known) in from_walk {
                            self.file(&source, file, now, known, &mut report)?;
                            self.options.done.fetch_add(1, Ordering::Relaxed);
                        }
                        Ok(report)
                    })
                })
                .collect();
            drop(from_walk);
            let mut report = Report::default();
            let walked = self.walk(root, index, &mut seen, &mut report, &to_workers);
            drop(to_workers);
            for worker in workers {
                report.add(
                    worker
                        .join()
                        .unwrap_or_else(|_| Err(Error::new(Kind::Damaged, index)))?,
                );
            }
            walked?;
            self.remove_gone(&seen, &mut report)?;
            report.sort();
            Ok(report)
        })
    }

    /// Sends every file that is new or changed to the workers; takes what it meets out of `seen`.
    fn walk(
        &self,
        root: &Path,
        index: &Path,
        seen: &mut HashMap<u64, Seen>,
        report: &mut Report,
        to_workers: &crossbeam_channel::Sender<(Source, u64, Seen, bool)>,
    ) -> Result<()> {
        let settings = xxh3_64(format!("{FORMAT} {:?}", self.settings).as_bytes());
        let mut options = self.options.sources.walk.clone();
        options.skip.push(index.to_owned());
        walk::walk(root, &options, |step| {
            match step {
                Step::Source(source) => {
                    let file = xxh3_64_with_seed(source.relative.as_bytes(), self.root);
                    let row = self.options.sources.manifest_hash(&source.relative);
                    let shaped_by = (settings ^ row).max(1);
                    let now = Seen {
                        size: source.size,
                        modified: source.modified,
                        shaped_by,
                    };
                    let before = seen.remove(&file);
                    if before == Some(now) {
                        report.unchanged += 1;
                        self.options.done.fetch_add(1, Ordering::Relaxed);
                    } else if to_workers
                        .send((source, file, now, before.is_some()))
                        .is_err()
                    {
                        return false;
                    }
                }
                Step::Hidden(_) => report.hidden += 1,
                Step::Ignored(_) => report.ignored += 1,
                Step::NoFile(_) => report.no_files += 1,
                Step::Unreadable(path, why) => {
                    report.unwalked += 1;
                    report.failed.push((path, why));
                }
            }
            report.stopped = self.options.stop.load(Ordering::Relaxed);
            !report.stopped
        })
    }

    /// Reads one file and writes its articles and its record.
    fn file(
        &self,
        source: &Source,
        file: u64,
        now: Seen,
        known: bool,
        report: &mut Report,
    ) -> Result<()> {
        let bytes = match std::fs::read(&source.path) {
            Ok(bytes) => bytes,
            Err(e) => {
                // What the index has of the file stays: it may be readable again tomorrow.
                report.failed.push((
                    source.relative.clone(),
                    format!("cannot be read: {e}; check its permissions"),
                ));
                return Ok(());
            }
        };
        {
            let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
            if known {
                writer.forget(file);
            }
            let mut details = StoredFile {
                path: source.relative.clone(),
                articles: 0,
                undated: 0,
                unusable: 0,
                failure: None,
                notes: Vec::new(),
            };
            let mut failures = Vec::new();
            let mut written = Ok(());
            self.options
                .sources
                .articles(&source.relative, &bytes, &mut |article| match article {
                    Ok(article) => {
                        details.articles += 1;
                        let undated = article.published.is_none();
                        details.undated += usize::from(undated);
                        details.unusable += usize::from(undated && !article.notes.is_empty());
                        details.notes.extend(article.notes.iter().cloned());
                        if written.is_ok() {
                            written = self
                                .article(&writer, file, &source.relative, &article)
                                .map(|n| report.passages += n);
                        }
                    }
                    Err(why) => failures.push(why),
                });
            written?;
            report.articles += details.articles as u64;
            report.undated += details.undated as u64;
            report.bytes += bytes.len() as u64;
            report.notes.extend(
                details
                    .notes
                    .iter()
                    .map(|n| (source.relative.clone(), n.clone())),
            );
            report.failed.extend(
                failures
                    .iter()
                    .map(|f| (source.relative.clone(), f.clone())),
            );
            details.failure = (!failures.is_empty()).then(|| failures.join("; "));
            if details.failure.is_none() || details.articles > 0 {
                report.indexed += 1;
            }
            // A file that failed is looked at again next time, changed or not.
            let seen = if details.failure.is_some() {
                Seen {
                    shaped_by: 0,
                    ..now
                }
            } else {
                now
            };
            writer.record(self.root, file, seen, &details)?;
        }
        self.commit_if_due(bytes.len() as u64)
    }

    /// Writes one article; returns how many passages it has.
    fn article(&self, writer: &Writer, file: u64, path: &str, article: &Article) -> Result<u64> {
        let extraction = extract_article(article, self.options.sources, self.gazetteer);
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
            lang: language_of(article),
        };
        let entry = Entry {
            article: &stored,
            published: article
                .published
                .as_ref()
                .map(|p| (p.interval, p.precision)),
            passages: passage_entries(article, &extraction),
        };
        writer.add(file, &entry)?;
        Ok(entry.passages.len() as u64)
    }

    /// Takes out what was indexed under this root and was not met again.
    fn remove_gone(&self, seen: &HashMap<u64, Seen>, report: &mut Report) -> Result<()> {
        // Below a folder that cannot be read, or after a stop, nothing is known to be gone.
        let complete = !report.stopped && report.unwalked == 0;
        if complete {
            let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
            for &file in seen.keys() {
                writer.forget(file);
                report.removed += 1;
            }
        }
        Ok(())
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
        self.writer
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .commit()?;
        *last = Instant::now();
        Ok(())
    }
}

/// Finds what an article names, with its day of publication as anchor.
pub fn extract_article(article: &Article, sources: &Sources, gazetteer: &Gazetteer) -> Extraction {
    let day = article
        .published
        .as_ref()
        .filter(|p| p.interval.start == p.interval.end)
        .map(|p| p.interval.start);
    extract(&article.text, day, sources.order, gazetteer)
}

/// The article's language: as its metadata state it, else as its words do.
pub fn language_of(article: &Article) -> Option<String> {
    article
        .lang
        .clone()
        .or_else(|| language::detect(&article.text).map(|d| d.language.as_str().to_owned()))
}

/// The passages of an article with what each names. What the title names counts with the first;
/// an article of a title alone has one passage, the title.
fn passage_entries<'a>(article: &'a Article, extraction: &'a Extraction) -> Vec<PassageEntry<'a>> {
    let text = &article.text;
    let mut ranges: Vec<_> = passages(text, article.body.clone())
        .into_iter()
        .map(|r| trim(text, r))
        .filter(|r| !r.is_empty())
        .collect();
    if ranges.is_empty() {
        ranges.push(trim(text, article.title.clone()));
    }
    let mut entries = Vec::with_capacity(ranges.len());
    let mut lines = Lines::new(article);
    for (n, range) in ranges.into_iter().enumerate() {
        let inside = |m: &std::ops::Range<usize>| m.start >= range.start && m.end <= range.end;
        let titled = |m: &std::ops::Range<usize>| n == 0 && m.end <= article.title.end;
        let carries = |m: &std::ops::Range<usize>| inside(m) || titled(m);
        let parents = |found: &'a [Named]| -> Vec<&'a str> {
            let named = found.iter().filter(|f| f.mentions.iter().any(carries));
            named
                .flat_map(|f| f.parents.iter().map(String::as_str))
                .collect()
        };
        let mut stored = StoredPassage::of(
            extraction,
            range.clone(),
            if n == 0 { article.title.clone() } else { 0..0 },
        );
        stored.line = lines.at(range.start);
        stored.bytes = article.map.range(range.clone()).map(|b| (b.start, b.end));
        entries.push(PassageEntry {
            text: &text[range.clone()],
            actor_parents: parents(&extraction.actors),
            place_parents: parents(&extraction.places),
            dates: extraction
                .dates
                .iter()
                .filter(|d| carries(&d.span))
                .filter_map(|d| Some((d.value?, d.precision)))
                .collect(),
            stored,
        });
    }
    entries
}

/// Lines of the original file, counted once from passage to passage.
struct Lines<'a> {
    article: &'a Article,
    counted_to: usize,
    line: Option<usize>,
}

impl<'a> Lines<'a> {
    fn new(article: &'a Article) -> Lines<'a> {
        Lines {
            article,
            counted_to: article.body.start,
            line: article.line,
        }
    }

    /// The line on which the byte at `offset` of the text stands; a record's passages all stand on
    /// the record's line. Offsets have to rise.
    fn at(&mut self, offset: usize) -> Option<usize> {
        if self.article.record.is_none() && offset > self.counted_to {
            let breaks = memchr::memchr_iter(
                b'\n',
                &self.article.text.as_bytes()[self.counted_to..offset],
            )
            .count();
            self.line = self.line.map(|line| line + breaks);
            self.counted_to = offset;
        }
        self.line
    }
}
