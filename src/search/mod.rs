//! Search: a query and filters → ranked passages with the spans that matched.
//!
//! `words` looks the query up in the index, `filter` the names and dates (`names`: what a name
//! stands for), `carriers` finds the passages that have them, `evaluate` goes through the articles, `rank` orders the passages,
//! `spans` marks the words. Results are a function of
//! files, query and gazetteer alone: segments, threads and deletions do not change them. Not for
//! printing.

mod carriers;
mod evaluate;
mod filter;
mod names;
mod rank;
mod segment;
mod spans;
mod vocabulary;
mod words;

pub use filter::{Area, DateField, Filters};

use crate::error::Result;
use crate::extract::Named;
use crate::gazetteer::Gazetteer;
use crate::index::stored::{StoredArticle, StoredDate, StoredEntry, StoredPassage, decode};
use crate::index::{Index, records};
use crate::query::Query;
use filter::{LookUp, Test};
use segment::{Candidate, Segment};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, TantivyDocument};
use words::Leaf;

/// Where the words of a query have to stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// In one passage; for filters: anywhere in the article.
    #[default]
    Usual,
    /// Words anywhere in the article too.
    Article,
}

/// What to look for, and how much of it to return.
#[derive(Debug, Clone)]
pub struct Request {
    /// The words.
    pub query: Query,
    /// Actors, places and dates.
    pub filters: Filters,
    /// Where words have to stand together.
    pub scope: Scope,
    /// Filters have to be carried by the passage itself.
    pub within_passage: bool,
    /// At most so many hits.
    pub limit: usize,
    /// At most so many hits of one article.
    pub per_article: Option<usize>,
}

impl Request {
    /// Asks for the ten best passages, without filters.
    pub fn new(query: Query) -> Request {
        Request {
            query,
            filters: Filters::default(),
            scope: Scope::Usual,
            within_passage: false,
            limit: 10,
            per_article: None,
        }
    }
}

/// A passage that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The sort key: the higher, the better.
    pub score: f64,
    /// The article.
    pub article: StoredArticle,
    /// The number of the passage in its article.
    pub ordinal: usize,
    /// The passage's text.
    pub text: String,
    /// Line of the file on which it starts, from 1, where lines mean something.
    pub line: Option<usize>,
    /// Half-open byte range in the file, where the format has one.
    pub bytes: Option<(usize, usize)>,
    /// Actors it names, with mentions as byte ranges of `text`.
    pub actors: Vec<Named>,
    /// Places it names, with mentions as byte ranges of `text`.
    pub places: Vec<Named>,
    /// Dates it names.
    pub dates: Vec<StoredDate>,
    /// Byte ranges of `text` that matched.
    pub spans: Vec<Range<usize>>,
    /// Byte ranges of the title that matched.
    pub title_spans: Vec<Range<usize>>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Results {
    /// The best hits, best first.
    pub hits: Vec<Hit>,
    /// How many passages match in all, before any cap.
    pub passages: u64,
    /// In how many articles.
    pub articles: u64,
    /// How many passages were left out for want of any date, where dates are asked for.
    pub undated: u64,
    /// What the user should know of how the request was read.
    pub notes: Vec<String>,
}

/// Finds the passages that `request` asks for.
///
/// Sorted by score; passages of equal score by day of publication (undated last), then by article
/// id, then by their order in the article.
///
/// # Errors
/// Only a damaged index.
pub fn search(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Results> {
    // Damaged postings make tantivy panic: for the caller that is a damaged index like any other.
    let outcome = catch_unwind(AssertUnwindSafe(|| find(index, gazetteer, request)));
    outcome.unwrap_or_else(|_| Err(index.damaged("reading it failed inside tantivy")))
}

fn find(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Results> {
    let passages = records::passages(index)?;
    let leaves = words::leaves(index, &request.query, passages)?;
    let mut look_up = LookUp::new(index, gazetteer);
    let tests = look_up.all(&request.filters)?;
    let notes = look_up.notes;
    let mut results = Results {
        hits: Vec::new(),
        passages: 0,
        articles: 0,
        undated: 0,
        notes,
    };
    let mut best: Vec<Candidate> = Vec::new();
    for number in 0..index.searcher().segment_readers().len() {
        let mut segment = Segment::open(index, &leaves, &tests, number as u32)?;
        segment.run(request, &leaves, &mut results);
        best.extend(segment.best(index, request.limit)?);
    }
    if request.filters.dates.is_some() || request.filters.published.is_some() {
        results.undated = undated(index, request, &leaves, tests)?;
    }
    best.sort_by(Candidate::compare);
    best.truncate(request.limit);
    for candidate in best {
        results
            .hits
            .push(hit(index, gazetteer, &leaves, candidate)?);
    }
    Ok(results)
}

/// How many passages would match but for the dates that their articles do not have.
fn undated(index: &Index, request: &Request, leaves: &[Leaf], mut tests: Vec<Test>) -> Result<u64> {
    tests.retain(|test| matches!(test, Test::Terms(..) | Test::Root(_)));
    let asked = match request.filters.dates {
        Some(_) => request.filters.date_field,
        None => DateField::Published,
    };
    tests.push(Test::Undated(asked));
    let mut left_out = Results {
        hits: Vec::new(),
        passages: 0,
        articles: 0,
        undated: 0,
        notes: Vec::new(),
    };
    for number in 0..index.searcher().segment_readers().len() {
        Segment::open(index, leaves, &tests, number as u32)?.run(request, leaves, &mut left_out);
    }
    Ok(left_out.passages)
}

/// Reads a hit from the index.
fn hit(index: &Index, gazetteer: &Gazetteer, leaves: &[Leaf], candidate: Candidate) -> Result<Hit> {
    let read = |address| {
        index
            .searcher()
            .doc::<TantivyDocument>(address)
            .map_err(|e| index.damaged(e))
    };
    let bytes = |document: &TantivyDocument, field| {
        document
            .get_first(field)
            .and_then(|v| v.as_bytes().map(<[u8]>::to_vec))
            .unwrap_or_default()
    };
    let document = read(candidate.address)?;
    let first = DocAddress::new(
        candidate.address.segment_ord,
        candidate.address.doc_id - candidate.ordinal as DocId,
    );
    let article: StoredArticle =
        decode(&bytes(&read(first)?, index.fields().article)).map_err(|e| index.damaged(e))?;
    let passage: StoredPassage =
        decode(&bytes(&document, index.fields().passage)).map_err(|e| index.damaged(e))?;
    let text = document
        .get_first(index.fields().text)
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default();
    Ok(Hit {
        score: candidate.score,
        spans: spans::spans(&text, leaves),
        title_spans: spans::spans(&article.title, leaves),
        ordinal: candidate.ordinal,
        article,
        line: passage.line,
        bytes: passage.bytes,
        actors: passage
            .actors
            .into_iter()
            .map(|e| named(gazetteer, e))
            .collect(),
        places: passage
            .places
            .into_iter()
            .map(|e| named(gazetteer, e))
            .collect(),
        dates: passage.dates,
        text,
    })
}

/// A stored entry with what the gazetteer knows of it.
fn named(gazetteer: &Gazetteer, stored: StoredEntry) -> Named {
    let mentions = stored
        .spans
        .into_iter()
        .map(|(start, end)| start..end)
        .collect();
    let (name, kind, country, point) = match (stored.named, gazetteer.entry(&stored.id)) {
        (Some((name, kind, country)), _) => (name, kind, country, None),
        (None, Some(entry)) => (
            entry.name().to_owned(),
            entry.kind_name().to_owned(),
            entry.country().map(str::to_owned),
            entry.point(),
        ),
        (None, None) => (stored.id.clone(), "unknown".to_owned(), None, None),
    };
    Named {
        id: stored.id,
        name,
        kind,
        country,
        point,
        parents: Vec::new(),
        mentions,
    }
}
