//! Decoding: the bytes of a file → text, with the map back to the bytes.
//!
//! UTF-8 is the common case and costs one look: the text borrows the bytes. UTF-16 and UTF-32 are
//! told by their byte-order mark or by where their zero bytes lie; other encodings are detected
//! with `chardetng` and decoded with `encoding_rs`. Text that is mostly UTF-8 stays UTF-8, with
//! U+FFFD for the bytes that are not: guessing an encoding for a whole file because of one bad
//! byte would damage every other letter. What a page says of its encoding counts where its bytes
//! do not say otherwise.
//!
//! It does not normalise: line ends, combining marks and soft hyphens stay as they are.

use std::borrow::Cow;

use encoding_rs::{
    DecoderResult, Encoding, ISO_2022_JP, MACINTOSH, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE,
};
use memchr::memchr_iter;

use super::{ReadError, SourceMap};

/// The text of a file.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text; borrowed if the file is clean UTF-8.
    pub text: Cow<'a, str>,
    /// The map from offsets in `text` to bytes of the file.
    pub map: SourceMap,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// What was repaired, for the report.
    pub notes: Vec<String>,
}

/// How many bytes are looked at to guess an encoding or to tell that a file is no text.
const SAMPLE: usize = 1 << 20;

/// Decodes the bytes of a file; `declared` is the encoding the file itself names, as HTML may.
///
/// # Errors
/// [`ReadError::Empty`] for no bytes, [`ReadError::Binary`] for bytes that are no text.
pub fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&'static Encoding>,
) -> Result<Decoded<'a>, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(wide) = Wide::marked(bytes) {
        return Ok(wide.decode(bytes));
    }
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    let offset = if marked { 3 } else { 0 };
    let Some(rest) = bytes.get(offset..) else {
        return Err(ReadError::Empty);
    };

    let zeros = memchr_iter(0, rest).count();
    // One, or one in a thousand, is damage; more is either UTF-16 or no text at all.
    let stray = zeros > 0 && zeros.saturating_mul(1000) < rest.len();
    if zeros > 0 && !marked && !(stray && std::str::from_utf8(rest).is_ok()) {
        if let Some(wide) = Wide::guessed(rest) {
            return Ok(wide.decode(bytes));
        }
        if !stray && zeros > 1 {
            return Err(ReadError::Binary(format!(
                "{zeros} of its {} bytes are zero",
                rest.len()
            )));
        }
    }

    let mut decoded = match std::str::from_utf8(rest) {
        Ok(_) if memchr::memchr2(0x1B, b'~', rest).is_some() && switches(rest, declared) => {
            match declared {
                Some(other) if other == REPLACEMENT => {
                    return Err(ReadError::Unsupported(
                        "text in ISO-2022-KR, ISO-2022-CN or HZ",
                    ));
                }
                _ => legacy(rest, offset, ISO_2022_JP),
            }
        }
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            map: SourceMap::identity(offset),
            encoding: "UTF-8",
            notes: Vec::new(),
        },
        Err(_) => decode_invalid(rest, offset, marked, declared),
    };
    let sample = decoded.text.as_bytes();
    let sample = sample.get(..SAMPLE).unwrap_or(sample);
    let of_part = |part: &[u8]| part.iter().map(|b| u8::from(is_control(*b))).sum::<u8>();
    let controls: usize = sample
        .chunks(255)
        .map(|part| usize::from(of_part(part)))
        .sum();
    if controls * 10 > sample.len() {
        return Err(ReadError::Binary(
            "more than a tenth of it are control characters".into(),
        ));
    }
    if zeros > 0 {
        // One byte for one byte, so the map stays right.
        let text = decoded.text.replace('\0', " ");
        decoded.text = Cow::Owned(text);
        decoded.notes.push(zero(zeros, "byte"));
    }
    Ok(decoded)
}

/// Control characters that no text has; tab, line ends, page feed, escape and zero are not counted.
fn is_control(byte: u8) -> bool {
    // Compared one by one, sixteen bytes are looked at as one.
    let kept = (byte == 0) | (byte == b'\t') | (byte == b'\n') | (byte == 0x0C);
    let kept = kept | (byte == b'\r') | (byte == 0x1B);
    ((byte < b' ') & !kept) | (byte == 0x7F)
}

/// Decodes bytes that are not valid UTF-8: damaged UTF-8 or a legacy encoding.
fn decode_invalid<'a>(
    bytes: &'a [u8],
    offset: usize,
    marked: bool,
    declared: Option<&'static Encoding>,
) -> Decoded<'a> {
    let Census { bad, good, likely } = census(bytes);
    if marked || likely || (declared == Some(UTF_8) && good > bad) {
        let mut decoded = decode_with(bytes, offset, UTF_8);
        decoded.notes.push(not_valid(bad, "UTF-8"));
        return decoded;
    }
    let encoding = declared
        .filter(|e| ![UTF_8, UTF_16LE, UTF_16BE, REPLACEMENT].contains(e))
        .unwrap_or_else(|| guess(bytes));
    legacy(bytes, offset, encoding)
}

/// Decodes with an encoding that is not Unicode.
fn legacy(bytes: &[u8], offset: usize, encoding: &'static Encoding) -> Decoded<'static> {
    let mut decoded = decode_with(bytes, offset, encoding);
    let replaced = decoded.text.matches('\u{FFFD}').count();
    if replaced > 0 {
        let name = encoding.name();
        decoded.notes.push(not_valid(replaced, name));
    }
    decoded
}

/// Tells whether bytes below 128 switch between alphabets: in ISO-2022-JP, whose sequences nothing
/// else has, or in what the file declares.
fn switches(bytes: &[u8], declared: Option<&'static Encoding>) -> bool {
    let has = |sequence: &[u8]| memchr::memmem::find(bytes, sequence).is_some();
    match declared {
        Some(encoding) if encoding == REPLACEMENT => has(b"\x1B$") || has(b"~{"),
        _ => has(b"\x1B$B") || has(b"\x1B$@"),
    }
}

/// Says in how many places a text is not what it was taken for.
fn not_valid(places: usize, encoding: &str) -> String {
    let places = match places {
        1 => "1 place is".to_owned(),
        places => format!("{places} places are"),
    };
    format!("{places} not valid {encoding} and read as U+FFFD")
}

/// Says how many zeros stood where text is.
fn zero(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 zero {what} was read as white space"),
        count => format!("{count} zero {what}s were read as white space"),
    }
}

/// How much of some bytes is UTF-8.
struct Census {
    /// Places that are not.
    bad: usize,
    /// Characters beyond ASCII that are.
    good: usize,
    /// Whether the good ones outweigh the bad: chance makes a character of two bytes now and then,
    /// one of three hardly ever. What is cut off at the end is not counted.
    likely: bool,
}

fn census(bytes: &[u8]) -> Census {
    let (mut bad, mut good, mut weight) = (0, 0, 0);
    let mut cut = false;
    for chunk in bytes.utf8_chunks() {
        for lead in chunk.valid().bytes().filter(|b| *b >= 0xC0) {
            good += 1;
            weight += if lead >= 0xE0 { 5 } else { 1 };
        }
        let invalid = chunk.invalid();
        bad += usize::from(!invalid.is_empty());
        cut = std::str::from_utf8(invalid).is_err_and(|e| e.error_len().is_none());
    }
    Census {
        bad,
        good,
        likely: weight > (bad - usize::from(cut)) * 4,
    }
}

/// Guesses a legacy encoding from the part of the file that starts with the first letter beyond
/// ASCII.
fn guess(bytes: &[u8]) -> &'static Encoding {
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    let first = bytes.iter().position(|b| *b >= 0x80).unwrap_or(0);
    let from = first.saturating_sub(SAMPLE / 16);
    let sample = bytes
        .get(from..bytes.len().min(from + SAMPLE))
        .unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    // The detector does not know what old Macs wrote.
    match slips(sample, guessed) > 0 && slips(sample, MACINTOSH) == 0 {
        true => MACINTOSH,
        false => guessed,
    }
}

/// How often a letter beyond ASCII reads as none that follows a small letter: a capital, a sign that is no
/// punctuation, or nothing at all. In the right encoding that hardly happens.
fn slips(sample: &[u8], encoding: &'static Encoding) -> usize {
    if !encoding.is_single_byte() {
        return 0;
    }
    let pairs = sample
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() && pair[1] >= 0x80);
    let slips = pairs.filter(|pair| {
        let (read, _) = encoding.decode_without_bom_handling(&pair[1..]);
        let signs = "’‘“”‚„«»‹›…–—·•†‡°ªº™©®\u{a0}";
        !read.chars().all(|c| c.is_lowercase() || signs.contains(c))
    });
    slips.count()
}

/// Decodes with one of the encodings that are not UTF-16, character by character, so that the map
/// knows which bytes each character came from.
fn decode_with(bytes: &[u8], offset: usize, encoding: &'static Encoding) -> Decoded<'static> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut map = SourceMap::from_base(offset);
    if encoding == UTF_8 {
        let mut at = offset;
        for chunk in bytes.utf8_chunks() {
            let valid = chunk.valid();
            text.push_str(valid);
            map.push(valid.len(), Some(at), 1, 1);
            at += valid.len();
            let bad = chunk.invalid().len();
            if bad > 0 {
                text.push('\u{FFFD}');
                map.push(3, Some(at), 3, bad as u8);
                at += bad;
            }
        }
    } else if encoding.is_single_byte() {
        let table: Vec<char> = (0..=255u8)
            .map(|byte| {
                let byte = [byte];
                let (decoded, _) = encoding.decode_without_bom_handling(&byte);
                decoded.chars().next().unwrap_or('\u{FFFD}')
            })
            .collect();
        for (at, byte) in bytes.iter().enumerate() {
            let c = table.get(usize::from(*byte)).copied().unwrap_or('\u{FFFD}');
            text.push(c);
            map.push(c.len_utf8(), Some(offset + at), c.len_utf8() as u8, 1);
        }
    } else {
        decode_bytewise(bytes, offset, encoding, &mut text, &mut map);
    }
    text.shrink_to_fit();
    map.shrink();
    Decoded {
        text: Cow::Owned(text),
        map,
        encoding: encoding.name(),
        notes: Vec::new(),
    }
}

/// Feeds a decoder of an encoding of several bytes one byte at a time; whatever comes out belongs
/// to the bytes fed since something came out last.
fn decode_bytewise(
    bytes: &[u8],
    offset: usize,
    encoding: &'static Encoding,
    text: &mut String,
    map: &mut SourceMap,
) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0u8; 32];
    // `pending` is the first byte that nothing came out for yet.
    let (mut pending, mut at) = (0, 0);
    let mut done = false;
    while !done {
        let input = bytes.get(at..bytes.len().min(at + 1)).unwrap_or_default();
        let last = input.is_empty();
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(input, &mut buffer, last);
        at += read;
        let out = buffer
            .get(..written)
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or("");
        // One byte may complete what came before and stand for itself too; the last character
        // then takes the last byte.
        let mut chars = out.chars().peekable();
        while let Some(c) = chars.next() {
            let end = if chars.peek().is_some() {
                (pending + 1).min(at)
            } else {
                at
            };
            unit(text, map, c, offset, pending..end);
            pending = end;
        }
        match result {
            DecoderResult::Malformed(_, extra) => {
                let end = at.saturating_sub(usize::from(extra)).max(pending);
                unit(text, map, '\u{FFFD}', offset, pending..end);
                pending = end;
            }
            DecoderResult::InputEmpty => done = last,
            DecoderResult::OutputFull => {}
        }
    }
}

/// Appends one character that was read from `from`.
fn unit(
    text: &mut String,
    map: &mut SourceMap,
    c: char,
    offset: usize,
    from: std::ops::Range<usize>,
) {
    text.push(c);
    let source_step = u8::try_from(from.len()).unwrap_or(u8::MAX);
    map.push(
        c.len_utf8(),
        Some(offset + from.start),
        c.len_utf8() as u8,
        source_step,
    );
}

/// An encoding of two or four bytes per unit.
struct Wide {
    big: bool,
    /// Bytes per unit.
    size: usize,
    /// Bytes of the byte-order mark.
    mark: usize,
}

impl Wide {
    /// Told by the byte-order mark.
    fn marked(bytes: &[u8]) -> Option<Self> {
        let (big, size) = match bytes {
            [0xFF, 0xFE, 0, 0, ..] => (false, 4),
            [0, 0, 0xFE, 0xFF, ..] => (true, 4),
            [0xFF, 0xFE, ..] => (false, 2),
            [0xFE, 0xFF, ..] => (true, 2),
            _ => return None,
        };
        Some(Self {
            big,
            size,
            mark: size,
        })
    }

    /// Told by where zero bytes lie, for bytes that hold some.
    fn guessed(bytes: &[u8]) -> Option<Self> {
        let sample = bytes
            .get(..bytes.len().min(SAMPLE) & !3)
            .filter(|s| s.len() >= 8);
        let sample = sample.or_else(|| bytes.get(..bytes.len() & !1))?;
        let mut zeros = [0usize; 4];
        let mut printable = 0;
        for (i, byte) in sample.iter().enumerate() {
            if let Some(n) = zeros.get_mut(i & 3) {
                *n += usize::from(*byte == 0);
            }
            printable += usize::from(matches!(byte, b' '..=b'~'));
        }
        let quarter = (sample.len() / 4).max(1);
        let full = |n: usize| n * 100 >= quarter * 95;
        let [a, b, c, d] = zeros;
        if sample.len() >= 8 {
            if full(d) && c * 2 > quarter && !full(a) {
                return Self {
                    big: false,
                    size: 4,
                    mark: 0,
                }
                .plausible(sample);
            }
            if full(a) && b * 2 > quarter && !full(d) {
                return Self {
                    big: true,
                    size: 4,
                    mark: 0,
                }
                .plausible(sample);
            }
        }
        // Text of one byte per letter reads as Chinese in UTF-16, but real Chinese has bytes of
        // all kinds; and without many zeros nothing else would tell them apart.
        let zeros = a + b + c + d;
        if (printable + zeros) * 10 > sample.len() * 9 && zeros * 10 < sample.len() * 3 {
            return None;
        }
        let orders = [false, true].map(|big| Self {
            big,
            size: 2,
            mark: 0,
        });
        let [little, big] = orders.map(|wide| wide.likeness(sample).map(|score| (score, wide)));
        match (little, big) {
            (Some(little), Some(big)) => Some(if big.0 > little.0 { big.1 } else { little.1 }),
            (little, big) => little.or(big).map(|(_, wide)| wide),
        }
    }

    /// Itself, if the bytes are plausible in it.
    fn plausible(self, sample: &[u8]) -> Option<Self> {
        self.likeness(sample).map(|_| self)
    }

    /// How many characters are such as all texts hold, spaces above all; `None` if there are none,
    /// or more than a few that are controls or no characters.
    fn likeness(&self, sample: &[u8]) -> Option<usize> {
        let (mut total, mut bad, mut common) = (0usize, 0usize, 0usize);
        self.each(sample, |c, _| {
            total += 1;
            match c {
                None | Some('\u{E000}'..='\u{F8FF}' | '\u{FFFE}' | '\u{FFFF}') => bad += 1,
                Some(' '..='~' | '\t' | '\n' | '\r' | '\u{3001}' | '\u{3002}' | '\u{FF0C}') => {
                    common += 1
                }
                Some('\u{C}' | '\u{1B}') => {}
                Some(c) => bad += usize::from(c.is_control()),
            }
        });
        (bad * 100 <= total && common > 0).then_some(common)
    }

    /// Calls `each` with every character (`None` if it is none) and the number of its bytes.
    fn each(&self, bytes: &[u8], mut each: impl FnMut(Option<char>, usize)) {
        let unit = |chunk: &[u8]| {
            let fold = |n: u32, byte: &u8| (n << 8) | u32::from(*byte);
            if self.big {
                chunk.iter().fold(0, fold)
            } else {
                chunk.iter().rev().fold(0, fold)
            }
        };
        let mut chunks = bytes.chunks(self.size).peekable();
        while let Some(chunk) = chunks.next() {
            if chunk.len() < self.size {
                each(None, chunk.len());
                continue;
            }
            let first = unit(chunk);
            if self.size == 2 && (0xD800..0xDC00).contains(&first) {
                let next = chunks.peek().filter(|c| c.len() == 2).map(|c| unit(c));
                if let Some(second @ 0xDC00..0xE000) = next {
                    chunks.next();
                    each(
                        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)),
                        4,
                    );
                    continue;
                }
            }
            each(char::from_u32(first), self.size);
        }
    }

    fn decode(&self, bytes: &[u8]) -> Decoded<'static> {
        let rest = bytes.get(self.mark..).unwrap_or_default();
        let mut text = String::with_capacity(rest.len() / self.size + rest.len() / 8);
        let mut map = SourceMap::from_base(self.mark);
        let mut at = self.mark;
        let (mut bad, mut zeros) = (0, 0);
        self.each(rest, |c, len| {
            let c = match c {
                Some('\0') => {
                    zeros += 1;
                    ' '
                }
                Some(c) => c,
                None => {
                    bad += 1;
                    '\u{FFFD}'
                }
            };
            text.push(c);
            map.push(c.len_utf8(), Some(at), c.len_utf8() as u8, len as u8);
            at += len;
        });
        text.shrink_to_fit();
        map.shrink();
        let encoding = match (self.size, self.big) {
            (2, false) => "UTF-16LE",
            (2, true) => "UTF-16BE",
            (_, false) => "UTF-32LE",
            (_, true) => "UTF-32BE",
        };
        let mut notes = Vec::new();
        if bad > 0 {
            notes.push(not_valid(bad, encoding));
        }
        if zeros > 0 {
            notes.push(zero(zeros, "character"));
        }
        Decoded {
            text: Cow::Owned(text),
            map,
            encoding,
            notes,
        }
    }
}
