//! Reading: the bytes of one file → its articles, each with text, title, publication date and a
//! map back to the original bytes.
//!
//! [`read`] detects the [`Format`] from the file's extension and then its content, and hands the
//! bytes to the reader of that format; every reader has its own file here, and a further format
//! is one more file, one more [`Format`] and one more arm in [`read`]. What all formats share has
//! a file each as well: [`decode`] for encodings, [`published`] for the publication date,
//! [`manifest`] for what the user says about the files, [`sourcemap`] for citations.
//!
//! It opens no file and never looks at file times: a file's time says when it was copied, not
//! when the article was published. It splits nothing into passages and extracts no mentions.

pub mod decode;
mod html;
mod json;
pub mod manifest;
mod markdown;
mod names;
pub mod published;
pub mod sourcemap;
mod table;
mod text;

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use crate::analysis::language::code;
use crate::extract::date::{DateOrder, Interval, Precision};

pub use manifest::Manifest;
pub use published::{From, Published};
pub use sourcemap::SourceMap;

/// One article as read: decoded text and what the file says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its number, from 0, in a file of many records; `None` for a file that is one article.
    pub record: Option<usize>,
    /// The decoded text: the title, if there is one, then the body.
    pub text: String,
    /// The title's bytes in `text`; may be empty.
    pub title: Range<usize>,
    /// The body's bytes in `text`: everything behind the title to the end, without the white space
    /// it starts with.
    pub body: Range<usize>,
    /// The line of the original file, from 1, on which the body starts (for a record of a JSON
    /// file, on which the record starts); `None` where lines mean nothing.
    pub line: Option<usize>,
    /// The byte that ends the lines of the file.
    pub line_end: u8,
    /// Where parts of `text` start that each stand on one line of the file, and that line, as the
    /// strings of a JSON file do; empty where the lines of `text` are those of the file.
    pub lines: Vec<(usize, usize)>,
    /// When it was published, where that could be told.
    pub published: Option<Published>,
    /// Who published it, as metadata says.
    pub source: Option<String>,
    /// Who wrote it, as metadata says.
    pub author: Option<String>,
    /// Where it was published, as metadata says.
    pub url: Option<String>,
    /// Its language, as metadata says: two letters where it has such a code, else three.
    pub lang: Option<String>,
    /// The map from offsets in `text` to bytes of the original file.
    pub map: SourceMap,
    /// Conflicts and refusals for the report, each a sentence in lower case.
    pub notes: Vec<String>,
}

impl Article {
    /// Returns the title; empty if there is none.
    pub fn title(&self) -> &str {
        self.text.get(self.title.clone()).unwrap_or_default()
    }

    /// Returns the body.
    pub fn body(&self) -> &str {
        self.text.get(self.body.clone()).unwrap_or_default()
    }
}

/// What is known about a file before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Hints<'a> {
    /// The path below the folder given, `/`-separated; its extension, file name and folder names
    /// are read. A caller who wants the name of the root to count puts it in front.
    pub relative_path: &'a str,
    /// The file's row in the manifest.
    pub manifest: Option<&'a manifest::Row>,
    /// The publication date given for the whole folder.
    pub published: Option<(Interval, Precision)>,
    /// The day on which later publication dates are refused; the caller knows the clock.
    pub today: Date,
    /// How `10/11/2020` is to be read.
    pub order: DateOrder,
}

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, with or without front matter.
    Text,
    /// Markdown, with or without YAML or TOML front matter.
    Markdown,
    /// A web page.
    Html,
    /// A JSON object that is an article, or an array of them.
    Json,
    /// One JSON object per line.
    JsonLines,
    /// A table with an article a row.
    Table,
}

/// Why a file cannot be read. The message has no path; the caller knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The file is no text; says what gave it away.
    Binary(String),
    /// The file holds no text.
    Empty,
    /// The file is of a known format that cannot be read yet; says which.
    Unsupported(&'static str),
    /// The file breaks the rules of its format.
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary(why) => write!(
                f,
                "not a text file ({why}); convert it to text or leave it out"
            ),
            Self::Empty => f.write_str("no text in it; remove the file or leave it out"),
            Self::Unsupported(what) => {
                write!(
                    f,
                    "{what} cannot be read; export it as text, HTML, JSON or CSV"
                )
            }
            Self::Malformed {
                line,
                column,
                message,
            } => {
                write!(f, "line {line}, column {column}: {message}")
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Why one record of a file of many cannot be read; the others go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// The record's number in the file, from 0.
    pub record: usize,
    /// The line, from 1, of the error.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for RecordError {}

/// Reads the articles of one file and hands each to `each`, in the file's order.
///
/// A file of many records is streamed: no more than one of its articles is held at a time, and a
/// broken record is handed over as a [`RecordError`] while the others go on. What is to be said of
/// the file as a whole, such as how many of its records have no text, is returned.
///
/// # Errors
/// The file as a whole cannot be read; see [`ReadError`]. Articles handed over before stay good.
///
/// ```
/// use belli::extract::date::DateOrder;
/// use belli::read::{From, Hints, read};
///
/// let bytes = b"Truce holds\n\nSTEPANAKERT, Oct. 10, 2020 (Agency) - It was quiet.\n";
/// let hints = Hints {
///     relative_path: "truce.txt",
///     manifest: None,
///     published: None,
///     today: jiff::civil::date(2026, 11, 23),
///     order: DateOrder::Auto,
/// };
/// read(bytes, &hints, &mut |article| {
///     let article = article.expect("a text file has no broken records");
///     assert_eq!(article.title(), "Truce holds");
///     assert_eq!(article.published.map(|p| p.from), Some(From::Dateline));
/// })?;
/// # Ok::<(), belli::read::ReadError>(())
/// ```
pub fn read(
    bytes: &[u8],
    hints: &Hints<'_>,
    each: &mut dyn FnMut(Result<Article, RecordError>),
) -> Result<Vec<String>, ReadError> {
    let format = detect(hints.relative_path, bytes)?;
    let decoded = match format {
        Format::Html => decode::decode(bytes, html::charset(bytes))?,
        _ => decode::decode(bytes, None)?,
    };
    if decoded.text.trim_start().is_empty() {
        return Err(ReadError::Empty);
    }
    match format {
        Format::Text => each(Ok(text::read(decoded, hints)?)),
        Format::Markdown => each(Ok(markdown::read(decoded, hints)?)),
        Format::Html => each(Ok(html::read(&decoded, hints)?)),
        Format::Json => return json::read(&decoded, hints, each),
        Format::JsonLines => return json::read_lines(&decoded, hints, each),
        Format::Table => return table::read(&decoded, hints, each),
    }
    Ok(Vec::new())
}

/// Tells the format of a file from its extension and then its content.
///
/// An extension we do not know says nothing: `St. Petersburg` and `report.v2` are names of text
/// files.
///
/// # Errors
/// The file is of a format known to hold no text we can read.
pub fn detect(path: &str, bytes: &[u8]) -> Result<Format, ReadError> {
    if let Some(what) = magic(bytes) {
        return Err(ReadError::Unsupported(what));
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let extension = name
        .rsplit_once('.')
        .map(|(_, e)| e.to_ascii_lowercase())
        .unwrap_or_default();
    let from_name = match extension.as_str() {
        "txt" | "text" => Format::Text,
        "md" | "markdown" | "mdown" | "mkd" => Format::Markdown,
        "html" | "htm" | "xhtml" | "shtml" => return Ok(Format::Html),
        "json" => return Ok(Format::Json),
        "jsonl" | "ndjson" | "jsonlines" => return Ok(Format::JsonLines),
        "csv" | "tsv" => return Ok(Format::Table),
        "js" if json::is_value(start(bytes)) => return Ok(Format::Json),
        other => match unsupported(other) {
            Some(what) => return Err(ReadError::Unsupported(what)),
            None => Format::Text,
        },
    };
    let known = from_name != Format::Text || matches!(extension.as_str(), "txt" | "text");
    let start = start(bytes);
    let opens_with = |tag: &str| {
        start
            .get(..tag.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()))
    };
    if opens_with("<!doctype html") || opens_with("<html") {
        return Ok(Format::Html);
    }
    if ["<?xml", "<rss", "<feed"].iter().any(|tag| opens_with(tag)) {
        let head = start.get(..1024).unwrap_or(start).to_ascii_lowercase();
        return match memchr::memmem::find(&head, b"<html") {
            Some(_) => Ok(Format::Html),
            None => Err(ReadError::Unsupported("an XML file")),
        };
    }
    if is_mailbox(start) {
        return Err(ReadError::Unsupported("a mailbox"));
    }
    if !known && json::is_value(start) {
        return Ok(Format::Json);
    }
    Ok(from_name)
}

/// Tells whether bytes start with the line that parts the mails of a mailbox, and the first field of one.
fn is_mailbox(start: &[u8]) -> bool {
    let mut lines = start.split(|b| *b == b'\n');
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return false;
    };
    let clock = |w: &[u8]| matches!(w, [a, b':', b, c, b':', d] if [a, b, c, d].iter().all(|b| b.is_ascii_digit()));
    let field = |b: &&u8| b.is_ascii_alphabetic() || **b == b'-';
    let name = second.iter().take_while(field).count();
    first.starts_with(b"From ")
        && first.windows(6).any(clock)
        && name > 0
        && second.get(name) == Some(&b':')
}

/// The bytes behind a byte-order mark and white space.
fn start(bytes: &[u8]) -> &[u8] {
    bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start()
}

/// Formats told by their first bytes, whatever the file is called.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 22] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a zip archive or office document"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an old office document",
        ),
        (b"{\\rtf", "an RTF document"),
        (b"\x1F\x8B\x08", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xFD7zXZ\x00", "an xz archive"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"\x89PNG\r\n\x1A\n", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"II*\x00", "a TIFF image"),
        (b"MM\x00*", "a TIFF image"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"OggS\x00", "an Ogg recording"),
        (b"ID3\x03", "an MP3 recording"),
        (b"ID3\x04", "an MP3 recording"),
        (b"\x1A\x45\xDF\xA3", "a Matroska video"),
    ];
    // `BZh` alone is three letters that a text may start with; the rest of its header is not.
    MAGIC
        .iter()
        .find(|(bytes_, _)| bytes.starts_with(bytes_))
        .map(|(_, what)| *what)
        .filter(|what| *what != "a bzip2 archive" || bytes.get(4..7) == Some(b"1AY"))
}

/// Formats told by the extension that are no text, or text we would misread.
fn unsupported(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "pdf" => "a PDF file",
        "doc" | "docx" | "docm" | "odt" | "rtf" | "pages" => "a word-processor document",
        "xls" | "xlsx" | "xlsm" | "ods" => "a table",
        "ppt" | "pptx" | "odp" => "a presentation",
        "epub" | "mobi" | "azw3" | "djvu" => "an e-book",
        "zip" | "gz" | "tgz" | "bz2" | "xz" | "zst" | "7z" | "rar" | "tar" => "an archive",
        "warc" | "mhtml" | "mht" | "webarchive" => "a web archive",
        "eml" | "msg" | "mbox" | "pst" => "mail",
        "xml" | "rss" | "atom" => "an XML file",
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "tif" | "tiff" | "bmp" | "svg" | "heic" => {
            "an image"
        }
        "mp3" | "wav" | "ogg" | "flac" | "m4a" | "opus" => "a recording",
        "mp4" | "mkv" | "mov" | "avi" | "webm" => "a video",
        "js" | "mjs" | "css" => "a script or style sheet",
        "exe" | "dll" | "so" | "dylib" | "class" | "o" | "wasm" => "a program",
        "db" | "sqlite" | "sqlite3" | "parquet" | "feather" | "arrow" => "a database",
        _ => return None,
    })
}

/// What a file says about its article, besides the text.
#[derive(Debug, Clone, Default)]
struct Metadata {
    title: Option<String>,
    /// Statements of the publication date as written, the best first.
    published: Vec<String>,
    source: Option<String>,
    author: Option<String>,
    url: Option<String>,
    lang: Option<String>,
}

/// What a format's reader found, before publication date and manifest are considered.
struct Draft {
    record: Option<usize>,
    text: String,
    title: Range<usize>,
    body: Range<usize>,
    line: Option<usize>,
    line_end: u8,
    lines: Vec<(usize, usize)>,
    map: SourceMap,
    notes: Vec<String>,
    metadata: Metadata,
}

impl Draft {
    /// Makes the article: the manifest's row counts before the file's own metadata, and the
    /// publication date is decided.
    fn finish(self, hints: &Hints<'_>) -> Article {
        let Self {
            record,
            text,
            title,
            body,
            line,
            line_end,
            lines,
            map,
            mut notes,
            metadata,
        } = self;
        let row = hints.manifest;
        let said = |of: fn(&manifest::Row) -> Option<&String>, own: Option<String>| {
            row.and_then(of)
                .cloned()
                .or(own)
                .filter(|s| !s.trim().is_empty())
        };
        let url = said(|r| r.url.as_ref(), metadata.url);
        let evidence = published::Evidence {
            text: &text,
            title: title.clone(),
            metadata: &metadata.published,
            url: url.as_deref(),
        };
        let published = published::decide(&evidence, hints, &mut notes);
        Article {
            record,
            title,
            body,
            line,
            line_end,
            lines,
            published,
            source: said(|r| r.source.as_ref(), metadata.source),
            author: said(|_| None, metadata.author),
            url,
            lang: said(|r| r.lang.as_ref(), metadata.lang).and_then(|l| code(&l)),
            map,
            notes,
            text,
        }
    }
}

/// The title that the manifest, or else the file's metadata, states.
fn stated_title(metadata: &Metadata, hints: &Hints<'_>) -> Option<String> {
    let row = hints.manifest.and_then(|row| row.title.as_deref());
    let title = row.or(metadata.title.as_deref())?;
    // One line, single spaces: a title from a template may be wrapped and indented.
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
