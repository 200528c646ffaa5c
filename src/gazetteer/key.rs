//! Keys of names: the folded form under which the fst holds a name.
//!
//! Words are folded and joined by one space, except where a dictionary cut a run of letters
//! (Chinese, Thai, Burmese): how such a run is cut depends on its surroundings, so the cuts inside
//! a name must not matter. Not for text, which `names` walks word by word.

use crate::analysis::{fold_into, words};

/// Returns the key of `name`; a leading English article is no part of it.
pub fn name_key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut end = usize::MAX;
    for word in words(name) {
        let before = out.len();
        if before > 0 && word.start != end {
            out.push(' ');
        }
        let from = out.len();
        fold_into(&name[word.clone()], &mut out);
        if out.len() == from {
            out.truncate(before);
        } else {
            end = word.end;
        }
    }
    match out.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() => rest.to_string(),
        _ => out,
    }
}
