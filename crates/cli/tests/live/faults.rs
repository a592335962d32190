//! Responses that are slow, missing or invalid.

use super::*;

/// Checks the error of both kinds of source for one reply.
fn assert_both(reply: fn() -> Response, deadline: Duration, is_right: fn(&LiveError) -> bool) {
    let server = Server::new(move |_| reply());
    for error in [fetch_api(&server, deadline), fetch_node(&server, deadline)] {
        let error = error.unwrap_err();
        assert!(is_right(&error), "{error:?}");
        assert!(error.to_string().contains(server.host()) && !error.is_input(), "{error}");
    }
    // No request is repeated.
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn slow_response_ends_at_deadline() {
    let is_timeout = |error: &LiveError| matches!(error, LiveError::Timeout { millis: 300, .. });
    assert_both(|| Fault::Silent.into(), SHORT, is_timeout);
    assert_both(|| Fault::SlowBody.into(), SHORT, is_timeout);
}

#[test]
fn deadline_covers_all_requests_together() {
    // Each single response would be in time.
    let slow = Duration::from_millis(200);
    let deadline = Duration::from_millis(350);
    let chain = Chain::new();
    let served = chain.clone();
    let api = Server::new(move |asked| {
        let page = served.page(&asked.path).unwrap();
        Response::ok(page.as_str().map_or_else(|| page.to_string(), str::to_owned)).after(slow)
    });
    let node = Server::new(move |asked| {
        Response::ok(chain.responses(&asked.body, &unchanged)).after(slow)
    });
    for error in [fetch_api(&api, deadline), fetch_node(&node, deadline)] {
        assert!(matches!(error, Err(LiveError::Timeout { millis: 350, .. })), "{error:?}");
    }
}

#[test]
fn invalid_response_is_malformed() {
    let is_malformed = |error: &LiveError| matches!(error, LiveError::Malformed { .. });
    assert_both(|| Fault::EndlessBody.into(), LONG, is_malformed);
    assert_both(|| Response::spaces((1 << 20) + 1), LONG, is_malformed);
    assert_both(|| Response::ok(b"\xff\xfe"), LONG, is_malformed);
    assert_both(|| Response::ok(b"<html>login</html>"), LONG, is_malformed);
    assert_both(|| Response::ok(b""), LONG, is_malformed);
    // A duplicate key could be read differently by other programs.
    let twice = |error: &LiveError| error.to_string().contains("appears twice");
    let node =
        Server::new(|_| Response::ok(br#"[{"id": 0, "result": {"blocks": 1, "blocks": 2}}]"#));
    assert!(twice(&fetch_node(&node, LONG).unwrap_err()));
    let chain = Chain::new();
    let api = Server::new(move |asked| {
        let page = chain.page(&asked.path).unwrap();
        let page = page.as_str().map_or_else(|| page.to_string(), str::to_owned);
        Response::ok(page.replacen("{\"", "{\"x\": 1, \"x\": 1, \"", 1))
    });
    assert!(twice(&fetch_api(&api, LONG).unwrap_err()));
    assert_both(|| Fault::NotHttp.into(), LONG, is_malformed);
    assert_both(
        || Fault::TruncatedBody.into(),
        LONG,
        |error| matches!(error, LiveError::Broken { .. }),
    );
    assert_both(|| Fault::Closed.into(), LONG, |error| matches!(error, LiveError::Broken { .. }));
}

#[test]
fn permanent_error_status_ends_fetch_with_its_meaning() {
    for (status, of_node, of_api) in [
        ("301 Moved Permanently", "another page of the same host", "another page of the same host"),
        ("302 Found", "which is not followed", "which is not followed"),
        ("401 Unauthorized", "--node-cookie", "another API (--api)"),
        ("403 Forbidden", "rpcallowip", "firewall"),
        ("404 Not Found", "RPC port", "an API like mempool.space's"),
        ("500 Internal Server Error", "server error", "server error"),
    ] {
        let server = Server::new(move |_| Response::status(status).with_body("Attention"));
        for (answer, words) in
            [(fetch_node(&server, LONG), of_node), (fetch_api(&server, LONG), of_api)]
        {
            let error = answer.unwrap_err();
            let LiveError::ErrorStatus(refused) = &error else { panic!("{error:?}") };
            assert_eq!(refused.status.to_string(), status[..3]);
            let message = error.to_string();
            assert!(message.contains(words) && message.contains(": Attention"), "{message}");
            assert!(message.starts_with(server.host()) && !error.is_input(), "{message}");
        }
        // No request is repeated.
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn server_message_does_not_repeat_path() {
    for (base, words) in [
        ("/v2/0123456789abcdef", "no route /v2/0123456789abcdef/api/blocks/tip/hash"),
        ("/v2/0123456789abcdef", "key 0123456789abcdef is not known"),
    ] {
        let server = Server::new(move |_| Response::status("404 Not Found").with_body(words));
        let message = api(&format!("{}{base}", server.url())).unwrap().fetch(LONG).unwrap_err();
        let message = message.to_string();
        assert!(!message.contains("0123456789abcdef") && message.contains("..."), "{message}");
    }
}

#[test]
fn web_page_instead_of_response_is_refused_with_remedy() {
    let server = Server::new(|_| Response::ok("<!doctype html><html><title>x</title></html>"));
    for (answer, words) in [
        (fetch_node(&server, LONG), "the node's RPC port"),
        (fetch_api(&server, LONG), "an API like mempool.space's"),
    ] {
        let message = answer.unwrap_err().to_string();
        assert!(message.contains("a web page") && message.contains(words), "{message}");
    }
}

#[test]
fn closed_port_is_unreachable() {
    let url = Server::new(|_| Fault::Closed.into()).url().to_owned();
    for source in [api(&url).unwrap(), node(&url, None).unwrap()] {
        let error = source.with_price(price()).fetch(LONG).unwrap_err();
        assert!(matches!(error, LiveError::Unreachable { .. }), "{error:?}");
        let place = url.trim_start_matches("http://");
        let wanted = format!(
            "{place}: cannot connect: {place} refused the connection: nothing listens on that port; \
             check the port, and that the service is running"
        );
        assert!(error.to_string().starts_with(&wanted), "{error}");
    }
}

#[test]
fn address_with_password_is_refused() {
    for url in ["http://me:hunter2@127.0.0.1:8332", "https://hunter2@mempool.space"] {
        for error in [api(url).unwrap_err(), node(url, None).unwrap_err()] {
            assert!(error.is_input() && !error.to_string().contains("hunter2"), "{error}");
        }
    }
}
