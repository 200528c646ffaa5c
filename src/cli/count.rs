//! `belli count`: how much matches, for one query or each of a file.

use super::args::CountArgs;
use super::question::Question;
use super::{Outcome, batch};
use anyhow::Result;
use belli::render::counts;
use belli::search::count;
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(args: CountArgs, quiet: bool) -> Result<Outcome> {
    let mut question = match args.batch {
        None => Question::open(&args.question, quiet)?,
        Some(_) => Question::open_for_many(&args.question, quiet)?,
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut answer = |qid: Option<&str>, question: &Question| -> Result<bool> {
        let counts = count(&question.index, &question.gazetteer, &question.request)?;
        question.note(qid, &counts.found.notes, &counts.found.unknown);
        let query = &question.request.query;
        match args.json {
            true => counts::json(&mut out, qid, (&query.to_string(), &query.notes), &counts)?,
            false => counts::text(&mut out, qid, &counts)?,
        }
        out.flush()?;
        question.explain(qid, counts.found.passages, false)?;
        question.note_undated(qid, counts.found.undated);
        Ok(counts.found.passages > 0)
    };
    match &args.batch {
        Some(file) => batch::run(
            file,
            &args.question.asking,
            &mut question,
            |qid, question| answer(Some(qid), question),
        ),
        None => Ok(match answer(None, &question)? {
            true => Outcome::Found,
            false => Outcome::Nothing,
        }),
    }
}
