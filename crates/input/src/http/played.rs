//! Answers in the place of the network's, on the thread that asks: what a test plays by the million. No part of the
//! public interface.

use super::TransportError;
use std::cell::RefCell;
use std::rc::Rc;

/// What is answered to a question: its address, and its body where it has one.
type Answer = dyn Fn(&str, Option<&str>) -> Result<String, TransportError>;

thread_local! {
    static ANSWER: RefCell<Option<Rc<Answer>>> = const { RefCell::new(None) };
}

/// Runs something whose questions over HTTP, on this thread, are answered by a function.
pub fn with<T>(
    answer: impl Fn(&str, Option<&str>) -> Result<String, TransportError> + 'static,
    run: impl FnOnce() -> T,
) -> T {
    struct Restore(Option<Rc<Answer>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            ANSWER.set(self.0.take());
        }
    }
    let _restore = Restore(ANSWER.replace(Some(Rc::new(answer))));
    run()
}

/// The answer, where one is played.
pub(super) fn answer(url: &str, body: Option<&str>) -> Option<Result<String, TransportError>> {
    let answer = ANSWER.with_borrow(Clone::clone)?;
    Some(answer(url, body))
}
