//! Responses from a function instead of the network, on the current thread, for tests with many requests. Not part
//! of the public interface.

use super::TransportError;
use std::cell::RefCell;
use std::rc::Rc;

/// The response to a request of this URL and, for POST, this body.
type Responder = dyn Fn(&str, Option<&str>) -> Result<String, TransportError>;

thread_local! {
    static RESPONDER: RefCell<Option<Rc<Responder>>> = const { RefCell::new(None) };
}

/// Runs `run` while `responder` answers the HTTP requests of this thread.
pub fn with<T>(
    responder: impl Fn(&str, Option<&str>) -> Result<String, TransportError> + 'static,
    run: impl FnOnce() -> T,
) -> T {
    struct Restore(Option<Rc<Responder>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            RESPONDER.set(self.0.take());
        }
    }
    let _restore = Restore(RESPONDER.replace(Some(Rc::new(responder))));
    run()
}

/// The response where a responder is set.
pub(super) fn response(url: &str, body: Option<&str>) -> Option<Result<String, TransportError>> {
    let responder = RESPONDER.with_borrow(Clone::clone)?;
    Some(responder(url, body))
}
