//! Search: a query and filters → ranked passages with the spans that matched.
//!
//! `words` looks the query up in the index, `filter` the names and dates, `carriers` finds the
//! passages that have them, `evaluate` goes through the articles, `rank` orders the passages,
//! `spans` marks the words. Results are a function of
//! files, query and gazetteer alone: segments, threads and deletions do not change them. Not for
//! printing.

mod carriers;
mod evaluate;
mod filter;
mod rank;
mod spans;
mod vocabulary;
mod words;

pub use filter::{Area, DateField, Filters};

use crate::error::Result;
use crate::extract::Named;
use crate::gazetteer::Gazetteer;
use crate::index::stored::{StoredArticle, StoredDate, StoredEntry, StoredPassage, decode};
use crate::index::{Index, records};
use crate::query::{Occur, Query};
use carriers::Carriers;
use evaluate::{Articles, Block, Cursor};
use filter::{LookedUp, Test};
use std::cmp::Ordering;
use std::ops::Range;
use tantivy::columnar::{Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED, TantivyDocument};
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
    let passages = records::passages(index)?;
    let leaves = words::leaves(index, &request.query, passages)?;
    let LookedUp { tests, notes } = filter::look_up(index, gazetteer, &request.filters)?;
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
    tests.push(Test::Undated);
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

/// A passage that may become a hit, with all that decides its rank.
struct Candidate {
    score: f64,
    day: u64,
    article: String,
    ordinal: usize,
    address: DocAddress,
}

impl Candidate {
    fn compare(a: &Candidate, b: &Candidate) -> Ordering {
        let key = |c: &Candidate| (c.day, c.ordinal);
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.day.cmp(&b.day))
            .then_with(|| a.article.cmp(&b.article))
            .then_with(|| key(a).cmp(&key(b)))
    }
}

/// A candidate before its article's id is looked up: the id's rank in the segment stands for it.
struct Local {
    score: f64,
    day: u64,
    article: u64,
    ordinal: usize,
    doc: DocId,
}

/// One segment of the index, opened for one request.
struct Segment<'a> {
    reader: &'a SegmentReader,
    number: u32,
    articles: Articles,
    lengths: FieldNormReader,
    days: Column<u64>,
    paths: Option<StrColumn>,
    cursors: Vec<Cursor>,
    carriers: Vec<Carriers>,
    found: Vec<Local>,
}

impl<'a> Segment<'a> {
    fn open(index: &'a Index, leaves: &[Leaf], tests: &[Test], number: u32) -> Result<Segment<'a>> {
        let reader = &index.searcher().segment_readers()[number as usize];
        let articles = Articles::open(index, reader)?;
        Ok(Segment {
            reader,
            number,
            lengths: reader
                .get_fieldnorms_reader(index.fields().text)
                .map_err(|e| index.damaged(e))?,
            days: reader
                .fast_fields()
                .u64("published_day")
                .map_err(|e| index.damaged(e))?,
            paths: reader
                .fast_fields()
                .str("path")
                .map_err(|e| index.damaged(e))?,
            cursors: leaves
                .iter()
                .map(|l| Cursor::open(index, reader, l))
                .collect::<Result<_>>()?,
            carriers: tests
                .iter()
                .map(|t| Carriers::open(index, reader, &articles, t))
                .collect::<Result<_>>()?,
            articles,
            found: Vec::new(),
        })
    }

    /// Goes through every article that may match.
    fn run(&mut self, request: &Request, leaves: &[Leaf], results: &mut Results) {
        let mut at = 0;
        loop {
            at = self.next(leaves, at);
            if at >= self.articles.max() {
                return;
            }
            let Some((start, passages)) = self.articles.around(at) else {
                at += 1;
                continue;
            };
            let end = start + passages.max(1) as DocId;
            if !self.reader.is_deleted(start) {
                self.judge(request, leaves, start, passages, results);
            }
            at = end.max(at + 1);
        }
    }

    /// The first document from `at` on whose article may match.
    fn next(&mut self, leaves: &[Leaf], at: DocId) -> DocId {
        let carried = self.carriers.iter().map(|c| c.next(at)).max();
        if let Some(doc) = carried {
            // Only a lower bound where the article's first passages lie before `doc`; the article
            // around it is looked at whole.
            return self.start_of(doc, at);
        }
        let all = leaves.iter().all(|l| l.occur == Occur::Not);
        if all {
            return at;
        }
        let must = leaves.iter().position(|l| l.occur == Occur::Must);
        match must {
            Some(leaf) => self.cursors[leaf].next(at),
            None => {
                let any = leaves
                    .iter()
                    .zip(&mut self.cursors)
                    .filter(|(l, _)| l.occur == Occur::Any);
                any.map(|(_, c)| c.next(at)).min().unwrap_or(TERMINATED)
            }
        }
    }

    fn start_of(&self, doc: DocId, at: DocId) -> DocId {
        if doc >= self.articles.max() {
            return doc;
        }
        self.articles
            .around(doc)
            .map_or(doc, |(start, _)| start.max(at))
    }

    /// Decides which passages of one article are hits.
    fn judge(
        &mut self,
        request: &Request,
        leaves: &[Leaf],
        start: DocId,
        passages: usize,
        results: &mut Results,
    ) {
        let carried = self.carried(request, start, passages);
        if carried.iter().all(Option::is_none) {
            return;
        }
        let mut block = Block {
            passages,
            counts: vec![0.0; leaves.len() * passages],
            title: vec![0.0; leaves.len()],
        };
        for (leaf, cursor) in self.cursors.iter_mut().enumerate() {
            block.title[leaf] = cursor.count(
                start,
                &mut block.counts[leaf * passages..(leaf + 1) * passages],
            );
        }
        let matched: Vec<usize> = (0..passages)
            .filter(|&p| carried[p].is_some() && matches(&block, leaves, p, request.scope))
            .collect();
        if matched.is_empty() {
            return;
        }
        let lengths: Vec<f64> = (0..passages)
            .map(|p| f64::from(self.lengths.fieldnorm(start + p as DocId)))
            .collect();
        let relevance = rank::relevance(&block, leaves, &lengths);
        let article = self
            .paths
            .as_ref()
            .and_then(|p| p.term_ords(start).next())
            .unwrap_or(u64::MAX);
        let day = self.days.first(start).unwrap_or(u64::MAX);
        results.articles += 1;
        results.passages += matched.len() as u64;
        let mut found: Vec<Local> = matched
            .into_iter()
            .map(|p| Local {
                score: rank::score(relevance[p], carried[p].unwrap_or(0.0), self.carriers.len()),
                day,
                article,
                ordinal: p,
                doc: start + p as DocId,
            })
            .collect();
        found.sort_by(compare);
        found.truncate(request.per_article.unwrap_or(usize::MAX));
        self.found.extend(found);
        if self.found.len() > 4 * request.limit.max(1024) {
            self.keep(request.limit);
        }
    }

    /// How well each passage carries the filters itself; `None` where it is not to be returned.
    fn carried(&self, request: &Request, start: DocId, passages: usize) -> Vec<Option<f64>> {
        if !self.carriers.iter().all(|c| c.article(start, passages)) {
            return vec![None; passages];
        }
        let passage = |doc| {
            self.carriers
                .iter()
                .map(|c| c.passage(start, doc, request.within_passage))
                .sum()
        };
        (start..start + passages as DocId).map(passage).collect()
    }

    fn keep(&mut self, limit: usize) {
        self.found.sort_by(compare);
        self.found.truncate(limit);
    }

    /// The best candidates of the segment, with their articles' ids.
    fn best(mut self, index: &Index, limit: usize) -> Result<Vec<Candidate>> {
        self.keep(limit);
        let mut best = Vec::with_capacity(self.found.len());
        for local in self.found {
            let mut article = String::new();
            if let Some(paths) = &self.paths {
                paths
                    .ord_to_str(local.article, &mut article)
                    .map_err(|e| index.damaged(e))?;
            }
            best.push(Candidate {
                score: local.score,
                day: local.day,
                article,
                ordinal: local.ordinal,
                address: DocAddress::new(self.number, local.doc),
            });
        }
        Ok(best)
    }
}

fn compare(a: &Local, b: &Local) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| (a.day, a.article, a.ordinal).cmp(&(b.day, b.article, b.ordinal)))
}

/// Whether the words of a query match a passage.
fn matches(block: &Block, leaves: &[Leaf], passage: usize, scope: Scope) -> bool {
    let here = |leaf: usize| block.matches(leaf, passage);
    let counts = |leaf: usize| {
        if scope == Scope::Article {
            block.anywhere(leaf)
        } else {
            here(leaf)
        }
    };
    let of = |occur: Occur| {
        leaves
            .iter()
            .enumerate()
            .filter(move |(_, l)| l.occur == occur)
            .map(|(n, _)| n)
    };
    if of(Occur::Not).any(counts) || !of(Occur::Must).all(counts) {
        return false;
    }
    // Of an article that matches as a whole, the passages that carry a word of the query.
    let demanded = of(Occur::Must).next().is_some();
    let wanted = demanded || of(Occur::Any).next().is_some();
    if demanded && scope == Scope::Usual {
        return true;
    }
    !wanted || of(Occur::Must).chain(of(Occur::Any)).any(here)
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
