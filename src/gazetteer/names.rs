//! Names: from a key, or from a place in a text, to everything that bears the name.
//!
//! One walk down the fst from a word finds every name that begins there. Not for choosing among the
//! bearers, and not for judging whether the text means a name at all.

use super::format::{Section, u32_at};
use super::layer::Layer;
use super::{Candidate, Gazetteer, Key, Tokens};

/// The bearers of a name, most prominent first.
#[derive(Clone, Copy, Default)]
pub struct Candidates<'g> {
    list: &'g [u8],
    sole: Option<Candidate>,
}

impl<'g> Candidates<'g> {
    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.list.len() / 4 + usize::from(self.sole.is_some())
    }

    /// Reports whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the bearers, most prominent first.
    pub fn iter(&self) -> impl Iterator<Item = Candidate> + use<'g> {
        let list = self.list;
        self.sole
            .into_iter()
            .chain((0..list.len() / 4).map(move |i| Candidate(u32_at(list, i * 4))))
    }
}

/// A name found in a text: how many words it has, and its key's value.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// How many words of the text it covers.
    pub words: usize,
    /// Flags and candidates.
    pub key: Key,
}

/// What the table of names has under a word: the word as a name, and where longer names go on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Head {
    /// The key of the word alone.
    pub key: Option<Key>,
    /// Where the walk stands behind the word, and what it has gathered.
    longer: Option<(usize, u64)>,
    /// How the next words of longer names begin, a bit for some pairs of letters: most words that
    /// follow in a text are none of them, and need no walk.
    next: Option<u64>,
}

impl Head {
    /// Whether there are longer names that begin so.
    pub fn goes_on(&self) -> bool {
        self.longer.is_some()
    }
}

impl Gazetteer {
    /// Returns all bearers of a folded key (see [`super::name_key`]).
    pub fn names(&self, key: &str) -> Candidates<'_> {
        self.lookup(key)
            .map_or_else(Candidates::default, |k| self.candidates(k))
    }

    /// Returns what the table of names says of a folded key.
    pub fn lookup(&self, key: &str) -> Option<Key> {
        let found = |layer: &Layer| Some(Key(layer.fst().ok()?.get(key)?.value()));
        self.layers().find_map(found)
    }

    /// Returns the bearers that a key stands for.
    pub fn candidates(&self, key: Key) -> Candidates<'_> {
        if key.has(Key::SOLE) {
            return Candidates {
                list: &[],
                sole: Some(Candidate(key.payload())),
            };
        }
        if !key.has(Key::LIST) {
            return Candidates::default();
        }
        // The lists of a layer are numbered on from those below it.
        let mut at = key.payload() as usize * 4;
        let mut lists = self.base.section(Section::Lists);
        for layer in &self.own {
            if at < lists.len() {
                break;
            }
            at -= lists.len();
            lists = layer.section(Section::Lists);
        }
        let count = u32_at(lists, at) as usize;
        Candidates {
            list: lists.get(at + 4..at + 4 + count * 4).unwrap_or(&[]),
            sole: None,
        }
    }

    /// Returns the longest name that begins with the word at `i`.
    ///
    /// ```
    /// use belli::gazetteer::{Gazetteer, Tokens};
    /// let tokens = Tokens::new("in New York City today");
    /// let found = Gazetteer::builtin().longest(&tokens, 1);
    /// assert_eq!(found.map(|f| f.words), Some(3));
    /// ```
    pub fn longest(&self, tokens: &Tokens, i: usize) -> Option<Found> {
        let mut last = None;
        self.each_name(tokens, i, |found| last = Some(found));
        last
    }

    /// Calls `each` with every name that begins with the word at `i`, shortest first.
    pub fn each_name(&self, tokens: &Tokens, i: usize, each: impl FnMut(Found)) {
        self.each_name_after(&self.head(tokens.folded(i)), tokens, i, each);
    }

    /// Walks down a folded word.
    pub fn head(&self, word: &str) -> Head {
        let mut head = walk_word(&self.base, word);
        head.next = head.longer.map(|(node, _)| beginnings(&self.base, node));
        let own = self.own.iter().rev();
        let keys = own.filter_map(|layer| walk_word(layer, word).key);
        head.key = keys.chain(head.key).next();
        head
    }

    /// As [`Gazetteer::each_name`], from the `head` of the word at `i` on.
    pub fn each_name_after(
        &self,
        head: &Head,
        tokens: &Tokens,
        i: usize,
        mut each: impl FnMut(Found),
    ) {
        if let Some(key) = head.key {
            each(Found { words: 1, key });
        }
        if self.own.is_empty() {
            return walk_on(&self.base, head, tokens, i, each);
        }
        // The uppermost layer that has a name decides it.
        let mut found: Vec<Found> = Vec::new();
        let mut note = |name: Found| {
            if !found.iter().any(|f| f.words == name.words) {
                found.push(name);
            }
        };
        for layer in self.own.iter().rev() {
            let head = walk_word(layer, tokens.folded(i));
            walk_on(layer, &head, tokens, i, &mut note);
        }
        walk_on(&self.base, head, tokens, i, note);
        found.sort_by_key(|f| f.words);
        found.into_iter().for_each(each);
    }
}

fn walk_word(layer: &Layer, word: &str) -> Head {
    let Ok(fst) = layer.fst() else {
        return Head::default();
    };
    let (mut node, mut out) = (fst.root(), 0);
    for &b in word.as_bytes() {
        let Some(t) = node.find_input(b) else {
            return Head::default();
        };
        let t = node.transition(t);
        out += t.out.value();
        node = fst.node(t.addr);
    }
    let alone = node.is_final() && !word.is_empty();
    Head {
        key: alone.then(|| Key(out + node.final_output().value())),
        longer: (!node.is_empty()).then(|| (node.addr(), out)),
        next: None,
    }
}

/// The first two letters of the words that go on from a node, as [`pair`]s.
fn beginnings(layer: &Layer, node: usize) -> u64 {
    let Ok(fst) = layer.fst() else { return 0 };
    let space = fst.node(node);
    let Some(space) = space.find_input(b' ').map(|t| space.transition(t)) else {
        return 0;
    };
    let mut found = 0;
    for first in fst.node(space.addr).transitions() {
        let node = fst.node(first.addr);
        let alone = node.is_final().then_some(b' ');
        let seconds = node.transitions().map(|t| t.inp).chain(alone);
        found |= seconds.fold(0, |found, second| found | pair(first.inp, second));
    }
    found
}

/// The bit of two letters; a word of one has a space behind it.
fn pair(first: u8, second: u8) -> u64 {
    1 << ((first.wrapping_mul(31) ^ second) % 64)
}

/// Calls `each` with the names of several words that begin with the word at `i`.
fn walk_on(layer: &Layer, head: &Head, tokens: &Tokens, i: usize, mut each: impl FnMut(Found)) {
    let Some((node, mut out)) = head.longer else {
        return;
    };
    let Some(mut at) = tokens.get(i).map(|t| t.folded.1 as usize) else {
        return;
    };
    if let (Some(next), [b' ', first, rest @ ..]) = (head.next, &tokens.buffer()[at..])
        && let second = rest.first().copied().unwrap_or(b' ')
        // Behind a word of one letter another may stand without a space.
        && (second == b' ' || tokens.folded(i + 1).len() > 1)
        && next & pair(*first, second) == 0
    {
        return;
    }
    let Ok(fst) = layer.fst() else { return };
    let mut node = fst.node(node);
    for n in i + 1..tokens.len() {
        if !tokens.joins(n) {
            return;
        }
        // From the end of the last word on, so that the space between is walked as well.
        let end = tokens.list()[n].folded.1 as usize;
        for &b in &tokens.buffer()[at..end] {
            let Some(t) = node.find_input(b) else { return };
            let t = node.transition(t);
            out += t.out.value();
            node = fst.node(t.addr);
        }
        at = end;
        if node.is_final() {
            each(Found {
                words: n + 1 - i,
                key: Key(out + node.final_output().value()),
            });
        }
    }
}
