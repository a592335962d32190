//! Answers that are slow, none, or not for us.

use super::*;

/// Both kinds of source on one reply.
fn both(reply: fn() -> Response, deadline: Duration, is_right: fn(&LiveError) -> bool) {
    let server = Server::new(move |_| reply());
    for error in [ask_api(&server, deadline), ask_node(&server, deadline)] {
        let error = error.unwrap_err();
        assert!(is_right(&error), "{error:?}");
        assert!(error.to_string().contains(server.host()) && !error.is_input(), "{error}");
    }
    // Nothing is asked twice.
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn slow_answers_end_at_the_deadline() {
    let is_timeout = |error: &LiveError| matches!(error, LiveError::Timeout { millis: 300, .. });
    both(|| Fault::Silent.into(), SHORT, is_timeout);
    both(|| Fault::SlowBody.into(), SHORT, is_timeout);
}

#[test]
fn the_deadline_is_of_all_requests_together() {
    // Each answer would be in time.
    let slow = Duration::from_millis(200);
    let deadline = Duration::from_millis(350);
    let chain = Chain::new();
    let served = chain.clone();
    let api = Server::new(move |asked| {
        let page = served.page(&asked.path).unwrap();
        Response::ok(page.as_str().map_or_else(|| page.to_string(), str::to_owned)).after(slow)
    });
    let node =
        Server::new(move |asked| Response::ok(chain.answers(&asked.body, &unchanged)).after(slow));
    for error in [ask_api(&api, deadline), ask_node(&node, deadline)] {
        assert!(matches!(error, Err(LiveError::Timeout { millis: 350, .. })), "{error:?}");
    }
}

#[test]
fn answers_that_are_none_are_malformed() {
    let is_malformed = |error: &LiveError| matches!(error, LiveError::Malformed { .. });
    both(|| Fault::EndlessBody.into(), LONG, is_malformed);
    both(|| Response::spaces((1 << 20) + 1), LONG, is_malformed);
    both(|| Response::ok(b"\xff\xfe"), LONG, is_malformed);
    both(|| Response::ok(b"<html>login</html>"), LONG, is_malformed);
    both(|| Response::ok(b""), LONG, is_malformed);
    // A reader and the program could see different figures.
    let twice = |error: &LiveError| error.to_string().contains("stands twice");
    let node =
        Server::new(|_| Response::ok(br#"[{"id": 0, "result": {"blocks": 1, "blocks": 2}}]"#));
    assert!(twice(&ask_node(&node, LONG).unwrap_err()));
    let chain = Chain::new();
    let api = Server::new(move |asked| {
        let page = chain.page(&asked.path).unwrap();
        let page = page.as_str().map_or_else(|| page.to_string(), str::to_owned);
        Response::ok(page.replacen("{\"", "{\"x\": 1, \"x\": 1, \"", 1))
    });
    assert!(twice(&ask_api(&api, LONG).unwrap_err()));
    both(|| Fault::NotHttp.into(), LONG, is_malformed);
    both(|| Fault::TruncatedBody.into(), LONG, |error| matches!(error, LiveError::Broken { .. }));
    both(|| Fault::Closed.into(), LONG, |error| matches!(error, LiveError::Broken { .. }));
}

#[test]
fn statuses_are_told_apart() {
    both(
        || Response::status("302 Found"),
        LONG,
        |error| matches!(error, LiveError::Redirect { status: 302, .. }),
    );
    both(
        || Response::status("301 Moved Permanently"),
        LONG,
        |error| matches!(error, LiveError::Redirect { status: 301, .. }),
    );
    both(
        || Response::status("401 Unauthorized"),
        LONG,
        |error| matches!(error, LiveError::Unauthorized { status: 401, .. }),
    );
    both(
        || Response::status("500 Internal Server Error"),
        LONG,
        |error| matches!(error, LiveError::Status { status: 500, .. }),
    );
    both(
        || Response::status("404 Not Found"),
        LONG,
        |error| matches!(error, LiveError::Status { status: 404, .. }),
    );
    both(
        || Response::status("429 Too Many Requests"),
        LONG,
        |error| matches!(error, LiveError::Status { status: 429, .. }),
    );
}

#[test]
fn nobody_there_is_unreachable() {
    let url = Server::new(|_| Fault::Closed.into()).url().to_owned();
    for source in [Source::api(&url).unwrap(), Source::node(&url, None).unwrap()] {
        let error = source.with_price(price()).fetch(LONG).unwrap_err();
        assert!(matches!(error, LiveError::Unreachable { .. }), "{error:?}");
    }
}

#[test]
fn an_address_with_a_password_is_refused() {
    for url in ["http://me:hunter2@127.0.0.1:8332", "https://hunter2@mempool.space"] {
        for error in [Source::api(url).unwrap_err(), Source::node(url, None).unwrap_err()] {
            assert!(error.is_input() && !error.to_string().contains("hunter2"), "{error}");
        }
    }
}
