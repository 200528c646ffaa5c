//! Articles of a folder: what is read, and what shapes the reading.
//!
//! Used by indexing and by extraction without an index, so that both see the same articles. Not
//! for writing.

use crate::error::Result;
use crate::extract::date::{DateOrder, Interval, Precision};
use crate::index::FORMAT;
use crate::read::manifest::Row;
use crate::read::{self, Article, Hints, Manifest};
use crate::walk::{self, Step};
use jiff::civil::Date;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// What is read, and what shapes the reading.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Which files.
    pub walk: walk::Options,
    /// What is known of files from outside.
    pub manifest: Option<Manifest>,
    /// Where that was read.
    pub manifest_path: Option<PathBuf>,
    /// One publication date for everything.
    pub published: Option<(Interval, Precision)>,
    /// The order of day and month in `10/11/2020`.
    pub order: DateOrder,
    /// Publication dates after this day are refused.
    pub today: Date,
}

impl Sources {
    /// The settings that shape how a file is read, one `name=value` each.
    fn shaping(&self) -> Vec<String> {
        let mut settings = vec![format!("date-order={:?}", self.order)];
        if let Some((interval, precision)) = self.published {
            let precision = precision.as_str();
            settings.push(format!(
                "published={}..{} {precision}",
                interval.start, interval.end
            ));
        }
        settings
    }

    /// All settings of a root, one `name=value` each; they are stored with it, and a later run can
    /// go on with them.
    pub fn settings(&self) -> Vec<String> {
        let mut settings = self.shaping();
        for (name, set) in [
            ("hidden", self.walk.hidden),
            ("no-ignore", self.walk.no_ignore),
            ("follow", self.walk.follow),
        ] {
            if set {
                settings.push(format!("{name}=true"));
            }
        }
        if let Some(path) = &self.manifest_path {
            settings.push(format!("manifest={}", path.display()));
        }
        settings
    }

    /// Goes on with the stored settings of a root.
    ///
    /// # Errors
    /// A setting that cannot be read, such as a manifest that is gone.
    pub fn from_settings(settings: &[String], today: Date) -> std::result::Result<Sources, String> {
        let mut sources = Sources::new(today);
        for setting in settings {
            let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
            match name {
                "date-order" if value == "DayFirst" => sources.order = DateOrder::DayFirst,
                "date-order" if value == "MonthFirst" => sources.order = DateOrder::MonthFirst,
                "date-order" => sources.order = DateOrder::Auto,
                "hidden" => sources.walk.hidden = true,
                "no-ignore" => sources.walk.no_ignore = true,
                "follow" => sources.walk.follow = true,
                "published" => sources.published = Some(published(value)?),
                "manifest" => sources.read_manifest(Path::new(value))?,
                _ => return Err(format!("the setting {setting} is of another version")),
            }
        }
        Ok(sources)
    }

    /// Default settings.
    pub fn new(today: Date) -> Sources {
        Sources {
            walk: walk::Options::default(),
            manifest: None,
            manifest_path: None,
            published: None,
            order: DateOrder::Auto,
            today,
        }
    }

    /// Reads what a CSV file says of the articles.
    ///
    /// # Errors
    /// A file that cannot be read, or a bad row with its line.
    pub fn read_manifest(&mut self, path: &Path) -> std::result::Result<(), String> {
        let bytes = std::fs::read(path)
            .map_err(|e| format!("cannot read the manifest {}: {e}", path.display()))?;
        let manifest = Manifest::parse(&bytes, self.order, self.today)
            .map_err(|e| format!("{}: {e}", path.display()))?;
        self.manifest = Some(manifest);
        self.manifest_path = Some(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
        // It may lie among the articles, and is none.
        self.walk.skip.extend(self.manifest_path.clone());
        Ok(())
    }

    /// A hash of the settings that shape the reading of every file.
    pub fn settings_hash(&self) -> u64 {
        xxh3_64(format!("{FORMAT} {:?}", self.shaping()).as_bytes())
    }

    /// A hash of what shapes the reading of a file: the settings, by their hash, and its row of the manifest.
    pub fn shaped_by(&self, settings: u64, relative: &str) -> u64 {
        (settings ^ self.manifest_hash(relative)).max(1)
    }

    /// A hash of what the manifest says of a file; 0 where it says nothing.
    fn manifest_hash(&self, relative: &str) -> u64 {
        self.row(relative).map_or(0, |row| row.hash)
    }

    /// What the manifest says of a file.
    pub(super) fn row(&self, relative: &str) -> Option<&Row> {
        self.manifest.as_ref().and_then(|m| m.get(relative))
    }

    /// Reads the articles of one file's `bytes`; what cannot be read is an `Err` with the reason. Returns
    /// what is to be said of the file as a whole.
    pub fn articles(
        &self,
        relative: &str,
        bytes: &[u8],
        each: &mut dyn FnMut(std::result::Result<Article, String>),
    ) -> Vec<String> {
        let hints = Hints {
            relative_path: relative,
            manifest: self.row(relative),
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
        let why = match outcome {
            Ok(Ok(notes)) => return notes,
            Ok(Err(e)) => e.to_string(),
            Err(_) => {
                "reading it failed inside belli, which is a bug; please report it with the file"
                    .to_owned()
            }
        };
        each(Err(why));
        Vec::new()
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

/// `2020-10-01..2020-10-31 month`, as [`Sources::settings`] writes it.
fn published(value: &str) -> std::result::Result<(Interval, Precision), String> {
    let wrong = || format!("the setting published={value} is of another version");
    let (days, precision) = value.split_once(' ').ok_or_else(wrong)?;
    let (start, end) = days.split_once("..").ok_or_else(wrong)?;
    let start = start.parse().map_err(|_| wrong())?;
    let end = end.parse().map_err(|_| wrong())?;
    let precision = match precision {
        "day" => Precision::Day,
        "month" => Precision::Month,
        "year" => Precision::Year,
        _ => return Err(wrong()),
    };
    Ok((Interval { start, end }, precision))
}
