//! Documents: what the index stores of a passage, as it is read.
//!
//! tantivy's own document is made of copies of values that it has read already; this one keeps those. Not for
//! what they say (`passage_text`).

use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer, ValueVisitor,
};

/// What is stored of a document, whose fields have one value each.
pub(super) struct Document(Vec<(Field, Kept)>);

enum Kept {
    Text(String),
    Bytes(Vec<u8>),
}

impl Document {
    /// Takes the text of a field out of it.
    pub(super) fn text(&mut self, field: Field) -> String {
        let texts = self.0.iter_mut().filter(|(of, _)| *of == field);
        let mut texts = texts.filter_map(|(_, value)| match value {
            Kept::Text(text) => Some(std::mem::take(text)),
            Kept::Bytes(_) => None,
        });
        texts.next().unwrap_or_default()
    }

    /// The bytes of a field, where it has some.
    pub(super) fn bytes(&self, field: Field) -> Option<&[u8]> {
        self.0.iter().find_map(|(of, value)| match value {
            Kept::Bytes(bytes) if *of == field => Some(bytes.as_slice()),
            _ => None,
        })
    }
}

impl DocumentDeserialize for Document {
    fn deserialize<'de, D>(mut document: D) -> Result<Document, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut values = Vec::with_capacity(document.size_hint());
        while let Some(value) = document.next_field()? {
            values.push(value);
        }
        Ok(Document(values))
    }
}

impl ValueDeserialize for Kept {
    fn deserialize<'de, D>(value: D) -> Result<Kept, DeserializeError>
    where
        D: ValueDeserializer<'de>,
    {
        struct TextOrBytes;
        impl ValueVisitor for TextOrBytes {
            type Value = Kept;

            fn visit_string(&self, text: String) -> Result<Kept, DeserializeError> {
                Ok(Kept::Text(text))
            }

            fn visit_bytes(&self, bytes: Vec<u8>) -> Result<Kept, DeserializeError> {
                Ok(Kept::Bytes(bytes))
            }
        }
        value.deserialize_any(TextOrBytes)
    }
}
