//! Judgements: what was judged relevant to which query, and how well a ranking does by it.
//!
//! The file is that of TREC: query id, anything, id, grade. An article's id is its path; a
//! passage's is `path#N`, or `path:START-END` for bytes of the file that a passage has to share.
//! Measures are those of the standard tools, with linear gain; among hits of equal score the
//! relevant ones come last, so that ties never flatter. Not for searching, not for printing.

use super::{Hit, rank};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What was judged, by query id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judgements(BTreeMap<String, Vec<Judged>>);

/// Something that was judged for a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The id, as the file has it.
    pub id: String,
    /// 0 is not relevant; the higher, the better.
    pub grade: u32,
    bytes: Option<(String, Range<usize>)>,
}

/// A hit of a ranking that is to be measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Its id, as a TREC run has it.
    pub id: String,
    /// Its path as it is part of the id, and its bytes in the file, where there are any.
    pub bytes: Option<(String, Range<usize>)>,
    /// The higher, the better.
    pub score: f64,
}

/// How well one query, or all of them, did: from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Discounted gain of the first ten, as a share of the best possible one.
    pub ndcg_10: f64,
    /// Mean precision at the relevant ones.
    pub map: f64,
    /// One over the rank of the first relevant one, within the first ten.
    pub mrr_10: f64,
    /// Share of relevant ones among the first five.
    pub p_5: f64,
    /// Share of the relevant ones among the first hundred.
    pub recall_100: f64,
}

impl Judgements {
    /// Reads a file of judgements.
    ///
    /// # Errors
    /// A line without four columns, a grade that is no number, an id that is judged twice for a
    /// query: with the number of the line. Negative grades count as 0.
    pub fn parse(text: &str) -> Result<Judgements, String> {
        let mut judged: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
        let mut lines = HashMap::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (n, line) in text.lines().enumerate().map(|(n, l)| (n + 1, l)) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (qid, id, grade) = match columns[..] {
                [] => continue,
                [qid, _, id, grade] => (qid, id, grade),
                _ => {
                    return Err(format!(
                        "{n}: {} columns; write four: query id, 0, id, grade (%20 for a space in an id)",
                        columns.len()
                    ));
                }
            };
            let grade: i64 = grade
                .parse()
                .map_err(|_| format!("{n}: the grade {grade} is no whole number"))?;
            if let Some(before) = lines.insert((qid, id), n) {
                return Err(format!(
                    "{n}: {id} is judged for {qid} on line {before} too"
                ));
            }
            judged.entry(qid.to_owned()).or_default().push(Judged {
                id: id.to_owned(),
                grade: grade.clamp(0, i64::from(u32::MAX)) as u32,
                bytes: bytes(id),
            });
        }
        Ok(Judgements(judged))
    }

    /// What was judged for a query, where anything relevant was.
    pub fn of(&self, qid: &str) -> Option<&[Judged]> {
        let judged = self.0.get(qid)?;
        judged.iter().any(|j| j.grade > 0).then_some(judged)
    }

    /// The ids of the queries that have anything relevant, in order.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(|(_, judged)| judged.iter().any(|j| j.grade > 0))
            .map(|(qid, _)| qid.as_str())
    }
}

/// The path and the bytes of `path:START-END`.
fn bytes(id: &str) -> Option<(String, Range<usize>)> {
    let (path, range) = id.rsplit_once(':')?;
    let (start, end) = range.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then(|| (path.to_owned(), start..end))
}

impl Ranked {
    /// Makes a hit's id into what judgements can name: of the article, or of the passage.
    pub fn new(id: String, path: String, hit: &Hit) -> Ranked {
        Ranked {
            id,
            bytes: hit.bytes.map(|(start, end)| (path, start..end)),
            score: hit.score,
        }
    }

    /// Whether this is what was judged: bytes have to share half of the shorter range.
    fn is(&self, judged: &Judged) -> bool {
        if self.id == judged.id {
            return true;
        }
        let (Some((path, ours)), Some((of, theirs))) = (&self.bytes, &judged.bytes) else {
            return false;
        };
        let shared = ours
            .end
            .min(theirs.end)
            .saturating_sub(ours.start.max(theirs.start));
        path == of && 2 * shared >= ours.len().min(theirs.len()).max(1)
    }
}

impl Measures {
    /// Measures the ranking of one query. What was not judged counts as not relevant; what was
    /// found once already counts no second time.
    pub fn of(ranked: &[Ranked], judged: &[Judged]) -> Measures {
        let mut sorted: Vec<(&Ranked, u32)> = ranked
            .iter()
            .map(|hit| {
                let grades = judged.iter().filter(|j| hit.is(j)).map(|j| j.grade);
                (hit, grades.max().unwrap_or(0))
            })
            .collect();
        sorted.sort_by(|(a, good), (b, better)| {
            let ties = (*good > 0, a.id.as_str()).cmp(&(*better > 0, b.id.as_str()));
            b.score.total_cmp(&a.score).then(ties)
        });
        let mut left: Vec<&Judged> = judged.iter().filter(|j| j.grade > 0).collect();
        left.sort_by_key(|j| Reverse(j.grade));
        let grades: Vec<u32> = sorted
            .iter()
            .map(|(hit, _)| {
                let found = left.iter().position(|j| hit.is(j));
                found.map_or(0, |n| left.remove(n).grade)
            })
            .collect();
        Measures::of_grades(&grades, judged)
    }

    fn of_grades(grades: &[u32], judged: &[Judged]) -> Measures {
        let mut ideal: Vec<u32> = judged.iter().map(|j| j.grade).filter(|&g| g > 0).collect();
        ideal.sort_unstable_by_key(|&g| Reverse(g));
        let relevant = ideal.len() as f64;
        let hits = |first: usize| grades.iter().take(first).filter(|&&g| g > 0).count() as f64;
        let precisions = (0..grades.len())
            .filter(|&n| grades[n] > 0)
            .map(|n| hits(n + 1) / (n + 1) as f64);
        let first = grades.iter().take(10).position(|&g| g > 0);
        Measures {
            ndcg_10: gain(grades) / gain(&ideal),
            map: rank::sum(precisions) / relevant,
            mrr_10: first.map_or(0.0, |n| 1.0 / (n + 1) as f64),
            p_5: hits(5) / 5.0,
            recall_100: hits(100) / relevant,
        }
    }

    /// The mean over queries; zeros for none.
    pub fn mean(of: &[Measures]) -> Measures {
        let mean =
            |value: fn(&Measures) -> f64| rank::sum(of.iter().map(value)) / of.len().max(1) as f64;
        Measures {
            ndcg_10: mean(|m| m.ndcg_10),
            map: mean(|m| m.map),
            mrr_10: mean(|m| m.mrr_10),
            p_5: mean(|m| m.p_5),
            recall_100: mean(|m| m.recall_100),
        }
    }
}

/// Discounted gain of the first ten.
fn gain(grades: &[u32]) -> f64 {
    let discounted = |(n, &grade): (usize, &u32)| f64::from(grade) / (n as f64 + 2.0).log2();
    rank::sum(grades.iter().take(10).enumerate().map(discounted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(hits: &[(&str, f64)]) -> Vec<Ranked> {
        let ranked = |(id, score): &(&str, f64)| Ranked {
            id: (*id).to_owned(),
            bytes: None,
            score: *score,
        };
        hits.iter().map(ranked).collect()
    }

    #[test]
    fn measures_agree_with_a_computation_by_hand() {
        let judged = Judgements::parse("q 0 a 2\nq 0 b 1\nq 0 c 0\nq 0 d 1\nr 0 x 0\n").unwrap();
        assert_eq!(judged.queries().collect::<Vec<_>>(), ["q"]);
        assert!(judged.of("r").is_none());
        let hits = ranked(&[("c", 9.0), ("a", 8.0), ("z", 7.0), ("b", 6.0)]);
        let m = Measures::of(&hits, judged.of("q").unwrap());
        // Gains 0 2 0 1 against 2 1 1: (2/log2 3 + 1/log2 5) / (2/log2 2 + 1/log2 3 + 1/log2 4).
        assert!((m.ndcg_10 - (1.261_859_5 + 0.430_676_6) / (2.0 + 0.630_929_8 + 0.5)).abs() < 1e-6);
        assert!((m.map - (1.0 / 2.0 + 2.0 / 4.0) / 3.0).abs() < 1e-12);
        assert_eq!((m.mrr_10, m.p_5), (0.5, 0.4));
        assert!((m.recall_100 - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn ties_are_broken_against_us() {
        let judged = Judgements::parse("q 0 a 1").unwrap();
        let m = Measures::of(&ranked(&[("a", 1.0), ("b", 1.0)]), judged.of("q").unwrap());
        assert_eq!(m.mrr_10, 0.5);
    }

    #[test]
    fn a_passage_is_right_when_it_shares_half_of_the_shorter_range() {
        let judged = Judgements::parse("q 0 a.txt:100-200 1").unwrap();
        let hit = |bytes: Range<usize>| Ranked {
            id: "a.txt#0".into(),
            bytes: Some(("a.txt".into(), bytes)),
            score: 1.0,
        };
        let mrr = |bytes| Measures::of(&[hit(bytes)], judged.of("q").unwrap()).mrr_10;
        assert_eq!([mrr(0..150), mrr(0..149), mrr(120..140)], [1.0, 0.0, 1.0]);
    }

    #[test]
    fn bad_lines_are_named() {
        let error = |text| Judgements::parse(text).unwrap_err();
        assert!(error("q 0 a 1\nq a 1").starts_with("2: 3 columns"));
        assert!(error("q 0 a yes").contains("no whole number"));
        assert!(error("q 0 a 1\nq 0 a 0").contains("line 1"));
    }
}
