//! Display: a query as text that reads back as the same query.
//!
//! Brackets stand wherever two operators meet, so that nobody has to know which binds tighter.

use super::{Days, Field, Form, Item, Node, Occur, Phrase, Proximity, Query, Value};
use jiff::civil::Date;
use std::fmt::{self, Display, Formatter};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Node::All => Ok(()),
            Node::Words(phrase) => phrase.fmt(f),
            Node::Group(items) => joined(f, items, " "),
            Node::And(nodes) => joined(f, nodes.iter().map(Operand), " AND "),
            Node::Or(nodes) => joined(f, nodes.iter().map(Operand), " OR "),
            Node::Not(node) => write!(f, "NOT {}", Operand(node)),
            Node::Near(how, a, b) => match **a {
                Node::Near(..) => write!(f, "{a} {how} {}", Operand(b)),
                _ => write!(f, "{} {how} {}", Operand(a), Operand(b)),
            },
            Node::AtLeast(n, node) => write!(f, "atleast{n}({node})"),
            Node::Lead(node) => write!(f, "lead({node})"),
            Node::Title(node) => match **node {
                Node::Words(_) => write!(f, "title:{node}"),
                _ => write!(f, "title:({node})"),
            },
            Node::Boost(node, by) => match **node {
                Node::Words(_) | Node::AtLeast(..) | Node::Lead(_) | Node::Title(_) => {
                    write!(f, "{node}^{by}")
                }
                _ => write!(f, "({node})^{by}"),
            },
            Node::Field(field) => field.fmt(f),
        }
    }
}

fn joined<T: Display>(
    f: &mut Formatter<'_>,
    parts: impl IntoIterator<Item = T>,
    with: &str,
) -> fmt::Result {
    for (n, part) in parts.into_iter().enumerate() {
        if n > 0 {
            f.write_str(with)?;
        }
        part.fmt(f)?;
    }
    Ok(())
}

/// A node where another one is built around it: in brackets unless it cannot be misread.
struct Operand<'a>(&'a Node);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::All
            | Node::Group(_)
            | Node::And(_)
            | Node::Or(_)
            | Node::Near(..)
            | Node::Not(_) => write!(f, "({})", self.0),
            _ => self.0.fmt(f),
        }
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.occur {
            Occur::Any => "",
            Occur::Must => "+",
            Occur::Not => "-",
        })?;
        Operand(&self.node).fmt(f)
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.form {
            Form::Regex => return write!(f, "/{text}/"),
            Form::Fuzzy(n) => return write!(f, "{text}~{n}"),
            Form::Exact => f.write_str("=")?,
            Form::Usual => {}
        }
        match self.quoted {
            true => write!(f, "\"{text}\"")?,
            false => f.write_str(text)?,
        }
        match self.slop {
            0 => Ok(()),
            slop => write!(f, "~{slop}"),
        }
    }
}

impl Display for Proximity {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Proximity::Near(n) => write!(f, "NEAR/{n}"),
            Proximity::Adj(n) => write!(f, "ADJ/{n}"),
            Proximity::Sentence => f.write_str("/s"),
            Proximity::Paragraph => f.write_str("/p"),
        }
    }
}

impl Field {
    /// The name before the colon.
    pub fn name(&self) -> &'static str {
        match self {
            Field::Actor(_) => "actor",
            Field::Place(_) => "place",
            Field::Date(_) => "date",
            Field::Published(_) => "published",
            Field::Source(_) => "source",
            Field::Lang(_) => "lang",
            Field::Path(_) => "path",
        }
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.name())?;
        match self {
            Field::Actor(value)
            | Field::Place(value)
            | Field::Source(value)
            | Field::Lang(value)
            | Field::Path(value) => value.fmt(f),
            Field::Date(days) | Field::Published(days) => days.fmt(f),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => f.write_str("none"),
            Value::Is(text) => {
                let (exact, name) = match text.strip_prefix('=') {
                    Some(name) => ("=", name),
                    None => ("", text.as_str()),
                };
                let bare = name != "none"
                    && name
                        .chars()
                        .all(|c| c.is_alphanumeric() || "-_./:#'’*?".contains(c))
                    && name.starts_with(|c: char| c.is_alphanumeric() || c == '*');
                match bare {
                    true => write!(f, "{exact}{name}"),
                    false => write!(f, "{exact}\"{name}\""),
                }
            }
        }
    }
}

impl Display for Days {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Days::Within(days) = self else {
            return f.write_str("none");
        };
        if days.start == days.end {
            return write!(f, "{}", days.start);
        }
        if days.start > Date::MIN {
            write!(f, "{}", days.start)?;
        }
        f.write_str("..")?;
        if days.end < Date::MAX {
            write!(f, "{}", days.end)?;
        }
        Ok(())
    }
}
