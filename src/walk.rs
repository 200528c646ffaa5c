//! Walking: folders → source files, in an order that never changes.
//!
//! Hidden files, ignored files and the index folder are left out and counted; symbolic links are
//! not followed unless asked, and never in circles. Nothing is opened but ignore files.

use crate::error::{Error, Kind, Result};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The ignore files that are honoured, in order: the later one decides.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".belliignore"];

/// What to walk and what to leave out.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Take hidden files and folders too.
    pub hidden: bool,
    /// Do not look at ignore files.
    pub no_ignore: bool,
    /// Follow symbolic links.
    pub follow: bool,
    /// Folders never entered and files never read: the index, the manifest.
    pub skip: Vec<PathBuf>,
}

/// A file to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// Its path relative to the root, `/` between its parts; the file's name for a root that is a file.
    pub relative: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of change in nanoseconds since 1970, to see whether it has changed.
    pub modified: u64,
}

/// What a walk meets.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A file to be read.
    Source(Source),
    /// A hidden file or folder, left out.
    Hidden(String),
    /// A file or folder that an ignore file names, left out.
    Ignored(String),
    /// Something that is no file: a link not followed or leading nowhere, a device, another index.
    NoFile(String),
    /// Something that could not be looked at, and why.
    Unreadable(String, String),
}

/// Walks `root` (a folder, or one file) and calls `each` with every step, sorted by name within
/// each folder. Stops early when `each` returns `false`.
///
/// # Errors
/// Only if `root` itself is missing, unreadable or no folder and no file; anything below is a step.
pub fn walk(root: &Path, options: &Options, mut each: impl FnMut(Step) -> bool) -> Result<()> {
    let meta = std::fs::metadata(root).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::new(Kind::Missing, root),
        _ => Error::new(Kind::Unreadable, root).because(e),
    })?;
    if meta.is_file() {
        let name = root.file_name().map(escaped).unwrap_or_default();
        each(Step::Source(source(root, name, &meta)));
        return Ok(());
    }
    if !meta.is_dir() {
        return Err(Error::new(Kind::NoSource, root));
    }
    let skip: Vec<PathBuf> = options
        .skip
        .iter()
        .filter_map(|p| p.canonicalize().ok())
        .collect();
    let mut rules = Rules {
        root: root.to_owned(),
        layers: Vec::new(),
        off: options.no_ignore,
    };
    let mut steps = WalkDir::new(root)
        .follow_links(options.follow)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = steps.next() {
        let step = match entry {
            Ok(entry) => {
                let folder = entry.file_type().is_dir();
                match judge(&entry, options, &skip, &mut rules) {
                    Verdict::Enter | Verdict::Pass => continue,
                    Verdict::Skip => {
                        steps.skip_current_dir();
                        continue;
                    }
                    Verdict::Step(step) => {
                        if folder {
                            steps.skip_current_dir();
                        }
                        step
                    }
                }
            }
            Err(e) if e.depth() == 0 => return Err(Error::new(Kind::Unreadable, root).because(e)),
            Err(e) => {
                let path = e.path().map(|p| relative(root, p)).unwrap_or_default();
                let gone = e
                    .io_error()
                    .is_some_and(|c| c.kind() == std::io::ErrorKind::NotFound);
                if gone || e.loop_ancestor().is_some() {
                    // A link to nothing, or back to a folder above it.
                    Step::NoFile(path)
                } else {
                    let why = e
                        .io_error()
                        .map_or_else(|| e.to_string(), ToString::to_string);
                    Step::Unreadable(path, why)
                }
            }
        };
        if !each(step) {
            break;
        }
    }
    Ok(())
}

enum Verdict {
    Enter,
    /// A folder that is not entered.
    Skip,
    /// A file that is not read.
    Pass,
    Step(Step),
}

fn judge(entry: &DirEntry, options: &Options, skip: &[PathBuf], rules: &mut Rules) -> Verdict {
    let path = entry.path();
    if entry.depth() == 0 {
        rules.enter(path);
        return Verdict::Enter;
    }
    let name = relative(&rules.root, path);
    let folder = entry.file_type().is_dir();
    // To ask for the true path of every file would take longer than the walk.
    let named = |p: &PathBuf| p.file_name() == Some(entry.file_name());
    if (folder && !skip.is_empty() || skip.iter().any(named))
        && path.canonicalize().is_ok_and(|p| skip.contains(&p))
    {
        return match folder {
            true => Verdict::Skip,
            false => Verdict::Pass,
        };
    }
    if !options.hidden && entry.file_name().as_encoded_bytes().starts_with(b".") {
        return Verdict::Step(Step::Hidden(name));
    }
    if rules.ignores(path, folder) {
        return Verdict::Step(Step::Ignored(name));
    }
    if folder && is_index(path) {
        return Verdict::Step(Step::NoFile(name));
    }
    if folder {
        rules.enter(path);
        return Verdict::Enter;
    }
    if !entry.file_type().is_file() {
        return Verdict::Step(Step::NoFile(name));
    }
    Verdict::Step(match entry.metadata() {
        Ok(meta) => Step::Source(source(path, name, &meta)),
        Err(e) => Step::Unreadable(name, e.to_string()),
    })
}

/// Whether a folder is an index of this or another program: it holds no articles.
fn is_index(folder: &Path) -> bool {
    folder.join(".managed.json").is_file() && folder.join("meta.json").is_file()
}

fn source(path: &Path, relative: String, meta: &std::fs::Metadata) -> Source {
    let since = |t: std::time::SystemTime| {
        t.duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.as_nanos() as u64)
    };
    Source {
        path: path.to_owned(),
        relative,
        size: meta.len(),
        modified: meta.modified().map_or(0, since),
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|c| escaped(c.as_os_str())).collect();
    parts.join("/")
}

/// A name or path as text; bytes that are none are written `%FE`, so that two names hardly ever
/// become one.
pub fn escaped(name: &OsStr) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| format!("%{byte:02X}")));
    }
    text
}

/// The ignore files from the root down to the folder that is being walked.
struct Rules {
    root: PathBuf,
    layers: Vec<(PathBuf, Gitignore)>,
    off: bool,
}

impl Rules {
    fn enter(&mut self, folder: &Path) {
        self.layers
            .retain(|(at, _)| folder.starts_with(at) && at != folder);
        if self.off {
            return;
        }
        for name in IGNORE_FILES {
            let file = folder.join(name);
            if file.is_file() {
                let mut builder = GitignoreBuilder::new(folder);
                // A broken line is skipped and the others hold, as git does.
                let _ = builder.add(&file);
                if let Ok(rules) = builder.build() {
                    self.layers.push((folder.to_owned(), rules));
                }
            }
        }
    }

    fn ignores(&mut self, path: &Path, folder: bool) -> bool {
        let parent = path.parent().unwrap_or(path);
        self.layers.retain(|(at, _)| parent.starts_with(at));
        let verdicts = self
            .layers
            .iter()
            .rev()
            .map(|(_, rules)| rules.matched(path, folder));
        let decided = verdicts.into_iter().find(|m| !m.is_none());
        decided.is_some_and(|m| m.is_ignore())
    }
}
