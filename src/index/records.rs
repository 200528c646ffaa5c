//! Records: what was indexed, and how it was found when it was.
//!
//! They live in the same commits as the passages, so the two cannot disagree. Not for deciding
//! what is to be read again (`ingest` does).

use super::Index;
use super::stored::{StoredFile, StoredRoot, decode};
use crate::error::Result;
use std::collections::{HashMap, HashSet};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, TantivyDocument, Term};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// The term that marks the record of a file whose last reading failed.
pub(super) const FAILED: &str = "failed";
/// The term that marks a record of what could not be read, while the index keeps what it has of it.
pub(super) const UNREAD: &str = "unread";

/// What ties the records of what could not be read below a root together, by the root's hash.
pub(super) fn unread_of(root: u64) -> u64 {
    xxh3_64_with_seed(UNREAD.as_bytes(), root)
}

/// What a file looked like when it was indexed: enough to see that it has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Size in bytes.
    pub size: u64,
    /// Time of change in nanoseconds since 1970.
    pub modified: u64,
    /// Hash of what shaped the reading: settings and manifest row.
    pub shaped_by: u64,
}

impl Seen {
    /// A hash of all of it.
    fn mark(self) -> u64 {
        let words = [self.size, self.modified, self.shaped_by].map(u64::to_le_bytes);
        xxh3_64(words.as_flattened())
    }
}

/// The files of a root that the index has records of, by their hashes; those that are met again
/// are taken out. 17 bytes a file, whatever the length of the paths, so that ten million fit.
#[derive(Default)]
pub struct Files {
    /// Hash of the file and of what it looked like, by the former.
    marks: Vec<(u64, u64)>,
    met: Vec<bool>,
}

impl Files {
    fn new(mut marks: Vec<(u64, u64)>) -> Files {
        marks.sort_unstable();
        marks.dedup_by_key(|m| m.0);
        let met = vec![false; marks.len()];
        Files { marks, met }
    }

    /// Takes a file out: whether it still looks the same, or nothing if it was not there.
    pub fn meet(&mut self, file: u64, now: Seen) -> Option<bool> {
        let at = self.marks.binary_search_by_key(&file, |m| m.0).ok()?;
        if std::mem::replace(&mut self.met[at], true) {
            return None;
        }
        Some(self.marks[at].1 == now.mark())
    }

    /// The files that were not met.
    pub fn rest(&self) -> impl Iterator<Item = u64> {
        let all = self.marks.iter().zip(&self.met);
        all.filter(|(_, met)| !**met).map(|(m, _)| m.0)
    }
}

/// Every file of `root` (by its hash) that the index has a record of.
pub fn seen(index: &Index, root: u64) -> Result<Files> {
    let mut files = Vec::new();
    for segment in index.searcher().segment_readers() {
        let column = |name: &str| {
            segment
                .fast_fields()
                .u64(name)
                .map_err(|e| index.damaged(e))
        };
        let (roots, file, size) = (
            column("record_root")?,
            column("record_file")?,
            column("size")?,
        );
        let (modified, shaped_by) = (column("modified")?, column("shaped_by")?);
        for doc in live(index, segment, "file")? {
            if roots.first(doc) != Some(root) {
                continue;
            }
            if let (Some(file), Some(size), Some(modified), Some(shaped_by)) = (
                file.first(doc),
                size.first(doc),
                modified.first(doc),
                shaped_by.first(doc),
            ) {
                let seen = Seen {
                    size,
                    modified,
                    shaped_by,
                };
                files.push((file, seen.mark()));
            }
        }
    }
    Ok(Files::new(files))
}

/// The files of `root` (by its hash) whose last reading failed, by the file's hash.
pub fn failing(index: &Index, root: u64) -> Result<HashMap<u64, StoredFile>> {
    of_root(index, root, FAILED, |_| true)
}

/// What is known of some files of `root`, all by their hashes.
pub fn of_files(
    index: &Index,
    root: u64,
    files: &HashSet<u64>,
) -> Result<HashMap<u64, StoredFile>> {
    of_root(index, root, "file", |file| files.contains(&file))
}

fn of_root(
    index: &Index,
    root: u64,
    kind: &str,
    wanted: impl Fn(u64) -> bool,
) -> Result<HashMap<u64, StoredFile>> {
    let mut files = HashMap::new();
    for (number, segment) in index.searcher().segment_readers().iter().enumerate() {
        let column = |name: &str| {
            segment
                .fast_fields()
                .u64(name)
                .map_err(|e| index.damaged(e))
        };
        let (roots, file) = (column("record_root")?, column("record_file")?);
        for doc in live(index, segment, kind)? {
            if let (Some(of), Some(file)) = (roots.first(doc), file.first(doc))
                && of == root
                && wanted(file)
            {
                files.insert(file, read(index, DocAddress::new(number as u32, doc))?);
            }
        }
    }
    Ok(files)
}

/// How many files could not be read, or not wholly.
pub fn failed(index: &Index) -> Result<usize> {
    let segments = index.searcher().segment_readers().iter();
    segments
        .map(|segment| Ok(live(index, segment, FAILED)?.len()))
        .sum()
}

/// The records of all files, sorted by path.
pub fn files(index: &Index) -> Result<Vec<StoredFile>> {
    let mut files: Vec<StoredFile> = details(index, "file")?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// What could not be read when it was last tried, while the index keeps what it has of it; sorted
/// by path.
pub fn unread(index: &Index) -> Result<Vec<StoredFile>> {
    let mut files: Vec<StoredFile> = details(index, UNREAD)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Whether there is any of that below `root` (by its hash).
pub fn has_unread(index: &Index, root: u64) -> Result<bool> {
    let term = Term::from_field_u64(index.fields().file, unread_of(root));
    for segment in index.searcher().segment_readers() {
        let inverted = segment.inverted_index(index.fields().file);
        let inverted = inverted.map_err(|e| index.damaged(e))?;
        if inverted.doc_freq(&term).map_err(|e| index.damaged(e))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The roots the index holds, sorted by path.
pub fn roots(index: &Index) -> Result<Vec<StoredRoot>> {
    let mut roots: Vec<StoredRoot> = details(index, "root")?;
    roots.sort_by(|a, b| a.root.cmp(&b.root));
    Ok(roots)
}

/// How many passages the index holds.
pub fn passages(index: &Index) -> Result<u64> {
    let mut records = 0;
    for segment in index.searcher().segment_readers() {
        for kind in ["file", "root", UNREAD] {
            records += match segment.has_deletes() {
                true => live(index, segment, kind)?.len() as u64,
                false => u64::from(count(index, segment, kind)?),
            };
        }
    }
    Ok(index.searcher().num_docs() - records)
}

fn details<T: serde::de::DeserializeOwned>(index: &Index, kind: &str) -> Result<Vec<T>> {
    let mut found = Vec::new();
    for (number, segment) in index.searcher().segment_readers().iter().enumerate() {
        for doc in live(index, segment, kind)? {
            found.push(read(index, DocAddress::new(number as u32, doc))?);
        }
    }
    Ok(found)
}

fn read<T: serde::de::DeserializeOwned>(index: &Index, address: DocAddress) -> Result<T> {
    let document: TantivyDocument = index
        .searcher()
        .doc(address)
        .map_err(|e| index.damaged(e))?;
    let details = document.get_first(index.fields().details);
    let details = details.and_then(|v| v.as_bytes()).unwrap_or_default();
    decode(details).map_err(|e| index.damaged(e))
}

/// How many record documents of one kind there are, deleted ones included.
fn count(index: &Index, segment: &SegmentReader, kind: &str) -> Result<u32> {
    let term = Term::from_field_text(index.fields().record, kind);
    let inverted = segment.inverted_index(index.fields().record);
    let inverted = inverted.map_err(|e| index.damaged(e))?;
    inverted.doc_freq(&term).map_err(|e| index.damaged(e))
}

/// The live record documents of one kind.
fn live(index: &Index, segment: &SegmentReader, kind: &str) -> Result<Vec<u32>> {
    let field = index.fields().record;
    let postings = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?
        .read_postings(
            &Term::from_field_text(field, kind),
            IndexRecordOption::Basic,
        )
        .map_err(|e| index.damaged(e))?;
    let mut docs = Vec::new();
    if let Some(mut postings) = postings {
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                docs.push(doc);
            }
            doc = postings.advance();
        }
    }
    Ok(docs)
}
