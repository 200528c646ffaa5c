//! Hashing for the small tables of one text: keys are words, nobody attacks them.
//!
//! The standard hasher withstands attack at a cost that shows in recognition.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map of one text's names.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fold>>;
/// A set of one text's names.
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
        for chunk in bytes.chunks(8) {
            self.add(chunk.iter().fold(0, |word, &b| word << 8 | u64::from(b)));
        }
    }

    fn write_u32(&mut self, n: u32) {
        self.add(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }

    fn finish(&self) -> u64 {
        // The table takes its bits from both ends.
        self.0 ^ self.0 >> 32
    }
}
