//! Cast: the actors found so far, each under one id, and which words are spoken for.
//!
//! It merges by id only; which mention belongs to whom is decided by the rules.

use crate::extract::hash::Map;
use crate::gazetteer::{Entry, Gazetteer, name_key};
use std::ops::Range;

/// An actor under construction; mentions are ranges of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Member {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub country: Option<String>,
    pub parents: Vec<String>,
    pub mentions: Vec<Range<usize>>,
    /// Words of the fullest name of a person or an organisation that the text gives, folded.
    pub key: String,
}

/// Why a span of words is spoken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It is part of the name of an organisation, a group or a person, or an adjective of a people.
    Name,
    /// A country or its capital that acts: some readers call it a place all the same.
    Acting,
}

/// All actors of a text.
pub(super) struct Cast<'a> {
    pub members: Vec<Member>,
    pub claims: Vec<(Range<usize>, Hold)>,
    by_id: Map<String, usize>,
    by_row: Map<u32, usize>,
    /// The first members that only the text knows, by the words of their names but the first, and
    /// how many members have been split so.
    by_inner: Map<String, Vec<usize>>,
    split: usize,
    /// All mentions, in the order in which they were taken.
    pub taken: Vec<Range<usize>>,
    owner: Vec<u32>,
    gazetteer: &'a Gazetteer,
}

impl<'a> Cast<'a> {
    pub fn new(words: usize, gazetteer: &'a Gazetteer) -> Self {
        Cast {
            members: Vec::new(),
            claims: Vec::new(),
            by_id: Map::default(),
            by_row: Map::default(),
            by_inner: Map::default(),
            split: 0,
            taken: Vec::new(),
            owner: vec![0; words],
            gazetteer,
        }
    }

    /// The member of a gazetteer entry.
    pub fn entry(&mut self, entry: Entry<'_>) -> usize {
        if let Some(&at) = self.by_row.get(&entry.row()) {
            return at;
        }
        let id = entry.id();
        let at = match self.by_id.get(&id) {
            Some(&at) => at,
            None => self.join(entry, id),
        };
        self.by_row.insert(entry.row(), at);
        at
    }

    fn join(&mut self, entry: Entry<'_>, id: String) -> usize {
        let kind = entry.kind_name();
        let country = entry.country().map(str::to_string);
        self.push(Member {
            name: entry.name().to_string(),
            key: name_key(entry.name()),
            kind,
            country,
            id,
            ..Member::default()
        })
    }

    /// The member of an organ of a state: `state:AZE/military`.
    pub fn organ(&mut self, state: Entry<'_>, organ: &str) -> usize {
        let id = format!("{}/{organ}", state.id());
        match self.gazetteer.entry(&id) {
            Some(entry) => self.entry(entry),
            None => self.entry(state),
        }
    }

    /// The member for a name that only the text knows.
    pub fn text(&mut self, name: &str, kind: &'static str) -> usize {
        let key = name_key(name);
        let id = format!("text:{key}");
        if let Some(&at) = self.by_id.get(&id) {
            return at;
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.push(Member {
            id,
            name,
            key,
            kind,
            ..Member::default()
        })
    }

    fn push(&mut self, member: Member) -> usize {
        let at = self.members.len();
        self.by_id.insert(member.id.clone(), at);
        self.members.push(member);
        at
    }

    /// The only person that just the text knows of whose name a word is an inner part: `Elena` of
    /// `Francisco Elena Fuentes`.
    pub fn partly(&mut self, word: &str) -> Option<usize> {
        for at in self.split..self.members.len() {
            let member = &self.members[at];
            if member.id.starts_with("text:") {
                for word in member.key.split(' ').skip(1) {
                    let list = self.by_inner.entry(word.to_string()).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        self.split = self.members.len();
        let mut found = self
            .by_inner
            .get(word)?
            .iter()
            .filter(|&&m| matches!(self.members[m].kind, "person" | "media"));
        let member = found.next()?;
        found.next().is_none().then_some(*member)
    }

    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Adds a mention and takes its words, unless some are taken.
    pub fn mention(&mut self, member: usize, span: Range<usize>) -> bool {
        if span.is_empty() || !self.free(span.clone()) {
            return false;
        }
        self.owner[span.clone()].fill(member as u32 + 1);
        self.members[member].mentions.push(span.clone());
        self.taken.push(span);
        true
    }

    /// Gives all mentions of a member to another.
    pub fn transfer(&mut self, from: usize, to: usize) {
        for span in std::mem::take(&mut self.members[from].mentions) {
            self.owner[span.clone()].fill(to as u32 + 1);
            self.members[to].mentions.push(span);
        }
    }

    pub fn claim(&mut self, span: Range<usize>, hold: Hold) {
        self.claims.push((span, hold));
    }

    /// Takes words so that no later rule reads them.
    pub fn close(&mut self, span: Range<usize>) {
        for owner in self
            .owner
            .get_mut(span)
            .into_iter()
            .flatten()
            .filter(|o| **o == 0)
        {
            *owner = u32::MAX;
        }
    }

    pub fn free(&self, span: Range<usize>) -> bool {
        self.owner
            .get(span)
            .is_some_and(|o| o.iter().all(|&o| o == 0))
    }

    /// The member whose mention covers a word.
    pub fn owner(&self, i: usize) -> Option<usize> {
        self.owner
            .get(i)
            .and_then(|&o| (o > 0 && o < u32::MAX).then(|| o as usize - 1))
    }

    /// Notes whom a member belongs to, as the text states it.
    pub fn belongs(&mut self, member: usize, parent: &str) {
        let m = &mut self.members[member];
        if m.id != parent && !parent.is_empty() && !m.parents.iter().any(|p| p == parent) {
            m.parents.push(parent.to_string());
        }
    }
}
