//! Sources that cannot answer yet.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How often a source is refused before it answers.
const REFUSALS: usize = 2;

/// Gives the first requests `refusal`, and the others what `then` makes of them.
fn at_first(
    refusal: impl Fn(&str) -> Response + Send + Sync + 'static,
    then: impl Fn(&hashwatt_test_support::http::Request) -> Response + Send + Sync + 'static,
) -> Server {
    let count = AtomicUsize::new(0);
    Server::new(move |asked| match count.fetch_add(1, Ordering::SeqCst) {
        earlier if earlier < REFUSALS => refusal(&asked.body),
        _ => then(asked),
    })
}

fn page(chain: &Chain, path: &str) -> Response {
    let page = chain.page(path).unwrap();
    Response::ok(page.as_str().map_or_else(|| page.to_string(), str::to_owned))
}

/// What came, and what was told meanwhile.
fn asked(source: &Source, deadline: Duration) -> (Result<Live, LiveError>, Vec<String>) {
    let told = Mutex::new(Vec::new());
    let live = source.fetch_and_notify(deadline, &|waiting| {
        told.lock().unwrap().push(waiting.to_string());
    });
    (live, told.into_inner().unwrap())
}

fn warming_up(id: &Value) -> Value {
    json!({"result": null, "error": {"code": -28, "message": "Loading block index\u{2026}"}, "id": id})
}

#[test]
fn api_at_its_limit_or_not_available_is_asked_again_and_each_reason_told_once() {
    for (status, words) in [
        ("429 Too Many Requests", "HTTP 429, too many requests: slow down; it asks to wait 0 s"),
        ("503 Service Unavailable", "HTTP 503, not available now: slow down; it asks to wait 0 s"),
    ] {
        let chain = Chain::new();
        let refusal = move |_: &str| {
            Response::status(status).with_header("Retry-After", "0").with_body("slow down")
        };
        let server = at_first(refusal, move |asked| page(&chain, &asked.path));
        let (live, told) = asked(&api(server.url()).unwrap(), LONG);
        assert_eq!(live.unwrap().network.height.value(), HEIGHT);
        let [told] = &told[..] else { panic!("{told:?}") };
        assert!(told.contains(words) && told.contains("asking again in"), "{told}");
        assert_eq!(server.requests().len(), 6 + REFUSALS);
    }
}

#[test]
fn node_that_warms_up_is_waited_for_in_each_form_of_its_answer() {
    let single = |status: &'static str| {
        move |_: &str| Response::status(status).with_body(warming_up(&Value::Null).to_string())
    };
    let batch = |body: &str| {
        let calls: Vec<Value> = serde_json::from_str(body).unwrap();
        let all: Vec<_> = calls.iter().map(|call| warming_up(&call["id"])).collect();
        Response::ok(Value::from(all).to_string())
    };
    let answers = |chain: Chain| {
        move |asked: &hashwatt_test_support::http::Request| {
            Response::ok(chain.answers(&asked.body, &unchanged))
        }
    };
    for server in [
        at_first(single("500 Internal Server Error"), answers(Chain::new())),
        at_first(single("503 Service Unavailable"), answers(Chain::new())),
        at_first(batch, answers(Chain::new())),
    ] {
        let (live, told) = asked(&node(server.url(), None).unwrap(), LONG);
        assert_eq!(live.unwrap().network.height.value(), HEIGHT);
        let words = format!(
            "{}: the node is warming up: Loading block index...; asking again in",
            server.host()
        );
        assert!(told.len() == 1 && told[0].starts_with(&words), "{told:?}");
        assert_eq!(server.requests().len(), 2 + REFUSALS);
    }
}

#[test]
fn source_that_stays_unready_ends_with_its_own_error() {
    let server = Server::new(|_| {
        let body = warming_up(&Value::Null).to_string();
        Response::status("500 Internal Server Error").with_body(body)
    });
    let (answer, told) = asked(&node(server.url(), None).unwrap(), SHORT);
    let error = answer.unwrap_err();
    let LiveError::WarmingUp { message, .. } = &error else { panic!("{error:?}") };
    assert_eq!(message, "Loading block index...");
    assert!(error.is_passing() && told.len() == 1, "{told:?}");

    // Nobody waits for what cannot come within the deadline.
    let server = Server::new(|_| {
        Response::status("429 Too Many Requests").with_header("Retry-After", "3600")
    });
    let (answer, told) = asked(&api(server.url()).unwrap(), LONG);
    let error = answer.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(told.is_empty() && server.requests().len() == 1, "{told:?}");
}

#[test]
fn error_in_the_form_of_json_rpc_that_is_no_nodes_keeps_its_status() {
    let server = Server::new(|_| {
        let body = json!({"error": {"code": 403, "message": "no such plan"}}).to_string();
        Response::status("403 Forbidden").with_body(body)
    });
    let error = ask_node(&server, LONG).unwrap_err();
    let LiveError::Refused(refused) = &error else { panic!("{error:?}") };
    assert_eq!(refused.reason.as_deref(), Some("no such plan"));
    // A body of another form is no error of a node either.
    let server = Server::new(|_| Response::status("403 Forbidden").with_body("[1]"));
    assert!(matches!(ask_node(&server, LONG), Err(LiveError::Refused(_))));
}
