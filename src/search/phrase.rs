//! Phrases: where words stand in order, or nearly.
//!
//! Not for what a word is, and not for words that are merely near (`matching`).

/// Where the words of a phrase stand in order: the line of the first one, for each time.
///
/// `lines[i]` are the places of the i-th word, sorted.
pub(super) fn in_order(lines: &[Vec<u64>]) -> Vec<(u64, u64)> {
    let Some((first, rest)) = lines.split_first() else {
        return Vec::new();
    };
    let follows = |&&start: &&u64| {
        rest.iter()
            .zip(1..)
            .all(|(places, n)| places.binary_search(&(start + n)).is_ok())
    };
    let last = rest.len() as u64;
    first
        .iter()
        .filter(follows)
        .map(|&start| (start, start + last))
        .collect()
}

/// Where the words of a phrase stand at most `slop` places out of order: first and last line.
///
/// The words stand in order when each line, less the word's number in the phrase, is the same.
/// How far these numbers lie apart is how much they are out of order: a word between two costs 1,
/// two neighbours exchanged cost 2. No two words of the phrase stand at the same place.
pub(super) fn out_of_order(lines: &[Vec<u64>], slop: u32) -> Vec<(u64, u64)> {
    let slop = u64::from(slop);
    let words = lines.len() as u64;
    // Shifted by the number of words, so that nothing falls below zero.
    let shift = |line: u64, word: usize| line + words - word as u64;
    let mut bases: Vec<u64> = lines
        .iter()
        .enumerate()
        .flat_map(|(n, places)| places.iter().map(move |&line| shift(line, n)))
        .collect();
    bases.sort_unstable();
    bases.dedup();
    let mut found = Vec::new();
    for base in bases {
        let allowed: Vec<Vec<u64>> = lines
            .iter()
            .enumerate()
            .map(|(n, places)| {
                let fits = |&&line: &&u64| (base..=base + slop).contains(&shift(line, n));
                places.iter().filter(fits).copied().collect()
            })
            .collect();
        if let Some(chosen) = assign(&allowed)
            && let (Some(&first), Some(&last)) = (chosen.iter().min(), chosen.iter().max())
        {
            found.push((first, last));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Gives every word a place of its own, if that can be done.
fn assign(allowed: &[Vec<u64>]) -> Option<Vec<u64>> {
    let mut owner: Vec<(u64, usize)> = Vec::new();
    for word in 0..allowed.len() {
        let mut tried = Vec::new();
        if !place(allowed, word, &mut owner, &mut tried) {
            return None;
        }
    }
    Some(owner.into_iter().map(|(line, _)| line).collect())
}

/// Finds a place for a word, moving others where that helps.
fn place(
    allowed: &[Vec<u64>],
    word: usize,
    owner: &mut Vec<(u64, usize)>,
    tried: &mut Vec<u64>,
) -> bool {
    for &line in &allowed[word] {
        if tried.contains(&line) {
            continue;
        }
        tried.push(line);
        match owner.iter().position(|(taken, _)| *taken == line) {
            None => {
                owner.push((line, word));
                return true;
            }
            Some(n) => {
                let other = owner[n].1;
                if place(allowed, other, owner, tried) {
                    // The other one has moved; its old place is this word's.
                    owner.retain(|&(taken, by)| !(taken == line && by == other));
                    owner.push((line, word));
                    return true;
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slop_counts_places_out_of_order() {
        // forces(0) were(1) attacked(2); attacked(7) forces(8)
        let lines = [vec![0, 8], vec![2, 7]];
        assert!(in_order(&lines).is_empty());
        assert_eq!(out_of_order(&lines, 1), [(0, 2)]);
        assert_eq!(out_of_order(&lines, 2), [(0, 2), (7, 8)]);
        assert_eq!(in_order(&[vec![3], vec![4], vec![5]]), [(3, 5)]);
    }

    #[test]
    fn a_word_said_twice_stands_twice() {
        assert!(out_of_order(&[vec![4], vec![4]], 5).is_empty());
        assert_eq!(out_of_order(&[vec![4, 6], vec![4, 6]], 2), [(4, 6)]);
    }
}
