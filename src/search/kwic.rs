//! Keywords in context: every stretch that is marked in what matches, one by one.
//!
//! An article's headline comes first, then its passages; overlapping stretches are one. How much of
//! the context is shown is decided elsewhere (`render`).

use super::{Found, Hit, Request, each};
use crate::analysis::{fold, words};
use crate::error::Result;
use crate::gazetteer::Gazetteer;
use crate::index::Index;
use std::ops::{ControlFlow, Range};

/// One stretch that is marked.
#[derive(Debug, Clone)]
pub struct Occurrence<'h> {
    /// A passage that matches, of which it is shown.
    pub hit: &'h Hit,
    /// Whether it stands in the headline instead of the passage.
    pub in_title: bool,
    /// Its bytes in [`Occurrence::text`].
    pub range: Range<usize>,
}

/// What concordances are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The word so many places to the left of the keyword, from 1.
    Left(usize),
    /// The word so many places to the right.
    Right(usize),
    /// The article's path.
    Path,
    /// The day of publication; articles without one come last.
    Date,
}

impl Occurrence<'_> {
    /// The text around it: the headline or the passage.
    pub fn text(&self) -> &str {
        match self.in_title {
            true => &self.hit.article.title,
            false => &self.hit.text,
        }
    }

    /// Its bytes in the original file, where the format has them.
    pub fn bytes(&self) -> Option<(usize, usize)> {
        if self.in_title {
            return None;
        }
        let inside = |r: &Range<usize>| self.range.start <= r.start && r.end <= self.range.end;
        let parts = self.hit.matches.iter().filter(|m| inside(&m.range));
        let bytes = parts.map(|m| m.bytes).collect::<Option<Vec<_>>>()?;
        let start = bytes.iter().map(|b| b.0).min()?;
        Some((start, bytes.iter().map(|b| b.1).max()?))
    }

    /// The line on which it stands where the file holds the passage as it is, else the line on which
    /// the passage starts.
    pub fn line(&self) -> Option<usize> {
        if self.in_title {
            return None;
        }
        let line = self.hit.line?;
        let (of_passage, bytes) = (self.hit.bytes?.0, self.bytes());
        let as_it_is = bytes.is_some_and(|b| b.0 == of_passage + self.range.start);
        let before = &self.hit.text[..self.range.start];
        Some(match as_it_is {
            true => line + before.matches('\n').count(),
            false => line,
        })
    }

    /// What it is sorted by, for each of some keys.
    pub fn keys(&self, sorts: &[Sort]) -> Vec<String> {
        let text = self.text();
        let word = |text: &str, word: Option<Range<usize>>| word.map(|w| fold(&text[w]));
        let key = |sort: &Sort| match *sort {
            Sort::Left(n) => {
                let left = &text[..self.range.start];
                let words: Vec<_> = words(left).collect();
                word(left, words.iter().rev().nth(n - 1).cloned()).unwrap_or_default()
            }
            Sort::Right(n) => {
                let right = &text[self.range.end..];
                word(right, words(right).nth(n - 1)).unwrap_or_default()
            }
            Sort::Path => self.hit.article.path.clone(),
            Sort::Date => match &self.hit.article.published {
                Some((day, ..)) => day.clone(),
                None => "\u{10ffff}".to_owned(),
            },
        };
        sorts.iter().map(key).collect()
    }
}

/// Calls `see` with every occurrence in what matches, in the order of [`each`](super::each()), until
/// it breaks.
///
/// # Errors
/// A damaged index, a query too broad, a search that was stopped.
pub fn concordance(
    index: &Index,
    gazetteer: &Gazetteer,
    request: &Request,
    mut see: impl FnMut(Occurrence) -> ControlFlow<()>,
) -> Result<Found> {
    // Passages of an article may each mark other words of its headline, so they are looked at together.
    let mut open: Vec<Hit> = Vec::new();
    let mut over = false;
    let found = each(index, gazetteer, request, |hit| {
        let same = |a: &Hit| {
            a.article.root == hit.article.root
                && (&a.article.path, a.article.record) == (&hit.article.path, hit.article.record)
        };
        if !open.first().is_none_or(same) {
            over = of_article(&open, &mut see).is_break();
            open.clear();
        }
        open.push(hit);
        match over {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })?;
    if !over {
        let _ = of_article(&open, &mut see);
    }
    Ok(found)
}

fn of_article(
    hits: &[Hit],
    see: &mut impl FnMut(Occurrence) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some(first) = hits.first() else {
        return ControlFlow::Continue(());
    };
    let mut headline: Vec<Range<usize>> = Vec::new();
    headline.extend(hits.iter().flat_map(|hit| hit.title_spans.iter().cloned()));
    headline.sort_by_key(|r| (r.start, r.end));
    for range in super::hit::joined(headline) {
        see(Occurrence {
            hit: first,
            in_title: true,
            range,
        })?;
    }
    for hit in hits {
        for range in hit.spans.iter().cloned() {
            see(Occurrence {
                hit,
                in_title: false,
                range,
            })?;
        }
    }
    ControlFlow::Continue(())
}
