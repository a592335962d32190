//! Sources that are not ready yet.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of refused requests before the first response.
const REFUSALS: usize = 2;

/// A server that refuses the first requests with `refusal`, and responds to the others with `then`.
fn refusing_first(
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

/// The result of a fetch, and the notices in the meantime.
fn fetch(source: &Source, deadline: Duration) -> (Result<Live, LiveError>, Vec<String>) {
    let notices = Mutex::new(Vec::new());
    let live = source.fetch_and_notify(deadline, &|waiting| {
        notices.lock().unwrap().push(waiting.to_string());
    });
    (live, notices.into_inner().unwrap())
}

fn warming_up(id: &Value) -> Value {
    json!({"result": null, "error": {"code": -28, "message": "Loading block index\u{2026}"}, "id": id})
}

#[test]
fn busy_api_is_retried_and_each_reason_reported_once() {
    for (status, words) in [
        ("429 Too Many Requests", "HTTP 429, too many requests: slow down; retry after 0 s"),
        (
            "503 Service Unavailable",
            "HTTP 503, temporarily unavailable: slow down; retry after 0 s",
        ),
    ] {
        let chain = Chain::new();
        let refusal = move |_: &str| {
            Response::status(status).with_header("Retry-After", "0").with_body("slow down")
        };
        let server = refusing_first(refusal, move |asked| page(&chain, &asked.path));
        let (live, notices) = fetch(&api(server.url()).unwrap(), LONG);
        assert_eq!(live.unwrap().network.height.value(), HEIGHT);
        let [notices] = &notices[..] else { panic!("{notices:?}") };
        assert!(notices.contains(words) && notices.contains("retrying in"), "{notices}");
        assert_eq!(server.requests().len(), 6 + REFUSALS);
    }
}

#[test]
fn node_warming_up_is_retried_for_every_response_form() {
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
            Response::ok(chain.responses(&asked.body, &unchanged))
        }
    };
    for server in [
        refusing_first(single("500 Internal Server Error"), answers(Chain::new())),
        refusing_first(single("503 Service Unavailable"), answers(Chain::new())),
        refusing_first(batch, answers(Chain::new())),
    ] {
        let (live, notices) = fetch(&node(server.url(), None).unwrap(), LONG);
        assert_eq!(live.unwrap().network.height.value(), HEIGHT);
        let words = format!(
            "{}: the node is warming up: Loading block index...; retrying in",
            server.host()
        );
        assert!(notices.len() == 1 && notices[0].starts_with(&words), "{notices:?}");
        assert_eq!(server.requests().len(), 2 + REFUSALS);
    }
}

#[test]
fn source_never_ready_ends_with_its_own_error() {
    let server = Server::new(|_| {
        let body = warming_up(&Value::Null).to_string();
        Response::status("500 Internal Server Error").with_body(body)
    });
    let (answer, notices) = fetch(&node(server.url(), None).unwrap(), SHORT);
    let error = answer.unwrap_err();
    let LiveError::WarmingUp { message, .. } = &error else { panic!("{error:?}") };
    assert_eq!(message, "Loading block index...");
    assert!(error.is_transient() && notices.len() == 1, "{notices:?}");

    // There is no wait beyond the deadline.
    let server = Server::new(|_| {
        Response::status("429 Too Many Requests").with_header("Retry-After", "3600")
    });
    let (answer, notices) = fetch(&api(server.url()).unwrap(), LONG);
    let error = answer.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert!(notices.is_empty() && server.requests().len() == 1, "{notices:?}");
}

#[test]
fn json_error_with_http_code_keeps_status() {
    let server = Server::new(|_| {
        let body = json!({"error": {"code": 403, "message": "no such plan"}}).to_string();
        Response::status("403 Forbidden").with_body(body)
    });
    let error = fetch_node(&server, LONG).unwrap_err();
    let LiveError::ErrorStatus(refused) = &error else { panic!("{error:?}") };
    assert_eq!(refused.reason.as_deref(), Some("no such plan"));
    // A body in another form is not a node error either.
    let server = Server::new(|_| Response::status("403 Forbidden").with_body("[1]"));
    assert!(matches!(fetch_node(&server, LONG), Err(LiveError::ErrorStatus(_))));
}
