//! Ranking: BM25 of the passage, joined by that of its article.
//!
//! A good passage in an article about the matter beats the same passage elsewhere. Lengths are
//! measured against fixed ones, not the index's average, and sums run in the order of the query, so
//! that a score depends on nothing but the words. Not for choosing what matches.

use super::postings::Block;
use super::words::Leaf;

/// BM25's saturation and length weights.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// The length of a passage and of an article that is neither long nor short, in words.
const PASSAGE: f64 = 140.0;
const ARTICLE: f64 = 400.0;
/// What a word of the headline counts, in words of the text.
const TITLE: f64 = 1.0;
/// The weight of the article's score beside the passage's own.
const WHOLE: f64 = 1.0;

/// The relevance of every passage of an article, in the order of its passages; `lengths` in words.
pub fn relevance(block: &Block, leaves: &[Leaf], lengths: &[f64]) -> Vec<f64> {
    let scored = || leaves.iter().enumerate().filter(|(_, leaf)| leaf.scored);
    let own: Vec<f64> = (0..block.passages)
        .map(|p| {
            let title = if p == 0 { TITLE } else { 0.0 };
            scored()
                .map(|(l, leaf)| {
                    leaf.weight
                        * saturate(
                            block.count(l, p) + title * block.title[l],
                            lengths[p],
                            PASSAGE,
                        )
                })
                .sum()
        })
        .collect();
    let length: f64 = lengths.iter().sum();
    let whole: f64 = scored()
        .map(|(l, leaf)| {
            let count: f64 = (0..block.passages).map(|p| block.count(l, p)).sum();
            leaf.weight * saturate(count + TITLE * block.title[l], length, ARTICLE)
        })
        .sum();
    own.into_iter().map(|own| own + WHOLE * whole).collect()
}

fn saturate(count: f64, length: f64, usual: f64) -> f64 {
    count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / usual))
}

/// The sort key: first how well the passage carries the filters itself, then its relevance.
///
/// Relevance is brought below 1 where there are filters, so that it never outweighs one.
pub fn score(relevance: f64, carried: f64, filters: usize) -> f64 {
    if filters == 0 {
        relevance
    } else {
        carried + relevance / (1.0 + relevance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::Leaf;

    fn leaf() -> Leaf {
        Leaf {
            words: Vec::new(),
            slop: 0,
            weight: 2.0,
            scored: true,
            placed: false,
        }
    }

    #[test]
    fn an_article_about_the_matter_lifts_its_passages() {
        let alone = Block {
            passages: 2,
            counts: vec![1.0, 0.0],
            title: vec![0.0],
        };
        let about = Block {
            passages: 2,
            counts: vec![1.0, 3.0],
            title: vec![1.0],
        };
        let lengths = [100.0, 100.0];
        assert!(
            relevance(&about, &[leaf()], &lengths)[0] > relevance(&alone, &[leaf()], &lengths)[0]
        );
    }

    #[test]
    fn a_filter_outweighs_any_relevance() {
        assert!(score(1e9, 0.0, 1) < score(0.0, 1.0, 1));
        assert!(score(2.0, 1.0, 1) > score(1.0, 1.0, 1));
        assert_eq!(score(3.5, 0.0, 0), 3.5);
    }
}
