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
fn every_status_that_does_not_pass_ends_the_fetch_with_its_own_meaning() {
    for (status, of_node, of_api) in [
        ("301 Moved Permanently", "another page of the same host", "another page of the same host"),
        ("302 Found", "which is not followed", "which is not followed"),
        ("401 Unauthorized", "--node-cookie", "another API (--api)"),
        ("403 Forbidden", "rpcallowip", "firewall"),
        ("404 Not Found", "RPC port", "an API like mempool.space's"),
        ("500 Internal Server Error", "failure of the server", "failure of the server"),
    ] {
        let server = Server::new(move |_| Response::status(status).with_body("Attention"));
        for (answer, words) in
            [(ask_node(&server, LONG), of_node), (ask_api(&server, LONG), of_api)]
        {
            let error = answer.unwrap_err();
            let LiveError::Refused(refused) = &error else { panic!("{error:?}") };
            assert_eq!(refused.status.to_string(), status[..3]);
            let told = error.to_string();
            assert!(told.contains(words) && told.contains(": Attention"), "{told}");
            assert!(told.starts_with(server.host()) && !error.is_input(), "{told}");
        }
        // Nothing is asked twice.
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn words_of_a_server_do_not_repeat_the_path_that_may_be_a_key() {
    for (base, words) in [
        ("/v2/0123456789abcdef", "no route /v2/0123456789abcdef/api/blocks/tip/hash"),
        ("/v2/0123456789abcdef", "key 0123456789abcdef is not known"),
    ] {
        let server = Server::new(move |_| Response::status("404 Not Found").with_body(words));
        let told = api(&format!("{}{base}", server.url())).unwrap().fetch(LONG).unwrap_err();
        let told = told.to_string();
        assert!(!told.contains("0123456789abcdef") && told.contains("..."), "{told}");
    }
}

#[test]
fn web_page_in_place_of_an_answer_asks_about_the_address() {
    let server = Server::new(|_| Response::ok("<!doctype html><html><title>x</title></html>"));
    for (answer, words) in [
        (ask_node(&server, LONG), "the node's RPC port"),
        (ask_api(&server, LONG), "an API like mempool.space's"),
    ] {
        let told = answer.unwrap_err().to_string();
        assert!(told.contains("a web page") && told.contains(words), "{told}");
    }
}

#[test]
fn nobody_there_is_unreachable() {
    let url = Server::new(|_| Fault::Closed.into()).url().to_owned();
    for source in [api(&url).unwrap(), node(&url, None).unwrap()] {
        let error = source.with_price(price()).fetch(LONG).unwrap_err();
        assert!(matches!(error, LiveError::Unreachable { .. }), "{error:?}");
        let place = url.trim_start_matches("http://");
        let wanted = format!(
            "{place}: nobody answers: the connection to {place} is refused: nothing listens there; \
             check the port, and that the service runs"
        );
        assert!(error.to_string().starts_with(&wanted), "{error}");
    }
}

#[test]
fn an_address_with_a_password_is_refused() {
    for url in ["http://me:hunter2@127.0.0.1:8332", "https://hunter2@mempool.space"] {
        for error in [api(url).unwrap_err(), node(url, None).unwrap_err()] {
            assert!(error.is_input() && !error.to_string().contains("hunter2"), "{error}");
        }
    }
}
