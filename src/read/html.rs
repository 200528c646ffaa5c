//! HTML: the article of a web page, without menus and advertisements.
//!
//! `dom_smoothie` finds the article's element, once `added` has taken the comments off; where it finds too little, all visible text is
//! taken, since a page read with its menu is better than a page not found, and where it finds what
//! stands above the headline, all that stands below. Paragraphs are parted by blank lines, headings
//! stand on lines of their own.
//!
//! What the page says about itself is read by `metadata`; `tags` sees to it that no page takes the
//! parsers forever.
//!
//! It keeps no map to the file: what a browser shows has no simple place in the source. It runs
//! no scripts and loads nothing.

mod added;
mod metadata;
mod tags;

use std::borrow::Cow;
use std::collections::HashSet;

use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Node};

use super::decode::Decoded;
use super::text::{self, Joined};
use super::{Article, Hints, ReadError, SourceMap};
use tags::{flatten, is_tangled};

/// Pages of more elements than this are not searched for their article: the search visits
/// elements again and again, and no article needs as many.
const MOST_ELEMENTS: usize = 50_000;

/// The deepest nesting that is searched for the article.
const DEEPEST: usize = 500;

/// The search writes the article down, looking for the end of a text anew at each sign it escapes.
/// Beyond so many bytes looked at, a tenth of a second, it is not asked.
const MOST_LOOKED_AT: usize = 1 << 30;

/// Fewer characters than this are too little for an article if the page shows many more.
const TOO_LITTLE: usize = 250;

/// The least bytes of a paragraph, rather than of a line about the article.
const LONG: usize = 60;

/// Reads a web page.
pub(super) fn read(decoded: &Decoded<'_>, hints: &Hints<'_>) -> Result<Article, ReadError> {
    let source = match decoded.text.as_ref() {
        tangled if is_tangled(tangled) => Cow::Owned(flatten(tangled)),
        source => Cow::Borrowed(source),
    };
    let source = source.as_ref();
    let mut page = Html::parse_document(source);
    let mut notes = decoded.notes.clone();
    let metadata = metadata::metadata(&page, hints, &mut notes);
    let title = super::stated_title(&metadata, hints).unwrap_or_default();
    let source = match added::take_off(&mut page) {
        true => Cow::Owned(page.html()),
        false => Cow::Borrowed(source),
    };
    let mut body = article(&source, &page).unwrap_or_default();
    match around_headline(&page, &title).map(|(above, below)| (missed(&below, &body), above, below))
    {
        // What stands between the headline and the text found is the article's.
        Some((Some(missed), ..)) if !missed.is_empty() => body = format!("{missed}\n\n{body}"),
        // No article stands above its headline, though its lead may; a notice of cookies does.
        Some((None, above, below)) if above.contains(longest(&body)) && !below.is_empty() => {
            body = below;
        }
        _ if body.trim().len() < TOO_LITTLE => {
            let shown = visible(page.root_element(), true);
            let stated = metadata::stated_body(&page).filter(|stated| stated.len() > body.len());
            if let Some(stated) = stated.filter(|stated| stated.len() > shown.len() / 2) {
                // A page that a script writes has its text there alone.
                body = stated;
            } else if shown.len() > body.len() * 2 || (1..body.len()).contains(&shown.len()) {
                // Much more is the article that was missed, less is the same without a menu.
                body = shown;
            }
        }
        _ => {}
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
    let mut draft = joined.draft(title, None, notes, metadata);
    if draft.title.is_empty() {
        let layout = text::layout(&draft.text, 0, hints.order);
        draft.title = layout.title;
        draft.body.start = layout.body;
    }
    Ok(draft.finish(hints))
}

/// The encoding that a page names in its first bytes: in a `<meta>` element or as XML does. A
/// script or a link may name that of another file.
pub(super) fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    memchr::memchr_iter(b'<', head).find_map(|at| {
        let tag = head.get(at + 1..)?;
        let tag = tag.split(|b| *b == b'>').next()?;
        // Both `<meta charset=…>` and `content="text/html; charset=…"`.
        let name: &[u8] = match tag {
            [b'?', b'x' | b'X', ..] => b"encoding",
            _ if tag.get(..4)?.eq_ignore_ascii_case(b"meta") => b"charset",
            _ => return None,
        };
        let found = tag
            .windows(name.len())
            .position(|w| w.eq_ignore_ascii_case(name))?;
        let label = tag.get(found + name.len()..)?.trim_ascii_start();
        let label = label.strip_prefix(b"=")?.trim_ascii_start();
        let label = match label {
            [b'"' | b'\'', rest @ ..] => rest,
            bare => bare,
        };
        let end = label
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || b"-_:".contains(b)));
        Encoding::for_label(label.get(..end.unwrap_or(label.len()))?)
    })
}

/// Tells whether a text writes letters as HTML does, like `&amp;` and `&#8217;`.
pub(super) fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let name = rest.split_once(';').map_or("", |(name, _)| name);
        let name = name.strip_prefix('#').unwrap_or(name);
        (1..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// Adds a text of another format that may be HTML, as `is_html` says or its looks: what is shown of it, which
/// has no bytes of its own; else the text itself, its letters that are written as in HTML read.
pub(super) fn add(text: &str, from: &SourceMap, is_html: bool, joined: &mut Joined) {
    let element = text.trim_start().starts_with('<') && text.contains("</");
    if is_html || element || text.contains("</p>") {
        joined.add(&fragment_text(text));
    } else {
        let (out, map) = joined.parts();
        dereference(text, from, out, map);
    }
}

/// Appends a text that is no HTML, but writes letters as HTML does, with those letters.
fn dereference(text: &str, from: &SourceMap, out: &mut String, map: &mut SourceMap) {
    let mut at = 0;
    for (start, _) in text.match_indices('&') {
        let Some((written, letters)) = reference(&text[start..]) else {
            continue;
        };
        out.push_str(&text[at..start]);
        map.append(from, at..start);
        at = start + written;
        out.push_str(&letters);
        map.append_unit(from, start..at, letters.len());
    }
    out.push_str(&text[at..]);
    map.append(from, at..text.len());
}

/// The reference that a text starts with: its length, and what it stands for.
fn reference(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(33).position(|b| b == b';')? + 1;
    let written = text
        .get(..end)
        .filter(|written| !written[1..].contains('&'))?;
    let letters = match written {
        "&amp;" => "&".to_owned(),
        "&quot;" => "\"".to_owned(),
        "&#39;" => "'".to_owned(),
        _ if has_reference(written) => Html::parse_fragment(written)
            .root_element()
            .text()
            .collect(),
        _ => return None,
    };
    (!letters.is_empty() && letters != written).then_some((end, letters))
}

/// The visible text of a piece of HTML, like the text of an article in a feed.
pub(super) fn fragment_text(source: &str) -> String {
    if is_tangled(source) {
        return visible(Html::parse_document(&flatten(source)).root_element(), false);
    }
    visible(Html::parse_fragment(source).root_element(), false)
}

/// The text of the element that holds the article.
fn article(source: &str, page: &Html) -> Option<String> {
    let (mut elements, mut depth, mut deepest) = (0usize, 0usize, 0usize);
    let (mut hidden, mut looked_at) = (0usize, 0usize);
    walk(page.root_element(), |node, open| {
        match node {
            Node::Text(text) if open && hidden == 0 => {
                let escaped = memchr::memchr2_iter(b'&', 0xC2, text.as_bytes()).count();
                looked_at += escaped * text.len();
            }
            Node::Element(element) if HIDDEN.contains(&element.name()) => {
                hidden = if open { hidden + 1 } else { hidden - 1 };
            }
            _ => {}
        }
        if open {
            elements += 1;
            depth += 1;
            deepest = deepest.max(depth);
        } else {
            depth = depth.saturating_sub(1);
        }
    });
    if elements > MOST_ELEMENTS || deepest > DEEPEST || looked_at > MOST_LOOKED_AT {
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
const AROUND: &[&str] = &[
    "nav",
    "aside",
    "footer",
    "form",
    "menu",
    "dialog",
    "amp-sidebar",
];

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

/// What a page shows above and below its headline, the first-order heading that is the title.
/// One that repeats a heading above it, as a box for sharing does, is not the headline.
fn around_headline(page: &Html, title: &str) -> Option<(String, String)> {
    let same = |words: &String| text::same_words(words, title);
    let heading = metadata::headings(page).find(same)?;
    if title.is_empty() || metadata::lesser_headings_above(page).any(|h| same(&h)) {
        return None;
    }
    let shown = format!("\n{}", visible(page.root_element(), true));
    let (above, below) = shown.split_once(&format!("\n{heading}\n"))?;
    Some((above.to_owned(), below.trim_start().to_owned()))
}

/// The longest paragraph of a text.
fn longest(text: &str) -> &str {
    text.split("\n\n").max_by_key(|p| p.len()).unwrap_or(text)
}

/// The long paragraphs of a text that stand before the first line it has in common with another;
/// `None` if there is no such line.
fn missed(text: &str, found: &str) -> Option<String> {
    let lines: HashSet<&str> = found.lines().collect();
    let in_common = |paragraph: &&str| paragraph.lines().any(|line| lines.contains(line));
    let end = |paragraph: &&str| paragraph.len() >= LONG && in_common(paragraph);
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let before = &paragraphs[..paragraphs.iter().position(end)?];
    let missed = before.iter().filter(|p| p.len() >= LONG && !in_common(p));
    Some(missed.copied().collect::<Vec<_>>().join("\n\n"))
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
