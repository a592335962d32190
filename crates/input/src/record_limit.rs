//! Files of any length whose records are short.

use super::file::invalid;
use std::cell::Cell;
use std::io::{Read, Result};
use std::rc::Rc;

/// A reader with a limit on each record: it returns at most that many bytes until the caller resets the limit for
/// the next record. A file may therefore be long, but a single record may not.
pub struct RecordLimit<R> {
    inner: R,
    max_bytes: u64,
    remaining: Rc<Cell<u64>>,
}

impl<R> RecordLimit<R> {
    /// A reader of records of at most `max_bytes` bytes each.
    pub fn new(inner: R, max_bytes: u64) -> Self {
        Self { inner, max_bytes, remaining: Rc::new(Cell::new(max_bytes)) }
    }
    /// A function that resets the limit; call it at the beginning of each record.
    pub fn resetter(&self) -> impl Fn() + use<R> {
        let (remaining, max_bytes) = (Rc::clone(&self.remaining), self.max_bytes);
        move || remaining.set(max_bytes)
    }
}

impl<R: Read> Read for RecordLimit<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let remaining = self.remaining.get();
        if remaining == 0 {
            let limit = self.max_bytes >> 10;
            return Err(invalid(&format!("one record is longer than {limit} KiB")));
        }
        let length = buffer.len().min(usize::try_from(remaining).unwrap_or(usize::MAX));
        let read = self.inner.read(&mut buffer[..length])?;
        self.remaining.set(remaining - read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_above_the_limit_is_refused_and_total_length_is_unlimited() {
        let mut reader = RecordLimit::new(std::io::repeat(7), 4096);
        let reset = reader.resetter();
        let mut buffer = [0; 4000];
        for _ in 0..10 {
            reset();
            reader.read_exact(&mut buffer).unwrap();
        }
        let error = reader.read_exact(&mut buffer).unwrap_err();
        assert_eq!(error.to_string(), "one record is longer than 4 KiB");
    }
}
