//! The index on disk: one tantivy index that is its own manifest.
//!
//! `schema` says what is in it, `stored` how it is kept, `writer` fills it, `records` reads back
//! what was indexed. Opening refuses what this version did not write, and says what to do. Not for
//! reading articles (`ingest` does) and not for queries (`search` does).

pub mod analyzer;
pub mod days;
pub mod read_only;
pub mod records;
pub mod schema;
pub mod stored;
pub mod writer;

use crate::error::{Error, Kind, Result};
use read_only::ReadOnly;
use schema::Fields;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::{Index as Tantivy, ReloadPolicy, Searcher};

/// The version of what is on disk. A change of schema, analysis, extraction or gazetteer that
/// would give other answers changes it.
pub const FORMAT: u32 = 2;

/// Words longer than this many bytes are not indexed.
pub const LONGEST_WORD: usize = 255;

/// The file that tells tantivy, and us, that a folder is an index.
const META: &str = "meta.json";

/// An index opened for reading: a snapshot that later commits do not change.
pub struct Index {
    path: PathBuf,
    searcher: Searcher,
    fields: Fields,
}

impl Index {
    /// Opens the index in `path` without writing anything, not even a lock.
    ///
    /// # Errors
    /// No index, no index of this version, or a damaged one.
    pub fn open(path: &Path) -> Result<Index> {
        // A commit may remove files between our reading the list and opening them; look again.
        let mut last = None;
        for _ in 0..5 {
            match open_snapshot(path) {
                Ok(index) => return Ok(index),
                Err(e) if e.is_damaged() => last = Some(e),
                Err(e) => return Err(e),
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        Err(last.unwrap_or_else(|| Error::new(Kind::Damaged, path)))
    }

    /// The folder it lies in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes it takes on disk.
    pub fn size(&self) -> u64 {
        let entries = std::fs::read_dir(&self.path)
            .into_iter()
            .flatten()
            .flatten();
        entries
            .filter_map(|e| e.metadata().ok())
            .filter(|m| m.is_file())
            .map(|m| m.len())
            .sum()
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(crate) fn damaged(
        &self,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        Error::new(Kind::Damaged, &self.path).because(cause)
    }
}

fn open_snapshot(path: &Path) -> Result<Index> {
    if !path.join(META).exists() {
        return Err(if is_vacant(path) {
            Error::new(Kind::NoIndex, path)
        } else {
            Error::new(Kind::NotAnIndex, path)
        });
    }
    let damaged = |e: tantivy::TantivyError| Error::new(Kind::Damaged, path).because(e);
    let directory =
        MmapDirectory::open(path).map_err(|e| Error::new(Kind::Unreadable, path).because(e))?;
    let tantivy = Tantivy::open(ReadOnly::new(directory)).map_err(damaged)?;
    let fields = check(&tantivy, path)?;
    let reader = tantivy
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
        .map_err(damaged)?;
    Ok(Index {
        path: path.to_owned(),
        searcher: reader.searcher(),
        fields,
    })
}

/// Checks that this version wrote the index, and registers the analyzer.
fn check(tantivy: &Tantivy, path: &Path) -> Result<Fields> {
    let metas = tantivy
        .load_metas()
        .map_err(|e| Error::new(Kind::Damaged, path).because(e))?;
    let (schema, fields) = schema::schema();
    if metas.payload.as_deref() != Some(&payload()) || tantivy.schema() != schema {
        return Err(Error::new(Kind::ForeignVersion, path));
    }
    register(tantivy);
    Ok(fields)
}

fn register(tantivy: &Tantivy) {
    tantivy
        .tokenizers()
        .register(schema::ANALYZER, analyzer::Analyzer::default());
}

/// What every commit carries, so that version and content are one.
fn payload() -> String {
    format!("belli format {FORMAT}")
}

/// Reports whether a folder is absent or holds nothing but hidden files and what a removed index
/// may have left.
fn is_vacant(path: &Path) -> bool {
    let ours =
        |name: &str| name.starts_with('.') || name == writer::LOCK || writer::is_segment_file(name);
    match std::fs::read_dir(path) {
        Ok(entries) => entries
            .flatten()
            .all(|e| ours(&e.file_name().to_string_lossy())),
        Err(e) => e.kind() == std::io::ErrorKind::NotFound,
    }
}
