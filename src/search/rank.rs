//! Ranking: how well a passage that matches answers the words of a query.
//!
//! BM25 of the passage, of the passage with its neighbours and of its article, joined: a good
//! passage in an article about the matter beats the same passage elsewhere. Lengths are measured
//! against fixed ones, not the index's average, and sums run in the order of the query, so that a
//! score depends on nothing but the words. What each part brings, measured: `benches/RANKING.md`.
//! Not for choosing what matches.

use super::postings::Block;
use super::words::Leaf;
use std::ops::Range;

/// BM25's saturation and length weights.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// The length of a passage, of one with its neighbours and of an article that is neither long nor
/// short, in words.
const PASSAGE: f64 = 140.0;
const VICINITY: f64 = 350.0;
const ARTICLE: f64 = 400.0;
/// What a word of the headline counts, in words of the text.
const TITLE: f64 = 1.0;
/// Words of the query count as near each other within so many words, and as in order within so many.
const WINDOW: u32 = 8;
const ORDERED: u32 = 3;
/// So many of the best passages are looked at for words near each other.
pub const DEPTH: usize = 100;

/// The weights of the parts of a score, each beside the passage's own words, which have 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    /// The article's words.
    pub article: f64,
    /// The words of the passage with its neighbours.
    pub neighbours: f64,
    /// Words in the headline.
    pub headline: f64,
    /// Words of the query near each other and in order.
    pub near: f64,
    /// Another form of a word than the one typed.
    pub form: f64,
    /// The exponent of a word's rarity.
    pub rarity: f64,
    /// Another name of an actor or place than the one typed.
    pub names: f64,
    /// What lies in a place that was typed, or belongs to an actor.
    pub within: f64,
    /// A synonym.
    pub synonyms: f64,
    /// Words below which a passage counts for less.
    pub short: f64,
}

impl Default for Model {
    fn default() -> Model {
        Model {
            article: 1.0,
            neighbours: 0.5,
            headline: 0.5,
            near: 0.3,
            form: 0.7,
            rarity: 1.2,
            names: 0.3,
            within: 0.3,
            synonyms: 0.5,
            short: 15.0,
        }
    }
}

impl Model {
    /// The names of the parts that can be switched off, to measure what each brings.
    pub const PARTS: [&str; 10] = [
        "article",
        "neighbours",
        "headline",
        "near",
        "form",
        "rarity",
        "names",
        "within",
        "synonyms",
        "short",
    ];

    /// The same model without one of its parts; `None` if it has no such part.
    pub fn without(self, part: &str) -> Option<Model> {
        let mut model = self;
        match part {
            "article" => model.article = 0.0,
            "neighbours" => model.neighbours = 0.0,
            "headline" => model.headline = 0.0,
            "near" => model.near = 0.0,
            "form" => model.form = 1.0,
            "rarity" => model.rarity = 1.0,
            "names" => model.names = 0.0,
            "within" => model.within = 0.0,
            "synonyms" => model.synonyms = 0.0,
            "short" => model.short = 0.0,
            _ => return None,
        }
        Some(model)
    }
}

/// The parts of a score.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Parts {
    /// How well the passage carries the filters; only where there are any.
    pub carried: Option<f64>,
    /// The passage's own words.
    pub own: f64,
    /// The words of the passage with its neighbours.
    pub neighbours: f64,
    /// The article's words.
    pub article: f64,
    /// Words in the headline.
    pub headline: f64,
    /// Words of the query near each other; for the best passages only.
    pub near: f64,
}

impl Parts {
    /// The sort key: first how well the passage carries the filters itself, then its relevance.
    ///
    /// Relevance is brought below 1 where there are filters, so that it never outweighs one.
    pub fn score(&self) -> f64 {
        let relevance = self.own + self.neighbours + self.article + self.headline + self.near;
        score(self.carried, relevance)
    }
}

/// The sort key of a passage: how well it carries the filters, where there are any, and its relevance.
pub fn score(carried: Option<f64>, relevance: f64) -> f64 {
    match carried {
        None => relevance,
        Some(carried) => carried + relevance / (1.0 + relevance),
    }
}

/// The relevance without which a passage that carries the filters so does not have such a score.
pub fn needed(carried: Option<f64>, score: f64) -> f64 {
    match carried {
        None => score,
        Some(carried) if carried >= score => 0.0,
        Some(carried) if score - carried >= 1.0 => f64::INFINITY,
        Some(carried) => (score - carried) / (1.0 - (score - carried)),
    }
}

/// The relevance of each passage of an article; `lengths` of its passages, in words.
pub fn relevance<'a>(
    model: &'a Model,
    block: &'a Block,
    leaves: &'a [Leaf],
    lengths: &'a [f64],
) -> impl Fn(usize) -> Parts + 'a {
    let scored = || leaves.iter().enumerate().filter(|(_, l)| l.scored);
    let of = move |passages: Range<usize>, usual: f64| -> f64 {
        let norm = norm(lengths[passages.clone()].iter().sum(), usual);
        let bm25 = |(l, leaf): (usize, &Leaf)| {
            let mut count: f64 = block.part(l, passages.clone()).iter().sum();
            if passages.start == 0 {
                count += TITLE * block.title[l];
            }
            leaf.weight * saturate(count, norm)
        };
        sum(scored().map(bm25))
    };
    let all = block.passages;
    let article = model.article * of(0..all, ARTICLE);
    let in_headline = |(l, leaf): (usize, &Leaf)| {
        leaf.weight * block.title[l] * (K1 + 1.0) / (block.title[l] + K1)
    };
    let headline = model.headline * sum(scored().map(in_headline));
    move |p| {
        // A caption or a by-line says little, whatever words it has.
        let full = (lengths[p] / model.short).min(1.0);
        Parts {
            carried: None,
            own: full * of(p..p + 1, PASSAGE),
            neighbours: model.neighbours * of(around(p, all), VICINITY),
            article,
            headline,
            near: 0.0,
        }
    }
}

/// The lengths that matter for the passages of an article that match, in words: none is shorter.
#[derive(Debug, Clone, Copy)]
pub struct Shortest {
    passage: f64,
    vicinity: f64,
    article: f64,
}

impl Shortest {
    /// Of any article.
    pub const ANY: Shortest = Shortest {
        passage: 0.0,
        vicinity: 0.0,
        article: 0.0,
    };

    /// Of passages and articles that are not brief: half as long as those that are neither long nor short.
    pub const USUAL: Shortest = Shortest {
        passage: PASSAGE / 2.0,
        vicinity: PASSAGE / 2.0,
        article: ARTICLE / 2.0,
    };

    /// Whether they hold for a passage of so many words in an article of so many.
    pub fn holds(&self, passage: u32, article: u32) -> bool {
        let (passage, article) = (f64::from(passage), f64::from(article));
        passage >= self.passage.max(self.vicinity) && article >= self.article
    }

    /// Of these passages, of an article whose passages have these lengths.
    pub fn of(matched: &[usize], lengths: &[f64]) -> Shortest {
        let (mut passage, mut vicinity) = (f64::INFINITY, f64::INFINITY);
        for &p in matched {
            passage = passage.min(lengths[p]);
            vicinity = vicinity.min(lengths[around(p, lengths.len())].iter().sum());
        }
        Shortest {
            passage,
            vicinity,
            article: lengths.iter().sum(),
        }
    }
}

/// The most that a leaf of weight 1 can add to the relevance of a passage: what it would if all its
/// occurrences in the text of the article stood in that passage, beside those in the headline.
pub fn most(model: &Model, shortest: &Shortest, text: f64, title: f64) -> f64 {
    let all = text + TITLE * title;
    // A passage shorter than a full one counts for less than its shortness brings.
    let own = saturate(all, norm(shortest.passage.max(model.short), PASSAGE));
    let neighbours = saturate(all, norm(shortest.vicinity, VICINITY));
    let article = saturate(all, norm(shortest.article, ARTICLE));
    let headline = saturate(title, K1);
    let most =
        own + model.neighbours * neighbours + model.article * article + model.headline * headline;
    // What is added in another order may come out a little higher.
    1.000_001 * most
}

/// A passage and its neighbours, of so many.
fn around(passage: usize, all: usize) -> Range<usize> {
    passage.saturating_sub(1)..(passage + 2).min(all)
}

/// BM25's saturation of a count, whatever it is of: the shorter the text, the sooner.
fn saturate(count: f64, norm: f64) -> f64 {
    count * (K1 + 1.0) / (count + norm)
}

/// What a length does to saturation, beside the usual one.
fn norm(length: f64, usual: f64) -> f64 {
    K1 * (1.0 - B + B * length / usual)
}

/// What words of the query near each other add: for each pair of neighbours in the query, how often
/// they stand in order and how often within a window. `places` are first and last words, by leaf;
/// `weights` those of the leaves.
pub fn nearness(model: &Model, places: &[Vec<(u32, u32)>], weights: &[f64]) -> f64 {
    let pairs = places.windows(2).zip(weights.windows(2));
    let each = pairs.map(|(places, weights)| {
        let (mut ordered, mut near) = (0.0, 0.0);
        for &(start, end) in &places[0] {
            let in_order = |&(s, _): &(u32, u32)| s > end && s - end <= ORDERED;
            let close = |&(s, e): &(u32, u32)| {
                let apart = s.saturating_sub(end).max(start.saturating_sub(e));
                apart > 0 && apart < WINDOW
            };
            ordered += f64::from(u8::from(places[1].iter().any(in_order)));
            near += f64::from(u8::from(places[1].iter().any(close)));
        }
        let saturated = |count: f64| count * (K1 + 1.0) / (count + K1);
        (weights[0] * weights[1]).sqrt() * (saturated(ordered) + saturated(near))
    });
    model.near * sum(each)
}

/// A sum which is 0 where there is nothing to add: that of the library is -0 then, and is shown so.
pub fn sum(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |sum, number| sum + number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf() -> Leaf {
        Leaf {
            words: Vec::new(),
            slop: 0,
            weight: 2.0,
            scored: true,
            placed: false,
            carries: None,
            stands_for: None,
        }
    }

    #[test]
    fn an_article_about_the_matter_lifts_its_passages() {
        let block = |counts: Vec<f64>, title| Block {
            passages: 2,
            counts,
            title: vec![title],
        };
        let score = |block: &Block| {
            let (model, leaves) = (Model::default(), [leaf()]);
            relevance(&model, block, &leaves, &[100.0, 100.0])(0).score()
        };
        assert!(score(&block(vec![1.0, 3.0], 1.0)) > score(&block(vec![1.0, 0.0], 0.0)));
    }

    #[test]
    fn a_filter_outweighs_any_relevance() {
        let score = |own, carried| {
            let parts = Parts {
                own,
                carried,
                ..Parts::default()
            };
            parts.score()
        };
        assert!(score(1e9, Some(0.0)) < score(0.0, Some(1.0)));
        assert!(score(2.0, Some(1.0)) > score(1.0, Some(1.0)));
        assert_eq!(score(3.5, None), 3.5);
        for (relevance, carried) in [
            (0.0, None),
            (3.5, None),
            (0.0, Some(1.0)),
            (7.5, Some(0.75)),
        ] {
            let needed = needed(carried, super::score(carried, relevance));
            assert!((needed - relevance).abs() < 1e-9);
        }
        assert_eq!(needed(Some(1.0), 2.0), f64::INFINITY);
    }

    #[test]
    fn neighbours_in_order_count_more_than_words_far_apart() {
        let near = |a, b| {
            nearness(
                &Model::default(),
                &[vec![(a, a)], vec![(b, b)]],
                &[2.0, 2.0],
            )
        };
        assert!(near(3, 4) > near(4, 3));
        assert!(near(4, 3) > 0.0);
        assert_eq!(near(3, 30), 0.0);
    }

    #[test]
    fn no_passage_scores_more_than_its_article_can() {
        let (model, leaves) = (Model::default(), [leaf()]);
        for n in 0..2000u32 {
            let digit = |by: u32| f64::from(n / by % 5);
            let (counts, title) = (vec![digit(1), 0.7 * digit(5), 30.0 * digit(25)], digit(125));
            let all = counts.iter().sum();
            let block = Block {
                passages: 3,
                counts,
                title: vec![title],
            };
            let lengths = [1.0 + digit(7), 4.0 * digit(11), 300.0 * digit(13)];
            let relevance = relevance(&model, &block, &leaves, &lengths);
            for matched in [&[0, 1, 2][..], &[1], &[0, 2]] {
                let shortest = Shortest::of(matched, &lengths);
                let most = leaves[0].weight * most(&model, &shortest, all, title);
                assert!(matched.iter().all(|&p| relevance(p).score() <= most), "{n}");
            }
        }
    }

    #[test]
    fn every_part_can_be_switched_off() {
        for part in Model::PARTS {
            let without = Model::default().without(part);
            assert!(without.is_some_and(|m| m != Model::default()), "{part}");
        }
        assert_eq!(Model::default().without("nothing"), None);
    }
}
