//! HTML: the article of a web page, without menus and advertisements.
//!
//! `dom_smoothie` finds the article's element; where it finds too little, all visible text is
//! taken, since a page read with its menu is better than a page not found. Paragraphs are parted
//! by blank lines, headings stand on lines of their own.
//!
//! What the page says about itself is read by `metadata`.
//!
//! It keeps no map to the file: what a browser shows has no simple place in the source. It runs
//! no scripts and loads nothing.

mod metadata;

use std::borrow::Cow;

use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Node};

use super::decode::Decoded;
use super::text::{self, Joined};
use super::{Article, Hints, ReadError};

/// Pages of more elements than this are not searched for their article: the search visits
/// elements again and again, and no article needs as many.
const MOST_ELEMENTS: usize = 50_000;

/// The deepest nesting that is searched for the article.
const DEEPEST: usize = 500;

/// A page nested more deeply than this is flattened first: parsers walk up from every element.
const DEEPEST_PARSED: usize = 2_000;

/// Fewer characters than this are too little for an article if the page shows many more.
const TOO_LITTLE: usize = 250;

/// Reads a web page.
pub(super) fn read(decoded: &Decoded<'_>, hints: &Hints<'_>) -> Result<Article, ReadError> {
    let source = match decoded.text.as_ref() {
        deep if nesting(deep) > DEEPEST_PARSED => Cow::Owned(flatten(deep)),
        source => Cow::Borrowed(source),
    };
    let source = source.as_ref();
    let page = Html::parse_document(source);
    let metadata = metadata::metadata(&page, hints);
    let title = super::stated_title(&metadata, hints).unwrap_or_default();
    let mut body = article(source, &page).unwrap_or_default();
    if body.trim().len() < TOO_LITTLE {
        let shown = visible(page.root_element(), true);
        // Much more is the article that was missed, less is the same without a menu.
        if shown.len() > body.len() * 2 || (1..body.len()).contains(&shown.len()) {
            body = shown;
        }
    }
    if body.trim().is_empty() {
        body = visible(page.root_element(), false);
    }
    // The headline within the article would be read twice.
    let body = match body.split_once('\n') {
        Some((first, rest)) if !title.is_empty() && text::same_words(first, &title) => rest.trim(),
        _ => body.trim(),
    };
    if body.is_empty() && title.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut joined = Joined::new(0, body.len());
    joined.add(&title);
    let title = joined.end_title();
    joined.add(body);
    let mut draft = joined.draft(title, None, decoded.notes.clone(), metadata);
    if draft.title.is_empty() {
        let layout = text::layout(&draft.text, 0, hints.order);
        draft.title = layout.title;
        draft.body.start = layout.body;
    }
    Ok(draft.finish(hints))
}

/// The encoding that a page names in its first bytes.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    let mut at = 0;
    // Both `<meta charset=…>` and `content="text/html; charset=…"`, and XML's `encoding=`.
    while let Some(rest) = head.get(at..) {
        let name = |name: &[u8]| {
            let found = rest
                .windows(name.len())
                .position(|w| w.eq_ignore_ascii_case(name));
            found.map(|n| n + name.len())
        };
        let found = match (name(b"charset="), name(b"encoding=")) {
            (Some(a), Some(b)) => a.min(b),
            (a, b) => a.or(b)?,
        };
        let label = rest.get(found..).unwrap_or_default();
        let label = label
            .strip_prefix(b"\"")
            .or(label.strip_prefix(b"'"))
            .unwrap_or(label);
        let end = label
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || b"-_:".contains(b)));
        let label = label.get(..end.unwrap_or(label.len())).unwrap_or_default();
        if let Some(encoding) = Encoding::for_label(label) {
            return Some(encoding);
        }
        at += found;
    }
    None
}

/// The visible text of a piece of HTML, like the text of an article in a feed.
pub(super) fn fragment_text(source: &str) -> String {
    if nesting(source) > DEEPEST_PARSED {
        return visible(Html::parse_document(&flatten(source)).root_element(), false);
    }
    visible(Html::parse_fragment(source).root_element(), false)
}

/// The text of the element that holds the article.
fn article(source: &str, page: &Html) -> Option<String> {
    let (mut elements, mut depth, mut deepest) = (0usize, 0usize, 0usize);
    walk(page.root_element(), |_, open| {
        if open {
            elements += 1;
            depth += 1;
            deepest = deepest.max(depth);
        } else {
            depth = depth.saturating_sub(1);
        }
    });
    if elements > MOST_ELEMENTS || deepest > DEEPEST {
        return None;
    }
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let found = Readability::new(source, None, Some(config))
        .ok()?
        .parse()
        .ok()?;
    Some(fragment_text(&found.content))
}

/// Visits an element and all below it, at their start (`true`) and their end, without recursion:
/// pages may be nested deeper than the stack is.
fn walk<'a>(root: ElementRef<'a>, mut visit: impl FnMut(&'a Node, bool)) {
    let mut node = *root;
    loop {
        visit(node.value(), true);
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            visit(node.value(), false);
            if node.id() == root.id() {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return,
            }
        }
    }
}

/// Elements that show no text of their own.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "head", "title", "button", "select",
    "textarea", "iframe", "object", "canvas", "audio", "video", "datalist",
];

/// Elements around an article.
const AROUND: &[&str] = &["nav", "aside", "footer", "form", "menu", "dialog"];

/// Elements that start a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that start a line.
const LINES: &[&str] = &["br", "li", "tr", "option"];

/// The text that a browser shows, with or without what stands around an article.
fn visible(root: ElementRef<'_>, article_only: bool) -> String {
    let mut out = Flow::default();
    let mut hidden = 0usize;
    walk(root, |node, open| match node {
        Node::Element(element) => {
            let name = element.name();
            let skip = HIDDEN.contains(&name)
                || (article_only && AROUND.contains(&name))
                || element.attr("hidden").is_some();
            if skip {
                hidden = if open {
                    hidden + 1
                } else {
                    hidden.saturating_sub(1)
                };
            }
            if BLOCKS.contains(&name) {
                out.gap(Gap::Paragraph);
            } else if LINES.contains(&name) && (open || name != "br") {
                out.gap(Gap::Line);
            } else if matches!(name, "td" | "th") {
                out.gap(Gap::Space);
            }
        }
        Node::Text(text) if open && hidden == 0 => out.text(text),
        _ => {}
    });
    out.text
}

/// What parts two words.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// Text with its white space put in order.
#[derive(Default)]
struct Flow {
    text: String,
    gap: Gap,
}

impl Flow {
    fn gap(&mut self, gap: Gap) {
        // Two line breaks in a row end a paragraph.
        self.gap = if self.gap == Gap::Line && gap == Gap::Line {
            Gap::Paragraph
        } else {
            self.gap.max(gap)
        };
    }

    fn text(&mut self, text: &str) {
        for (n, word) in text.split(is_white).enumerate() {
            if n > 0 {
                self.gap = self.gap.max(Gap::Space);
            }
            if word.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::None;
            self.text.push_str(word);
        }
    }
}

/// HTML's own white space and the space that does not break.
fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}')
}

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

/// The tags of a page: where each starts, its name in lower case, and whether it closes.
fn tags(source: &str) -> impl Iterator<Item = (usize, String, bool)> + '_ {
    memchr::memchr_iter(b'<', source.as_bytes()).filter_map(move |at| {
        let rest = source.get(at + 1..)?;
        let bare = rest.strip_prefix('/').unwrap_or(rest);
        let name = bare.bytes().take(16).take_while(u8::is_ascii_alphanumeric);
        let name: String = name.map(|b| char::from(b.to_ascii_lowercase())).collect();
        (!name.is_empty()).then_some((at, name, bare.len() < rest.len()))
    })
}

/// How deeply the elements of a page are nested, roughly.
fn nesting(source: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for (_, name, closes) in tags(source) {
        if !FLAT.contains(&name.as_str()) {
            depth = if closes {
                depth.saturating_sub(1)
            } else {
                depth + 1
            };
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// A page without the elements that nest.
fn flatten(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for (start, name, _) in tags(source) {
        if start < at || KEPT.contains(&name.as_str()) {
            continue;
        }
        out.push_str(source.get(at..start).unwrap_or_default());
        out.push(' ');
        let tag = source.as_bytes().get(start..).unwrap_or_default();
        at = memchr::memchr(b'>', tag).map_or(source.len(), |end| start + end + 1);
    }
    out.push_str(source.get(at..).unwrap_or_default());
    out
}
