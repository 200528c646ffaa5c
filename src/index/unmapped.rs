//! A directory whose files are read, not mapped: writing an index keeps no more of it in memory
//! than it works on.
//!
//! Merging reads whole segments, a term after another. Mapped, every page it came by would count as
//! the program's own until the file is closed: at a gigabyte of text three quarters of what the program
//! held. Read by position, a file costs a window of what lies ahead. Not for searching, which leaps
//! about in files and shares their pages with everyone.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, io};
use tantivy::HasLen;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback,
    WatchHandle, WritePtr,
};

/// A read elsewhere takes so many bytes along; one that goes on twice as many as the last, until
/// the most.
const LEAST: usize = 8 << 10;
const MOST: usize = 256 << 10;

/// A folder on disk that is written to, and whose files are read by position.
///
/// Where a system does not let an open file be removed, or has no reading by position, files are mapped.
#[derive(Clone)]
pub struct Unmapped {
    folder: PathBuf,
    mapped: MmapDirectory,
}

impl Unmapped {
    /// Opens a folder.
    ///
    /// # Errors
    /// One that is not there or cannot be looked at.
    pub fn open(folder: &Path) -> Result<Unmapped, OpenDirectoryError> {
        let mapped = MmapDirectory::open(folder)?;
        let folder = folder
            .canonicalize()
            .map_err(|e| OpenDirectoryError::wrap_io_error(e, folder.to_owned()))?;
        Ok(Unmapped { folder, mapped })
    }
}

impl fmt::Debug for Unmapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unmapped({:?})", self.folder)
    }
}

impl Directory for Unmapped {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if !cfg!(unix) {
            return self.mapped.get_file_handle(path);
        }
        let opened = |folder: &Path| {
            let file = File::open(folder.join(path))?;
            let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
            Ok(Windowed::new(file, length))
        };
        match opened(&self.folder) {
            Ok(file) => Ok(Arc::new(file)),
            Err(e) if io::Error::kind(&e) == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(e) => Err(OpenReadError::wrap_io_error(e, path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.mapped.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, content)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}

/// An open file, with what was read of it last. It can be removed meanwhile and be read on.
struct Windowed {
    file: File,
    length: usize,
    window: Mutex<Window>,
}

/// A part of a file.
struct Window {
    start: usize,
    bytes: OwnedBytes,
    /// How much a read that goes on from here takes along.
    ahead: usize,
}

impl Windowed {
    fn new(file: File, length: usize) -> Windowed {
        let window = Mutex::new(Window {
            start: 0,
            bytes: OwnedBytes::empty(),
            ahead: LEAST,
        });
        Windowed {
            file,
            length,
            window,
        }
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        read_exact_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let end = window.start + window.bytes.len();
        if window.start <= range.start && range.end <= end {
            let start = window.start;
            return Ok(window.bytes.slice(range.start - start..range.end - start));
        }
        let goes_on = (window.start..=end + window.ahead).contains(&range.start);
        let ahead = if goes_on { window.ahead } else { LEAST };
        let (read, kept) = if range.len() >= ahead {
            // Whoever reads much at once has what was wanted, and keeps it only as long.
            (self.read(range.clone())?, OwnedBytes::empty())
        } else {
            let block = self.read(range.start..self.length.min(range.start + ahead))?;
            (block.slice(0..range.len()), block)
        };
        *window = Window {
            start: if kept.is_empty() {
                range.end
            } else {
                range.start
            },
            bytes: kept,
            ahead: MOST.min(2 * ahead),
        };
        Ok(read)
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.length
    }
}

impl fmt::Debug for Windowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Windowed({:?})", self.file)
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_exact_at(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::{LEAST, MOST, Unmapped};
    use std::io::{ErrorKind, Write};
    use std::path::Path;
    use tantivy::directory::error::OpenReadError;
    use tantivy::directory::{Directory, FileSlice, TerminatingWrite};

    /// A folder with a file of so many bytes, none like its neighbours.
    fn file(length: usize) -> (tempfile::TempDir, Unmapped, Vec<u8>, FileSlice) {
        let folder = tempfile::tempdir().unwrap();
        let directory = Unmapped::open(folder.path()).unwrap();
        let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let mut written = directory.open_write(Path::new("file")).unwrap();
        written.write_all(&bytes).unwrap();
        written.terminate().unwrap();
        let opened = directory.open_read(Path::new("file")).unwrap();
        (folder, directory, bytes, opened)
    }

    #[test]
    fn reads_on_across_the_borders_of_windows() {
        let (_folder, _, bytes, opened) = file(4 * MOST + 17);
        for step in [1000, LEAST - 1, LEAST, LEAST + 1, MOST, MOST + 1] {
            let mut at = 0;
            while at < bytes.len() {
                let end = bytes.len().min(at + step);
                assert_eq!(
                    opened.slice(at..end).read_bytes().unwrap()[..],
                    bytes[at..end]
                );
                at = end;
            }
        }
    }

    #[test]
    fn reads_here_and_there_and_keeps_what_it_gave() {
        let (_folder, _, bytes, opened) = file(3 * MOST);
        let mut kept = Vec::new();
        for n in 0..500usize {
            let at = n * 7_919 % bytes.len();
            let end = bytes.len().min(at + n * 977 % (2 * LEAST));
            kept.push((at..end, opened.slice(at..end).read_bytes().unwrap()));
        }
        for (range, read) in kept {
            assert_eq!(read[..], bytes[range]);
        }
    }

    #[test]
    fn an_empty_range_and_an_empty_file_have_no_bytes() {
        let (_folder, _, bytes, opened) = file(100);
        for at in [0, 50, bytes.len()] {
            assert!(opened.slice(at..at).read_bytes().unwrap().is_empty());
        }
        let (_folder, _, _, opened) = file(0);
        assert!(opened.read_bytes().unwrap().is_empty());
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_was_removed_is_read_on() {
        let (_folder, directory, bytes, opened) = file(2 * MOST);
        assert_eq!(opened.slice(0..10).read_bytes().unwrap()[..], bytes[..10]);
        directory.delete(Path::new("file")).unwrap();
        assert!(!directory.exists(Path::new("file")).unwrap());
        assert_eq!(opened.read_bytes().unwrap()[..], bytes);
        let again = directory.open_read(Path::new("file"));
        assert!(matches!(again, Err(OpenReadError::FileDoesNotExist(_))));
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_was_cut_short_is_an_error_with_its_cause() {
        let (folder, _, _, opened) = file(2 * MOST);
        let cut = std::fs::File::options()
            .write(true)
            .open(folder.path().join("file"));
        cut.unwrap().set_len(100).unwrap();
        let read = opened.slice(MOST..MOST + 5).read_bytes();
        assert_eq!(read.unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }
}
