//! What others add to an article on its page: comments of readers, their replies, related stories.
//! It may be more than the article, and the search for the article weighs what there is.
//!
//! It is told by what publishing software calls it, not by its text.

use std::collections::HashSet;

use scraper::{ElementRef, Html};

use super::metadata::select;
use super::{AROUND, BLOCKS, HIDDEN, LONG};

/// What the names of such elements start with.
const ADDED: &[&str] = &[
    "comment",
    "disqus",
    "kommentar",
    "related",
    "replies",
    "responses",
];

/// Takes what was added off the page, and tells whether there was any.
///
/// What lies around the headline is the page, whatever it is called. Where the first paragraph is
/// called a comment, all that follow may be: then nothing is taken off.
pub(super) fn take_off(page: &mut Html) -> bool {
    let headline = select(page, "h1").next();
    let around: HashSet<_> = headline
        .iter()
        .flat_map(|h1| h1.ancestors())
        .map(|node| node.id())
        .collect();
    let root = page.root_element();
    let elements = root.descendants().filter_map(ElementRef::wrap);
    let added: Vec<_> = elements
        .filter(|element| is_added(*element) && !around.contains(&element.id()))
        .map(|element| element.id())
        .collect();
    let behind = root
        .descendants()
        .skip_while(|node| headline.is_some_and(|h1| h1.id() != node.id()));
    let long = behind.filter(|node| {
        let text = node.value().as_text();
        text.is_some_and(|text| text.trim().len() >= LONG)
    });
    let seen = long.take(100).find(|node| {
        let mut around = node.ancestors().filter_map(ElementRef::wrap);
        !around.any(|e| HIDDEN.contains(&e.value().name()) || AROUND.contains(&e.value().name()))
    });
    let first: HashSet<_> = seen
        .iter()
        .flat_map(|node| node.ancestors())
        .map(|node| node.id())
        .collect();
    if added.iter().any(|id| first.contains(id)) {
        return false;
    }
    for id in &added {
        if let Some(mut node) = page.tree.get_mut(*id) {
            node.detach();
        }
    }
    !added.is_empty()
}

/// Tells whether an element is called as what is added to articles is.
fn is_added(element: ElementRef<'_>) -> bool {
    let element = element.value();
    let block = BLOCKS.contains(&element.name()) || element.name() == "li";
    if !block || matches!(element.name(), "body" | "main") {
        return false;
    }
    let names = ["class", "itemprop"].into_iter();
    let words = names
        .filter_map(|name| element.attr(name))
        .flat_map(|value| value.split(|c: char| !c.is_ascii_alphanumeric()));
    // Of an id in words each may come from a heading, which is about anything.
    let id = element.attr("id").filter(|id| !id.contains('-'));
    words.chain(id).any(|word| {
        let starts = |with: &str| {
            let head = word.get(..with.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(with))
        };
        // A commentary is an article.
        ADDED.iter().any(|with| starts(with)) && !starts("commentar")
    })
}
