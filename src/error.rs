//! The library's one error: what went wrong, with which path, and what to do about it.
//!
//! Articles that cannot be read are not errors but lines of a report (`ingest`); a query that
//! cannot be read has an error of its own with a position (`query`).

use std::fmt;
use std::path::{Path, PathBuf};

/// What a function of this crate returns when it can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error with the path it concerns.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    path: PathBuf,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Missing,
    NoIndex,
    NotAnIndex,
    ForeignVersion,
    Damaged,
    Locked(String),
    NotWritable,
    Unreadable,
    NoSource,
    NoRoot,
    TooBroad(String),
    Stopped,
}

impl Error {
    pub(crate) fn new(kind: Kind, path: impl AsRef<Path>) -> Error {
        Error {
            kind,
            path: path.as_ref().to_owned(),
            cause: None,
        }
    }

    pub(crate) fn because(
        mut self,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        self.cause = Some(cause.into());
        self
    }

    /// Reports whether there is no index where one was looked for.
    pub fn is_no_index(&self) -> bool {
        self.kind == Kind::NoIndex
    }

    /// Reports whether another process is writing to the index.
    pub fn is_locked(&self) -> bool {
        matches!(self.kind, Kind::Locked(_))
    }

    /// Reports whether the index cannot be written to.
    pub fn is_not_writable(&self) -> bool {
        self.kind == Kind::NotWritable
    }

    /// Reports whether the index was written by another version or another program.
    pub fn is_foreign(&self) -> bool {
        matches!(self.kind, Kind::ForeignVersion | Kind::NotAnIndex)
    }

    /// Reports whether a query asks for more than can be looked up.
    pub fn is_too_broad(&self) -> bool {
        matches!(self.kind, Kind::TooBroad(_))
    }

    /// Reports whether a search was stopped before it was through.
    pub fn is_stopped(&self) -> bool {
        self.kind == Kind::Stopped
    }

    /// Reports whether the index is damaged.
    pub fn is_damaged(&self) -> bool {
        self.kind == Kind::Damaged
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.kind {
            Kind::Missing => write!(
                f,
                "{path} does not exist; check the spelling, or the folder you are in"
            ),
            Kind::NoIndex => write!(
                f,
                "there is no index in {path}; make one with `belli index FOLDER --index {path}`"
            ),
            Kind::NotAnIndex => {
                write!(
                    f,
                    "{path} holds other files and is no index; name with --index the folder of an index, or an empty one for a new index"
                )
            }
            Kind::ForeignVersion => write!(
                f,
                "the index in {path} was written by another version of belli; rebuild it with `belli index FOLDER --index {path} --rebuild`"
            ),
            Kind::Damaged => write!(
                f,
                "the index in {path} is damaged; your articles are untouched: rebuild it with `belli index FOLDER --index {path} --rebuild`"
            ),
            Kind::Locked(holder) => write!(
                f,
                "another indexer is writing to {path} ({holder}); wait until it ends, or use another --index"
            ),
            Kind::NotWritable => write!(
                f,
                "cannot write to {path}; check its permissions and free space, or use another --index"
            ),
            Kind::NoRoot => write!(
                f,
                "{path} is no root of the index; `belli status` lists them"
            ),
            Kind::TooBroad(why) => write!(f, "{why}"),
            Kind::Stopped => write!(
                f,
                "the search was stopped before it was through; narrow it, or give it more time"
            ),
            Kind::NoSource => write!(
                f,
                "{path} is no folder and no file; name a folder of articles, or one article"
            ),
            Kind::Unreadable => write!(f, "cannot read {path}; check its permissions"),
        }?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|c| &**c as _)
    }
}
