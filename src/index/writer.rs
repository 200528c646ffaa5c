//! The writer: whole articles and the record of their file, in atomic commits.
//!
//! One writer at a time; a second one is told who holds the lock. Not for deciding what to write.

use super::queue::{Queue, Queued};
use super::records::{FAILED, Seen, UNREAD, unread_of};
use super::schema::{Fields, schema};
use super::stored::{StoredArticle, StoredFile, StoredPassage, StoredRoot, encode};
use super::unmapped::Unmapped;
use super::{
    Checked, META, check, compact, days, is_own_file, is_vacant, own_file, payload, register,
};
use crate::analysis::stem::Tongue;
use crate::error::{Error, Kind, Result};
use crate::extract::date::{Interval, Precision};
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index as Tantivy, IndexSettings, IndexWriter, TantivyDocument, Term};

/// The file that tells a second writer who the first one is.
pub(super) const LOCK: &str = "belli.lock";
/// A lock that is held is asked for so many times more, with pauses between.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// Memory for what is not yet on disk, in bytes. The threads that index share it; more of them would have
/// too little each.
const BUFFER: usize = 128 << 20;
const THREADS: usize = 8;

/// So many merges of segments are under way at once, of segments with fewer documents than that: a merge
/// holds the stored texts of one of them.
const MERGES: usize = 2;
const MERGED: usize = 1 << 18;

/// A batch of so many bytes is sent.
const BATCH: usize = 128 << 10;

/// How hard what is stored is pressed: harder takes twice the time for a twenty-fifth of its size.
const LEVEL: i32 = 1;

/// Stored texts are pressed by so many bytes: half as many as tantivy's own number take a fiftieth more of the
/// index, and the ten texts of a page are read in half the time.
pub(super) const BLOCK: usize = 8 << 10;

/// A term has so many bytes at most, its length taking two: nobody's name is longer, and nobody asks for it.
const LONGEST_TERM: usize = 0xfff0;

/// About what a document takes beside what is stored.
const IDS: usize = 512;

/// An index opened for writing.
pub struct Writer {
    path: PathBuf,
    inner: IndexWriter<Queued>,
    queue: Arc<Queue>,
    fields: Fields,
    /// Which of the user's own tables it carries.
    own: Option<u64>,
    // Held, and let go with the writer.
    _lock: File,
}

/// What is sent to be indexed at once: waking a thread for every file costs more than some of them.
#[derive(Default)]
pub struct Batch {
    operations: Vec<UserOperation<TantivyDocument>>,
    size: usize,
    /// A part of a file was sent, and the rest was not.
    parted: bool,
}

/// One article with its passages, ready to be written.
pub struct Entry<'a> {
    /// What shows it.
    pub article: &'a StoredArticle,
    /// The rule by which its words are stemmed.
    pub tongue: Tongue,
    /// Its publication date.
    pub published: Option<(Interval, Precision)>,
    /// Its passages, in order.
    pub passages: Vec<PassageEntry<'a>>,
}

/// One passage, ready to be written.
pub struct PassageEntry<'a> {
    /// Its text.
    pub text: &'a str,
    /// What shows it.
    pub stored: StoredPassage,
    /// Ids of what the text says its own names belong to or lie in.
    pub actor_parents: Vec<&'a str>,
    /// The same for places.
    pub place_parents: Vec<&'a str>,
    /// The dates it names.
    pub dates: Vec<(Interval, Precision)>,
}

impl Writer {
    /// Opens the index in `path`, or makes one where there is none yet.
    ///
    /// # Errors
    /// A folder that holds something else, an index of another version, a damaged one, one that
    /// is being written, or one that cannot be written.
    pub fn open(path: &Path, threads: usize) -> Result<Writer> {
        let denied = |e: std::io::Error| Error::new(Kind::NotWritable, path).because(e);
        std::fs::create_dir_all(path).map_err(denied)?;
        let exists = path.join(META).exists();
        if !exists && !is_vacant(path) {
            return Err(Error::new(Kind::NotAnIndex, path));
        }
        let lock = lock(path)?;
        let directory =
            Unmapped::open(path).map_err(|e| Error::new(Kind::NotWritable, path).because(e))?;
        let (tantivy, fields, own) = if exists {
            let tantivy =
                Tantivy::open(directory).map_err(|e| Error::new(Kind::Damaged, path).because(e))?;
            let Checked { fields, own, .. } = check(&tantivy, path)?;
            (tantivy, fields, own)
        } else {
            let (tantivy, fields) = create(directory, path)?;
            (tantivy, fields, None)
        };
        let threads = threads.clamp(1, THREADS);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(BUFFER / threads)
            .num_merge_threads(threads.min(MERGES))
            .build();
        let inner = tantivy
            .writer_with_options(options)
            .map_err(|e| Error::new(Kind::NotWritable, path).because(e))?;
        let mut merging = LogMergePolicy::default();
        merging.set_max_docs_before_merge(MERGED);
        inner.set_merge_policy(Box::new(merging));
        let mut writer = Writer {
            path: path.to_owned(),
            inner,
            queue: Arc::default(),
            fields,
            own,
            _lock: lock,
        };
        if !exists {
            writer.commit()?;
        }
        Ok(writer)
    }

    /// Removes the index in `path` so that a new one can be made; anything else is left alone.
    ///
    /// # Errors
    /// A folder that is no index, or one that is being written.
    pub fn remove(path: &Path) -> Result<()> {
        if !path.exists() {
            return Ok(());
        }
        if !path.join(META).exists() && !is_vacant(path) {
            return Err(Error::new(Kind::NotAnIndex, path));
        }
        let _lock = lock(path)?;
        let denied = |e: std::io::Error| Error::new(Kind::NotWritable, path).because(e);
        let mut ours = Vec::new();
        for entry in std::fs::read_dir(path).map_err(denied)? {
            let entry = entry.map_err(denied)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let of_tantivy = name == ".managed.json" || name.starts_with(".tantivy");
            if name == META || of_tantivy || is_segment_file(&name) || is_own_file(&name) {
                ours.push((name == META, entry.path()));
            }
        }
        // What says that this is an index goes last, so that a removal cut short can be repeated.
        ours.sort();
        ours.iter()
            .try_for_each(|(_, file)| std::fs::remove_file(file))
            .map_err(denied)
    }

    /// Keeps a user's packed tables (hash and bytes) with the index, from the next commit on; reports
    /// whether they are others than before.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn keep(&mut self, own: Option<(u64, &[u8])>) -> Result<bool> {
        let hash = own.map(|own| own.0);
        if self.own == hash {
            return Ok(false);
        }
        if let Some((hash, bytes)) = own {
            let denied = |e: std::io::Error| Error::new(Kind::NotWritable, &self.path).because(e);
            let (new, file) = (
                self.path.join("own-new.gazetteer"),
                self.path.join(own_file(hash)),
            );
            let mut out = File::create(&new).map_err(denied)?;
            out.write_all(bytes).map_err(denied)?;
            out.sync_all().map_err(denied)?;
            std::fs::rename(&new, &file).map_err(denied)?;
        }
        self.own = hash;
        Ok(true)
    }

    /// Removes packed tables that no commit names any more; readers that hold them keep them.
    fn drop_others(&self) {
        let kept = self.own.map(own_file);
        for entry in std::fs::read_dir(&self.path)
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_own_file(&name) && Some(&name) != kept.as_ref() {
                // What cannot be removed now is removed next time.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Writes an article of `file` (by its hash). Its passages become neighbours in the index.
    pub fn add(&self, batch: &mut Batch, file: u64, entry: &Entry) -> Result<()> {
        for n in 0..entry.passages.len() {
            let document = self.document(file, entry, n, &mut batch.size);
            batch.operations.push(UserOperation::Add(document));
        }
        self.send_if_large(batch)
    }

    /// Removes everything that was written of `file` before.
    pub fn forget(&self, batch: &mut Batch, file: u64) -> Result<()> {
        let term = Term::from_field_u64(self.fields.file, file);
        batch.operations.push(UserOperation::Delete(term));
        batch.size += IDS;
        self.send_if_large(batch)
    }

    /// Writes the record of a file, after its articles.
    pub fn record(
        &self,
        batch: &mut Batch,
        root: u64,
        file: u64,
        seen: Seen,
        details: &StoredFile,
    ) -> Result<()> {
        let failed = details.failure.is_some();
        let details = encode(details);
        let mut document = TantivyDocument::with_capacity(details.len() + IDS);
        document.add_text(self.fields.record, "file");
        if failed {
            document.add_text(self.fields.record, FAILED);
        }
        document.add_u64(self.fields.file, file);
        document.add_u64(self.fields.record_file, file);
        document.add_u64(self.fields.record_root, root);
        document.add_u64(self.fields.size, seen.size);
        document.add_u64(self.fields.modified, seen.modified);
        document.add_u64(self.fields.shaped_by, seen.shaped_by);
        document.add_bytes(self.fields.details, &details);
        batch.operations.push(UserOperation::Add(document));
        batch.size += details.len() + IDS;
        // A commit that comes now has all of the file or nothing.
        if batch.size >= BATCH || batch.parted {
            self.send(batch)?;
        }
        Ok(())
    }

    /// Writes the record of a root, in place of the one it had.
    pub fn record_root(&self, root: u64, details: &StoredRoot) -> Result<()> {
        let mut batch = Batch::default();
        self.forget(&mut batch, root)?;
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.record, "root");
        document.add_u64(self.fields.file, root);
        document.add_bytes(self.fields.details, &encode(details));
        batch.operations.push(UserOperation::Add(document));
        self.send(&mut batch)
    }

    /// Writes records of what could not be read below a root, paths and reasons, in place of those it had.
    pub fn record_unread(&self, root: u64, unread: &[(String, String)]) -> Result<()> {
        let mut batch = Batch::default();
        let all = unread_of(root);
        self.forget(&mut batch, all)?;
        for (path, why) in unread {
            let details = StoredFile {
                failure: Some(why.clone()),
                ..StoredFile::new(path)
            };
            let mut document = TantivyDocument::default();
            document.add_text(self.fields.record, UNREAD);
            document.add_text(self.fields.record, FAILED);
            document.add_u64(self.fields.file, all);
            document.add_bytes(self.fields.details, &encode(&details));
            batch.operations.push(UserOperation::Add(document));
        }
        self.send(&mut batch)
    }

    fn send_if_large(&self, batch: &mut Batch) -> Result<()> {
        if batch.size >= BATCH {
            self.send(batch)?;
            batch.parted = true;
        }
        Ok(())
    }

    /// Sends what a batch holds to be indexed; the next commit has it.
    pub fn send(&self, batch: &mut Batch) -> Result<()> {
        let Batch {
            operations, size, ..
        } = std::mem::take(batch);
        let place = Arc::clone(&self.queue).enter(size);
        let queued = |operation| match operation {
            UserOperation::Delete(term) => UserOperation::Delete(term),
            UserOperation::Add(document) => UserOperation::Add(Queued {
                document,
                _place: Arc::clone(&place),
            }),
        };
        self.inner
            .run(operations.into_iter().map(queued))
            .map(drop)
            .map_err(|e| self.failed(e))
    }

    /// Makes everything written so far visible and durable, in one step.
    pub fn commit(&mut self) -> Result<()> {
        let payload = payload(self.own);
        let commit = |writer: &mut IndexWriter<Queued>| {
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&payload);
            commit.commit()
        };
        commit(&mut self.inner)
            .map(drop)
            .map_err(|e| Error::new(Kind::NotWritable, &self.path).because(e))
    }

    /// Commits, waits for the merging of segments that is under way, and joins what is left of small ones.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.drop_others();
        let Writer {
            path, inner, _lock, ..
        } = self;
        let index = inner.index().clone();
        inner
            .wait_merging_threads()
            .map_err(|e| Error::new(Kind::NotWritable, path).because(e))?;
        // All is committed; what cannot be joined now, for want of room on the disk, is another time.
        let _ = join_small(&index);
        Ok(())
    }

    /// The document of a passage; adds to `size` about what it takes in memory.
    fn document(
        &self,
        file: u64,
        entry: &Entry,
        ordinal: usize,
        size: &mut usize,
    ) -> TantivyDocument {
        let f = &self.fields;
        let passage = &entry.passages[ordinal];
        let shown = compact::encode(&passage.stored, passage.text);
        let room = passage.text.len() + shown.len() + IDS;
        *size += room;
        let mut document = TantivyDocument::with_capacity(room);
        document.add_u64(f.file, file);
        document.add_text(f.text, passage.text);
        document.add_bytes(f.passage, &shown);
        let mut add = |field, term: &str| {
            if term.len() <= LONGEST_TERM {
                document.add_bytes(field, term.as_bytes());
            }
        };
        let (mut term, mut mentions) = (String::new(), Vec::new());
        for (field, entries, parents) in [
            (f.actor, &passage.stored.actors, &passage.actor_parents),
            (f.place, &passage.stored.places, &passage.place_parents),
        ] {
            for entry in entries {
                add(field, &entry.id);
                mentions.clear();
                let mention = |&(start, end): &(usize, usize)| &passage.text[start..end];
                mentions.extend(entry.spans.iter().map(mention));
                mentions.sort_unstable();
                mentions.dedup();
                for mention in &mentions {
                    spell(mention, &mut term);
                    add(field, &term);
                }
            }
            for parent in parents {
                term.clear();
                term.extend(["<", parent]);
                add(field, &term);
            }
        }
        for &(interval, precision) in &passage.dates {
            document.add_bytes(f.date, &days::term(interval, precision));
        }
        if ordinal == 0 {
            self.describe(entry, &mut document);
        }
        document
    }

    /// What only the first passage of an article carries.
    fn describe(&self, entry: &Entry, document: &mut TantivyDocument) {
        let f = &self.fields;
        let article = entry.article;
        document.add_bytes(f.article, &encode(article));
        document.add_text(f.title, &article.title);
        document.add_text(f.path, article_id(article));
        document.add_text(f.root, &article.root);
        document.add_u64(f.tongue, u64::from(entry.tongue.number()));
        if let Some((interval, precision)) = entry.published {
            document.add_bytes(f.published, &days::term(interval, precision));
            document.add_u64(f.published_day, u64::from(days::day(interval.start)));
        }
        if let Some(source) = &article.source {
            document.add_text(f.source, source);
        }
        if let Some(lang) = &article.lang {
            document.add_text(f.lang, lang);
        }
    }

    fn failed(&self, cause: tantivy::TantivyError) -> Error {
        Error::new(Kind::NotWritable, &self.path).because(cause)
    }
}

/// The id of an article: its path, with `!R` for record R of a many-record file.
pub fn article_id(article: &StoredArticle) -> String {
    match article.record {
        Some(record) => format!("{}!{record}", article.path),
        None => article.path.clone(),
    }
}

/// Writes the term for a name as it is written: white space made one, nothing folded.
fn spell(mention: &str, term: &mut String) {
    term.clear();
    for word in mention.split_whitespace() {
        term.push(if term.is_empty() { '=' } else { ' ' });
        term.push_str(word);
    }
}

/// Joins small segments, each of which costs every search the same as a large one.
fn join_small(index: &Tantivy) -> tantivy::Result<()> {
    // As long as a segment is held here, its files are kept.
    let metas = index.searchable_segment_metas()?.into_iter();
    let mut segments: Vec<_> = metas.map(|s| (s.num_docs(), s.id())).collect();
    segments.sort_unstable();
    let sizes: Vec<u32> = segments.iter().map(|s| s.0).collect();
    let joined = small(&sizes);
    if joined == 0 {
        return Ok(());
    }
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build();
    let mut writer: IndexWriter = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let ids: Vec<_> = segments[..joined].iter().map(|s| s.1).collect();
    writer.merge(&ids).wait()?;
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()
}

/// How many of the smallest segments are to be joined: as many as there are with a largest one that is not much
/// larger than the others together, so that in many small runs a document is copied but a few times. Those that
/// are not merged otherwise are not joined either, nor more documents than two of them have, which would take
/// memory. Two are left as they are where joining them would be a good part of the work of writing them.
fn small(sizes: &[u32]) -> usize {
    let most = MERGED as u64;
    let sizes = || sizes.iter().map(|&size| u64::from(size).max(1));
    let (mut sum, mut joined) = (0, 0);
    for (n, size) in sizes().take_while(|&size| size <= most).enumerate() {
        if size <= 2 * sum && sum + size <= 2 * most {
            joined = n + 1;
        }
        sum += size;
    }
    let pays = match joined {
        2 => 8 * sizes().take(2).sum::<u64>() <= sizes().sum(),
        joined => joined > 2,
    };
    if pays { joined } else { 0 }
}

fn create(directory: Unmapped, path: &Path) -> Result<(Tantivy, Fields)> {
    let (schema, fields) = schema();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(LEVEL),
        }),
        // The threads that index are as many as there are cores to compress on.
        docstore_compress_dedicated_thread: false,
        docstore_blocksize: BLOCK,
        ..IndexSettings::default()
    };
    let tantivy = Tantivy::create(directory, schema, settings)
        .map_err(|e| Error::new(Kind::NotWritable, path).because(e))?;
    register(&tantivy);
    Ok((tantivy, fields))
}

/// Takes the lock of the folder, or says who holds it.
fn lock(path: &Path) -> Result<File> {
    let denied = |e: std::io::Error| Error::new(Kind::NotWritable, path).because(e);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path.join(LOCK))
        .map_err(denied)?;
    match patiently(&file) {
        Ok(()) => {
            file.set_len(0).map_err(denied)?;
            file.rewind().map_err(denied)?;
            write!(file, "process {}", std::process::id()).map_err(denied)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let known = file.read_to_string(&mut holder).is_ok() && !holder.is_empty();
            Err(Error::new(
                Kind::Locked(if known {
                    holder
                } else {
                    "an unknown process".to_owned()
                }),
                path,
            ))
        }
        Err(TryLockError::Error(e)) => Err(denied(e)),
    }
}

/// A program that another thread is just starting holds every file of this process until it runs, and
/// so the lock of a writer that is done.
fn patiently(file: &File) -> std::result::Result<(), TryLockError> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            locked => return locked,
        }
    }
    file.try_lock()
}

/// tantivy names its files by a UUID without hyphens.
pub(super) fn is_segment_file(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("");
    stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn segments_are_joined_until_one_is_much_larger() {
        assert_eq!(small(&[]), 0);
        assert_eq!(small(&[7]), 0);
        assert_eq!(small(&[0, 0, 0, 50]), 3);
        assert_eq!(small(&[1, 2, 6, 18, 1000]), 4);
        assert_eq!(small(&[1, 2, 7, 8]), 4);
        assert_eq!(small(&[1, 3, 9, 28, 85]), 0);
        assert_eq!(small(&[1, 2, 7, 80]), 2);
        assert_eq!(small(&[1, 7, 8, 10, 80]), 4);
        assert_eq!(small(&[90_000, 100_000, 150_000, 270_000, 900_000]), 3);
        assert_eq!(small(&[90_000, 100_000, 150_000, 250_000]), 3);
    }
}
