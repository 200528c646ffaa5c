//! Phrases: where words stand in order, or nearly.
//!
//! Not for what a word is, and not for words that are merely near (`matching`).

use std::collections::BTreeSet;

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

/// Where the words of a phrase stand at most `slop` places out of order: first and last line, for
/// every choice of places.
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
    // Words that stand at the same places, as one that is said several times, are of one sort.
    let same = |places: &Vec<u64>| lines.iter().position(|other| other == places);
    let sorts: Vec<usize> = lines.iter().filter_map(same).collect();
    let mut found = BTreeSet::new();
    for base in bases {
        let allowed: Vec<Vec<u64>> = lines
            .iter()
            .enumerate()
            .map(|(n, places)| {
                let fits = |&&line: &&u64| (base..=base + slop).contains(&shift(line, n));
                places.iter().filter(fits).copied().collect()
            })
            .collect();
        if allowed.iter().any(Vec::is_empty) {
            continue;
        }
        let mut places: Vec<u64> = allowed.iter().flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        // Between the two there is a place for each of the others.
        let apart = lines.len().saturating_sub(1).max(1);
        for (n, &first) in places.iter().enumerate() {
            for &last in places.iter().skip(n + apart) {
                if !found.contains(&(first, last)) && reaches(&allowed, &sorts, first, last) {
                    found.insert((first, last));
                }
            }
        }
    }
    found.into_iter().collect()
}

/// Whether the words can stand so that the first of them is at one place and the last at another.
///
/// Of the words of a sort, later ones may stand later. So if any of them can be the first, the first of
/// those can, for it can change places with it; and the last that can be the last.
fn reaches(allowed: &[Vec<u64>], sorts: &[usize], first: u64, last: u64) -> bool {
    let has = |word: usize, line: u64| allowed[word].contains(&line);
    let words = 0..allowed.len();
    // Whether a word can stand at a place, and none of its sort that is looked at first can.
    let alone = |word: usize, others: &[usize], line: u64| {
        let instead = |&other: &usize| sorts[other] == sorts[word] && has(other, line);
        has(word, line) && !others.iter().any(instead)
    };
    let all: Vec<usize> = words.clone().collect();
    let firsts = words.clone().filter(|&a| alone(a, &all[..a], first));
    firsts.into_iter().any(|a| {
        let others: Vec<usize> = words.clone().filter(|&b| b != a).collect();
        let lasts = (0..others.len()).filter(|&n| alone(others[n], &others[n + 1..], last));
        lasts.map(|n| others[n]).any(|b| {
            let between = |&&line: &&u64| first < line && line < last;
            let rest: Vec<Vec<u64>> = words
                .clone()
                .filter(|&word| word != a && word != b)
                .map(|word| allowed[word].iter().filter(between).copied().collect())
                .collect();
            assigns(&rest)
        })
    })
}

/// Whether every word can have a place of its own.
fn assigns(allowed: &[Vec<u64>]) -> bool {
    let mut owner: Vec<(u64, usize)> = Vec::new();
    (0..allowed.len()).all(|word| place(allowed, word, &mut owner, &mut Vec::new()))
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
    use super::super::random;
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

    /// Every choice of places, tried one by one.
    fn tried(
        lines: &[Vec<u64>],
        slop: u64,
        chosen: &mut Vec<u64>,
        found: &mut BTreeSet<(u64, u64)>,
    ) {
        let Some(places) = lines.get(chosen.len()) else {
            let shifted = || chosen.iter().zip(0..).map(|(&line, n)| line + 9 - n);
            if shifted().max().unwrap() - shifted().min().unwrap() <= slop {
                let (first, last) = (chosen.iter().min(), chosen.iter().max());
                found.insert((*first.unwrap(), *last.unwrap()));
            }
            return;
        };
        for &line in places {
            if !chosen.contains(&line) {
                chosen.push(line);
                tried(lines, slop, chosen, found);
                chosen.pop();
            }
        }
    }

    #[test]
    fn every_choice_of_places_is_found() {
        let mut below = random::below();
        for _ in 0..3000 {
            let mut lines: Vec<Vec<u64>> = (0..2 + below(3))
                .map(|_| (0..12).filter(|_| below(3) == 0).collect())
                .collect();
            // Some words are said again.
            while lines.len() < 5 && below(2) == 0 {
                let said = lines[below(lines.len() as u64) as usize].clone();
                lines.insert(below(lines.len() as u64 + 1) as usize, said);
            }
            let slop = 1 + below(5);
            let mut all = BTreeSet::new();
            tried(&lines, slop, &mut Vec::new(), &mut all);
            let all: Vec<_> = all.into_iter().collect();
            assert_eq!(out_of_order(&lines, slop as u32), all, "{lines:?} ~{slop}");
        }
    }

    #[test]
    fn a_word_said_often_takes_no_time() {
        let start = std::time::Instant::now();
        let places: Vec<u64> = (0..500).collect();
        assert_eq!(
            out_of_order(&vec![places; 12], 50).len(),
            500 * 51 - 51 * 36
        );
        assert!(start.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_word_said_twice_stands_twice() {
        assert!(out_of_order(&[vec![4], vec![4]], 5).is_empty());
        assert_eq!(out_of_order(&[vec![4, 6], vec![4, 6]], 2), [(4, 6)]);
    }
}
