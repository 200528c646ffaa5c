//! What the index stores: articles, passages, files and roots, in a compact form of their own.
//!
//! Only this crate reads it, in the version that wrote it; the wire format for users is `render`'s.

use crate::extract::date::DateMention;
use crate::extract::{Extraction, Named};
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<usize>,
    /// The title; empty where there is none.
    pub title: String,
    /// Publication date: first and last day, precision, and where it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<(String, String, String, String)>,
    /// Source, as stated by metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Author, as stated by metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Address, as stated by metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Language code, stated or detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// A passage as it is shown; its text is tantivy's `text` field.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StoredPassage {
    /// Line of the file on which it starts, from 1.
    #[serde(default, rename = "l", skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Half-open byte range in the file.
    #[serde(default, rename = "b", skip_serializing_if = "Option::is_none")]
    pub bytes: Option<(usize, usize)>,
    /// Actors named in it.
    #[serde(default, rename = "a", skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<StoredEntry>,
    /// Places named in it.
    #[serde(default, rename = "p", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<StoredEntry>,
    /// Dates named in it.
    #[serde(default, rename = "d", skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<StoredDate>,
}

/// An actor or a place of a passage. What the gazetteer knows of an id is not stored again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredEntry {
    /// Stable id.
    #[serde(rename = "i")]
    pub id: String,
    /// Half-open byte ranges of its mentions in the passage's text.
    #[serde(rename = "s")]
    pub spans: Vec<(usize, usize)>,
    /// Name, kind and country, for entries that only the text knows.
    #[serde(default, rename = "n", skip_serializing_if = "Option::is_none")]
    pub named: Option<(String, String, Option<String>)>,
}

/// A date of a passage.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredDate {
    /// First and last day; `None` where the text leaves it open.
    #[serde(default, rename = "v", skip_serializing_if = "Option::is_none")]
    pub days: Option<(String, String)>,
    /// Precision.
    #[serde(rename = "p")]
    pub precision: String,
    /// On what the value rests.
    #[serde(rename = "b")]
    pub basis: String,
    /// Half-open byte range of the mention in the passage's text; `None` for one in the title.
    #[serde(default, rename = "s", skip_serializing_if = "Option::is_none")]
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
    #[serde(default)]
    pub undated: usize,
    /// How many of these state one that cannot be used; the notes say why.
    #[serde(default)]
    pub unusable: usize,
    /// Why nothing, or not everything, could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What a reader of the report should know: conflicts, refusals, repairs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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

impl StoredPassage {
    /// Collects what `extraction` found in `text[range]`, with spans counted from `range.start`,
    /// and what stands in `title`, which has no spans in the passage.
    pub fn of(extraction: &Extraction, range: Range<usize>, title: Range<usize>) -> StoredPassage {
        StoredPassage {
            actors: entries(&extraction.actors, &range, &title),
            places: entries(&extraction.places, &range, &title),
            dates: extraction
                .dates
                .iter()
                .filter_map(|d| stored_date(d, &range, &title))
                .collect(),
            ..StoredPassage::default()
        }
    }
}

fn entries(found: &[Named], range: &Range<usize>, title: &Range<usize>) -> Vec<StoredEntry> {
    found
        .iter()
        .filter(|named| {
            named
                .mentions
                .iter()
                .any(|m| is_inside(m, range) || is_inside(m, title))
        })
        .map(|named| StoredEntry {
            id: named.id.clone(),
            spans: named
                .mentions
                .iter()
                .filter_map(|m| relative(m, range))
                .collect(),
            named: named.id.starts_with("text:").then(|| {
                (
                    named.name.clone(),
                    named.kind.clone(),
                    named.country.clone(),
                )
            }),
        })
        .collect()
}

fn stored_date(
    date: &DateMention,
    range: &Range<usize>,
    title: &Range<usize>,
) -> Option<StoredDate> {
    (is_inside(&date.span, range) || is_inside(&date.span, title)).then(|| StoredDate {
        span: relative(&date.span, range),
        days: date.value.map(|v| (v.start.to_string(), v.end.to_string())),
        precision: date.precision.as_str().to_owned(),
        basis: date.basis.as_str().to_owned(),
    })
}

fn is_inside(mention: &Range<usize>, range: &Range<usize>) -> bool {
    mention.start >= range.start && mention.end <= range.end
}

fn relative(mention: &Range<usize>, range: &Range<usize>) -> Option<(usize, usize)> {
    is_inside(mention, range).then(|| (mention.start - range.start, mention.end - range.start))
}

/// Writes a stored value.
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("stored values have string keys and no failing serializer")
}

/// Reads a stored value back.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(bytes)
}
