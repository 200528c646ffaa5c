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
}

/// The tags of a page; what stands in scripts and comments is none.
fn tags(source: &str) -> impl Iterator<Item = Tag<'_>> {
    let bytes = source.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', bytes.get(at..)?)?;
            at = start + 1;
            let rest = source.get(at..)?;
            if rest.starts_with("!--") {
                at += memchr::memmem::find(rest.as_bytes(), b"-->")?;
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
            at = match RAW.contains(&name.as_str()) && !closes {
                true => closing(source, behind, &name),
                false => behind,
            };
            return Some(Tag {
                range: start..behind,
                inner: &rest[..end],
                name,
                closes,
            });
        }
    })
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
    let (mut depth, mut elements, mut drawing) = (0usize, 0usize, false);
    // What stands open in the order of its opening: no more than three alike, as parsers have it.
    let mut open: Vec<Tag> = Vec::new();
    for tag in tags(source) {
        let name = tag.name.as_str();
        if matches!(name, "svg" | "math") {
            drawing = !tag.closes;
        }
        let drawn = drawing && tag.inner.ends_with('/') && DRAWN.contains(&name);
        if !drawn && !FLAT.contains(&name) {
            depth = match tag.closes {
                true => depth.saturating_sub(1),
                false => depth + 1,
            };
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
        if depth > DEEPEST_PARSED || elements > MOST_PARSED {
            return true;
        }
    }
    false
}

/// A page without the elements that nest.
pub(super) fn flatten(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for tag in tags(source) {
        if !KEPT.contains(&tag.name.as_str()) {
            out.push_str(source.get(at..tag.range.start).unwrap_or_default());
            out.push(' ');
            at = tag.range.end;
        }
    }
    out.push_str(source.get(at..).unwrap_or_default());
    out
}
