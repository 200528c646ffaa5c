//! Proximity: where the parts of a query stand that have to stand near each other.
//!
//! A *match* is a stretch of words that satisfies a part of the query, with the words that do. Distances
//! are those of the index's words; sentences and paragraphs are looked up in the stored text. Not for
//! phrases (`phrase`), and not for which passages match (`matching`).

use super::Scope;
use super::matching::{Article, Region};
use super::plan::Places;
use super::postings::At;
use crate::error::Result;
use crate::query::Proximity;
use std::collections::BTreeMap;

/// A stretch that satisfies a part of a query, and what is marked of it: first and last words.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub start: At,
    pub end: At,
    pub marks: Vec<(At, At)>,
}

impl Article<'_, '_> {
    /// A number whose differences are distances in words, as far as the scope reaches.
    pub(super) fn line(&mut self, at: At) -> Result<u64> {
        if self.request.scope == Scope::Usual || at.part() == At::TITLE {
            return Ok(at.line());
        }
        if self.bases.is_none() {
            let mut bases = Vec::with_capacity(self.passages);
            let mut before = At::new(1, 0).line();
            for part in 1..=self.passages {
                bases.push(before);
                before += self.text(part)?.len() as u64;
            }
            self.bases = Some(bases);
        }
        let base = self.bases.as_ref().map_or(0, |bases| bases[at.passage()]);
        Ok(base + u64::from(at.word()))
    }

    /// The sentence in which a word stands.
    fn sentence(&mut self, at: At) -> Result<(usize, usize)> {
        Ok((at.part(), self.text(at.part())?.sentence(at.word())))
    }

    /// The paragraph in which a word stands, by the passage in which it begins.
    pub(super) fn paragraph(&mut self, at: At) -> Result<(usize, usize)> {
        let mut part = at.part();
        let mut number = self.text(part)?.paragraph(at.word());
        while number == 0 && part > 1 && self.text(part)?.continues {
            part -= 1;
            number = self.text(part)?.last_paragraph();
        }
        Ok((part, number))
    }

    fn is_inside(&mut self, found: &Match, region: Region) -> Result<bool> {
        Ok(match region {
            Region::Whole => true,
            Region::Title => found.start.part() == At::TITLE,
            Region::Lead => {
                found.start.part() == At::TITLE
                    || self.paragraph(found.start)? == (1, 0)
                        && self.paragraph(found.end)? == (1, 0)
            }
        })
    }

    /// Every match in a region, in the order of the text; perhaps only those that have something to mark in one
    /// passage.
    pub(super) fn matches(
        &mut self,
        places: &Places,
        region: Region,
        passage: Option<usize>,
    ) -> Result<Vec<Match>> {
        let mut found = match places {
            Places::Leaf(leaf) => {
                let marked = |(start, end): &(At, At)| {
                    passage.is_none_or(|p| start.passage() == p || end.passage() == p)
                };
                let all = self.occurrences(*leaf)?.matches.iter().flatten();
                let all: Vec<(At, At)> = all.copied().filter(marked).collect();
                let mut kept = Vec::with_capacity(all.len());
                for (start, end) in all {
                    let found = Match {
                        start,
                        end,
                        marks: vec![(start, end)],
                    };
                    if self.is_inside(&found, region)? {
                        kept.push(found);
                    }
                }
                kept
            }
            Places::Any(any) => {
                let mut all = Vec::new();
                for places in any {
                    all.extend(self.matches(places, region, passage)?);
                }
                all
            }
            Places::Near(how, a, b) => {
                let a = self.matches(a, region, None)?;
                if a.is_empty() {
                    return Ok(a);
                }
                let b = self.matches(b, region, None)?;
                let mut near = self.near(*how, &a, &b)?;
                near.retain(|m| passage.is_none_or(|p| touched(m).any(|t| t == p)));
                near
            }
        };
        found.sort_by_key(|m| (m.start, m.end));
        found.dedup_by(|other, kept| {
            let same = (other.start, other.end) == (kept.start, kept.end);
            if same {
                kept.marks.append(&mut other.marks);
                kept.marks.sort_unstable();
                kept.marks.dedup();
            }
            same
        });
        Ok(found)
    }

    fn near(&mut self, how: Proximity, a: &[Match], b: &[Match]) -> Result<Vec<Match>> {
        if b.is_empty() {
            return Ok(Vec::new());
        }
        match how {
            Proximity::Adj(n) => self.ordered(a, b, n),
            Proximity::Near(n) => {
                let mut found = self.ordered(a, b, n)?;
                found.extend(self.ordered(b, a, n)?);
                Ok(found)
            }
            Proximity::Sentence => self.together(a, b, Article::sentence),
            Proximity::Paragraph => self.together(a, b, Article::paragraph),
        }
    }

    /// Pairs of which the second begins at most `n` words behind the end of the first.
    fn ordered(&mut self, first: &[Match], second: &[Match], n: u32) -> Result<Vec<Match>> {
        let mut starts = Vec::with_capacity(second.len());
        for (number, found) in second.iter().enumerate() {
            starts.push((self.line(found.start)?, number));
        }
        starts.sort_unstable();
        let mut pairs = Vec::new();
        for found in first {
            let end = self.line(found.end)?;
            let from = starts.partition_point(|(line, _)| *line <= end);
            for (_, number) in starts[from..]
                .iter()
                .take_while(|(line, _)| line - end <= u64::from(n))
            {
                pairs.push(joined(&[found, &second[*number]]));
            }
        }
        Ok(pairs)
    }

    /// One match for each sentence or paragraph that has both: from the first to the last of them.
    fn together(
        &mut self,
        a: &[Match],
        b: &[Match],
        unit: fn(&mut Self, At) -> Result<(usize, usize)>,
    ) -> Result<Vec<Match>> {
        type Sides<'m> = (Vec<&'m Match>, Vec<&'m Match>);
        let mut units: BTreeMap<(usize, usize), Sides> = BTreeMap::new();
        for (found, is_first) in a
            .iter()
            .map(|m| (m, true))
            .chain(b.iter().map(|m| (m, false)))
        {
            let at = unit(self, found.start)?;
            if at == unit(self, found.end)? {
                let sides = units.entry(at).or_default();
                match is_first {
                    true => sides.0.push(found),
                    false => sides.1.push(found),
                }
            }
        }
        // One of the first ends before one of the second begins, whichever these are.
        let before = |a: &[&Match], b: &[&Match]| {
            let (end, start) = (
                a.iter().map(|m| m.end).min(),
                b.iter().map(|m| m.start).max(),
            );
            end.zip(start).is_some_and(|(end, start)| end < start)
        };
        Ok(units
            .into_values()
            .filter(|(a, b)| before(a, b) || before(b, a))
            .map(|(mut a, b)| {
                a.extend(b);
                joined(&a)
            })
            .collect())
    }
}

/// From the first to the last word of several matches.
fn joined(matches: &[&Match]) -> Match {
    let mut marks: Vec<(At, At)> = matches
        .iter()
        .flat_map(|m| m.marks.iter().copied())
        .collect();
    marks.sort_unstable();
    marks.dedup();
    let start = matches.iter().map(|m| m.start).min();
    let end = matches.iter().map(|m| m.end).max();
    let none = At::new(At::TITLE, 0);
    Match {
        start: start.unwrap_or(none),
        end: end.unwrap_or(none),
        marks,
    }
}

/// The passages in which a match has something to mark.
pub(super) fn touched(found: &Match) -> impl Iterator<Item = usize> {
    let mut passages: Vec<usize> = found
        .marks
        .iter()
        .flat_map(|(start, end)| [start.passage(), end.passage()])
        .collect();
    passages.sort_unstable();
    passages.dedup();
    passages.into_iter()
}
