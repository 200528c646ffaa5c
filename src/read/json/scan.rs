//! Scanning JSON: where values, members and strings begin and end, and what a string stands for.
//!
//! It checks nothing: what is no JSON is found somewhere, and `serde_json` refuses it.

use std::ops::Range;

use super::SourceMap;

/// The offset of what is not white space, at or behind `at`.
pub(super) fn skip_white(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Where the string whose opening quotation mark is at `at` ends: behind the closing one.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        let found = at + memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(found) == Some(&b'"') {
            return Some(found + 1);
        }
        at = found + 2;
    }
}

/// Where the value at `at` ends; only brackets and quotation marks are looked at.
pub(super) fn value_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => string_end(bytes, at),
        b'{' | b'[' => nested(bytes, at, |depth, at| (depth == 0).then_some(at + 1)),
        _ => {
            let rest = bytes.get(at..)?;
            let end = |b: &u8| matches!(b, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
            Some(at + rest.iter().position(end).unwrap_or(rest.len()))
        }
    }
}

/// Where brackets are first nested more than `most` deep.
pub(super) fn too_deep(bytes: &[u8], most: usize) -> Option<usize> {
    nested(bytes, 0, |depth, at| (depth > most).then_some(at))
}

/// Goes from bracket to bracket until `found` says something of the depth behind one and of its place.
fn nested(
    bytes: &[u8],
    mut at: usize,
    found: impl Fn(usize, usize) -> Option<usize>,
) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {
                at += 1;
                continue;
            }
        }
        if let Some(found) = found(depth, at) {
            return Some(found);
        }
        at += 1;
    }
}

/// The members of the object at `at`: the name between its quotation marks, and the value.
pub(super) fn members(bytes: &[u8], at: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = skip_white(bytes, at + 1);
    while bytes.get(at) == Some(&b'"') {
        let Some(end) = string_end(bytes, at) else {
            break;
        };
        let name = at + 1..end - 1;
        let colon = skip_white(bytes, end);
        if bytes.get(colon) != Some(&b':') {
            break;
        }
        let start = skip_white(bytes, colon + 1);
        let Some(end) = value_end(bytes, start) else {
            break;
        };
        found.push((name, start..end));
        let comma = skip_white(bytes, end);
        if bytes.get(comma) != Some(&b',') {
            break;
        }
        at = skip_white(bytes, comma + 1);
    }
    found
}

/// The values of the members with one of these names, in the order of the names.
pub(super) fn named<'a>(
    text: &'a str,
    members: &'a [(Range<usize>, Range<usize>)],
    names: &'a [&'a str],
) -> impl Iterator<Item = Range<usize>> + 'a {
    fields(text, members, names).map(|(_, value)| value)
}

/// The same, each with its name.
pub(super) fn fields<'a>(
    text: &'a str,
    members: &'a [(Range<usize>, Range<usize>)],
    names: &'a [&'a str],
) -> impl Iterator<Item = (&'a str, Range<usize>)> + 'a {
    names.iter().flat_map(move |name| {
        let has = move |key: &Range<usize>| {
            text.get(key.clone())
                .is_some_and(|key| key.eq_ignore_ascii_case(name))
        };
        members
            .iter()
            .filter(move |(key, _)| has(key))
            .map(|(_, value)| (*name, value.clone()))
    })
}

/// Appends what the string between two quotation marks stands for, and where each letter of it
/// was written.
pub(super) fn unescape(
    text: &str,
    inner: Range<usize>,
    outer: &SourceMap,
    out: &mut String,
    map: &mut SourceMap,
) {
    let mut at = inner.start;
    while at < inner.end {
        let rest = text.get(at..inner.end).unwrap_or_default();
        let run = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(rest.get(..run).unwrap_or_default());
        map.append(outer, at..at + run);
        at += run;
        let escape = rest.get(run..).unwrap_or_default();
        let (c, len) = match escape.as_bytes().get(1) {
            None => break,
            Some(b'n') => ('\n', 2),
            Some(b't') => ('\t', 2),
            Some(b'r') => ('\r', 2),
            // Neither is a letter; both part words.
            Some(b'b' | b'f') => (' ', 2),
            Some(b'u') => unicode(escape),
            Some(other) => (char::from(*other), 2),
        };
        // A zero would end the text for other programs.
        let c = if c == '\0' { ' ' } else { c };
        out.push(c);
        map.append_unit(outer, at..at + len, c.len_utf8());
        at += len;
    }
}

/// The character of a `\u` escape, or of two that are a surrogate pair, and its length.
fn unicode(escape: &str) -> (char, usize) {
    let unit = |at: usize| {
        let hex = escape.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(hex, 16).ok()
    };
    match (unit(0), unit(6)) {
        (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
            let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(code).unwrap_or('\u{FFFD}'), 12)
        }
        (Some(code), _) => (char::from_u32(code).unwrap_or('\u{FFFD}'), 6),
        (None, _) => ('\u{FFFD}', escape.len().min(2)),
    }
}
