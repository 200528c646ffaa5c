//! Spans: where in a text a query's words stand, found by the same words that matched.
//!
//! A phrase is one span, from its first word to its last. Not for matching, and not for colours.

use super::words::Leaf;
use crate::analysis::{fold_into, words};
use crate::query::Occur;
use std::ops::Range;

/// The byte ranges of `text` that the leaves match, in order, overlapping ones joined.
pub fn spans(text: &str, leaves: &[Leaf]) -> Vec<Range<usize>> {
    let mut terms: Vec<(Range<usize>, String)> = Vec::new();
    for word in words(text) {
        let mut folded = String::new();
        fold_into(&text[word.clone()], &mut folded);
        if !folded.is_empty() {
            terms.push((word, folded));
        }
    }
    let mut found = Vec::new();
    for leaf in leaves.iter().filter(|l| l.occur != Occur::Not) {
        for window in terms.windows(leaf.words.len()) {
            if window
                .iter()
                .zip(&leaf.words)
                .all(|((_, term), word)| word.forms.contains(term))
            {
                found.push(window[0].0.start..window[window.len() - 1].0.end);
            }
        }
    }
    found.sort_by_key(|r| (r.start, r.end));
    join(found)
}

fn join(sorted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::Forms;

    fn leaf(words: &[&str]) -> Leaf {
        let forms = |w: &&str| Forms {
            forms: [w.to_string()].into(),
        };
        Leaf {
            occur: Occur::Any,
            words: words.iter().map(forms).collect(),
            weight: 1.0,
        }
    }

    #[test]
    fn a_phrase_is_one_span() {
        let text = "The Red Cross, not the red flag.";
        let found = spans(text, &[leaf(&["red", "cross"]), leaf(&["flag"])]);
        assert_eq!(
            found.iter().map(|r| &text[r.clone()]).collect::<Vec<_>>(),
            ["Red Cross", "flag"]
        );
    }
}
