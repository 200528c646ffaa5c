//! The time that a query may take: sets the flag that ends it.
//!
//! The library looks at no clock; this does. Not for Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A limit on what runs until it is dropped.
pub struct Watch {
    /// Set once the time is over.
    pub stop: Arc<AtomicBool>,
    done: Arc<(Mutex<bool>, Condvar)>,
}

impl Watch {
    /// Starts counting; without a limit it never ends.
    pub fn start(seconds: Option<f64>) -> Watch {
        let watch = Watch {
            stop: Arc::default(),
            done: Arc::default(),
        };
        if let Some(seconds) = seconds {
            let (stop, done) = (Arc::clone(&watch.stop), Arc::clone(&watch.done));
            std::thread::spawn(move || {
                let guard = done.0.lock().unwrap_or_else(PoisonError::into_inner);
                let limit = Duration::from_secs_f64(seconds);
                let waited = done.1.wait_timeout_while(guard, limit, |done| !*done);
                let (done, _) = waited.unwrap_or_else(PoisonError::into_inner);
                if !*done {
                    stop.store(true, Ordering::Relaxed);
                }
            });
        }
        watch
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *self.done.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.done.1.notify_all();
    }
}
