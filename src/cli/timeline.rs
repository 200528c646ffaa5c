//! `belli timeline`: what matches by day, week, month or year.

use super::args::{By, Color, Dates, Table, TimelineArgs};
use super::question::Question;
use super::{Outcome, output};
use anyhow::Result;
use belli::render::timeline as render;
use belli::search::{Step, timeline};
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(args: TimelineArgs, color: Color, quiet: bool) -> Result<Outcome> {
    let question = Question::open(&args.question, quiet)?;
    let by = match args.by {
        By::Day => Step::Day,
        By::Week => Step::Week,
        By::Month => Step::Month,
        By::Year => Step::Year,
    };
    let (index, gazetteer) = (&question.index, &question.gazetteer);
    let line = timeline(index, gazetteer, &question.request, by)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.table.format() {
        Table::Json => render::json(&mut out, &line, by)?,
        Table::Csv => render::csv(&mut out, &line, by)?,
        Table::Text => render::text(&mut out, output::layout(color), &line, by)?,
    }
    out.flush()?;
    question.note(None, &line.found.notes, &line.found.unknown);
    question.explain(None, line.found.passages, false)?;
    question.note_undated(None, line.found.undated);
    if !quiet && line.found.passages > 0 {
        let (date, by) = match args.question.asking.date_field {
            Dates::Published => ("publication date", format!("{by:?}").to_lowercase()),
            _ => ("event date", format!("{by:?}").to_lowercase()),
        };
        let (passages, articles) = (line.found.passages, line.found.articles);
        say!("{passages} passages in {articles} articles, by {date}");
        if line.undated > 0 {
            say!("{} articles have no {date} there", line.undated);
        }
        if line.vague > 0 {
            say!(
                "{} articles have only dates longer than a {by} there",
                line.vague
            );
        }
        if line.cut {
            say!("dates beyond those that were asked for are not shown");
        }
    }
    Ok(match line.periods.is_empty() {
        true => Outcome::Nothing,
        false => Outcome::Found,
    })
}
