//! What matches by time, a period a line: with bars, as JSON Lines or CSV; specified in
//! [`crate::render`].

use super::json::object;
use super::text::Layout;
use crate::search::{Step, Timeline};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{self, Write};

/// Of a gap, so many empty periods are shown at most; a longer one is shown as such.
const GAP: usize = 60;

/// A bar of one column is drawn in eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A period, or a gap too long to be shown one by one.
enum Row {
    Period(Date, u64, u64),
    Gap,
}

#[derive(Serialize)]
struct PeriodLine {
    period: String,
    start: String,
    end: String,
    articles: u64,
    passages: u64,
}

impl PeriodLine {
    fn new(by: Step, first: Date, articles: u64, passages: u64) -> PeriodLine {
        let next = by.next(first);
        let end = next.map_or(Date::MAX, |next| next.saturating_sub(1.day()));
        PeriodLine {
            period: by.name(first),
            start: first.to_string(),
            end: end.to_string(),
            articles,
            passages,
        }
    }
}

/// The periods from the first to the last that has anything, empty ones between them too.
fn rows(timeline: &Timeline, by: Step) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut expected: Option<Date> = None;
    for (&first, &(articles, passages)) in &timeline.periods {
        let mut empty = Vec::new();
        while let Some(day) = expected.filter(|day| *day < first) {
            empty.push(Row::Period(day, 0, 0));
            if empty.len() > GAP {
                empty = vec![Row::Gap];
                break;
            }
            expected = by.next(day);
        }
        rows.append(&mut empty);
        rows.push(Row::Period(first, articles, passages));
        expected = by.next(first);
    }
    rows
}

fn lines(timeline: &Timeline, by: Step) -> impl Iterator<Item = PeriodLine> {
    rows(timeline, by)
        .into_iter()
        .filter_map(move |row| match row {
            Row::Period(first, articles, passages) => {
                Some(PeriodLine::new(by, first, articles, passages))
            }
            Row::Gap => None,
        })
}

/// Writes the periods as JSON lines.
pub fn json(out: &mut impl Write, timeline: &Timeline, by: Step) -> io::Result<()> {
    lines(timeline, by).try_for_each(|line| object(out, &line))
}

/// Writes the periods as CSV with a header.
pub fn csv(out: &mut impl Write, timeline: &Timeline, by: Step) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    lines(timeline, by).try_for_each(|line| csv.serialize(line))?;
    csv.flush()
}

/// Writes the periods for people, with bars for the articles.
pub fn text(out: &mut impl Write, layout: Layout, timeline: &Timeline, by: Step) -> io::Result<()> {
    let most = timeline.periods.values().map(|count| count.0).max();
    let width = by.name(Date::ZERO).len();
    writeln!(out, "{:width$} articles passages", "")?;
    let room = layout.width.saturating_sub(width + 20).clamp(10, 60) as u64;
    for row in rows(timeline, by) {
        match row {
            Row::Period(first, articles, passages) => {
                let name = by.name(first);
                let bar = bar(articles, most.unwrap_or(1), room);
                let line = format!("{name:width$} {articles:>8} {passages:>8}  {bar}");
                writeln!(out, "{}", line.trim_end())?;
            }
            Row::Gap => writeln!(out, "{:width$} {:>8}", "⋮", "")?,
        }
    }
    Ok(())
}

/// A bar as long as a part of the longest, and never without length where there is anything.
fn bar(count: u64, most: u64, room: u64) -> String {
    let eighths = (count * room * 8).div_ceil(most.max(1));
    let (whole, part) = (eighths / 8, eighths % 8);
    "█".repeat(whole as usize) + EIGHTHS[part as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn gaps_are_rows_unless_they_are_long() {
        let mut timeline = Timeline::default();
        for (first, articles) in [
            (date(2020, 1, 1), 8),
            (date(2020, 4, 1), 1),
            (date(2030, 1, 1), 2),
        ] {
            timeline.periods.insert(first, (articles, articles));
        }
        let layout = Layout {
            color: false,
            width: 80,
        };
        let mut out = Vec::new();
        text(&mut out, layout, &timeline, Step::Month).expect("memory");
        let out = String::from_utf8(out).expect("utf-8");
        let names: Vec<&str> = out
            .lines()
            .map(|l| l.split(' ').next().unwrap_or(""))
            .collect();
        assert_eq!(
            names,
            [
                "", "2020-01", "2020-02", "2020-03", "2020-04", "⋮", "2030-01"
            ]
        );
        assert_eq!(
            (bar(8, 8, 10), bar(4, 8, 1), bar(0, 8, 10)),
            ("█".repeat(10), "▌".to_owned(), String::new())
        );
    }
}
