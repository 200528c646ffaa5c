//! Counts: how many passages and articles match, and how often something is marked in them.
//!
//! Postings say all of it but for mentions of names, so that counting reads hardly a stored text.
//! Not for what is counted (`each`), not for counts per value (`facets`).

use super::plan::Plan;
use super::postings::Read;
use super::segment::Segment;
use super::{Found, Request, guarded, hit, undated};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;

/// How much matches a request.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Passages, articles, and what is to be said of them.
    pub found: Found,
    /// Stretches that are marked in the passages and, once an article, in its headline.
    pub occurrences: u64,
}

/// Counts what [`each`](super::each()) goes through.
///
/// # Errors
/// A damaged index, a query too broad, a search that was stopped.
pub fn count(index: &Index, gazetteer: &Gazetteer, request: &Request) -> Result<Counts> {
    guarded(index, || {
        let plan = Plan::new(index, gazetteer, request)?;
        let mut counts = Counts::default();
        for number in 0..index.searcher().segment_readers().len() as u32 {
            // The one finds articles, the other looks at those that match, with the places of words.
            let mut segment = Segment::open(index, &plan, request, Read::Needed, number)?;
            let mut placed = Segment::open(index, &plan, request, Read::Places, number)?;
            let mut failed = None;
            segment.each(|judged| {
                counts.found.articles += 1;
                counts.found.passages += judged.matched.len() as u64;
                let ordinals = judged.matched.iter().copied();
                let seen = placed.look_at(judged.start, judged.passages, |article| {
                    counts.occurrences += hit::occurrences(article, ordinals)? as u64;
                    Ok(())
                });
                if let Err(e) = seen {
                    failed.get_or_insert(e);
                }
            })?;
            if let Some(e) = failed {
                return Err(e);
            }
        }
        counts.found.undated = undated(index, request, &plan)?;
        counts.found.note(index, gazetteer, request, plan)?;
        Ok(counts)
    })
}
