//! Search: a query and filters → ranked passages with the spans that matched.
//!
//! A request becomes a `plan`: `words` and `expand` look its words up in the index, `filter`, `names`,
//! `census` and `metadata` what articles have to carry. `segment` goes through the `articles`; `postings`,
//! counted by the `window`, and `carriers` say what they have. Where that decides which passages match,
//! `sieve` works it out for many articles at a time, and those are scored that can be among the `best`, as
//! counts and `lengths` tell; else `matching` decides, over `phrase` and `proximity`, which also says what is
//! marked. `rank` says how well they match. Match by tree, score by leaves: the two change independently. What a second search would
//! look up again is `kept`. `each` enumerates what matches instead, for `kwic`; `counts`, and over `tally`
//! `facets` and `timeline`, count it; `feedback` searches a second time; `judged` measures rankings.
//! Results are a function of files, query and gazetteer alone: segments, threads and deletions do not
//! change them. Not for printing.

mod articles;
mod best;
mod bits;
mod carriers;
mod census;
mod citation;
mod copies;
mod counts;
mod diagnosis;
mod document;
mod dyad;
mod each;
mod echoes;
mod entries;
mod expand;
mod facets;
mod feedback;
mod filter;
mod hit;
mod judged;
mod kept;
mod kwic;
mod lengths;
mod like;
mod listed;
mod matching;
mod metadata;
mod names;
mod passage_text;
mod phrase;
mod plan;
mod postings;
mod proximity;
#[cfg(test)]
mod random;
mod rank;
mod segment;
mod show;
mod sieve;
mod synonyms;
mod tally;
mod timeline;
mod unknown;
mod vocabulary;
mod window;
mod words;

pub use counts::{Counts, count};
pub use diagnosis::{Diagnosis, Part, diagnose};
pub use each::each;
pub use echoes::Echo;
pub use entries::{Counted, Which, called, counted};
pub use facets::{Described, Facet, Valued, describe, facets};
pub use feedback::{Fed, feedback};
pub use filter::{Area, DateField, Filters};
pub use judged::{Judged, Judgements, Measures, Ranked};
pub use kwic::{Occurrence, Sort, concordance};
pub use like::{articles, like};
pub use rank::{Model, Parts};
pub use show::{Shown, Target, like_id, passages, target};
pub use synonyms::Synonyms;
pub use timeline::{Step, Timeline, timeline};
pub use unknown::Unknown;

use crate::error::Result;
use crate::extract::Named;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use crate::index::stored::{StoredArticle, StoredDate};
use crate::query::Query;
use best::{Best, Candidate};
use filter::Test;
use matching::Article;
use plan::Plan;
use postings::Read;
use segment::Segment;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
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
    /// Plain words stand for other names of what they name and for these synonyms too.
    pub widen: Option<Arc<Synonyms>>,
    /// Words to look for as well, as [`feedback`] finds them.
    pub feedback: Vec<Fed>,
    /// What to do with passages that say the same.
    pub copies: Copies,
    /// Articles that are left out, by root and id.
    pub beside: Vec<(String, String)>,
    /// The weights of the ranking.
    pub model: Model,
    /// Once it is set, the search ends with an error.
    pub stop: Arc<AtomicBool>,
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
            widen: None,
            feedback: Vec::new(),
            copies: Copies::Keep,
            beside: Vec::new(),
            model: Model::default(),
            stop: Arc::default(),
        }
    }

    /// How many of the best are kept, to be looked at closely or as copies of each other; and how many where
    /// too many of those are copies.
    fn depths(&self, plan: &Plan) -> [usize; 2] {
        let closely = match is_near(self, plan) {
            true => rank::DEPTH,
            false => 1,
        };
        match self.copies {
            Copies::Keep => [self.limit.max(closely); 2],
            Copies::Collapse => {
                let at_once = self.limit.saturating_mul(copies::AT_ONCE);
                [at_once.max(closely), at_once.max(rank::DEPTH)]
            }
        }
    }
}

/// What to do with passages that say nearly the same as a better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Copies {
    /// They are hits like others.
    #[default]
    Keep,
    /// They are kept with the better one.
    Collapse,
}

/// A passage that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The sort key: the higher, the better.
    pub score: f64,
    /// What the score is made of.
    pub parts: Parts,
    /// With [`Copies::Collapse`]: passages that say nearly the same, of the best ones looked at.
    pub copies: Vec<Hit>,
    /// The article, which hits of it share.
    pub article: Arc<StoredArticle>,
    /// What tells its root from others that have an article of the same path, where any has.
    pub below: Option<String>,
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
    /// What matched in `text`, with the clauses that it satisfies, in order.
    pub matches: Vec<Span>,
    /// Byte ranges of `text` that matched, overlapping ones joined.
    pub spans: Vec<Range<usize>>,
    /// Byte ranges of the title that matched.
    pub title_spans: Vec<Range<usize>>,
}

/// Something that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its bytes in the passage's text.
    pub range: Range<usize>,
    /// Its bytes in the original file, where the format has them.
    pub bytes: Option<(usize, usize)>,
    /// The word, phrase or proximity clause that it satisfies, as the query was read.
    pub clause: String,
}

/// How much was found, and what is to be said of it.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many passages match.
    pub passages: u64,
    /// In how many articles.
    pub articles: u64,
    /// How many passages were left out for want of any date, where dates are asked for.
    pub undated: u64,
    /// What the user should know of how the request was read.
    pub notes: Vec<String>,
    /// Words of the query that no passage has.
    pub unknown: Vec<Unknown>,
}

impl Found {
    /// Takes over what is to be said of the request.
    fn note(
        &mut self,
        index: &Index,
        gazetteer: &Gazetteer,
        request: &Request,
        plan: Plan,
    ) -> Result<()> {
        self.notes = plan.notes;
        self.unknown = unknown::all(index, gazetteer, plan.unknown, &request.stop)?;
        Ok(())
    }
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
    /// Words of the query that no passage has.
    pub unknown: Vec<Unknown>,
}

/// Finds the passages that `request` asks for.
///
/// Sorted by score; passages of equal score by day of publication (undated last), then by article
/// id, then by their order in the article.
///
/// # Errors
/// A damaged index, a query too broad, a search that was stopped.
pub fn search(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Results> {
    guarded(index, || find(index, gazetteer, request))
}

/// Damaged postings make tantivy panic: for the caller that is a damaged index like any other.
fn guarded<T>(index: &Index, read: impl FnOnce() -> Result<T>) -> Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(read));
    outcome.unwrap_or_else(|_| Err(index.damaged("reading it failed inside tantivy")))
}

fn find(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Results> {
    let plan = Plan::new(index, gazetteer, request)?;
    let first = kept::is_first(index);
    let [depth, deepest] = request.depths(&plan);
    let (mut best, mut found) = best(index, request, &plan, depth, first)?;
    let hits = match request.copies {
        Copies::Keep => {
            best.truncate(request.limit);
            shown(index, gazetteer, request, &plan, &best)?
        }
        Copies::Collapse => {
            let mut groups = copies::collapse(index, &best, request.limit)?;
            if groups.len() < request.limit && best.len() == depth && depth < deepest {
                (best, _) = self::best(index, request, &plan, deepest, false)?;
                groups = copies::collapse(index, &best, request.limit)?;
            }
            let all: Vec<Candidate> = groups.iter().flatten().map(|&n| best[n]).collect();
            let mut read = shown(index, gazetteer, request, &plan, &all)?.into_iter();
            let mut hits = Vec::new();
            for group in &groups {
                let mut of_group = read.by_ref().take(group.len());
                hits.extend(of_group.next().map(|hit| Hit {
                    copies: of_group.collect(),
                    ..hit
                }));
            }
            hits
        }
    };
    found.undated = undated(index, request, &plan)?;
    found.note(index, gazetteer, request, plan)?;
    Ok(Results {
        hits,
        passages: found.passages,
        articles: found.articles,
        undated: found.undated,
        notes: found.notes,
        unknown: found.unknown,
    })
}

/// Finds the best, so many of them, and how many passages match in how many articles. `first` says that the
/// opened index was not searched before.
fn best(
    index: &Index,
    request: &Request,
    plan: &Plan,
    depth: usize,
    first: bool,
) -> Result<(Vec<Candidate>, Found)> {
    let mut found = Found::default();
    let mut best = Best::new(depth.max(1));
    for number in 0..index.searcher().segment_readers().len() as u32 {
        let mut segment = Segment::open(index, plan, request, Read::Needed, number)?;
        let (passages, articles) = segment.best(&mut best, first)?;
        found.passages += passages;
        found.articles += articles;
    }
    let mut best = best.sorted(index)?;
    look_closely(index, request, plan, &mut best)?;
    Ok((best, found))
}

/// Reads the best hits, with what is marked in them.
fn shown(
    index: &Index,
    gazetteer: &Gazetteer,
    request: &Request,
    plan: &Plan,
    best: &[Candidate],
) -> Result<Vec<Hit>> {
    let mut hits: Vec<Option<Hit>> = best.iter().map(|_| None).collect();
    again(index, request, plan, best, |article, group| {
        let wanted: Vec<(usize, Parts)> = group
            .iter()
            .map(|&n| (best[n].ordinal, best[n].parts))
            .collect();
        let read = hit::hits(index, gazetteer, article, &wanted)?;
        for (hit, &n) in read.into_iter().zip(group) {
            hits[n] = Some(hit);
        }
        Ok(())
    })?;
    Ok(hits.into_iter().flatten().collect())
}

/// Whether it counts how near each other words stand: what was typed has to have several.
fn is_near(request: &Request, plan: &Plan) -> bool {
    let typed = |l: &&Leaf| l.scored && l.stands_for.is_none();
    request.model.near != 0.0 && plan.leaves.iter().filter(typed).count() > 1
}

/// Adds to the scores of the best what takes the places of their words, and sorts them again.
fn look_closely(
    index: &Index,
    request: &Request,
    plan: &Plan,
    best: &mut [Candidate],
) -> Result<()> {
    if !is_near(request, plan) {
        return Ok(());
    }
    let best = match best.len() {
        0..=rank::DEPTH => best,
        _ => &mut best[..rank::DEPTH],
    };
    let mut near = vec![0.0; best.len()];
    again(index, request, plan, best, |article, group| {
        for &n in group {
            let (places, weights) = article.typed(best[n].ordinal)?;
            near[n] = rank::nearness(&request.model, &places, &weights);
        }
        Ok(())
    })?;
    for (candidate, near) in best.iter_mut().zip(near) {
        candidate.parts.near = near;
        candidate.score = candidate.parts.score();
    }
    best::sort(index, best)
}

/// Looks at the articles of some candidates again, with the places of words; `each` sees the
/// candidates of one article by their numbers.
fn again(
    index: &Index,
    request: &Request,
    plan: &Plan,
    best: &[Candidate],
    mut each: impl FnMut(&mut Article, &[usize]) -> Result<()>,
) -> Result<()> {
    // Postings go forward only, so candidates are taken as they lie.
    let mut order: Vec<usize> = (0..best.len()).collect();
    order.sort_by_key(|&n| best[n].address);
    let mut open: Option<(u32, Segment)> = None;
    let of_one_article = |&a: &usize, &b: &usize| best[a].first() == best[b].first();
    for group in order.chunk_by(of_one_article) {
        let first = best[group[0]].first();
        let number = first.segment_ord;
        let segment = match &mut open {
            Some((of, segment)) if *of == number => segment,
            _ => {
                let segment = Segment::open(index, plan, request, Read::Places, number)?;
                &mut open.insert((number, segment)).1
            }
        };
        segment.look_at(first.doc_id, best[group[0]].passages, |article| {
            each(article, group)
        })?;
    }
    Ok(())
}

/// How many passages would match but for the dates that their articles do not have.
fn undated(index: &Index, request: &Request, plan: &Plan) -> Result<u64> {
    let (mut filters, rest) = (plan.tests.clone(), plan.tests[plan.filters..].to_vec());
    filters.truncate(plan.filters);
    let asked = filters.iter().find_map(|test| match test {
        Test::Days(_, field) => Some(*field),
        Test::Published(_) => Some(DateField::Published),
        _ => None,
    });
    let Some(asked) = asked else { return Ok(0) };
    let before = filters.len();
    filters.retain(|test| !matches!(test, Test::Days(..) | Test::Published(_)));
    filters.push(Test::Undated(asked));
    let plan = Plan {
        tree: plan.tree.renumbered(before, filters.len()),
        filters: filters.len(),
        tests: filters.into_iter().chain(rest).collect(),
        leaves: plan.leaves.clone(),
        counted: plan.counted,
        notes: Vec::new(),
        unknown: Vec::new(),
    };
    let mut passages = 0;
    for number in 0..index.searcher().segment_readers().len() as u32 {
        let mut segment = Segment::open(index, &plan, request, Read::Needed, number)?;
        segment.each(|judged| passages += judged.matched.len() as u64)?;
    }
    Ok(passages)
}
