//! `belli eval`: queries and judgements → how well the ranking does.

use super::args::{EvalArgs, Unit};
use super::{Outcome, batch, config, own};
use anyhow::{Context, Result, anyhow, bail};
use belli::index::Index;
use belli::render::{eval, trec};
use belli::search::{Judgements, Measures, Model, Ranked, Request, feedback, search};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};

/// Runs the verb.
pub fn run(args: EvalArgs, quiet: bool) -> Result<Outcome> {
    let text = std::fs::read_to_string(&args.qrels)
        .with_context(|| format!("cannot read the judgements {}", args.qrels.display()))?;
    let judgements =
        Judgements::parse(&text).map_err(|e| anyhow!("{}:{e}", args.qrels.display()))?;
    let filters = config::filters(&args.asking)?;
    let synonyms = config::synonyms(&args.widening)?;
    let mut model = Model::default();
    for part in &args.without {
        model = model
            .without(part)
            .with_context(|| format!("--without {part}: no such part"))?;
    }
    let index = Index::open(&args.index.index)?;
    let gazetteer = own::of_search(&index, &args.asking.actors)?;
    let mut run = match &args.run {
        Some(file) => {
            Some(BufWriter::new(File::create(file).with_context(|| {
                format!("cannot write the run {}", file.display())
            })?))
        }
        None => None,
    };
    let unit = match args.unit {
        Unit::Article => trec::Unit::Article,
        Unit::Passage => trec::Unit::Passage,
    };
    let mut measured: Vec<(String, Measures)> = Vec::new();
    let (mut unjudged, mut hits, mut known) = (0, 0, 0);
    let batch = batch::read(&args.queries, &args.asking)?;
    let mut asked: HashSet<&str> = HashSet::new();
    for (_, qid, query) in &batch.queries {
        asked.insert(qid);
        let mut request = Request {
            filters: filters.clone(),
            scope: config::scope(&args.asking),
            within_passage: config::within_passage(&args.asking),
            limit: args.limit,
            widen: Some(synonyms.clone()),
            model,
            per_article: (args.unit == Unit::Article).then_some(1),
            ..Request::new(query.clone())
        };
        if query.is_empty() && request.filters.is_empty() {
            continue;
        }
        if args.expand {
            request.feedback = feedback(&index, &gazetteer, &request)?;
        }
        let results = search(&index, &gazetteer, &request)?;
        if let Some(out) = &mut run {
            for (n, hit) in results.hits.iter().enumerate() {
                trec::hit(out, n + 1, qid, unit, hit)?;
            }
        }
        let Some(judged) = judgements.of(qid) else {
            unjudged += 1;
            continue;
        };
        let ranked: Vec<Ranked> = results
            .hits
            .iter()
            .map(|hit| Ranked::new(trec::id(unit, hit), trec::id(trec::Unit::Article, hit), hit))
            .collect();
        let measures = Measures::of(&ranked, judged);
        hits += ranked.len();
        known += usize::from(measures.map > 0.0);
        measured.push((qid.clone(), measures));
    }
    // A query that cannot be read finds nothing.
    for qid in &batch.unreadable {
        asked.insert(qid);
        match judgements.of(qid) {
            Some(_) => measured.push((qid.clone(), Measures::default())),
            None => unjudged += 1,
        }
    }
    if let Some(out) = &mut run {
        out.flush()?;
    }
    let unasked = judgements.queries().filter(|q| !asked.contains(q)).count();
    if measured.is_empty() {
        bail!(
            "none of the queries of {} has a relevant judgement in {}; do their ids agree?",
            args.queries.display(),
            args.qrels.display()
        );
    }
    if !quiet {
        if unjudged > 0 {
            say!("{unjudged} queries have no relevant judgement and do not count");
        }
        if unasked > 0 {
            say!("{unasked} judged queries were not asked and do not count");
        }
        if known == 0 && hits > 0 {
            say!("nothing relevant was found; are the ids those of `belli search --format trec`?");
        }
    }
    print(&args, &measured)?;
    Ok(match batch.unreadable.is_empty() && batch.bad == 0 {
        true => Outcome::Found,
        false => Outcome::Partly,
    })
}

fn print(args: &EvalArgs, measured: &[(String, Measures)]) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let all: Vec<Measures> = measured.iter().map(|(_, m)| *m).collect();
    let mean = Measures::mean(&all);
    if args.json {
        for (qid, measures) in measured {
            eval::json(&mut out, Some(qid), 1, measures)?;
        }
        eval::json(&mut out, None, measured.len(), &mean)?;
    } else {
        eval::text(&mut out, measured, &mean)?;
    }
    Ok(out.flush()?)
}
