//! What the index stores: articles, passages, files and roots, in a compact form of their own.
//!
//! Only this crate reads it, in the version that wrote it; the wire format for users is `render`'s.

use crate::analysis::language::Spoken;
use crate::analysis::stem::Tongue;
use crate::extract::date::{Basis, Interval, Precision};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::ops::Range;

/// An article as it is shown, kept with its first passage.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredArticle {
    /// The root it was found in, as its canonical path.
    pub root: String,
    /// Path relative to the root, `/` between its parts.
    pub path: String,
    /// Its number in a many-record file.
    pub record: Option<usize>,
    /// The title; empty where there is none.
    pub title: String,
    /// Publication date: first and last day, precision, and where it came from.
    pub published: Option<(String, String, String, String)>,
    /// Source, as stated by metadata.
    pub source: Option<String>,
    /// Author, as stated by metadata.
    pub author: Option<String>,
    /// Address, as stated by metadata.
    pub url: Option<String>,
    /// Language code, stated or detected.
    pub lang: Option<String>,
    /// How sure that is, from 0 to 1, where it was detected.
    pub lang_confidence: Option<f64>,
}

/// A passage as it is shown, kept as [`super::compact`] writes it; its text is tantivy's `text` field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StoredPassage {
    /// Line of the file on which it starts, from 1.
    pub line: Option<usize>,
    /// Half-open byte range in the file.
    pub bytes: Option<(usize, usize)>,
    /// Where its text lies in the file, where that is not byte by byte: for each run the bytes of
    /// text, where it starts in the file, and how many bytes of text and file a unit has.
    pub runs: Vec<(usize, Option<usize>, u8, u8)>,
    /// Whether it starts inside the paragraph with which the passage before it ends.
    pub continues: bool,
    /// Actors named in it.
    pub actors: Vec<StoredEntry>,
    /// Places named in it.
    pub places: Vec<StoredEntry>,
    /// Dates named in it.
    pub dates: Vec<StoredDate>,
}

impl StoredPassage {
    /// The bytes of the file that a range of the text was read from, where the format has them.
    pub fn bytes_of(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        let (start, _) = self.bytes?;
        if self.runs.is_empty() {
            return Some((start + range.start, start + range.end));
        }
        // The unit that holds a byte: where it starts in the file, and where it ends.
        let unit = |at: usize| {
            let mut before = 0;
            for &(text, source, text_step, source_step) in &self.runs {
                if at < before + text {
                    let units = (at - before) / usize::from(text_step.max(1));
                    let start = source? + units * usize::from(source_step);
                    return Some((start, start + usize::from(source_step)));
                }
                before += text;
            }
            None
        };
        let (first, last) = (unit(range.start)?, unit(range.end.checked_sub(1)?)?);
        (first.0 <= last.1).then_some((first.0, last.1))
    }
}

/// An actor or a place of a passage. What the gazetteer knows of an id is not stored again.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEntry {
    /// Stable id.
    pub id: String,
    /// Half-open byte ranges of its mentions in the passage's text.
    pub spans: Vec<(usize, usize)>,
    /// Name, kind and country, for entries that only the text knows.
    pub named: Option<(String, String, Option<String>)>,
}

/// A date of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDate {
    /// First and last day; `None` where the text leaves it open.
    pub days: Option<Interval>,
    /// Precision.
    pub precision: Precision,
    /// On what the value rests.
    pub basis: Basis,
    /// Half-open byte range of the mention in the passage's text; `None` for one in the title.
    pub span: Option<(usize, usize)>,
}

/// What is known of a file.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct StoredFile {
    /// Path relative to its root.
    pub path: String,
    /// How many articles it gave.
    pub articles: usize,
    /// How many of them have no publication date.
    pub undated: usize,
    /// How many of these state one that cannot be used; the notes say why.
    pub unusable: usize,
    /// Why nothing, or not everything, could be read.
    pub failure: Option<String>,
    /// What a reader of the report should know: conflicts, refusals, repairs.
    pub notes: Vec<String>,
}

/// A root and the settings it was indexed with.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub struct StoredRoot {
    /// The folder or file, as its canonical path.
    pub root: String,
    /// The settings, one `name=value` each.
    pub settings: Vec<String>,
}

impl StoredArticle {
    /// The rule by which its words are stemmed.
    pub fn tongue(&self) -> Tongue {
        let spoken = self.lang.as_ref().map(|code| Spoken {
            code: code.clone(),
            confidence: self.lang_confidence,
        });
        Tongue::of(spoken.as_ref())
    }
}

impl StoredFile {
    /// A file of which nothing is known yet.
    pub fn new(path: &str) -> StoredFile {
        StoredFile {
            path: path.to_owned(),
            articles: 0,
            undated: 0,
            unusable: 0,
            failure: None,
            notes: Vec::new(),
        }
    }

    /// Counts an article and keeps what is to be known of it.
    pub fn count(&mut self, undated: bool, notes: &[String]) {
        self.articles += 1;
        self.undated += usize::from(undated);
        self.unusable += usize::from(undated && !notes.is_empty());
        self.notes.extend(notes.iter().cloned());
    }
}

/// Writes a stored value.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).expect("lists know their lengths, and a vector takes any bytes")
}

/// Reads a stored value back.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
