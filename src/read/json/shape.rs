//! Shape: where in a value its articles are, and what is wrapped around each.
//!
//! It goes by the names of texts, titles and lists alone, and knows no program that writes them.

use std::ops::Range;

use super::scan::{members, named, skip_white};
use crate::read::names::{ARTICLES, LESSER, TEXT, TITLE};

/// So many objects are looked into, one within the other.
const LEVELS: usize = 4;

/// A member of an object: its name between the quotation marks, and its value.
pub(super) type Member = (Range<usize>, Range<usize>);

/// The arrays of articles in an object that is no article itself, in their order: of those that lie
/// least deep the ones of objects, or else the one of the best name.
pub(super) fn arrays(text: &str, members_of: &[Member]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_array = |value: &Range<usize>| bytes.get(value.start) == Some(&b'[');
    let of_objects =
        |array: &Range<usize>| bytes.get(skip_white(bytes, array.start + 1)) == Some(&b'{');
    let mut level = vec![members_of.to_vec()];
    let mut other = None;
    for _ in 0..LEVELS {
        // Where a text is, an article is.
        if level.iter().any(|object| has(text, object, TEXT)) {
            break;
        }
        let named = |object| named(text, object, ARTICLES).filter(is_array);
        let mut arrays: Vec<_> = level.iter().flat_map(|object| named(object)).collect();
        other = other.or(arrays.first().cloned());
        arrays.retain(of_objects);
        if !arrays.is_empty() {
            arrays.sort_unstable_by_key(|array| array.start);
            return arrays;
        }
        // What has a title has its articles by name; what lies deeper is about it.
        level.retain(|object| !has(text, object, TITLE));
        level = level
            .iter()
            .flat_map(|object| objects(text, object))
            .collect();
    }
    other.into_iter().collect()
}

/// The members of a record: its own, and behind them those of the object in it that has the text, if
/// it has none itself.
pub(super) fn unwrapped(text: &str, record: Range<usize>) -> Vec<Member> {
    let mut all = members(text.as_bytes(), record.start);
    if has(text, &all, TEXT) {
        return all;
    }
    let mut level: Vec<_> = objects(text, &all).collect();
    for _ in 0..LEVELS {
        if let Some(holds) = level.iter().find(|object| has(text, object, TEXT)) {
            all.extend_from_slice(holds);
            return all;
        }
        level = level
            .iter()
            .flat_map(|object| objects(text, object))
            .collect();
    }
    // An article without a text may lie in an object all the same.
    if ![TEXT, LESSER, TITLE]
        .iter()
        .any(|names| has(text, &all, names))
    {
        let says = |object: &Vec<Member>| has(text, object, TITLE) || has(text, object, LESSER);
        let holds = objects(text, &all).find(says);
        all.extend(holds.unwrap_or_default());
    }
    all
}

/// Tells whether a record is nothing but a store's own fields, whose names start with `_`: the lines
/// that say what is done with the next one.
pub(super) fn is_order(text: &str, members_of: &[Member]) -> bool {
    let own = |(name, _): &Member| text[name.clone()].starts_with('_');
    let [(_, value)] = members_of else {
        return false;
    };
    let mut inner = members(text.as_bytes(), value.start);
    let any = text[value.clone()].starts_with('{') && !inner.is_empty();
    inner.retain(|member| !own(member));
    any && inner.is_empty()
}

/// Tells whether an object has a member of one of these names.
pub(super) fn has(text: &str, members: &[Member], names: &[&str]) -> bool {
    named(text, members, names).next().is_some()
}

/// The objects among the values of an object's members.
fn objects(text: &str, of: &[Member]) -> impl Iterator<Item = Vec<Member>> {
    let bytes = text.as_bytes();
    of.iter()
        .filter(|(_, value)| bytes.get(value.start) == Some(&b'{'))
        .map(|(_, value)| members(bytes, value.start))
}
