//! The report: what became of every file.
//!
//! Failures and notes are listed, the rest is counted, so that a report of ten million files
//! stays small. Not for printing.

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Files read and written.
    pub indexed: u64,
    /// Files that have not changed since they were indexed.
    pub unchanged: u64,
    /// Files that were gone, or are left out now, and were taken out of the index.
    pub removed: u64,
    /// Articles written.
    pub articles: u64,
    /// Of them, without a publication date.
    pub undated: u64,
    /// Passages written.
    pub passages: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Hidden files and folders left out.
    pub hidden: u64,
    /// Files and folders left out by ignore files.
    pub ignored: u64,
    /// Links, sockets and devices left out.
    pub no_files: u64,
    /// Files and folders that could not be read: path and reason, sorted.
    pub failed: Vec<(String, String)>,
    /// Of them, those of which the index has, or may have, what was read before, and keeps it: folders
    /// that cannot be entered, and files that cannot be opened any more.
    pub unread: Vec<(String, String)>,
    /// What a reader should know of files that were read: path and note, sorted.
    pub notes: Vec<(String, String)>,
    /// The run was stopped before its end; what was done is kept.
    pub stopped: bool,
}

impl Report {
    /// Adds what another part of the same run did.
    pub fn add(&mut self, other: Report) {
        self.indexed += other.indexed;
        self.unchanged += other.unchanged;
        self.removed += other.removed;
        self.articles += other.articles;
        self.undated += other.undated;
        self.passages += other.passages;
        self.bytes += other.bytes;
        self.hidden += other.hidden;
        self.ignored += other.ignored;
        self.no_files += other.no_files;
        self.failed.extend(other.failed);
        self.unread.extend(other.unread);
        self.notes.extend(other.notes);
        self.stopped |= other.stopped;
    }

    /// How many files and folders failed; one file may have failed in several records.
    pub fn failed_files(&self) -> u64 {
        let paths: std::collections::BTreeSet<&str> =
            self.failed.iter().map(|(path, _)| path.as_str()).collect();
        paths.len() as u64
    }

    /// Puts lists into the order of paths, whatever the order of work was.
    pub fn sort(&mut self) {
        self.failed.sort();
        self.unread.sort();
        self.notes.sort();
    }
}
