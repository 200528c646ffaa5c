//! Articles as they were indexed, by their ids: whole, without a query.
//!
//! Not for finding by what articles say.

use super::articles::Articles;
use super::passage_text::Stored;
use super::vocabulary::is_alive;
use super::{Hit, guarded, hit};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use crate::index::stored::StoredPassage;
use std::collections::BTreeSet;
use std::ops::Range;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED, Term};

/// So many ids are proposed for one that is not there.
const PROPOSED: usize = 5;

/// What an id names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Ids of articles: one, or those of the records of a file.
    pub articles: Vec<String>,
    /// The root they lie below, where only one will do.
    pub root: Option<String>,
    /// The passage that was asked for, where one was.
    pub passage: Option<usize>,
}

/// A passage of an article that is shown whole.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What is shown of it, without scores and marks.
    pub hit: Hit,
    stored: StoredPassage,
}

impl Shown {
    /// The bytes of the file that a range of the text was read from, where the format has them.
    pub fn bytes_of(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        self.stored.bytes_of(range)
    }
}

/// Finds what `id` names: `path` or `path!R`, an article; `path` of a file of many records, all of
/// them; `path#N` or `path!R#N`, a passage. `None` where the index has nothing of the kind.
///
/// # Errors
/// A damaged index.
pub fn target(index: &Index, id: &str) -> Result<Option<Target>> {
    guarded(index, || {
        let whole = |articles| Target {
            articles,
            root: None,
            passage: None,
        };
        let articles = ids(index, id)?;
        if !articles.is_empty() {
            return Ok(Some(whole(articles)));
        }
        let Some((article, passage)) = id.rsplit_once('#') else {
            return Ok(None);
        };
        let Ok(passage) = passage.parse() else {
            return Ok(None);
        };
        let articles = ids(index, article)?;
        Ok((!articles.is_empty()).then_some(Target {
            articles,
            root: None,
            passage: Some(passage),
        }))
    })
}

/// The article of an id, or those of the records of a file, in the order of their numbers.
fn ids(index: &Index, id: &str) -> Result<Vec<String>> {
    let field = index.fields().path;
    let mut records: BTreeSet<(usize, String)> = BTreeSet::new();
    let prefix = format!("{id}!");
    for segment in index.searcher().segment_readers() {
        let inverted = segment
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?;
        let live = |info: &TermInfo| is_alive(index, segment, &inverted, info);
        let term = Term::from_field_text(field, id);
        let info = inverted
            .get_term_info(&term)
            .map_err(|e| index.damaged(e))?;
        if let Some(info) = info
            && live(&info)?
        {
            return Ok(vec![id.to_owned()]);
        }
        let range = inverted.terms().range().ge(&prefix).lt(format!("{id}\""));
        let mut terms = range.into_stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            if let Some(number) = term.strip_prefix(&prefix).and_then(|n| n.parse().ok())
                && live(terms.value())?
            {
                records.insert((number, term.to_owned()));
            }
        }
    }
    Ok(records.into_iter().map(|(_, id)| id).collect())
}

/// The passages of each article that is meant; where several roots have such an article, of each.
///
/// # Errors
/// A damaged index.
pub fn passages(index: &Index, gazetteer: &Gazetteer, target: &Target) -> Result<Vec<Vec<Shown>>> {
    guarded(index, || {
        let mut found = Vec::new();
        for id in &target.articles {
            found.extend(of_article(index, gazetteer, id)?);
        }
        if let Some(root) = &target.root {
            found.retain(|shown| root_of(shown) == Some(root.as_str()));
        }
        Ok(found)
    })
}

fn root_of(shown: &[Shown]) -> Option<&str> {
    shown.first().map(|s| s.hit.article.root.as_str())
}

/// The passages of an article, by its id, in each root that has it.
fn of_article(index: &Index, gazetteer: &Gazetteer, id: &str) -> Result<Vec<Vec<Shown>>> {
    let mut found: Vec<Vec<Shown>> = Vec::new();
    let term = Term::from_field_text(index.fields().path, id);
    for (number, segment) in index.searcher().segment_readers().iter().enumerate() {
        let inverted = segment.inverted_index(index.fields().path);
        let inverted = inverted.map_err(|e| index.damaged(e))?;
        let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(|e| index.damaged(e))? else {
            continue;
        };
        let around = Articles::open(index, segment)?;
        while postings.doc() != TERMINATED {
            let start = postings.doc();
            if let (false, Some((_, passages))) = (segment.is_deleted(start), around.around(start))
            {
                let read = |ordinal: usize| {
                    let doc = start + ordinal as DocId;
                    Stored::read(index, DocAddress::new(number as u32, doc))
                };
                let article = read(0)?.article(index)?.clone();
                let read = |ordinal: usize| {
                    let stored = read(ordinal)?;
                    Ok(Shown {
                        hit: hit::shown_alone(gazetteer, &article, ordinal, &stored),
                        stored: stored.passage,
                    })
                };
                found.push((0..passages).map(read).collect::<Result<_>>()?);
            }
            postings.advance();
        }
    }
    found.sort_by(|a, b| root_of(a).cmp(&root_of(b)));
    Ok(found)
}

/// Ids of articles that are most like one that the index does not have, best first.
///
/// # Errors
/// A damaged index.
pub fn like_id(index: &Index, id: &str) -> Result<Vec<String>> {
    let article = id.rsplit_once('#').map_or(id, |(article, _)| article);
    let wanted = threes(article);
    let mut best: Vec<(f64, String)> = Vec::new();
    for segment in index.searcher().segment_readers() {
        let inverted = segment.inverted_index(index.fields().path);
        let inverted = inverted.map_err(|e| index.damaged(e))?;
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            let has = threes(term);
            let shared = has.intersection(&wanted).count() as f64;
            let alike = 2.0 * shared / (has.len() + wanted.len()).max(1) as f64;
            let near = alike > 0.2 && !best.iter().any(|(_, known)| known == term);
            if near && is_alive(index, segment, &inverted, terms.value())? {
                best.push((alike, term.to_owned()));
                best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
                best.truncate(PROPOSED);
            }
        }
    }
    Ok(best.into_iter().map(|(_, id)| id).collect())
}

/// The runs of three letters of a path, whatever their case.
fn threes(path: &str) -> BTreeSet<[char; 3]> {
    let letters: Vec<char> = path.to_lowercase().chars().collect();
    letters.windows(3).map(|w| [w[0], w[1], w[2]]).collect()
}
