//! Stop words: words of English too common to search for beside others.
//!
//! Not for weights, which `search` has from the index.

use super::fold;

/// Reports whether `word` is one.
pub fn is_stop(word: &str) -> bool {
    STOP.binary_search(&fold(word).as_str()).is_ok()
}

/// Sorted.
const STOP: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "been", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "for", "from",
    "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "itself", "me", "more", "most", "my", "no", "nor", "not",
    "of", "off", "on", "once", "only", "or", "other", "our", "out", "over", "own", "same", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "very",
    "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why",
    "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    #[test]
    fn stop_words_are_sorted() {
        assert!(super::STOP.windows(2).all(|w| w[0] < w[1]));
    }
}
