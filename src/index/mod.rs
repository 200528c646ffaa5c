//! The index on disk: one tantivy index that is its own manifest.
//!
//! `schema` says what is in it, `stored` and `compact` how it is kept, `writer` fills it, over a `queue` and through
//! `unmapped` files, `records` reads back what was indexed. Opening refuses what this version did not
//! write, and says what to do. Not for reading articles (`ingest` does) and not for queries (`search` does).

pub mod analyzer;
pub mod compact;
pub mod days;
mod queue;
pub mod read_only;
pub mod records;
pub mod schema;
pub mod stored;
mod unmapped;
pub mod writer;

use crate::error::{Error, Kind, Result};
use read_only::ReadOnly;
use schema::Fields;
use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::{Index as Tantivy, ReloadPolicy, Searcher};

/// The version of what is on disk. A change of schema, analysis, extraction or gazetteer that
/// would give other answers changes it.
pub const FORMAT: u32 = 4;

/// Words longer than this many bytes are not indexed.
pub const LONGEST_WORD: usize = 255;

/// Of the stored texts that were read, so many bytes are kept with an opened index: those of some thousand hits.
const TEXTS: usize = 64 << 20;
/// So many blocks of them are kept at least, a segment: those of a hundred hits, their copies and articles.
const PAGE: usize = 256;

/// The file that tells tantivy, and us, that a folder is an index.
const META: &str = "meta.json";

/// An index opened for reading: a snapshot that later commits do not change.
pub struct Index {
    path: PathBuf,
    searcher: Searcher,
    fields: Fields,
    own: Option<OwnedBytes>,
    beside: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl Index {
    /// Opens the index in `path` without writing anything, not even a lock.
    ///
    /// # Errors
    /// No index, no index of this version, or a damaged one.
    pub fn open(path: &Path) -> Result<Index> {
        Index::keeping(path, TEXTS / writer::BLOCK)
    }

    /// The same for one question: the room for what is kept of it costs more than it brings.
    ///
    /// # Errors
    /// As above.
    pub fn open_once(path: &Path) -> Result<Index> {
        Index::keeping(path, PAGE)
    }

    fn keeping(path: &Path, blocks: usize) -> Result<Index> {
        // A commit may remove files between our reading the list and opening them; look again.
        let mut last = None;
        for _ in 0..5 {
            match open_snapshot(path, blocks) {
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

    /// What a user's own tables were packed into, read where it lies.
    pub fn own(&self) -> Option<Arc<dyn AsRef<[u8]> + Send + Sync>> {
        let own = self.own.clone()?;
        Some(Arc::new(own))
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

    /// What its reader keeps with the snapshot; made when it is first asked for.
    pub(crate) fn beside<T: Any + Send + Sync>(&self, make: impl FnOnce() -> T) -> &T {
        let kept = self.beside.get_or_init(|| Box::new(make()));
        kept.downcast_ref().expect("one reader keeps one thing")
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

fn open_snapshot(path: &Path, blocks: usize) -> Result<Index> {
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
    let tantivy = Tantivy::open(ReadOnly::new(directory.clone())).map_err(damaged)?;
    let Checked {
        fields,
        own,
        segments,
    } = check(&tantivy, path)?;
    let own = match own {
        None => None,
        Some(own) => {
            let file = directory.get_file_handle(Path::new(&own_file(own)));
            let file = file.map_err(|e| Error::new(Kind::Damaged, path).because(e))?;
            let bytes = file.read_bytes(0..file.len());
            Some(bytes.map_err(|e| Error::new(Kind::Damaged, path).because(e))?)
        }
    };
    let reader = tantivy
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(PAGE.max(blocks / segments.max(1)))
        .try_into()
        .map_err(damaged)?;
    Ok(Index {
        path: path.to_owned(),
        searcher: reader.searcher(),
        fields,
        own,
        beside: OnceLock::new(),
    })
}

/// What an index says of itself.
struct Checked {
    fields: Fields,
    /// Which of the user's own tables were packed for it, by their hash.
    own: Option<u64>,
    segments: usize,
}

/// Checks that this version wrote the index, and registers the analyzer.
fn check(tantivy: &Tantivy, path: &Path) -> Result<Checked> {
    let metas = tantivy
        .load_metas()
        .map_err(|e| Error::new(Kind::Damaged, path).because(e))?;
    let (schema, fields) = schema::schema();
    let ours = metas.payload.as_deref().and_then(read_payload);
    let Some(own) = ours.filter(|_| tantivy.schema() == schema) else {
        return Err(Error::new(Kind::ForeignVersion, path));
    };
    register(tantivy);
    Ok(Checked {
        fields,
        own,
        segments: metas.segments.len(),
    })
}

fn register(tantivy: &Tantivy) {
    tantivy
        .tokenizers()
        .register(schema::ANALYZER, analyzer::Analyzer::default());
}

/// What every commit carries, so that version and content are one.
fn payload(own: Option<u64>) -> String {
    let own = own.map_or(String::new(), |own| format!(" own {own:016x}"));
    format!("belli format {FORMAT}{own}")
}

/// Reads what a commit carries; `None` if this version did not write it.
fn read_payload(payload: &str) -> Option<Option<u64>> {
    let rest = payload.strip_prefix(&format!("belli format {FORMAT}"))?;
    match rest.strip_prefix(" own ") {
        Some(hash) => u64::from_str_radix(hash, 16).ok().map(Some),
        None => rest.is_empty().then_some(None),
    }
}

/// The file of a user's own tables.
fn own_file(hash: u64) -> String {
    format!("own-{hash:016x}.gazetteer")
}

/// Whether a file is one of a user's own tables.
fn is_own_file(name: &str) -> bool {
    name.starts_with("own-") && name.contains(".gazetteer")
}

/// Reports whether a folder is absent or holds nothing but hidden files and what a removed index
/// may have left.
fn is_vacant(path: &Path) -> bool {
    let ours = |name: &str| {
        name.starts_with('.')
            || name == writer::LOCK
            || is_own_file(name)
            || writer::is_segment_file(name)
    };
    match std::fs::read_dir(path) {
        Ok(entries) => entries
            .flatten()
            .all(|e| ours(&e.file_name().to_string_lossy())),
        Err(e) => e.kind() == std::io::ErrorKind::NotFound,
    }
}
