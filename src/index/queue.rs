//! Documents on their way to the threads that index them, and the room that they take there.
//!
//! tantivy lets ten thousand batches wait, whatever they weigh: articles of a hundred kilobytes would be
//! gigabytes of them while a segment is written or others are merged. Here they are bounded in bytes. Not for
//! making documents.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tantivy::TantivyDocument;
use tantivy::schema::Document;

/// The most bytes that wait.
const MOST: usize = 16 << 20;

/// How many bytes wait.
#[derive(Default)]
pub(super) struct Queue {
    bytes: Mutex<usize>,
    fewer: Condvar,
}

impl Queue {
    /// Waits until there is room for so many bytes; what is more than there ever is enters alone.
    pub(super) fn enter(self: Arc<Queue>, bytes: usize) -> Arc<Place> {
        let waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |waiting: &mut usize| *waiting > 0 && *waiting + bytes > MOST;
        let waiting = self.fewer.wait_while(waiting, full);
        *waiting.unwrap_or_else(PoisonError::into_inner) += bytes;
        Arc::new(Place { queue: self, bytes })
    }
}

/// Room in the queue, until the last document that has it is indexed.
pub(super) struct Place {
    queue: Arc<Queue>,
    bytes: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        let waiting = self.queue.bytes.lock();
        *waiting.unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.queue.fewer.notify_all();
    }
}

/// A document in the queue.
pub(super) struct Queued {
    pub(super) document: TantivyDocument,
    /// Given up with the document.
    pub(super) _place: Arc<Place>,
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Queue};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    #[test]
    fn who_finds_no_room_waits_for_it() {
        let queue = Arc::new(Queue::default());
        let first = Arc::clone(&queue).enter(MOST / 2);
        let second = Arc::clone(&queue).enter(MOST / 2);
        let entered = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                drop(Arc::clone(&queue).enter(1));
                entered.store(true, Ordering::SeqCst);
            });
            std::thread::sleep(Duration::from_millis(20));
            assert!(!entered.load(Ordering::SeqCst));
            drop(first);
        });
        assert!(entered.load(Ordering::SeqCst));
        drop(second);
    }

    #[test]
    fn what_is_larger_than_the_queue_enters_alone() {
        let queue = Arc::new(Queue::default());
        let large = Arc::clone(&queue).enter(3 * MOST);
        drop(large);
        drop(Arc::clone(&queue).enter(3 * MOST));
    }
}
