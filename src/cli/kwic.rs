//! `belli kwic`: every occurrence in its context.

use super::args::{Color, KwicArgs};
use super::question::{self, Question};
use super::{Outcome, output};
use anyhow::{Result, bail};
use belli::query::Node;
use belli::render::kwic::{self, Line};
use belli::search::{Sort, concordance};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;

/// Runs the verb.
pub fn run(args: KwicArgs, color: Color, quiet: bool) -> Result<Outcome> {
    let asked = &args.question;
    let sorts = args.sort.as_deref().map(sorts).transpose()?;
    let query = question::read(&asked.asking, &asked.query.join(" "))?;
    if !query.root.any(&|node| matches!(node, Node::Words(_))) {
        bail!(
            "a concordance needs words as its keywords; filters alone have none (see `belli search`)"
        );
    }
    let question = Question::open(asked, quiet)?;
    let layout = output::layout(color);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut write = |line: &Line| match args.json {
        true => kwic::json(&mut out, line),
        false => kwic::text(&mut out, layout, args.width, line),
    };
    let limit = args.limit.unwrap_or(usize::MAX);
    let (mut seen, mut written) = (0, Ok(()));
    let mut kept: Vec<(Vec<String>, Line)> = Vec::new();
    let (index, gazetteer) = (&question.index, &question.gazetteer);
    let found = concordance(index, gazetteer, &question.request, |occurrence| {
        seen += 1;
        match &sorts {
            Some(sorts) => {
                let line = Line::new(&occurrence, args.width);
                kept.push((occurrence.keys(sorts), line));
            }
            // One more than is shown is looked for, to know that there are more.
            None if seen > limit => return ControlFlow::Break(()),
            None => written = write(&Line::new(&occurrence, args.width)),
        }
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    written?;
    // Occurrences that are alike stay in the order of the articles.
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    kept.iter()
        .take(limit)
        .try_for_each(|(_, line)| write(line))?;
    out.flush()?;
    question.note(None, &found.notes, &found.unknown);
    question.explain(None, found.passages, false)?;
    question.note_undated(None, found.undated);
    if !quiet && found.passages > 0 {
        match (seen, sorts) {
            (0, _) => say!(
                "{} passages match, but nothing in them is marked: the query only says what is not there",
                found.passages
            ),
            (seen, None) if seen > limit => say!("{limit} occurrences shown; there are more"),
            (seen, _) => say!("{seen} occurrences, {} shown", seen.min(limit)),
        }
    }
    Ok(match seen {
        0 => Outcome::Nothing,
        _ => Outcome::Found,
    })
}

/// `L1,R2,date`: what to sort by, first to last.
fn sorts(written: &str) -> Result<Vec<Sort>> {
    let sort = |key: &str| {
        let number = |n: &str| n.parse().ok().filter(|n| (1..=99).contains(n));
        match key.trim().to_lowercase().as_str() {
            "path" => Some(Sort::Path),
            "date" => Some(Sort::Date),
            key => match key.split_at_checked(1)? {
                ("l", n) => number(n).map(Sort::Left),
                ("r", n) => number(n).map(Sort::Right),
                _ => None,
            },
        }
    };
    match written.split(',').map(sort).collect() {
        Some(sorts) => Ok(sorts),
        None => bail!(
            "--sort {written}: write L1, R1, L2, … for words left and right of the keyword, path or date, with commas between them"
        ),
    }
}
