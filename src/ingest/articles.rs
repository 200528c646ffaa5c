//! Articles of a folder: what is read, and what shapes the reading.
//!
//! Used by indexing and by extraction without an index, so that both see the same articles. Not
//! for writing.

use crate::error::Result;
use crate::extract::date::{DateOrder, Interval, Precision};
use crate::read::{self, Article, Hints, Manifest};
use crate::walk::{self, Step};
use jiff::civil::Date;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What is read, and what shapes the reading.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Which files.
    pub walk: walk::Options,
    /// What is known of files from outside.
    pub manifest: Option<Manifest>,
    /// One publication date for everything.
    pub published: Option<(Interval, Precision)>,
    /// The order of day and month in `10/11/2020`.
    pub order: DateOrder,
    /// Publication dates after this day are refused.
    pub today: Date,
}

impl Sources {
    /// The settings that shape what is read, one `name=value` each; they are stored with the root.
    pub fn settings(&self) -> Vec<String> {
        let mut settings = vec![format!("date-order={:?}", self.order)];
        if let Some((interval, _)) = self.published {
            settings.push(format!("published={}..{}", interval.start, interval.end));
        }
        if self.walk.hidden {
            settings.push("hidden=true".to_owned());
        }
        if self.walk.no_ignore {
            settings.push("no-ignore=true".to_owned());
        }
        if self.walk.follow {
            settings.push("follow=true".to_owned());
        }
        settings
    }

    /// A hash of what the manifest says of a file; 0 where it says nothing.
    pub fn manifest_hash(&self, relative: &str) -> u64 {
        self.manifest
            .as_ref()
            .and_then(|m| m.get(relative))
            .map_or(0, |row| row.hash)
    }

    /// Reads the articles of one file's `bytes`; what cannot be read is an `Err` with the reason.
    pub fn articles(
        &self,
        relative: &str,
        bytes: &[u8],
        each: &mut dyn FnMut(std::result::Result<Article, String>),
    ) {
        let hints = Hints {
            relative_path: relative,
            manifest: self.manifest.as_ref().and_then(|m| m.get(relative)),
            published: self.published,
            today: self.today,
            order: self.order,
        };
        // The libraries that take HTML and JSON apart are not ours: a panic of theirs is one
        // file's failure, not the end of the run.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            read::read(bytes, &hints, &mut |article| {
                each(article.map_err(|e| e.to_string()))
            })
        }));
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(e)) => each(Err(e.to_string())),
            Err(_) => each(Err(
                "reading it failed inside belli, which is a bug; please report it with the file"
                    .to_owned(),
            )),
        }
    }
}

/// Calls `each` with every article below `root`, in the order of the walk: relative path, bytes of
/// the file, and the article or why there is none. Stops when `each` returns `false`.
///
/// # Errors
/// A missing or unreadable root.
pub fn each_article(
    root: &Path,
    sources: &Sources,
    mut each: impl FnMut(&str, std::result::Result<Article, String>) -> bool,
) -> Result<()> {
    walk::walk(root, &sources.walk, |step| match step {
        Step::Source(source) => match std::fs::read(&source.path) {
            Ok(bytes) => {
                let mut go_on = true;
                sources.articles(&source.relative, &bytes, &mut |article| {
                    go_on = go_on && each(&source.relative, article)
                });
                go_on
            }
            Err(e) => each(
                &source.relative,
                Err(format!("cannot be read: {e}; check its permissions")),
            ),
        },
        Step::Unreadable(path, why) => each(&path, Err(why)),
        Step::Hidden(_) | Step::Ignored(_) | Step::NoFile(_) => true,
    })
}
