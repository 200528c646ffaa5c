//! Hashing for the small tables of extraction: keys are words, nobody chooses them to collide.
//!
//! The standard hasher withstands attack at a cost that shows in every word. No table made with it
//! may be iterated where the order reaches the output.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fold>>;
/// A set of words.
pub(super) type Set<K> = HashSet<K, BuildHasherDefault<Fold>>;

/// Multiplies and rotates eight bytes at a time.
#[derive(Default)]
pub(super) struct Fold(u64);

impl Fold {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Fold {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            // Byte by byte into a word: copying a few bytes costs more than the loop.
            self.add(rest.iter().fold(0, |word, &b| word << 8 | u64::from(b)));
        }
    }

    // The mark that ends a string tells nothing apart here.
    fn write_u8(&mut self, _: u8) {}

    fn write_u32(&mut self, n: u32) {
        self.add(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }

    fn write_u128(&mut self, n: u128) {
        self.add(n as u64);
        self.add((n >> 64) as u64);
    }

    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }

    fn finish(&self) -> u64 {
        // The table takes its bits from both ends.
        self.0 ^ self.0 >> 32
    }
}
