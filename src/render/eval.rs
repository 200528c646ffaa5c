//! Measures of a ranking: a table, or JSON Lines.

use super::json::object;
use crate::search::Measures;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Line<'a> {
    qid: Option<&'a str>,
    queries: usize,
    ndcg_10: f64,
    map: f64,
    mrr_10: f64,
    p_5: f64,
    recall_100: f64,
}

/// Writes the measures of one query as a JSON line; without id those of all of them.
pub fn json(
    out: &mut impl Write,
    qid: Option<&str>,
    queries: usize,
    measures: &Measures,
) -> io::Result<()> {
    let line = Line {
        qid,
        queries,
        ndcg_10: measures.ndcg_10,
        map: measures.map,
        mrr_10: measures.mrr_10,
        p_5: measures.p_5,
        recall_100: measures.recall_100,
    };
    object(out, &line)
}

/// Writes a table with a row for each query and the mean of all.
pub fn text(
    out: &mut impl Write,
    queries: &[(String, Measures)],
    mean: &Measures,
) -> io::Result<()> {
    let all = format!("mean of {}", queries.len());
    let longest = queries.iter().map(|(qid, _)| qid.chars().count()).max();
    let width = longest.unwrap_or(0).max(all.len()).min(40);
    writeln!(
        out,
        "{:width$}  nDCG@10     MAP  MRR@10     P@5  Recall@100",
        "query"
    )?;
    let rows = queries
        .iter()
        .map(|(qid, m)| (super::text::harmless(qid), m));
    for (name, m) in rows.chain([(all, mean)]) {
        writeln!(
            out,
            "{name:width$}  {:7.4} {:7.4} {:7.4} {:7.4} {:11.4}",
            m.ndcg_10, m.map, m.mrr_10, m.p_5, m.recall_100
        )?;
    }
    Ok(())
}
