//! Entries: an article and what it names → what the index writes.
//!
//! Not for reading and not for writing.

use super::articles::Sources;
use crate::analysis::language::Spoken;
use crate::extract::date::DateMention;
use crate::extract::wordbook::Wordbook;
use crate::extract::{Extraction, Named, extract_with, overrides};
use crate::index::stored::{StoredDate, StoredEntry, StoredPassage};
use crate::index::writer::PassageEntry;
use crate::passage::{passages, trim};
use crate::read::Article;
use std::ops::Range;

/// Finds what the article in the file at `path` names, with its day of publication as anchor.
pub fn extract_article(
    article: &Article,
    path: &str,
    sources: &Sources,
    book: &mut Wordbook,
) -> Extraction {
    let day = article
        .published
        .as_ref()
        .filter(|p| p.interval.start == p.interval.end)
        .map(|p| p.interval.start);
    let mut found = extract_with(&article.text, day, sources.order, book);
    let gazetteer = book.gazetteer();
    overrides::apply(&mut found, &article.text, path, book.overrides(), gazetteer);
    found
}

/// The article's language: as its metadata state it, else as its words do.
pub fn language_of(article: &Article) -> Option<Spoken> {
    Spoken::of(article.lang.as_deref(), &article.text)
}

/// The passages of an article with what each names. What the title names counts with the first;
/// an article of a title alone has one passage, the title.
pub(super) fn passage_entries<'a>(
    article: &'a Article,
    extraction: &'a Extraction,
) -> Vec<PassageEntry<'a>> {
    let text = &article.text;
    let (actors, places) = (
        Located::new(&extraction.actors),
        Located::new(&extraction.places),
    );
    let crossed = |at: usize| {
        let before = extraction.dates.partition_point(|d| d.span.start < at);
        let date = extraction.dates[..before].last().map(|d| &d.span);
        let date = date.filter(|d| at < d.end).map(|d| d.start);
        let names = [&actors, &places].map(|of| of.crossed(at));
        names.into_iter().chain([date]).flatten().min()
    };
    let cut = passages(text, article.body.clone(), &crossed).into_iter();
    let mut ranges: Vec<_> = cut
        .map(|r| trim(text, r))
        .filter(|r| !r.is_empty())
        .collect();
    if ranges.is_empty() {
        ranges.push(trim(text, article.title.clone()));
    }
    let mut lines = Lines::new(article);
    let mut entries = Vec::with_capacity(ranges.len());
    let mut before = None;
    for range in ranges {
        let gap = before.replace(range.end).map(|end| &text[end..range.start]);
        let title = if entries.is_empty() {
            article.title.clone()
        } else {
            0..0
        };
        let dates = dates_in(&extraction.dates, &range).chain(dates_in(&extraction.dates, &title));
        let dates: Vec<&DateMention> = dates.collect();
        let stored = StoredPassage {
            line: lines.at(range.start),
            bytes: article.map.range(range.clone()).map(|b| (b.start, b.end)),
            runs: runs(article, &range),
            continues: gap.is_some_and(|g| g.matches('\n').count() < 2),
            actors: actors.stored(&range, &title),
            places: places.stored(&range, &title),
            dates: dates.iter().map(|date| stored_date(date, &range)).collect(),
        };
        entries.push(PassageEntry {
            text: &text[range.clone()],
            actor_parents: actors.parents(&range, &title),
            place_parents: places.parents(&range, &title),
            dates: dates
                .iter()
                .filter_map(|d| Some((d.value?, d.precision)))
                .collect(),
            stored,
        });
    }
    entries
}

/// How a passage's text lies in the file, where not byte by byte.
fn runs(article: &Article, range: &Range<usize>) -> Vec<(usize, Option<usize>, u8, u8)> {
    let runs = article.map.runs(range.clone());
    match runs.as_slice() {
        [run] if (run.text_step, run.source_step) == (1, 1) => Vec::new(),
        _ if article.map.range(range.clone()).is_none() => Vec::new(),
        runs => runs
            .iter()
            .map(|r| (r.text, r.source, r.text_step, r.source_step))
            .collect(),
    }
}

/// No name is longer, in bytes.
const LONGEST: usize = 512;

/// The actors or places of an article, by where they stand.
struct Located<'a> {
    found: &'a [Named],
    /// First byte, end, and which of `found`.
    mentions: Vec<(usize, usize, usize)>,
}

impl<'a> Located<'a> {
    fn new(found: &'a [Named]) -> Located<'a> {
        let of = |(n, named): (usize, &'a Named)| {
            named.mentions.iter().map(move |m| (m.start, m.end, n))
        };
        let mut mentions: Vec<_> = found.iter().enumerate().flat_map(of).collect();
        mentions.sort_unstable();
        Located { found, mentions }
    }

    /// Where the mention begins that lies around a byte, if there is one; the first of several.
    fn crossed(&self, at: usize) -> Option<usize> {
        let before = self.mentions.partition_point(|m| m.0 < at);
        let near = self.mentions[..before].iter().rev();
        let near = near.take_while(|m| at - m.0 < LONGEST);
        near.filter(|m| at < m.1).last().map(|m| m.0)
    }

    /// The mentions that lie in a part of the text.
    fn inside(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, usize, usize)> {
        let from = self.mentions.partition_point(|m| m.0 < range.start);
        let to = self.mentions.partition_point(|m| m.0 < range.end).max(from);
        let end = range.end;
        self.mentions[from..to]
            .iter()
            .copied()
            .filter(move |m| m.1 <= end)
    }

    /// The entries named in a passage, with their spans in it, and those of the title without.
    fn stored(&self, range: &Range<usize>, title: &Range<usize>) -> Vec<StoredEntry> {
        let within = |(start, end, n)| (n, Some((start - range.start, end - range.start)));
        let mut named: Vec<_> = self.inside(range).map(within).collect();
        named.extend(self.inside(title).map(|(_, _, n)| (n, None)));
        named.sort_by_key(|(n, _)| *n);
        let entry = |mentions: &[(usize, Option<(usize, usize)>)]| {
            let named = &self.found[mentions[0].0];
            let own = named.id.starts_with("text:");
            let named_by_text = || {
                (
                    named.name.clone(),
                    named.kind.clone(),
                    named.country.clone(),
                )
            };
            StoredEntry {
                id: named.id.clone(),
                spans: mentions.iter().filter_map(|(_, span)| *span).collect(),
                named: own.then(named_by_text),
            }
        };
        named.chunk_by(|a, b| a.0 == b.0).map(entry).collect()
    }

    /// What the text says that these entries belong to.
    fn parents(&self, range: &Range<usize>, title: &Range<usize>) -> Vec<&'a str> {
        let found = self.found;
        let named = self.inside(range).chain(self.inside(title));
        let mut parents: Vec<&str> = named
            .flat_map(|(_, _, n)| found[n].parents.iter().map(String::as_str))
            .collect();
        parents.sort_unstable();
        parents.dedup();
        parents
    }
}

/// The dates that lie in a part of the text; `dates` are sorted by position.
fn dates_in<'a>(
    dates: &'a [DateMention],
    range: &Range<usize>,
) -> impl Iterator<Item = &'a DateMention> {
    let from = dates.partition_point(|d| d.span.start < range.start);
    let to = dates
        .partition_point(|d| d.span.start < range.end)
        .max(from);
    let end = range.end;
    dates[from..to].iter().filter(move |d| d.span.end <= end)
}

fn stored_date(date: &DateMention, range: &Range<usize>) -> StoredDate {
    let inside = date.span.start >= range.start && date.span.end <= range.end;
    StoredDate {
        span: inside.then(|| (date.span.start - range.start, date.span.end - range.start)),
        days: date.value,
        precision: date.precision,
        basis: date.basis,
    }
}

/// Lines of the original file, counted once from passage to passage.
struct Lines<'a> {
    article: &'a Article,
    counted_to: usize,
    line: Option<usize>,
    end: u8,
}

impl<'a> Lines<'a> {
    fn new(article: &'a Article) -> Lines<'a> {
        Lines {
            article,
            counted_to: article.body.start,
            line: article.line,
            end: article.line_end,
        }
    }

    /// The line on which the byte at `offset` of the text stands; a record's passages all stand on
    /// the record's line. Offsets have to rise.
    fn at(&mut self, offset: usize) -> Option<usize> {
        let Article { text, lines, .. } = self.article;
        if let Some(part) = lines.partition_point(|p| p.0 <= offset).checked_sub(1) {
            return lines.get(part).map(|p| p.1);
        }
        if self.article.record.is_none() && offset > self.counted_to {
            let above = &text.as_bytes()[self.counted_to..offset];
            let breaks = memchr::memchr_iter(self.end, above).count();
            self.line = self.line.map(|line| line + breaks);
            self.counted_to = offset;
        }
        self.line
    }
}
