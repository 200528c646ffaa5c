//! Carriers: the passages of a segment that a filter takes, as sets of bits.
//!
//! Not for what a filter's names stand for (`filter`), not for ranking.

use super::articles::Articles;
use super::bits::Bits;
use super::dyad;
use super::filter::{DateField, Test};
use super::names::Terms;
use crate::error::Result;
use crate::extract::date::Interval;
use crate::gazetteer::tree::Period;
use crate::index::{Index, days};
use std::collections::HashMap;
use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The passages of one segment that a filter takes.
pub(super) struct Carriers {
    /// Passages that carry the value themselves; all of an article where it is the article that has it alone.
    own: Bits,
    /// All passages of articles that carry it.
    whole: Bits,
    /// For dates in the text.
    dated: Option<Dated>,
    /// For pairs of actors: the passages that name both, and how near, from 0 to 1.
    near: Option<HashMap<DocId, f64>>,
}

/// How the passages of a segment stand to days.
struct Dated {
    /// Those that name a time within these days.
    exactly: Bits,
    /// Those that name another time.
    otherwise: Bits,
    /// Those that any date speaks for: their own, or that of publication, where that counts.
    taken: Bits,
}

/// How well a passage carries a value: all of it, or less.
const FULLY: f64 = 1.0;
/// The passage names a longer time than the one asked for.
const VAGUELY: f64 = 0.75;
/// The article carries it, and the passage says nothing against it.
const SILENTLY: f64 = 0.5;

impl Carriers {
    /// Opens a filter in one segment.
    pub(super) fn open(
        index: &Index,
        segment: &SegmentReader,
        articles: &Articles,
        test: &Test,
    ) -> Result<Carriers> {
        let fields = index.fields();
        let days = |field: Field, take: &dyn Fn(Interval) -> bool| -> Result<Bits> {
            let [bits] = scan(index, segment, field, |term| {
                [days::interval(term).is_some_and(|(interval, _)| take(interval))]
            })?;
            Ok(bits)
        };
        // What is said of an article is said with its first passage.
        let of_articles = |first: Bits| {
            let whole = articles.whole(first);
            Carriers {
                own: whole.clone(),
                whole,
                dated: None,
                near: None,
            }
        };
        let of_passages = |own: Bits| Carriers {
            whole: articles.whole(own.clone()),
            own,
            dated: None,
            near: None,
        };
        let all_but = |of: Bits| {
            let mut whole = articles.whole(of);
            whole.turn_in(articles.living());
            Carriers {
                own: whole.clone(),
                whole,
                dated: None,
                near: None,
            }
        };
        Ok(match test {
            Test::Terms(field, terms) => {
                let found = carried(index, segment, articles, *field, terms)?;
                match fields.is_of_articles(*field) {
                    true => of_articles(found),
                    false => of_passages(found),
                }
            }
            Test::Paths(anywhere, below) => {
                let mut found = named(index, segment, fields.path, &anywhere.always)?;
                for (root, paths) in below.iter() {
                    let mut of_root = named(index, segment, fields.path, &paths.always)?;
                    of_root.meet(&named(index, segment, fields.root, [root])?);
                    found.join(&of_root);
                }
                of_articles(found)
            }
            Test::Dyad(one, other) => {
                let both = |terms: &Terms| carried(index, segment, articles, fields.actor, terms);
                let mut own = both(one)?;
                own.meet(&both(other)?);
                let one = dyad::Party {
                    stated: both(&one.stated())?,
                    terms: one,
                };
                let other = dyad::Party {
                    stated: both(&other.stated())?,
                    terms: other,
                };
                let near = dyad::nearness(index, segment, &own, &one, &other)?;
                let mut own = Bits::new(segment.max_doc());
                near.keys().for_each(|&doc| own.set(doc));
                Carriers {
                    near: Some(near),
                    ..of_passages(own)
                }
            }
            Test::Has(field) => {
                let [found] = scan(index, segment, *field, |_| [true])?;
                match fields.is_of_articles(*field) {
                    true => of_articles(found),
                    false => of_passages(found),
                }
            }
            Test::Root(root) => of_articles(named(index, segment, fields.root, [root])?),
            Test::Days(wanted, DateField::Published) | Test::Published(wanted) => {
                of_articles(days(fields.published, &|i| i.overlaps(wanted))?)
            }
            Test::Days(wanted, field) => {
                let sort = |term: &[u8]| {
                    let Some((days, _)) = days::interval(term) else {
                        return [false; 3];
                    };
                    let overlaps = days.overlaps(wanted);
                    let exactly = overlaps && length(days) <= length(*wanted);
                    [overlaps, exactly, !overlaps]
                };
                let [own, exactly, otherwise] = scan(index, segment, fields.date, sort)?;
                let mut taken = own.clone();
                if *field == DateField::Any {
                    let published = days(fields.published, &|i| i.overlaps(wanted))?;
                    taken.join(&articles.whole(published));
                }
                Carriers {
                    own,
                    whole: articles.whole(taken.clone()),
                    dated: Some(Dated {
                        exactly,
                        otherwise,
                        taken,
                    }),
                    near: None,
                }
            }
            Test::Undated(field) => {
                let mut dated = Bits::new(segment.max_doc());
                if *field != DateField::Published {
                    dated.join(&days(fields.date, &|_| true)?);
                }
                if *field != DateField::Event {
                    dated.join(&days(fields.published, &|_| true)?);
                }
                all_but(dated)
            }
            Test::Beside(of) => {
                let mut named_so = Bits::new(segment.max_doc());
                for (root, id) in of {
                    let mut found = named(index, segment, fields.path, [id])?;
                    found.meet(&named(index, segment, fields.root, [root])?);
                    named_so.join(&found);
                }
                all_but(named_so)
            }
        })
    }

    /// The passages that carry the value themselves.
    pub(super) fn own(&self) -> &Bits {
        &self.own
    }

    /// The passages that are returned: those of articles that carry the value, or, with `within_passage`
    /// and for pairs, those that do so themselves.
    pub(super) fn taken(&self, within_passage: bool) -> &Bits {
        match &self.dated {
            _ if !within_passage && self.near.is_none() => &self.whole,
            Some(dated) => &dated.taken,
            None => &self.own,
        }
    }

    /// The first document from `at` on whose article carries the value, or [`TERMINATED`].
    pub(super) fn next(&self, at: DocId) -> DocId {
        self.whole.next(at)
    }

    /// Whether the article of this passage carries the value.
    pub(super) fn article(&self, doc: DocId) -> bool {
        self.whole.has(doc)
    }

    /// How well a passage carries the value at the most.
    pub(super) fn most(&self) -> f64 {
        match self.near {
            Some(_) => 2.0 * FULLY,
            None => FULLY,
        }
    }

    /// How well a passage that is returned carries the value, from 0 to 1 (2 for pairs that are close).
    pub(super) fn passage(&self, doc: DocId) -> f64 {
        if let Some(near) = &self.near {
            return FULLY + near.get(&doc).copied().unwrap_or(0.0);
        }
        match &self.dated {
            Some(dated) if dated.exactly.has(doc) => FULLY,
            None if self.own.has(doc) => FULLY,
            Some(_) if self.own.has(doc) => VAGUELY,
            // A passage without any date comes before one that speaks of another time.
            Some(dated) if !dated.otherwise.has(doc) => SILENTLY,
            _ => 0.0,
        }
    }
}

/// The documents of terms, of those that count for a time only in articles of that time.
fn carried(
    index: &Index,
    segment: &SegmentReader,
    articles: &Articles,
    field: Field,
    terms: &Terms,
) -> Result<Bits> {
    let mut bits = named(index, segment, field, &terms.always)?;
    if terms.during.is_empty() {
        return Ok(bits);
    }
    let published = Published::open(index, segment)?;
    for (term, periods) in &terms.during {
        let all = named(index, segment, field, [term])?;
        for doc in all.members() {
            let start = articles.around(doc).map_or(doc, |a| a.0);
            if published.overlaps(start, periods) {
                bits.set(doc);
            }
        }
    }
    Ok(bits)
}

/// When the articles of a segment were published.
struct Published {
    days: Column<u64>,
    /// Last days of those whose date is longer than a day, by their first passages.
    ends: HashMap<DocId, u64>,
}

impl Published {
    fn open(index: &Index, segment: &SegmentReader) -> Result<Published> {
        let column = segment.fast_fields().u64("published_day");
        let mut ends = HashMap::new();
        let field = index.fields().published;
        let inverted = segment
            .inverted_index(field)
            .map_err(|e| index.damaged(e))?;
        let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
        while terms.advance() {
            let Some((interval, _)) = days::interval(terms.key()) else {
                continue;
            };
            if interval.start == interval.end {
                continue;
            }
            let postings =
                inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(|e| index.damaged(e))?;
            while postings.doc() != TERMINATED {
                ends.insert(postings.doc(), u64::from(days::day(interval.end)));
                postings.advance();
            }
        }
        Ok(Published {
            days: column.map_err(|e| index.damaged(e))?,
            ends,
        })
    }

    /// Whether an article (by its first passage) may be of one of some periods; one without a date
    /// may be of any.
    fn overlaps(&self, start: DocId, periods: &[Period]) -> bool {
        let Some(first) = self.days.first(start) else {
            return true;
        };
        let last = self.ends.get(&start).copied().unwrap_or(first);
        let day = |d: jiff::civil::Date| u64::from(days::day(d));
        periods.iter().any(|(from, until)| {
            from.is_none_or(|d| day(d) <= last) && until.is_none_or(|d| day(d) >= first)
        })
    }
}

/// The documents of these terms.
pub(super) fn named<'t>(
    index: &Index,
    segment: &SegmentReader,
    field: Field,
    terms: impl IntoIterator<Item = &'t String>,
) -> Result<Bits> {
    let mut bits = Bits::new(segment.max_doc());
    let inverted = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?;
    for term in terms {
        let term = Term::from_field_text(field, term);
        let postings = inverted.read_block_postings(&term, IndexRecordOption::Basic);
        if let Some(postings) = postings.map_err(|e| index.damaged(e))? {
            bits.add(postings);
        }
    }
    Ok(bits)
}

/// How many days an interval has, roughly: enough to tell a day from a month.
fn length(interval: Interval) -> i64 {
    let day = |d: jiff::civil::Date| {
        i64::from(d.year()) * 372 + i64::from(d.month()) * 31 + i64::from(d.day())
    };
    day(interval.end) - day(interval.start)
}

/// The documents of every term, in the sets that `sort` puts it into.
fn scan<const N: usize>(
    index: &Index,
    segment: &SegmentReader,
    field: Field,
    sort: impl Fn(&[u8]) -> [bool; N],
) -> Result<[Bits; N]> {
    let mut sets = std::array::from_fn(|_| Bits::new(segment.max_doc()));
    let inverted = segment
        .inverted_index(field)
        .map_err(|e| index.damaged(e))?;
    let mut terms = inverted.terms().stream().map_err(|e| index.damaged(e))?;
    while terms.advance() {
        let of = sort(terms.key());
        if !of.contains(&true) {
            continue;
        }
        for (set, takes) in sets.iter_mut().zip(of) {
            if takes {
                let postings = inverted
                    .read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
                set.add(postings.map_err(|e| index.damaged(e))?);
            }
        }
    }
    Ok(sets)
}
