//! Enumeration: every passage that matches, in an order that depends on the articles alone.
//!
//! For counting, concordances, facets and time lines, which need all of them and no ranks. Not for
//! the best few (`search`).

use super::plan::Plan;
use super::postings::Read;
use super::segment::Segment;
use super::{Found, Hit, Request, guarded, hit, undated, unknown};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// So many articles are looked at again at a time, so that no answer is held in memory whole.
const BATCH: usize = 1024;

/// Calls `each` with every passage that `request` matches, by article id, root and place in the
/// article, until it breaks. Limits do not apply; scores are those of [`search`](super::search),
/// without nearness, which counts for the best alone.
///
/// # Errors
/// A damaged index, a query too broad, a search that was stopped.
pub fn each(
    index: &Index,
    gazetteer: &Gazetteer,
    request: &Request,
    mut each: impl FnMut(Hit) -> ControlFlow<()>,
) -> Result<Found> {
    guarded(index, || {
        let plan = Plan::new(index, gazetteer, request)?;
        let mut articles = Vec::new();
        for number in 0..index.searcher().segment_readers().len() as u32 {
            let mut segment = Segment::open(index, &plan, request, Read::Needed, number)?;
            articles.extend(segment.all()?);
        }
        articles.sort();
        let mut found = Found {
            undated: undated(index, request, &plan)?,
            notes: plan.notes.clone(),
            unknown: unknown::all(index, gazetteer, plan.unknown.clone(), &request.stop)?,
            ..Found::default()
        };
        for batch in articles.chunks(BATCH) {
            // Postings go forward only: within a batch, articles are taken as they lie. Scores come
            // from what search reads, marks from the places of words.
            let mut order: Vec<usize> = (0..batch.len()).collect();
            order.sort_by_key(|&n| (batch[n].segment, batch[n].start));
            let mut open: Option<(u32, [Segment; 2])> = None;
            let mut hits: BTreeMap<usize, Vec<Hit>> = BTreeMap::new();
            for n in order {
                let whole = &batch[n];
                let number = whole.segment;
                let [judging, placed] = match &mut open {
                    Some((of, segments)) if *of == number => segments,
                    _ => {
                        let segment = |read| Segment::open(index, &plan, request, read, number);
                        let segments = [segment(Read::Needed)?, segment(Read::Places)?];
                        &mut open.insert((number, segments)).1
                    }
                };
                let (start, passages) = (whole.start, whole.passages);
                let matched = judging.judge(start, passages)?;
                placed.look_at(start, passages, |article| {
                    hits.insert(n, hit::hits(index, gazetteer, article, matched)?);
                    Ok(())
                })?;
            }
            for hits in hits.into_values() {
                found.articles += 1;
                for hit in hits {
                    found.passages += 1;
                    if each(hit).is_break() {
                        return Ok(found);
                    }
                }
            }
        }
        Ok(found)
    })
}
