//! Tags: how deeply the elements of a page nest, and how many they become, told before it is
//! parsed; and a page without those that nest.
//!
//! It is no parser: it is right about the pages that parsers take long for, and roughly about others.

use std::ops::Range;

use super::BLOCKS;

/// A page nested more deeply than this is flattened first: parsers walk up from every element.
const DEEPEST_PARSED: usize = 2_000;

/// So is a page of which parsers would make more elements than this: each block repeats what stands
/// open of `<b>`, `<font>` and their like.
const MOST_PARSED: usize = 200_000;

/// Elements that cannot lie within themselves, or that are closed by the next of their kind.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "html", "img", "input", "li", "link",
    "meta", "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
];

/// Elements that a page nested too deeply keeps.
const KEPT: &[&str] = &[
    "body", "br", "h1", "h2", "h3", "head", "html", "li", "link", "meta", "p", "script", "style",
    "time", "title",
];

/// Elements whose text holds no tags.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Elements of a drawing, which its author closes where he opens them.
const DRAWN: &[&str] = &[
    "animate", "circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "stop",
    "use",
];

/// Elements that a parser opens again in each block until they are closed.
const FORMATTING: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
];

/// A tag of a page.
struct Tag<'a> {
    /// Its bytes in the page.
    range: Range<usize>,
    /// All between `<` and `>`.
    inner: &'a str,
    /// Its name in lower case.
    name: String,
    closes: bool,
    /// It stands in a drawing or a formula, whose `<style>` and `<title>` may hold tags.
    foreign: bool,
}

/// The tags of a page; what stands in scripts and comments is none.
fn tags(source: &str) -> impl Iterator<Item = Tag<'_>> {
    let bytes = source.as_bytes();
    let mut at = 0;
    // How many of each stand open. What ends one early is not looked at: tags too many are the safe
    // side.
    let mut foreign = [("svg", 0usize), ("math", 0)];
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', bytes.get(at..)?)?;
            at = start + 1;
            let rest = source.get(at..)?;
            if rest.starts_with("!--") {
                at += comment_end(rest)?;
                continue;
            }
            let bare = rest.strip_prefix('/').unwrap_or(rest);
            let name = bare.bytes().take(16).take_while(u8::is_ascii_alphanumeric);
            let name: String = name.map(|b| char::from(b.to_ascii_lowercase())).collect();
            if name.is_empty() {
                continue;
            }
            let end = memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len());
            let closes = bare.len() < rest.len();
            let behind = (at + end + 1).min(source.len());
            let inner = &rest[..end];
            for (_, open) in foreign.iter_mut().filter(|(kind, _)| *kind == name) {
                *open = match closes {
                    true => open.saturating_sub(1),
                    false => *open + usize::from(!inner.ends_with('/')),
                };
            }
            let foreign = foreign.iter().any(|(_, open)| *open > 0);
            at = match RAW.contains(&name.as_str()) && !closes && !foreign {
                true => closing(source, behind, &name),
                false => behind,
            };
            return Some(Tag {
                range: start..behind,
                inner,
                name,
                closes,
                foreign,
            });
        }
    })
}

/// Where the `>` stands that ends a comment, given what follows its `<`.
fn comment_end(rest: &str) -> Option<usize> {
    let ends = |at: &usize| {
        let inner = &rest.as_bytes()[1..*at];
        inner.ends_with(b"--") || inner.get(2..).is_some_and(|text| text.ends_with(b"--!"))
    };
    memchr::memchr_iter(b'>', rest.as_bytes()).find(ends)
}

/// Where the tag that closes an element stands, or the page ends.
fn closing(source: &str, from: usize, name: &str) -> usize {
    let bytes = source.as_bytes();
    let closes = |at: &usize| {
        let tag = bytes.get(at + 1..at + 2 + name.len());
        tag.and_then(|tag| tag.strip_prefix(b"/"))
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut tags = memchr::memchr_iter(b'<', &bytes[from..]).map(|at| from + at);
    tags.find(closes).unwrap_or(source.len())
}

/// Tells whether the elements of a page are too deeply nested, or become too many, roughly.
pub(super) fn is_tangled(source: &str) -> bool {
    let (mut nested, mut elements) = (Vec::new(), 0usize);
    // The formatting that stands open in the order of its opening: no more than three alike, as
    // parsers have it.
    let mut open: Vec<Tag> = Vec::new();
    for tag in tags(source) {
        let name = tag.name.as_str();
        let drawn = tag.foreign && tag.inner.ends_with('/') && DRAWN.contains(&name);
        if !drawn && !FLAT.contains(&name) {
            match tag.closes {
                true => close(&mut nested, name),
                false => nested.push((tag.name.clone(), BLOCKS.contains(&name))),
            }
        }
        // Cells have their own.
        if matches!(name, "td" | "th" | "caption") {
            open.clear();
        } else if !tag.closes && BLOCKS.contains(&name) {
            elements += open.len();
        } else if FORMATTING.contains(&name) {
            let same = |other: &&Tag| match tag.closes {
                true => other.name == name,
                false => other.inner == tag.inner,
            };
            let alike = open.iter().filter(same).count();
            if alike >= if tag.closes { 1 } else { 3 } {
                let last = open.iter().rposition(|other| same(&other));
                open.remove(last.unwrap_or(0));
            }
            if !tag.closes {
                open.push(tag);
            }
        }
        if nested.len() > DEEPEST_PARSED || elements > MOST_PARSED {
            return true;
        }
    }
    false
}

/// Closes an element, and what stands open in it; a tag that closes nothing changes nothing.
///
/// As parsers have it, a block closes all but what lies around its table, formatting leaves the
/// blocks in it open, and other elements close in their block only.
fn close(nested: &mut Vec<(String, bool)>, name: &str) {
    let formats = matches!(name, "a" | "nobr") || FORMATTING.contains(&name);
    let closes_blocks = formats || BLOCKS.contains(&name);
    for (at, (open, block)) in nested.iter().enumerate().rev() {
        if open == name {
            match formats {
                true => drop(nested.remove(at)),
                false => nested.truncate(at),
            }
            return;
        }
        if *block && (!closes_blocks || open == "table") {
            return;
        }
    }
}

/// A page without the elements that nest.
pub(super) fn flatten(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for tag in tags(source) {
        let name = tag.name.as_str();
        let shown = tag.foreign && RAW.contains(&name);
        if shown || !KEPT.contains(&name) {
            out.push_str(source.get(at..tag.range.start).unwrap_or_default());
            out.push(' ');
            at = tag.range.end;
        }
    }
    out.push_str(source.get(at..).unwrap_or_default());
    out
}
