//! Tokens: a query's characters → brackets, operators and operands, each with its place.
//!
//! Here it is decided what is syntax and what is plain text. Not for precedence (`parse`).

use super::{Days, Field, Form, Node, Occur, Phrase, Proximity, QueryError, Value, foreign, terms};
use crate::analysis::stop::is_stop;
use crate::extract::date::{Interval, range};
use jiff::civil::Date;
use std::ops::Range;

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Open,
    /// With the weight behind it.
    Close(Option<f64>),
    And,
    Or,
    Not,
    Near(Proximity),
    /// What follows is for the headline.
    Title,
    /// An opening bracket after `lead`.
    Lead,
    /// An opening bracket after `atleast3`.
    AtLeast(u32),
    /// A word or phrase, weighted or not.
    Words(Node),
    Field(Field),
}

/// A token, the sign before it, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Lexed {
    pub token: Token,
    pub sign: Occur,
    pub at: Range<usize>,
}

/// Words may stand so far apart and still be called near.
const FARTHEST: u32 = 255;
/// A phrase may be so much out of order.
const LOOSEST: u32 = 50;

/// Quotation marks that open a phrase, and what closes each.
const QUOTES: [(char, &str); 10] = [
    ('"', "\"“”"),
    ('“', "”\"“"),
    ('”', "”"),
    ('„', "“”\""),
    ('«', "»"),
    ('»', "«"),
    ('「', "」"),
    ('『', "』"),
    ('‹', "›"),
    ('＂', "＂"),
];

/// Reads the tokens of a query, and what is to be said of how they were read.
pub(super) fn tokens(
    text: &str,
    today: Option<Date>,
) -> Result<(Vec<Lexed>, Vec<String>), QueryError> {
    let mut lexer = Lexer {
        text,
        today,
        at: 0,
        all_capitals: all_capitals(text),
        tokens: Vec::new(),
        notes: Vec::new(),
    };
    while lexer.at < text.len() {
        lexer.step()?;
    }
    lexer.refuse_same()?;
    lexer.balance();
    Ok((lexer.tokens, lexer.notes))
}

/// Whether every word is in capitals, and one of them is no operator.
fn all_capitals(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric());
    !text.contains(char::is_lowercase)
        && words().any(|w| {
            !matches!(w, "AND" | "OR" | "NOT" | "NEAR" | "ADJ") && w.contains(char::is_uppercase)
        })
}

struct Lexer<'a> {
    text: &'a str,
    today: Option<Date>,
    at: usize,
    all_capitals: bool,
    tokens: Vec<Lexed>,
    notes: Vec<String>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn error<T>(&self, at: Range<usize>, message: impl Into<String>) -> Result<T, QueryError> {
        Err(QueryError {
            message: message.into(),
            query: self.text.to_owned(),
            at,
        })
    }

    fn push(&mut self, token: Token, sign: Occur, from: usize) {
        self.tokens.push(Lexed {
            token,
            sign,
            at: from..self.at,
        });
    }

    /// Reads what starts here.
    fn step(&mut self) -> Result<(), QueryError> {
        let Some(first) = self.rest().chars().next() else {
            return Ok(());
        };
        if first.is_whitespace() {
            self.at += first.len_utf8();
            return Ok(());
        }
        let from = self.at;
        if first == ')' {
            self.at += 1;
            let weight = self.weight()?;
            self.push(Token::Close(weight), Occur::Any, from);
            return Ok(());
        }
        let sign = self.sign(first);
        let next = self.rest().chars().next().unwrap_or(' ');
        if next == '(' {
            self.at += 1;
            self.push(Token::Open, sign, from);
            return Ok(());
        }
        if next == '/' && self.slashed(sign, from)? {
            return Ok(());
        }
        if self.quoted(sign, from)? {
            return Ok(());
        }
        self.bare(sign, from)
    }

    /// `+` and `-` count where something follows at once; elsewhere they are punctuation.
    fn sign(&mut self, first: char) -> Occur {
        let follows =
            |c: char| c.is_alphanumeric() || "(=*/".contains(c) || closing(c).is_some() || c == '‘';
        let counts = self.rest().chars().nth(1).is_some_and(follows);
        let sign = match first {
            '+' if counts => Occur::Must,
            '-' if counts => Occur::Not,
            _ => return Occur::Any,
        };
        self.at += 1;
        sign
    }

    /// `/s`, `/p` and `/regex/`.
    fn slashed(&mut self, sign: Occur, from: usize) -> Result<bool, QueryError> {
        let token = self.rest().split([' ', '\t', '\n', '(', ')']).next();
        let near = match token {
            Some("/s" | "/S") => Some(Proximity::Sentence),
            Some("/p" | "/P") => Some(Proximity::Paragraph),
            _ => None,
        };
        if let (Some(near), Occur::Any) = (near, sign) {
            self.at += 2;
            self.push(Token::Near(near), sign, from);
            return Ok(true);
        }
        let mut escaped = false;
        let mut end = None;
        for (i, c) in self.rest().char_indices().skip(1) {
            if c.is_whitespace() {
                break;
            }
            if c == '/' && !escaped {
                end = Some(i);
                break;
            }
            escaped = c == '\\' && !escaped;
        }
        let Some(end) = end else { return Ok(false) };
        let inner = self.rest()[1..end].to_owned();
        let after = self.rest()[end + 1..].chars().next();
        if inner.is_empty() || after.is_some_and(|c| !c.is_whitespace() && c != ')' && c != '^') {
            return Ok(false);
        }
        self.at += end + 1;
        if let Some(instead) = foreign::slashed(&inner) {
            return self.refuse(from, &instead);
        }
        self.words(inner, Form::Regex, false, 0, sign, from)?;
        Ok(true)
    }

    /// A phrase in quotation marks, with `=` before and `~n` behind it.
    fn quoted(&mut self, sign: Occur, from: usize) -> Result<bool, QueryError> {
        let exact = self.rest().starts_with('=');
        let start = self.at + usize::from(exact);
        let Some(open) = self.text[start..].chars().next() else {
            return Ok(false);
        };
        let inner = start + open.len_utf8();
        let end = match closing(open) {
            Some(closers) => self.text[inner..].find(|c| closers.contains(c)),
            // A single quotation mark may be an apostrophe: it closes at the end of a word.
            None if open == '‘' => single(&self.text[inner..]),
            None => return Ok(false),
        };
        let Some(end) = end.map(|i| inner + i) else {
            return match open {
                '‘' => Ok(false),
                _ => self.error(
                    start..inner,
                    "this quotation mark has no partner: close it, leave it out, or use -F to take every character as it is",
                ),
            };
        };
        self.at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
        let form = if exact { Form::Exact } else { Form::Usual };
        let slop = match self.number('~') {
            Some(Ok(slop)) if slop <= LOOSEST => slop,
            Some(_) => {
                return self.error(
                    from..self.at,
                    format!("a phrase takes ~1 to ~{LOOSEST}; use NEAR/n for words farther apart"),
                );
            }
            None => 0,
        };
        let text = self.text[inner..end].to_owned();
        self.words(text, form, true, slop, sign, from)?;
        Ok(true)
    }

    /// Something that starts with neither a bracket nor a quotation mark.
    fn bare(&mut self, sign: Occur, from: usize) -> Result<(), QueryError> {
        let start = self.at;
        let end = self.text[start..]
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_whitespace() || "()".contains(*c) || opens_inside(*c))
            .map_or(self.text.len(), |(i, _)| start + i);
        let token = &self.text[start..end];
        if let Some((name, value)) = token.split_once(':')
            && self.field(name, start + name.len() + 1, value, sign, from)?
        {
            return Ok(());
        }
        self.at = end;
        let token = self.text[start..end].to_owned();
        if self.text[end..].starts_with('(') && self.function(&token, sign, from)? {
            return Ok(());
        }
        if sign == Occur::Any && self.operator(&token, from)? {
            return Ok(());
        }
        self.word(&token, sign, from)
    }

    /// `lead(` and `atleast3(`.
    fn function(&mut self, name: &str, sign: Occur, from: usize) -> Result<bool, QueryError> {
        if let Some(instead) = foreign::function(name) {
            return self.refuse(from, instead);
        }
        let token = match name.strip_prefix("atleast").map(str::parse) {
            Some(Ok(n)) if n > 0 => Token::AtLeast(n),
            Some(_) => return self.error(from..self.at, "write atleast3(word)"),
            None if name == "lead" => Token::Lead,
            None => return Ok(false),
        };
        self.at += 1;
        self.push(token, sign, from);
        Ok(true)
    }

    /// `AND`, `OR`, `NOT`, `NEAR/5`, `ADJ/5`, and what others use.
    fn operator(&mut self, token: &str, from: usize) -> Result<bool, QueryError> {
        let operator = match token {
            "AND" => Token::And,
            "OR" => Token::Or,
            "NOT" => Token::Not,
            _ => match near(token) {
                Some(n) if !(1..=FARTHEST).contains(&n) => {
                    return self.error(
                        from..self.at,
                        format!("write a number from 1 to {FARTHEST}, or use /s or /p"),
                    );
                }
                Some(n) if token.starts_with('N') => Token::Near(Proximity::Near(n)),
                Some(n) => Token::Near(Proximity::Adj(n)),
                None => {
                    return match foreign::instead(token) {
                        Some(_) if self.is_capital_word(token) => {
                            self.note_capitals(token);
                            Ok(false)
                        }
                        Some(instead) => self.refuse(from, &instead),
                        None if token.starts_with('!')
                            && token[1..].starts_with(char::is_alphabetic) =>
                        {
                            self.refuse(from, "write a hyphen, as in -word, or NOT")
                        }
                        None => Ok(false),
                    };
                }
            },
        };
        if self.is_capital_word(token) {
            self.note_capitals(token);
            return Ok(false);
        }
        self.push(operator, Occur::Any, from);
        Ok(true)
    }

    /// Whether a token is a word because the whole query is in capitals.
    fn is_capital_word(&self, token: &str) -> bool {
        self.all_capitals && matches!(token, "AND" | "OR" | "NOT" | "NEAR" | "ADJ")
    }

    fn note_capitals(&mut self, token: &str) {
        self.notes.push(format!(
            "the query is all in capitals, so {token} is read as a word; write a word of it in small letters to make it an operator"
        ));
    }

    fn refuse<T>(&self, from: usize, instead: &str) -> Result<T, QueryError> {
        let token = &self.text[from..self.at];
        self.error(
            from..self.at,
            format!("`{token}` is no operator here: {instead}; -F takes it as words"),
        )
    }

    /// `name:value`. `false` where it is plain text.
    fn field(
        &mut self,
        name: &str,
        start: usize,
        value: &str,
        sign: Occur,
        from: usize,
    ) -> Result<bool, QueryError> {
        const NAMES: [&str; 8] = [
            "title",
            "actor",
            "place",
            "date",
            "published",
            "source",
            "lang",
            "path",
        ];
        if !NAMES.contains(&name) {
            let known = NAMES.iter().any(|n| n.eq_ignore_ascii_case(name));
            let follows = self.text[start..].chars().next();
            let valued = !value.is_empty() || follows.is_some_and(is_quote);
            let word = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
            if valued && (word || known) && !value.starts_with("//") {
                self.notes.push(format!(
                    "`{name}:` is no field, so it is read as words; fields are {}:",
                    NAMES.join(":, ")
                ));
            }
            return Ok(false);
        }
        let Some(first) = self.text[start..].chars().next() else {
            return Ok(false);
        };
        if first.is_whitespace() || first == ')' {
            self.notes.push(format!(
                "`{name}:` is read as a word; as a field it has its value right behind it"
            ));
            return Ok(false);
        }
        self.at = start;
        if name == "title" {
            self.push(Token::Title, sign, from);
            return Ok(true);
        }
        let value = self.value(name, from)?;
        let field = self.typed(name, value, from)?;
        self.push(Token::Field(field), sign, from);
        Ok(true)
    }

    /// The value of a field, and whether it stood in quotation marks.
    fn value(&mut self, name: &str, from: usize) -> Result<(String, bool), QueryError> {
        let exact = self.rest().starts_with('=');
        let start = self.at + usize::from(exact);
        let first = self.text[start..].chars().next().unwrap_or(' ');
        let prefix = if exact { "=" } else { "" };
        if let Some(closers) = closing(first) {
            let inner = start + first.len_utf8();
            let Some(len) = self.text[inner..].find(|c| closers.contains(c)) else {
                return self.error(start..inner, "this quotation mark has no partner: close it");
            };
            let end = inner + len;
            self.at = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
            let value = self.text[inner..end].replace(is_quote, " ");
            return Ok((format!("{prefix}{}", value.trim()), true));
        }
        if "([{<>".contains(first) {
            self.at = start + 1;
            return self.error(
                start..self.at,
                match (name, first) {
                    ("date" | "published", _) => {
                        format!(
                            "write {name}:2020-10..2020-12, {name}:2020-10.. or {name}:..2020-12"
                        )
                    }
                    (_, '(') => format!("write ({name}:A OR {name}:B)"),
                    _ => format!("{name}: takes a name, in quotation marks where it has spaces"),
                },
            );
        }
        let mut depth = 0;
        let end = self.text[start..].find(|c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c.is_whitespace() || depth < 0 || is_quote(c)
        });
        let end = end.map_or(self.text.len(), |i| start + i);
        self.at = end;
        let value = self.text[start..end].trim_end_matches([',', ';']);
        if !value.contains(|c: char| c.is_alphanumeric()) {
            return self.error(
                from..end,
                match value {
                    "*" => format!("write -{name}:none for articles that have one"),
                    _ => format!("{name}: needs a value"),
                },
            );
        }
        Ok((format!("{prefix}{value}"), false))
    }

    fn typed(
        &self,
        name: &str,
        (value, quoted): (String, bool),
        from: usize,
    ) -> Result<Field, QueryError> {
        if value.trim().is_empty() {
            return self.error(from..self.at, format!("{name}: needs a value"));
        }
        let none = value == "none" && !quoted;
        if matches!(name, "date" | "published") {
            let days = if none {
                Days::None
            } else {
                match self.days(&value) {
                    Ok(days) => Days::Within(days),
                    Err(e) => return self.error(from..self.at, format!("{name}: {e}")),
                }
            };
            return Ok(match name {
                "date" => Field::Date(days),
                _ => Field::Published(days),
            });
        }
        let value = if none { Value::None } else { Value::Is(value) };
        Ok(match name {
            "actor" => Field::Actor(value),
            "place" => Field::Place(value),
            "source" => Field::Source(value),
            "lang" => Field::Lang(value),
            _ => Field::Path(value),
        })
    }

    fn days(&self, value: &str) -> Result<Interval, String> {
        if let Some(today) = self.today {
            return range(value, today);
        }
        // What counts from today is found by its counting from two days differently.
        let days = range(value, jiff::civil::date(2000, 1, 1))?;
        match range(value, jiff::civil::date(2004, 7, 7)) == Ok(days) {
            true => Ok(days),
            false => Err(format!(
                "'{value}' counts from today; write a date of the calendar"
            )),
        }
    }

    /// A word with what stands behind it: `~1` and `^2`.
    fn word(&mut self, token: &str, sign: Occur, from: usize) -> Result<(), QueryError> {
        let exact = token.starts_with('=') && token[1..].starts_with(char::is_alphanumeric);
        let body = if exact { &token[1..] } else { token };
        let (body, weight) = behind(body, '^');
        let (body, fuzzy) = behind(body, '~');
        let end = self.at;
        if fuzzy.is_some() && (exact || body.contains('*')) {
            return self.error(
                from..end,
                "~ goes with a plain word: not with = and not with a wildcard",
            );
        }
        if body.ends_with('~') && body.contains(char::is_alphabetic) {
            self.notes.push(format!(
                "`{token}`: ~ without a number is punctuation; write {token}1 for one wrong letter"
            ));
        }
        let form = match fuzzy {
            _ if exact => Form::Exact,
            Some(n) if body.contains(char::is_alphabetic) => {
                let letters = n.parse().ok().filter(|n| (1..=2).contains(n));
                let one = terms::terms(body, Form::Exact).len() == 1;
                match letters {
                    Some(n) if one => Form::Fuzzy(n),
                    _ => {
                        return self.error(
                            from..end,
                            "write word~1 or word~2 for one or two wrong letters in one word, \"a phrase\"~3 for words out of order",
                        );
                    }
                }
            }
            _ => Form::Usual,
        };
        let body = if form == Form::Usual && fuzzy.is_some() {
            behind(token, '^').0
        } else {
            body
        };
        // A weight is taken off the text and read again behind its last word.
        let parts: Vec<String> = match body.contains("://") {
            true => vec![body.to_owned()],
            false => split(body).map(str::to_owned).collect(),
        };
        let count = parts.len();
        for (n, part) in parts.into_iter().enumerate() {
            if let (Some(weight), true) = (weight, n + 1 == count) {
                self.at = end - weight.len() - 1;
            }
            self.words(part, form, false, 0, sign, from)?;
            self.at = end;
        }
        Ok(())
    }

    /// Adds words, unless they have no letters and no digits. A word that the analyzer cuts in two
    /// (`Al-Shabaab`) is a phrase.
    fn words(
        &mut self,
        text: String,
        form: Form,
        quoted: bool,
        slop: u32,
        sign: Occur,
        from: usize,
    ) -> Result<(), QueryError> {
        let weight = self.weight()?;
        let text = match form {
            Form::Regex => text,
            _ => text.replace(is_quote, " "),
        };
        let extent = match form {
            Form::Regex => Some(0..text.len()),
            _ => terms::extent(&text, form == Form::Usual),
        };
        let Some(extent) = extent else { return Ok(()) };
        if form == Form::Exact && text.contains('*') {
            return self.error(
                from..self.at,
                "a word as written (=Word) takes no wildcards",
            );
        }
        let text = &text[extent];
        let mut phrase = Phrase {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            form,
            slop,
            quoted,
        };
        if !matches!(form, Form::Regex | Form::Fuzzy(_)) {
            phrase.quoted |= phrase.terms().len() > 1;
        }
        if !phrase.quoted && matches!(form, Form::Usual) {
            phrase.text = unreserved(&phrase.text);
            // What is left of `near5,` is no operator, but would be one if it were shown bare.
            phrase.quoted |= foreign::instead(&phrase.text).is_some();
        }
        let node = match weight {
            Some(by) => Node::Boost(Box::new(Node::Words(phrase)), by),
            None => Node::Words(phrase),
        };
        self.push(Token::Words(node), sign, from);
        Ok(())
    }

    /// Takes `^2` here, if it is here.
    fn weight(&mut self) -> Result<Option<f64>, QueryError> {
        let from = self.at;
        let Some(rest) = self.rest().strip_prefix('^') else {
            return Ok(None);
        };
        let len = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let Ok(weight) = rest[..len].parse::<f64>() else {
            return Ok(None);
        };
        self.at += 1 + len;
        if !(0.01..=100.0).contains(&weight) {
            return self.error(from..self.at, "a weight lies between 0.01 and 100");
        }
        Ok(Some(weight))
    }

    /// Takes `~3` here, if it is here.
    fn number(&mut self, mark: char) -> Option<Result<u32, std::num::ParseIntError>> {
        let rest = self.rest().strip_prefix(mark)?;
        let len = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        if len == 0 {
            return None;
        }
        let number = rest[..len].parse();
        self.at += 1 + len;
        Some(number)
    }

    /// `same` between two words that say something is an operator elsewhere; among the small words
    /// of a sentence it is one of them.
    fn refuse_same(&self) -> Result<(), QueryError> {
        let word = |n: usize| match self.tokens.get(n).map(|t| (&t.token, t.sign)) {
            Some((Token::Words(Node::Words(p)), Occur::Any)) if !p.quoted => Some(p.text.as_str()),
            _ => None,
        };
        let is_same = |n: usize| word(n).is_some_and(|w| w.eq_ignore_ascii_case("same"));
        let prose = (0..self.tokens.len()).any(|n| !is_same(n) && word(n).is_some_and(is_stop));
        let operand = |n: usize| {
            matches!(
                self.tokens.get(n).map(|t| &t.token),
                Some(Token::Words(_) | Token::Open | Token::Close(_) | Token::Lead)
            )
        };
        for n in 1..self.tokens.len() {
            let at = self.tokens[n].at.clone();
            let typed = &self.text[at.clone()];
            if is_same(n)
                && !prose
                && !self.all_capitals
                && typed != "Same"
                && operand(n - 1)
                && operand(n + 1)
            {
                return self.error(
                    at,
                    format!(
                        "`{typed}` is no operator here: write /p for one paragraph, /s for one sentence; -F takes it as a word"
                    ),
                );
            }
        }
        Ok(())
    }

    /// Brackets without a partner are punctuation where no operator gives them a meaning.
    fn balance(&mut self) {
        let syntax = |t: &Lexed| {
            t.sign != Occur::Any
                || matches!(
                    t.token,
                    Token::And
                        | Token::Or
                        | Token::Not
                        | Token::Near(_)
                        | Token::Lead
                        | Token::AtLeast(_)
                        | Token::Title
                        | Token::Field(_)
                        | Token::Close(Some(_))
                )
        };
        let mut depth = 0;
        let mut balanced = true;
        for lexed in &self.tokens {
            match lexed.token {
                Token::Open => depth += 1,
                Token::Close(_) => depth -= 1,
                _ => {}
            }
            balanced &= depth >= 0;
        }
        if (!balanced || depth != 0) && !self.tokens.iter().any(syntax) {
            self.tokens
                .retain(|t| !matches!(t.token, Token::Open | Token::Close(_)));
        }
    }
}

/// The words of a text in which every character is literal.
pub(super) fn literal(text: &str) -> Vec<Node> {
    text.split(char::is_whitespace)
        .flat_map(split)
        .filter_map(|part| {
            let part: String = part
                .chars()
                .map(|c| {
                    if is_quote(c) || "*?".contains(c) {
                        ' '
                    } else {
                        c
                    }
                })
                .collect();
            let text = part[terms::extent(&part, false)?]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            let quoted = terms::terms(&text, Form::Exact).len() > 1
                || foreign::instead(&text.to_lowercase()).is_some();
            Some(Node::Words(Phrase {
                text: if quoted { text } else { unreserved(&text) },
                form: Form::Usual,
                slop: 0,
                quoted,
            }))
        })
        .collect()
}

/// A word that is spelled as an operator, spelled otherwise: what it matches stays the same.
fn unreserved(word: &str) -> String {
    match word {
        "AND" | "OR" | "NOT" | "NEAR" | "ADJ" => word.to_lowercase(),
        "same" | "SAME" => "Same".to_owned(),
        _ => word.to_owned(),
    }
}

/// Splits where punctuation stands between words, never inside one: `Russia/Ukraine`, not `1,200`.
fn split(token: &str) -> impl Iterator<Item = &str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut cuts: Vec<usize> = vec![0];
    for (i, c) in token.char_indices() {
        let separates = match c {
            ',' => !(digit(token[..i].chars().next_back()) && digit(token[i + 1..].chars().next())),
            '—' | '–' | '/' | ';' | '[' | ']' | '|' | '(' | ')' => true,
            _ => false,
        };
        if separates {
            cuts.extend([i, i + c.len_utf8()]);
        }
    }
    cuts.push(token.len());
    (0..cuts.len() - 1).map(move |n| &token[cuts[n]..cuts[n + 1]])
}

/// `NEAR/5` and `ADJ/5` → 5; a number that does not fit is 0.
fn near(token: &str) -> Option<u32> {
    let number = token.strip_prefix("NEAR/").or(token.strip_prefix("ADJ/"))?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| number.parse().unwrap_or(0))
}

/// `word~2` → `word` and `2`, where a number follows the mark to the end.
fn behind(token: &str, mark: char) -> (&str, Option<&str>) {
    match token.rsplit_once(mark) {
        Some((body, number))
            if !body.is_empty()
                && number.parse::<f64>().is_ok()
                && number.bytes().all(|b| b.is_ascii_digit() || b == b'.') =>
        {
            (body, Some(number))
        }
        _ => (token, None),
    }
}

fn closing(open: char) -> Option<&'static str> {
    QUOTES
        .iter()
        .find(|(c, _)| *c == open)
        .map(|(_, close)| *close)
}

fn is_quote(c: char) -> bool {
    QUOTES
        .iter()
        .any(|(open, close)| *open == c || close.contains(c))
}

/// A quotation mark may follow a word without a space: `truce"red cross"`.
fn opens_inside(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '「' | '『' | '＂')
}

/// Where a phrase in single quotation marks ends: at a mark that no letter follows.
fn single(text: &str) -> Option<usize> {
    text.char_indices()
        .filter(|(_, c)| *c == '’')
        .map(|(i, c)| (i, text[i + c.len_utf8()..].chars().next()))
        .find(|(_, after)| !after.is_some_and(char::is_alphanumeric))
        .map(|(i, _)| i)
}
