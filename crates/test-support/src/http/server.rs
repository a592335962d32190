//! The server.

use super::{Request, Response};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

type Respond = dyn Fn(&Request) -> Response + Send + Sync;

/// A server of one thread a connection, on a port of its own. Dropped, it closes the port.
pub struct Server {
    url: String,
    state: Arc<State>,
    accepting: Option<JoinHandle<()>>,
}

struct State {
    respond: Mutex<Arc<Respond>>,
    requests: Mutex<Vec<Request>>,
    stopped: AtomicBool,
}

impl Server {
    /// A server that gives each request what `respond` makes of it.
    pub fn new(respond: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            respond: Mutex::new(Arc::new(respond)),
            requests: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (stream, state) = (stream.unwrap(), Arc::clone(&shared));
                thread::spawn(move || state.serve(&stream));
            }
        });
        Self { url, state, accepting: Some(accepting) }
    }

    /// From now on another answer.
    pub fn set(&self, respond: impl Fn(&Request) -> Response + Send + Sync + 'static) {
        *self.state.respond.lock().unwrap() = Arc::new(respond);
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// Every request so far, in the order in which they came. Each is among them before it is
    /// answered.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then lets go of the port.
        drop(TcpStream::connect(self.host()));
        if let Some(accepting) = self.accepting.take() {
            // A panic in it has been shown already.
            let _ = accepting.join();
        }
    }
}

impl State {
    fn serve(&self, stream: &TcpStream) {
        // A client that has had enough closes the connection: no fault of the server's.
        let Ok(Some(request)) = Request::read(stream) else { return };
        self.requests.lock().unwrap().push(request.clone());
        let respond = Arc::clone(&self.respond.lock().unwrap());
        let _ = respond(&request).write(stream, &self.stopped);
    }
}

/// Answers by what a path ends with, the first that fits, and 404 to any other.
pub fn pages<E: Into<String>>(
    pages: impl IntoIterator<Item = (E, Response)>,
) -> impl Fn(&Request) -> Response + Send + Sync + 'static {
    let pages: Vec<(String, Response)> =
        pages.into_iter().map(|(end, response)| (end.into(), response)).collect();
    move |request| {
        let page = pages.iter().find(|(end, _)| request.path.ends_with(end.as_str()));
        page.map_or_else(|| Response::status("404 Not Found"), |(_, response)| response.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Fault;
    use super::*;
    use std::io::{Read, Write};
    use std::time::{Duration, Instant};

    fn ask(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.host()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn requests_are_recorded_and_answered_by_path() {
        let server = Server::new(pages([
            ("/a?x=1", Response::ok("one").with_header("X-Test", "yes")),
            ("/b", Response::status("302 Found")),
        ]));
        let post = "POST /v1/a?x=1 HTTP/1.1\r\nX-Key: k\r\nContent-Length: 4\r\n\r\nbody";
        let answer = ask(&server, post);
        assert_eq!(answer, "HTTP/1.1 200 OK\r\nX-Test: yes\r\nContent-Length: 3\r\n\r\none");
        let get = |path: &str| ask(&server, &format!("GET {path} HTTP/1.1\r\n\r\n"));
        assert!(get("/b").starts_with("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n"));
        assert!(get("/c").starts_with("HTTP/1.1 404 Not Found\r\n"));
        server.set(pages([("/c", Response::ok(""))]));
        assert!(get("/c").starts_with("HTTP/1.1 200 OK\r\n"));
        let requests = server.requests();
        assert_eq!(requests.len(), 4);
        assert_eq!((requests[0].method.as_str(), requests[0].body.as_str()), ("POST", "body"));
        assert_eq!(requests[0].header("x-key"), Some("k"));
    }

    #[test]
    fn delays_and_faults_come_as_they_are_asked_for() {
        let get = "GET / HTTP/1.1\r\n\r\n";
        let late = Duration::from_millis(50);
        let server = Server::new(move |_| Response::ok("late").after(late));
        let begun = Instant::now();
        assert!(ask(&server, get).ends_with("late") && begun.elapsed() >= late);
        for (fault, answer) in [
            (Fault::Closed, ""),
            (Fault::NotHttp, "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
            (Fault::TruncatedBody, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\":1"),
        ] {
            let server = Server::new(move |_| fault.into());
            assert_eq!(ask(&server, get), answer, "{fault:?}");
        }
    }

    #[test]
    fn a_dropped_server_ends_endless_answers_and_closes_its_port() {
        for fault in [Fault::Silent, Fault::SlowHeader, Fault::SlowBody, Fault::EndlessBody] {
            let server = Server::new(move |_| fault.into());
            let host = server.host().to_owned();
            let mut stream = TcpStream::connect(&host).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
            while server.requests().is_empty() {
                thread::sleep(Duration::from_millis(1));
            }
            drop(server);
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
            assert!(TcpStream::connect(&host).is_err(), "{fault:?}");
        }
    }
}
