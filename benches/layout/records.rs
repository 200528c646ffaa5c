//! Records of files: how far scores move when they count as passages, as they do by default.

use crate::analyzers::stems;
use crate::text::{Passage, queries};
use crate::words::Layout;
use crate::{Built, Rng, median};
use belli::analysis::stem::Stems;
use tantivy::collector::TopDocs;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The statistics of an index, with passages only counted as documents.
struct PassagesOnly<'a> {
    searcher: &'a Searcher,
    passages: u64,
}

impl Bm25StatisticsProvider for PassagesOnly<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.passages)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}

/// Prints the table of records.
pub fn measure(made: &[Passage], rng: &mut Rng) {
    let plain = Layout::Folded.build(made.iter().map(|p| p.text.as_str()));
    // A record is a document without words, behind the last passage of its article.
    let with_records = || {
        made.iter()
            .flat_map(|p| [Some(p.text.as_str()), p.last.then_some("")])
    };
    let mixed = Layout::Folded.build(with_records().flatten());
    let numbers: Vec<usize> = with_records()
        .flatten()
        .scan(0, |passages, text| {
            *passages += usize::from(!text.is_empty());
            Some(*passages - 1)
        })
        .collect();
    let english = stems("en");
    let queries = queries(made, 3, rng);
    let share = 100.0 * made.iter().filter(|p| p.last).count() as f64 / made.len() as f64;
    println!("\n## Records\n");
    println!(
        "{share:.0} records to 100 passages, {} queries.\n",
        queries.len()
    );
    println!("| counted as documents | median shift of scores | largest | other top ten |");
    println!("|---|--:|--:|--:|");
    let all = made.len() as u64;
    for (name, passages) in [
        ("passages and records", None),
        ("**passages only**", Some(all)),
    ] {
        let (mut shifts, mut reordered) = (Vec::new(), 0);
        for words in &queries {
            let before = top(&plain, &english, words, None);
            let after = top(&mixed, &english, words, passages);
            let same = before.iter().zip(&after).all(|(a, b)| a.1 == numbers[b.1]);
            reordered += usize::from(!same);
            shifts.push(shift(&before, &after));
        }
        let largest = shifts.iter().copied().fold(0.0, f64::max);
        let (median, reordered) = (median(shifts), 100 * reordered / queries.len());
        println!("| {name} | {median:.2} % | {largest:.2} % | {reordered} % of queries |");
    }
}

/// The best ten, with scores, by the statistics of tantivy or with so many passages.
fn top(built: &Built, stems: &Stems, words: &[String], passages: Option<u64>) -> Vec<(f32, usize)> {
    let searcher = &built.searcher;
    let query = Layout::Folded.query(searcher, stems, words);
    let best = TopDocs::with_limit(10).order_by_score();
    let found = match passages {
        None => searcher.search(&query, &best),
        Some(passages) => {
            let statistics = PassagesOnly { searcher, passages };
            searcher.search_with_statistics_provider(&query, &best, &statistics)
        }
    };
    let found = found.expect("the query runs");
    found
        .into_iter()
        .map(|(score, address)| (score, address.doc_id as usize))
        .collect()
}

/// By how many per cent the scores of two lists differ, on average.
fn shift(a: &[(f32, usize)], b: &[(f32, usize)]) -> f64 {
    let each = a
        .iter()
        .zip(b)
        .map(|(a, b)| 100.0 * f64::from((a.0 - b.0).abs() / a.0));
    each.sum::<f64>() / a.len() as f64
}
