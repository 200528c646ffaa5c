//! Intervals: both ends in one term, against a column of first days and one of last days.

use crate::text::Passage;
use crate::{Built, build, carriers, latency};
use belli::extract::date::{DateMention, DateOrder, Interval, Precision, dates};
use belli::index::days;
use belli::passage::{passages, trim};
use belli::read::Article;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::ops::Bound;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, RangeQuery};
use tantivy::schema::{FAST, Field, INDEXED, Schema};
use tantivy::{TantivyDocument, Term};

/// A passage's text and the intervals that it names.
type Dated<'a> = (&'a str, Vec<(Interval, Precision)>);

/// Prints the table of intervals, and a passage that the columns find wrongly.
pub fn measure(articles: &[Article], made: &[Passage]) {
    let corpus: Vec<Dated> = articles.iter().flat_map(of_article).collect();
    let made: Vec<Dated> = made
        .iter()
        .map(|p| {
            (
                p.text.as_str(),
                known(&dates(&p.text, Some(p.published), DateOrder::Auto)),
            )
        })
        .collect();
    println!("\n## Intervals\n");
    println!(
        "| passages | two dates or more | distinct | layout | bytes/passage \
         | found | wrong | filter, µs |"
    );
    println!("|---|--:|--:|---|--:|--:|--:|--:|");
    compare("corpus", &corpus);
    compare("generated", &made);
    example(&corpus);
}

/// The passages of an article with their dates, as belli indexes them.
fn of_article(article: &Article) -> Vec<Dated<'_>> {
    let text = &article.text;
    let day = article
        .published
        .map(|p| p.interval)
        .filter(|i| i.start == i.end);
    let found = dates(text, day.map(|i| i.start), DateOrder::Auto);
    let dated = |range| {
        let range = trim(text, range);
        let inside = found.iter().filter(|d| range.contains(&d.span.start));
        (&text[range.clone()], known(inside))
    };
    passages(text, article.body.clone(), &|_| None)
        .into_iter()
        .map(dated)
        .collect()
}

/// The dates that have a value.
fn known<'a>(found: impl IntoIterator<Item = &'a DateMention>) -> Vec<(Interval, Precision)> {
    found
        .into_iter()
        .filter_map(|d| Some((d.value?, d.precision)))
        .collect()
}

/// The months that are asked for, one by one.
fn months() -> Vec<Interval> {
    let firsts = date(2010, 1, 1)
        .series(1.month())
        .take_while(|day| day.year() < 2026);
    firsts
        .map(|day| Interval {
            start: day,
            end: day.last_of_month(),
        })
        .collect()
}

fn compare(name: &str, passages: &[Dated]) {
    let (terms, columns) = (index(passages, true), index(passages, false));
    let months = months();
    let by_term = |month: &Interval| {
        let overlaps = |term: &[u8]| days::interval(term).is_some_and(|(i, _)| i.overlaps(month));
        carriers(&terms.searcher, Field::from_field_id(0), overlaps)
    };
    let by_column = |month: &Interval| {
        let end = |field, day| Term::from_field_u64(Field::from_field_id(field), number(day));
        let first = RangeQuery::new(Bound::Unbounded, Bound::Included(end(0, month.end)));
        let last = RangeQuery::new(Bound::Included(end(1, month.start)), Bound::Unbounded);
        let both = BooleanQuery::intersection(vec![Box::new(first), Box::new(last)]);
        columns
            .searcher
            .search(&both, &Count)
            .expect("the query runs")
    };
    let right: usize = months.iter().map(by_term).sum();
    let found: usize = months.iter().map(by_column).sum();
    let truth = |month: &Interval| passages.iter().filter(|p| carries(p, month)).count();
    assert_eq!(
        right,
        months.iter().map(truth).sum::<usize>(),
        "terms find what is there"
    );

    let several = passages.iter().filter(|p| p.1.len() > 1).count() * 100 / passages.len();
    let distinct = passages
        .iter()
        .flat_map(|p| &p.1)
        .collect::<BTreeSet<_>>()
        .len();
    let count = passages.len();
    let wrong = 100.0 * (found - right) as f64 / found as f64;
    let rows = [
        (
            "**one term an interval**",
            &terms,
            right,
            0.0,
            latency(&months, by_term),
        ),
        (
            "two columns",
            &columns,
            found,
            wrong,
            latency(&months, by_column),
        ),
    ];
    for (layout, built, found, wrong, time) in rows {
        let bytes = built.bytes / count as f64;
        print!("| {name}: {count} | {several} % | {distinct} | {layout} | {bytes:.1} ");
        println!("| {found} | {wrong:.1} % | {time:.0} |");
    }
}

fn index(passages: &[Dated], terms: bool) -> Built {
    let mut schema = Schema::builder();
    let fields = if terms {
        vec![schema.add_bytes_field("date", INDEXED)]
    } else {
        vec![
            schema.add_u64_field("first", FAST),
            schema.add_u64_field("last", FAST),
        ]
    };
    let document = |(_, found): &Dated| {
        let mut document = TantivyDocument::default();
        for &(interval, precision) in found {
            if let [first, last] = fields[..] {
                document.add_u64(first, number(interval.start));
                document.add_u64(last, number(interval.end));
            } else {
                document.add_bytes(fields[0], &days::term(interval, precision));
            }
        }
        document
    };
    build(&schema.build(), passages.iter().map(document))
}

fn number(day: Date) -> u64 {
    u64::from(days::day(day))
}

fn carries(passage: &Dated, month: &Interval) -> bool {
    passage
        .1
        .iter()
        .any(|(interval, _)| interval.overlaps(month))
}

/// Prints a passage that two columns find although nothing in it falls into the month.
fn example(passages: &[Dated]) {
    let mixed = |passage: &&Dated, month: &Interval| {
        let mut ends = passage.1.iter().map(|(interval, _)| interval);
        let begins = ends.clone().any(|i| i.start <= month.end);
        passage.1.len() == 2
            && begins
            && ends.any(|i| i.end >= month.start)
            && !carries(passage, month)
    };
    for month in months() {
        if let Some((text, found)) = passages.iter().find(|p| mixed(p, &month)) {
            let spans: Vec<_> = found
                .iter()
                .map(|(i, _)| format!("{}..{}", i.start, i.end))
                .collect();
            let (start, end, named) = (month.start, month.end, spans.join(" and "));
            println!("\nTwo columns find this for {start}..{end}, though it names {named}:");
            println!("\n> {}", text.replace('\n', " "));
            return;
        }
    }
}
