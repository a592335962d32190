//! Files of any length, of short records.

use super::file::invalid;
use std::cell::Cell;
use std::io::{Read, Result};
use std::rc::Rc;

/// A reader that gives no more than an allowance, which whoever reads it renews with each record: a
/// file may be long, one record of it may not.
pub struct Metered<R> {
    inner: R,
    most: u64,
    left: Rc<Cell<u64>>,
}

impl<R> Metered<R> {
    /// Of a reader and the most bytes of a record.
    pub fn new(inner: R, most: u64) -> Self {
        Self { inner, most, left: Rc::new(Cell::new(most)) }
    }
    /// Renews the allowance when it is called.
    pub fn renewal(&self) -> impl Fn() + use<R> {
        let (left, most) = (Rc::clone(&self.left), self.most);
        move || left.set(most)
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(invalid(&format!("one record is longer than {} KiB", self.most >> 10)));
        }
        let room = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = self.inner.read(&mut buffer[..room])?;
        self.left.set(left - read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_bounded_and_the_file_is_not() {
        let mut metered = Metered::new(std::io::repeat(7), 4096);
        let renew = metered.renewal();
        let mut buffer = [0; 4000];
        for _ in 0..10 {
            renew();
            metered.read_exact(&mut buffer).unwrap();
        }
        let error = metered.read_exact(&mut buffer).unwrap_err();
        assert_eq!(error.to_string(), "one record is longer than 4 KiB");
    }
}
